#!/bin/sh
# Migrations → C: sql2c.sh FILE.sql … prints one table entry a file, in the order given.
set -eu
echo '#include "store/migrate.h"'
echo 'const struct migration migrations[] = {'
for file in "$@"; do
	name=$(basename "$file" .sql)
	number=$(echo "$name" | sed 's/_.*//; s/^0*//')
	printf '{%s, "%s",\n' "$number" "$name"
	sed 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$/\\n"/' "$file"
	echo '},'
done
echo '};'
echo 'const int migrations_count = sizeof migrations / sizeof *migrations;'
