# What the two scripts need before they build; read by ./run and ./test. Does nothing where everything is there.
# shellcheck shell=sh

packages="build-essential pkg-config meson ninja-build gettext tzdata clang-14 lld-14 wasi-libc libclang-rt-14-dev-wasm32
libmicrohttpd-dev libsqlite3-dev libjansson-dev libsodium-dev libunistring-dev zlib1g-dev"
test_packages="libcmocka-dev libcurl4-openssl-dev chromium libclang-rt-14-dev"

say() {
	printf '%s\n' "$*" >&2
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
	as_root=""
	if [ "$(id -u)" != 0 ]; then
		as_root=sudo
	fi
	$as_root apt-get update -qq
	# shellcheck disable=SC2086
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
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
	mkdir -p build
	echo "$wanted" >>"$stamp"
}

install_node_modules() {
	if [ -f node_modules/.lock ] && cmp -s node_modules/.lock package-lock.json; then
		return
	fi
	say "Installing the front-end parts"
	npm ci --no-audit --no-fund --silent >&2
	cp package-lock.json node_modules/.lock
}

# build_in DIRECTORY [MESON OPTION …]
build_in() {
	directory=$1
	shift
	if [ ! -f "$directory/build.ninja" ]; then
		meson setup "$directory" "$@" >&2
	fi
	ninja -C "$directory" --quiet >&2
}
