#!/bin/sh
# What ./run and ./test do before they build, with stand-ins for what they call: what is missing is installed once, and then nothing is asked again. TAP.
set -u
setup=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
made=0
bad=0

shows() { # NAME CONDITION…
	made=$((made + 1))
	name=$1
	shift
	if "$@"; then
		echo "ok $made - setup__$name"
	else
		echo "not ok $made - setup__$name"
		sed 's/^/# /' "$folder/said" "$folder/called"
		bad=1
	fi
}
called() { grep -qE "$1" "$folder/called"; }
not_called() { ! called "$1"; }
says() { grep -q "$1" "$folder/said"; }

stand_in() { # NAME: notes how it was called, then does what is on standard input
	{
		echo "#!/bin/sh"
		echo "echo \"$1 \$*\" >>\"$folder/called\""
		cat
	} >"$folder/bin/$1"
	chmod +x "$folder/bin/$1"
}

mkdir -p "$folder/bin" "$folder/work"
for tool in sh sed grep tr cat cp cmp mkdir rm echo env head; do ln -s "$(command -v $tool)" "$folder/bin/$tool" 2>/dev/null; done
: >"$folder/installed"
stand_in dpkg-query <<END
for package in "\$@"; do :; done
grep -qx "\$package" "$folder/installed" && echo installed
END
stand_in apt-get <<END
[ "\$1" = install ] || exit \${APT_UPDATE_FAILS:-0}
for package in "\$@"; do echo "\$package" >>"$folder/installed"; done
case " \$* " in *" nodejs "*) : >"$folder/node-is-there";; esac
END
stand_in sudo <<'END'
exec "$@"
END
stand_in id <<'END'
echo "${WHO:-0}"
END
stand_in npm <<'END'
mkdir -p node_modules
END
stand_in meson <<'END'
mkdir -p "$2" && : >"$2/build.ninja"
END
stand_in ninja <<'END'
[ -z "${NINJA_FAILS:-}" ] || { echo "broken here"; exit 1; }
END
stand_in node <<'END'
[ "${NODE_OLD:-}" = "" ]
END

# The whole way, as ./run goes it. Assignments before it are its environment.
way() {
	: >"$folder/called"
	(cd "$folder/work" && env PATH="$folder/bin" "$@" sh -ec ". '$setup'; install_packages \"\$packages\"; install_node_modules; build_in build sturgeon -Dtests=false; echo done >&2") 2>"$folder/said"
}

echo '{}' >"$folder/work/package-lock.json"
way
shows installs_what_is_missing called '^apt-get install .*libmicrohttpd-dev'
shows as_root_without_sudo not_called '^sudo'
shows takes_the_front_end_parts called '^npm ci'
shows configures called '^meson setup build -Dtests=false'
shows builds called '^ninja -C build sturgeon'
shows comes_to_its_end says '^done$'
way
shows the_second_time_installs_nothing not_called 'apt-get|dpkg-query|npm|meson'
shows the_second_time_builds_what_has_changed called '^ninja -C build --quiet sturgeon'
echo '{"changed": true}' >"$folder/work/package-lock.json"
way
shows other_parts_are_taken_again called '^npm ci'
way NINJA_FAILS=1
shows a_build_that_fails_says_why says 'broken here'
shows and_does_not_go_on sh -c "! grep -q '^done' '$folder/said'"

rm -rf "$folder/work/build"
: >"$folder/installed"
way WHO=1000
shows others_use_sudo called '^sudo apt-get update'
rm -rf "$folder/work/build"
: >"$folder/installed"
way APT_UPDATE_FAILS=100
shows goes_on_with_old_lists called '^apt-get install'
rm -rf "$folder/work/build"
: >"$folder/installed"
rm "$folder/bin/sudo"
way WHO=1000
shows without_either_it_says_what_is_missing says 'neither root nor sudo'
shows and_names_it says 'libmicrohttpd-dev'
rm -rf "$folder/work/build"
way NODE_OLD=1
shows an_old_node_is_refused says 'Node.js 18'

echo "1..$made"
exit $bad
