#!/usr/bin/env bats
# However a login or a session after it ends: nothing is left running, nothing
# leaks from one process to another, and a talker that lies gains nothing.

setup() {
	load helper
	mkdir home pub
	printf 'bob:secret:%s/home\n' "$PWD" >users
	export FTP_LOGIN="$DATA/checker.py users"
	PROBE=${PROBE:-$BIN/../.build/probe}
}
teardown() { unserve; }

# script line...: a checker; "$@" is what it may run, in home.
script() {
	printf '%s\n' '#!/bin/sh' 'cd home' "$@" >checker
	chmod +x checker
	export FTP_LOGIN="$PWD/checker"
}

# client code: Python; say(line...) sends, until(text) reads on.
client() {
	python3 -c '
import os, signal, socket, sys, time
c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
def say(*lines): c.sendall("".join(l + "\r\n" for l in lines).encode())
def until(text):
    got = b""
    while text not in got:
        b = c.recv(4096); assert b, got
        got += b
'"$1" "$PORT"
}

nothing_below() { [ -z "$(descendants "$1")" ]; }

@test "a client that is killed after its login leaves no process" {
	serve ftp-session pub
	client '
say("USER bob", "PASS secret"); until(b"230 ")
os.kill(os.getpid(), signal.SIGKILL)' || true
	until_true nothing_below "$SERVER"
}

@test "clients killed at any moment of a login leave no process, and the next is served" {
	serve ftp-session pub true
	python3 - "$PORT" <<-'END'
		import random, socket, struct, sys, time
		for i in range(60):
		    c = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
		    c.sendall(b"USER bob\r\nPASS secret\r\nPWD\r\n"[:random.randrange(12, 31)])
		    time.sleep(random.random() * 0.05)
		    if i % 2: c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
		    c.close()
	END
	until_true nothing_below "$SERVER"
	curl -sS --max-time 10 -u bob:secret "ftp://127.0.0.1:$PORT/"
}

@test "a client that resets the connection while the checker runs ends the checker" {
	script 'sleep 77 & echo $! >../child; wait'
	serve ftp-session pub
	client '
say("USER bob", "PASS secret"); until(b"331 ")
while not os.path.exists("child"): time.sleep(0.01)
c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
c.close()'
	until_true gone "$(cat child)"
	until_true nothing_below "$SERVER"
}

@test "SIGTERM to the session ends the second stage, and the connection" {
	serve ftp-session pub true
	client '
say("USER bob", "PASS secret"); until(b"230 ")
open("up", "w"); assert c.recv(1) == b""' &
	client=$!
	until_true test -e up
	mapfile -t all < <(descendants "$SERVER")
	[ "${#all[@]}" -eq 3 ]
	kill "$(pgrep -P "$SERVER")"
	wait "$client"
	until_true nothing_below "$SERVER"
	for p in "${all[@]}"; do until_true gone "$p"; done
}

@test "SIGTERM to the session while the checker runs ends the checker" {
	script 'echo $$ >../child; exec sleep 77'
	serve ftp-session pub
	client '
say("USER bob", "PASS secret")
while c.recv(4096): pass' &
	client=$!
	until_true test -s child
	kill "$(pgrep -P "$SERVER")"
	wait "$client"
	until_true gone "$(cat child)"
}

@test "the checker has descriptors 0 to 3, and what it leaves open does not reach the session" {
	script 'ls -l /proc/$$/fd | sed -n "s/.* \([0-9]*\) -> .*/\1/p" >../fds' 'exec 7<../users' 'exec "$@"'
	serve ftp-session pub
	client '
say("USER bob", "PASS secret"); until(b"230 ")
open("up", "w"); c.recv(4096)' &
	client=$!
	until_true test -e up
	run -0 cat fds
	[ "${lines[*]:0:4}" = '0 1 2 3' ] && [ "${#lines[@]}" -le 5 ] # sh itself holds its script
	for p in $(descendants "$SERVER"); do
		run -0 find -L "/proc/$p/fd" -samefile users
		assert_output ''
		run -0 bash -c "ls /proc/$p/fd | wc -l"
		((output <= 5))
	done
	kill "$client"
	wait "$client" || true
}

@test "the transfer log of the session is the user's too, and not the checker's" {
	script 'ls /proc/$$/fd >../fds' 'exec "$@"'
	echo x >home/file
	FTP_XFERLOG=9 serve ftp-session pub 9>xfer
	curl -sS --max-time 10 -u bob:secret "ftp://127.0.0.1:$PORT/file" >/dev/null
	until_true grep -q ' /file .* bob ' xfer
	run ! grep -qx '[4-9]' fds
}

@test "a login works where thirty descriptors are left open and few are allowed" {
	run -0 bash -c '
		for ((i = 10; i < 40; i++)); do eval "exec $i</dev/null"; done
		ulimit -n 45
		printf "USER bob\r\nPASS secret\r\nQUIT\r\n" | ftp-session pub 2>log'
	assert_line --partial '230 '
}

# ended: after each try of standard input, by the call behind its colon.
ended() {
	local try call
	while IFS=: read -r try call; do
		printf 'NOOP %s\r\nNOOP\r\n' "$try" >sent
		run -111 bash -c '"$0" pub <sent >got 2>log' "$PROBE/ftp-session"
		run -0 grep -cE "^ftp-session: forbidden pid=.* call=($call) " log
		run ! grep -q 'probe' got
	done
}

@test "before the login the talker can open and make no file" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer itself opens files'
	ended <<-'END'
		open /etc/passwd:openat|open
		make ./made:openat|open
	END
}

@test "before the login the talker can remove, rename, connect, run and signal nothing" {
	ended <<-'END'
		remove ./users:unlinkat
		rename ./users:renameat|renameat2
		connect 25:socket
		exec /bin/true:execve
		kill:kill|getppid
	END
	assert_file_exists users
}

@test "a session whose program has been replaced says try later, and a new one serves" {
	cp "$BIN/ftp-session" ./mine
	mkfifo in
	./mine pub <in >got 2>log &
	pid=$!
	exec 9>in
	until_true grep -q '^220' got
	rm mine
	cp "$BIN/ftp-session" ./mine
	printf '%s\r\n' 'USER bob' 'PASS secret' >&9
	wait "$pid"
	exec 9>&-
	assert_equal "$(codes)" '220 331 421 '
	talk ./mine pub -- 'USER bob' 'PASS secret' QUIT
	assert_equal "$(codes)" '220 331 230 221 '
}

@test "what the talker hands over is checked: anything foul ends the second stage" {
	cat >monitor.py <<-'END'
		import array, os, socket, struct, subprocess, sys
		READY, NAME, CONTROL = 7, 8, 9
		def message(kind, number, text): return struct.pack("=4I", kind, number, 0, len(text)) + text
		def run(*packets):
		    a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
		    mine, theirs = socket.socketpair()
		    p = subprocess.Popen(["ftp-session", "-s"], stdin=b, stdout=2)
		    b.close()
		    assert struct.unpack("=4I", a.recv(9999)) == (READY, 0, 0, 0)
		    for data, fds in packets:
		        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [theirs.fileno()] * fds))] if fds else []
		        try: a.sendmsg([data], rights)
		        except OSError: pass
		    a.close(); theirs.close()
		    mine.settimeout(5)
		    got = mine.recv(99)
		    mine.close()
		    return got[:3], p.wait(5)
		def settled(*v): return struct.pack("=8I", *v) + b"\0"
		good = settled(0, 63, 0, 0, 0, 0, 0, 0)
		name = (message(NAME, 7, b"bob\0"), 0)
		first = (message(CONTROL, 0, good), 1)
		last = (message(CONTROL, 1, b"NOOP\r\n\0"), 1)
		assert run(name, first, last)[0] == b"230", run(name, first, last)
		foul = [
		    [first, last],                                       # no name
		    [(message(NAME, 7, b"b\0b\0"), 0), first, last],     # two
		    [(message(NAME, 7, b"b\nb\0"), 0), first, last],     # not one
		    [(message(NAME, 7, b"x" * 600 + b"\0"), 0), first, last],
		    [name, name, last],
		    [name, (first[0], 0), last],                         # no descriptor
		    [name, (first[0], 2), last],                         # two
		    [name, first, (last[0], 0)],
		    [name, first, first],
		    [name, last, first],
		    [name, (message(CONTROL, 0, good[:-5] + b"\0"), 1), last],
		    [name, (message(CONTROL, 0, good + b"\0"), 1), last],
		    [name, first, (message(CONTROL, 1, b"x" * 9000 + b"\0"), 1)],
		    [name, first, (message(CONTROL, 1, b""), 1)],
		    [name, first, (message(CONTROL, 1, b"xx"), 1)],      # no end
		    [name, (b"garbage", 1), last],
		    [name, (struct.pack("=4I", CONTROL, 0, 0, 99), 1), last],
		]
		foul += [[name, (message(CONTROL, 0, settled(*[2 ** 32 - 1 if i == j else 0 for i in range(8)])), 1), last]
		         for j in range(8) if j != 6]                    # one is only counted on
		for packets in foul:
		    got = run(*packets)
		    assert got == (b"", 111), (packets, got)
		assert run() == (b"", 0)
		assert run(name) == (b"", 0)
		assert run(name, first) == (b"", 0)
	END
	run -0 timeout 30 python3 monitor.py
}
