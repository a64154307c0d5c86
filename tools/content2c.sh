#!/bin/sh
# Content → C: content2c.sh FILE.json … prints one entry a file, in the order given: its name and its text.
set -eu
echo '#include "app/content.h"'
echo 'const struct content_file content_files[] = {'
for file in "$@"; do
	printf '{"%s",\n' "$(basename "$file" .json)"
	sed 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$/\\n"/' "$file"
	echo '},'
done
echo '};'
echo 'const int content_files_count = sizeof content_files / sizeof *content_files;'
