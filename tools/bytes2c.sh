#!/bin/sh
# Any file → C: bytes2c.sh SYMBOL FILE prints the file's bytes as an array.
set -eu
echo "#include <stddef.h>"
echo "extern const unsigned char $1[];"
echo "const unsigned char $1[] = {"
od -An -v -tu1 "$2" | sed 's/[0-9][0-9]*/&,/g'
echo "};"
