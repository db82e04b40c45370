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
# The clients of the tests think in UTF-8 wherever they run.
export LC_ALL=C.UTF-8
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

# free_port: a TCP port of 127.0.0.1 and ::1 nobody listens on, and none that the
# kernel would give to a connection before it is listened on.
free_port() {
	python3 -c '
import random, socket
while True:
    try: port = random.randrange(10000, 20000); socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True); break
    except OSError: continue
print(port)'
}

# until_true command...: try until it succeeds, for at most ten seconds.
until_true() {
	local _
	for _ in {1..200}; do
		"$@" && return 0 # without it, in teardown: the status of the test
		read -rt 0.05 <> <(:) || true
	done
	echo "never came true: $*"
	return 1
}

listening() { (exec 3<>"/dev/tcp/${2:-127.0.0.1}/$1") 2>/dev/null; }
gone() { ! [ -e "/proc/$1" ] || grep -q '^State:.*Z' "/proc/$1/status" 2>/dev/null; }

# serve program...: under tcpserver on 127.0.0.1; PORT says where, LISTEN may say
# so before, RULES name a file of tcprules; log is its log. Stopped, with its
# sessions, by teardown's unserve.
serve() {
	rm -f .port && mkfifo .port
	tcpserver -1RHl0 ${RULES:+-x "$RULES"} 127.0.0.1 "${LISTEN:-0}" "$@" >.port 2>>log 3>&- 4>&- &
	SERVER=$!
	# shellcheck disable=SC2034 # the tests use it
	read -r PORT <.port
}

# descendants pid: the pids of its descendants, each after its parent.
descendants() {
	local p
	for p in $(pgrep -P "$1"); do
		echo "$p"
		descendants "$p"
	done
}

# sessions: pids of the sessions of the server, monitors first, talkers after.
sessions() {
	local p
	for p in $(pgrep -P "$SERVER"); do echo "$p"; done
	for p in $(pgrep -P "$SERVER"); do pgrep -P "$p"; done
}
no_sessions() { [ -z "$(sessions)" ]; }

unserve() {
	[ -n "$SERVER" ] || return 0
	local all
	all=$(descendants "$SERVER")
	kill "$SERVER" 2>/dev/null
	# shellcheck disable=SC2086
	[ -z "$all" ] || kill $all 2>/dev/null || true
	wait "$SERVER" 2>/dev/null
	SERVER=
}
