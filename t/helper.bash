# Loaded by every .bats file: the programs under test first in PATH, the bats
# libraries, and the few words all tests speak.

bats_require_minimum_version 1.5.0
BATS_LIB_PATH=${BATS_LIB_PATH:-/usr/lib/bats}
bats_load_library bats-support
bats_load_library bats-assert
bats_load_library bats-file

HERE=$(cd "$BATS_TEST_DIRNAME" && pwd)
BIN=${BIN:-$HERE/../bin}
PATH=$BIN:$PATH
# shellcheck disable=SC2034 # the tests use it
DATA=$HERE/data
cd "$BATS_TEST_TMPDIR" || exit

# talk program [argument...] -- line...: send the lines with CRLF, all at once;
# print the replies. Fails unless all of the answer came in lines ending CRLF.
talk() {
	local -a program=()
	while [ "$1" != -- ]; do
		program+=("$1")
		shift
	done
	shift
	printf '%s\r\n' "$@" >"$BATS_TEST_TMPDIR/sent"
	timeout 10 "${program[@]}" <"$BATS_TEST_TMPDIR/sent" >"$BATS_TEST_TMPDIR/got" || return
	if grep -qv $'\r$' "$BATS_TEST_TMPDIR/got"; then
		echo "a line does not end with CRLF"
		return 1
	fi
	tr -d '\r' <"$BATS_TEST_TMPDIR/got"
}

# codes: the final reply codes of the last talk, in one line.
codes() { tr -d '\r' <"$BATS_TEST_TMPDIR/got" | sed -n 's/^\([0-9]\{3\}\)\( .*\)\{0,1\}$/\1/p' | tr '\n' ' '; }

# tree dir: names and modes of the regular files below dir, sorted.
tree() { (cd "$1" && find . -type f -printf '%m %p\n' | LC_ALL=C sort); }
