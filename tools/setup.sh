# What the two scripts need before they build; read by ./run and ./test. Does nothing where everything is there.
# shellcheck shell=sh

packages="build-essential pkg-config meson ninja-build gettext tzdata clang-14 lld-14 wasi-libc libclang-rt-14-dev-wasm32
libmicrohttpd-dev libsqlite3-dev libjansson-dev libsodium-dev libunistring-dev zlib1g-dev libbrotli-dev libxml2-dev libgumbo-dev libcurl4-openssl-dev libcmark-gfm-dev libcmark-gfm-extensions-dev"
test_packages="libcmocka-dev libcurl4-openssl-dev chromium libclang-rt-14-dev"

say() {
	printf '%s\n' "$*" >&2
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		say "These have to be installed first, and neither root nor sudo is at hand:$missing"
		exit 1
	fi
}

# install_missing PACKAGE …
install_missing() {
	missing=""
	for package in "$@"; do
		dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed$' || missing="$missing $package"
	done
	if [ -z "$missing" ]; then
		return
	fi
	say "Installing:$missing"
	as_root apt-get update -qq || say "Going on with the lists of packages that are there"
	# shellcheck disable=SC2086
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
}

# The packages that were found stand in a stamp, so that a second start does not ask again.
install_packages() {
	stamp=build/.packages
	wanted=$(printf '%s ' "$@" | tr '\n' ' ')
	if [ -f "$stamp" ] && grep -qxF "$wanted" "$stamp"; then
		return
	fi
	# shellcheck disable=SC2086
	install_missing $wanted
	if ! command -v node >/dev/null; then
		install_missing nodejs npm
	elif ! command -v npm >/dev/null; then
		install_missing npm
	fi
	if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)'; then
		say "Node.js 18 or later is needed; this is $(node --version)"
		exit 1
	fi
	mkdir -p build
	echo "$wanted" >>"$stamp"
}

install_node_modules() {
	if [ -f node_modules/.lock ] && cmp -s node_modules/.lock package-lock.json; then
		return
	fi
	say "Installing the front-end parts"
	npm ci --no-audit --no-fund --no-update-notifier --loglevel=error >&2
	cp package-lock.json node_modules/.lock
}

# build_in DIRECTORY TARGET|all [MESON OPTION …]
build_in() {
	directory=$1
	target=$2
	shift 2
	if [ ! -f "$directory/build.ninja" ]; then
		say "Building in $directory"
		meson setup "$directory" "$@" >"$directory.log" 2>&1 || { cat "$directory.log" >&2; exit 1; }
		rm "$directory.log"
		ninja -C "$directory" "$target" >&2 # the first time takes a while: it says how far it is
		return
	fi
	said=$(ninja -C "$directory" --quiet "$target") || { say "$said"; exit 1; }
}
