#!/bin/sh
# The checks of the build find what they are for: checks.sh TOOLS CC. TAP.
set -eu
tools=$1 cc=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
count=0 failed=0

result() { # GOOD NAME
	count=$((count + 1))
	if [ "$1" = yes ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		sed 's/^/# /' "$dir/said"
		failed=1
	fi
}

# A tree with one sound file on every floor.
tree() {
	rm -rf "$dir/src" "$dir"/stamp*
	for floor in base core exchange store app web cli; do
		mkdir -p "$dir/src/$floor"
		printf '#include <stddef.h>\n\nsize_t %s_size(void);\n' "$floor" >"$dir/src/$floor/$floor.h"
		printf '#include "base/base.h"\n#include "%s/%s.h"\n' "$floor" "$floor" >"$dir/src/$floor/$floor.c"
	done
}

# finds NAME TOOL PATTERN: the tool must fail and say PATTERN; an empty PATTERN: it must be content.
finds() {
	code=0
	(cd "$dir" && "$tools/$2" stamp stamp.d "$cc") >"$dir/said" 2>&1 || code=$?
	good=no
	if [ -z "$3" ]; then
		[ "$code" = 0 ] && [ -f "$dir/stamp" ] && good=yes
	else
		[ "$code" != 0 ] && grep -q "$3" "$dir/said" && good=yes
	fi
	result "$good" "$2__$1"
}

tree
finds "is content with a sound tree" floorcheck ""
tree
echo '#include "store/store.h"' >>"$dir/src/core/core.c"
finds "core may not include store" floorcheck "src/core/core.c:3: floor core may not include store/store.h"
tree
echo '#include "exchange/exchange.h"' >>"$dir/src/store/store.c"
finds "store and exchange ignore each other" floorcheck "floor store may not include exchange/exchange.h"
tree
echo '#include "cli/cli.h"' >>"$dir/src/web/web.c"
finds "web and cli ignore each other" floorcheck "floor web may not include cli/cli.h"
tree
echo '#include "web/web.h"' >>"$dir/src/app/app.h"
finds "headers too" floorcheck "src/app/app.h:4: floor app may not include web/web.h"
tree
echo '#include <jansson.h>' >>"$dir/src/core/core.c"
finds "core has no JSON" floorcheck "core is pure: <jansson.h>"
tree
echo '#include <sqlite3.h>' >>"$dir/src/app/app.c"
finds "SQLite is the store's" floorcheck "only db_sqlite.c speaks to SQLite"
tree
echo 'const char *sql = "SELECT 1";' >>"$dir/src/app/app.c"
finds "SQL is the store's" floorcheck "SQL stands in src/store only"
tree
echo '#include "core.h"' >>"$dir/src/core/core.c"
finds "names start at src/" floorcheck "name core.h from src/"
tree
mkdir "$dir/src/core/deep" && cp "$dir/src/app/app.c" "$dir/src/core/deep/app.c"
sed -i '/app.h/d' "$dir/src/core/deep/app.c"
finds "a file's name is unique" floorcheck "unique in the tree: app.c"

tree
finds "is content with a sound tree" headercheck ""
tree
echo 'struct x { bool good; };' >>"$dir/src/core/core.h"
finds "a header brings what it uses" headercheck "core.h.*bool"

# pure NAME PATTERN: the core made of $dir/core.c.
pure() {
	code=0
	"$cc" -O1 -c -o "$dir/core.o" "$dir/core.c" && rm -f "$dir/libcore.a" && ar rcs "$dir/libcore.a" "$dir/core.o"
	"$tools/purecheck" "$dir/stamp" "$dir/libcore.a" "$dir/libbase.a" >"$dir/said" 2>&1 || code=$?
	good=no
	if [ -z "$2" ]; then
		[ "$code" = 0 ] && good=yes
	else
		[ "$code" != 0 ] && grep -q "$2" "$dir/said" && good=yes
	fi
	result "$good" "purecheck__$1"
}

printf 'long moment_now(void) { return 1; }\nint share_of(void) { return 1; }\n' >"$dir/base.c"
"$cc" -c -o "$dir/base.o" "$dir/base.c" && ar rcs "$dir/libbase.a" "$dir/base.o"
head='#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
long moment_now(void);
int share_of(void);
'
printf '%s' "$head"'static const char *const words[] = {"a", "b"}; double f(double x, int i) { return pow(x, share_of()) + (double)strlen(words[i]); }' >"$dir/core.c"
pure "is content with what is pure" ""
printf '%s' "$head"'double f(void) { return difftime(time(NULL), 0); }' >"$dir/core.c"
pure "libc's clock" "time (core.o) is not for it"
printf '%s' "$head"'long f(void) { return moment_now(); }' >"$dir/core.c"
pure "our own clock" "moment_now (core.o) is not for it"
printf '%s' "$head"'void f(int x) { printf("%%d", x); }' >"$dir/core.c"
pure "writing" "printf (core.o) is not for it"
printf '%s' "$head"'static int n; int f(void) { return n++; }' >"$dir/core.c"
pure "a variable that outlives the call" "n is a variable"

echo "1..$count"
exit $failed
