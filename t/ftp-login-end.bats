#!/usr/bin/env bats
# However a login or a session after it ends: nothing is left running, and
# nothing leaks from one process to another.

setup() {
	load helper
	mkdir home pub
	printf 'bob:secret:%s/home\n' "$PWD" >users
	export FTP_LOGIN="$DATA/checker.py users"
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
	script 'ls -v /proc/self/fd >../fds' 'exec 7<../users' 'exec "$@"'
	serve ftp-session pub
	client '
say("USER bob", "PASS secret"); until(b"230 ")
open("up", "w"); c.recv(4096)' &
	client=$!
	until_true test -e up
	run -0 cat fds
	assert_output $'0\n1\n2\n3\n4' # ls itself holds the directory
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

@test "a password is in no process after its login, right or wrong, however it came" {
	[ -z "${SANITIZED:-}" ] || skip 'the memory of the sanitizer has no end'
	sed -i 's/secret/Sesame42Zebra/' users
	cat >memory.py <<-'END'
		import os, socket, subprocess, time
		def family(pid):
		    yield pid
		    for child in open(f"/proc/{pid}/task/{pid}/children").read().split(): yield from family(int(child))
		def holds(pid):
		    for line in open(f"/proc/{pid}/maps"):
		        lo, hi = (int(x, 16) for x in line.split()[0].split("-"))
		        if " rw" not in line: continue
		        memory = open(f"/proc/{pid}/mem", "rb", 0)
		        memory.seek(lo)
		        if b"Sesame4" in memory.read(hi - lo): return line
		def case(code, *pieces):
		    server = socket.create_server(("127.0.0.1", 0))
		    client = socket.create_connection(server.getsockname(), 10)
		    there, _ = server.accept()
		    session = subprocess.Popen(["ftp-session", "pub"], stdin=there, stdout=there)
		    there.close()
		    got = client.recv(999)
		    for piece in pieces:
		        client.sendall(piece)
		        while b"331 " not in got: got += client.recv(999)
		    while code not in got: got += client.recv(999)
		    assert [holds(p) for p in family(session.pid)] in ([None] * 2, [None] * 3), pieces
		    client.close()
		    session.wait(10)
		case(b"230 ", b"USER bob\r\nPASS Sesame42Zebra\r\nNOOP\r\n")
		case(b"530 ", b"USER eve\r\nPASS Sesame42Zebra\r\nNOOP\r\n")
		case(b"530 ", b"\xff\xf1" * 30 + b"USER eve\r\nPASS Sesame42Zebra\r\n")
		case(b"530 ", b"USER eve\r\nPASS Sesame42Ze", b"bra\r\n")
	END
	run -0 timeout 20 python3 memory.py
}
