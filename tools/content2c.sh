#!/bin/sh
# Content → C: content2c.sh ARRAY FILE… prints one entry a file, in the order given: its name without what follows the dot, and its text.
set -eu
array=$1
shift
echo '#include "app/content.h"'
echo "extern const struct content_file $array[];"
echo "extern const int ${array}_count;"
echo "const struct content_file $array[] = {"
for file in "$@"; do
	printf '{"%s",\n' "$(basename "${file%.*}")"
	sed 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$/\\n"/' "$file"
	echo '},'
done
echo '};'
echo "const int ${array}_count = sizeof $array / sizeof *$array;"
