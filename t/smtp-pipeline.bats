#!/usr/bin/env bats
# Many commands at once, or one byte at a time: RFC 2920, and when replies leave.

setup() {
	load helper
	export SMTP_NAME=mx.example SMTP_ANY=1
}

# hand code [program...]
hand() {
	local code=$1
	shift
	[ $# -gt 0 ] || set -- true
	timeout 30 python3 "$DATA/hand.py" "$code" smtp-session "$@"
}

WHOLE='b"EHLO c\r\nNOOP x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRSET\r\nVRFY x\r\nEHLO c\r\nXYZZY\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nQUIT\r\n"'
ALL='220 250 250 250 250 250 252 250 500 250 250 221'

@test "all commands in one segment, before the greeting was read, are answered in order" {
	run -0 hand 'c.sendall('"$WHOLE"'); print(codes(f.read()))'
	assert_output "$ALL"$'\nexit 0'
}

@test "commands that come byte by byte are the same commands" {
	run -0 hand '
whole = '"$WHOLE"'
for i in range(len(whole)):
    c.sendall(whole[i:i + 1])
    if i % 16 == 0: time.sleep(0.001)
print(codes(f.read()))'
	assert_output "$ALL"$'\nexit 0'
}

@test "so are commands cut anywhere: each place in turn, over a pipe" {
	cat >cut.py <<-'END'
		import re, subprocess, sys
		whole = b"HELO c\r\nNOOP\r\nMAIL FROM:<a@b>\r\n\n\r\r\nRSET\r\nQUIT\r\n"
		def ask(pieces):
		    p = subprocess.Popen(["smtp-session", "true"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
		    got = b""
		    for piece in pieces:
		        p.stdin.write(piece)
		        while got.count(b"\n") < 1 + sum(x.count(b"\n") for x in pieces[:pieces.index(piece) + 1]):
		            got += p.stdout.read(4096)
		    return got, p.wait(10)
		want = ask([whole])
		assert re.findall(rb"^\d{3}", want[0], re.M) == [b"220", b"250", b"250", b"250", b"500", b"501", b"250", b"221"], want
		for i in range(1, len(whole)):
		    assert ask([whole[:i], whole[i:]]) == want, i
		print("all cuts agree")
	END
	run -0 timeout 30 python3 cut.py
	assert_output 'all cuts agree'
}

@test "the replies to a batch leave in one write, and the greeting before anything is read" {
	{ printf 'RSET\r\n%.0s' {1..50}; printf 'QUIT\r\n'; } >sent
	run -0 strace -qqfe trace=write,writev,read -o trace smtp-session true <sent
	run -0 grep -c 'writev\{0,1\}(1, ' trace
	assert_output 2
	run -0 bash -c 'grep -m 1 "writev\{0,1\}(1, \|read(0, " trace'
	assert_output --partial '"220 mx.example ESMTP'
}

@test "replies leave before a program is waited for, and before a penalty is" {
	run -0 hand '
f.readline(); t = time.time()
c.sendall(b"HELO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nBDAT 3 LAST\r\nx\r\nQUIT\r\n")
print([f.readline()[:3] for _ in range(3)], time.time() - t < 0.8)
print([f.readline()[:3] for _ in range(2)], time.time() - t >= 1)' sh -c 'sleep 1.2'
	assert_output $'[b\'250\', b\'250\', b\'250\'] True\n[b\'250\', b\'221\'] True\nexit 0'
	printf '#!/bin/sh\nsleep 1.2\n' >check
	chmod +x check
	RCPTCHECK=./check run -0 hand '
f.readline(); t = time.time(); c.sendall(b"HELO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nQUIT\r\n")
print([f.readline()[:3] for _ in range(2)], time.time() - t < 0.8)
print([f.readline()[:3] for _ in range(2)], time.time() - t >= 1)'
	assert_output $'[b\'250\', b\'250\'] True\n[b\'250\', b\'221\'] True\nexit 0'
	run -0 hand '
f.readline(); t = time.time(); c.sendall(b"X\r\n" * 10 + b"QUIT\r\n")
print({f.readline()[:3] for _ in range(9)}, time.time() - t < 0.8)
print([f.readline()[:3] for _ in range(2)], time.time() - t >= 1)'
	assert_output $'{b\'500\'} True\n[b\'500\', b\'221\'] True\nexit 0'
}

@test "64 KiB of commands behind a message wait while its program runs, and all are answered" {
	run -0 hand '
f.readline(); c.sendall(b"EHLO c\r\n")
while f.readline()[3:4] == b"-": pass
n = 90
c.sendall(b"MAIL FROM:<>\r\nRCPT TO:<a@b>\r\nBDAT 3 LAST\r\nx\r\n" + (b"NOOP " + b"x" * 720 + b"\r\n") * n + b"QUIT\r\n")
got = f.read(); print(codes(got) == " ".join(["250"] * (3 + n) + ["221"]))' sh -c 'sleep 0.5'
	assert_output $'True\nexit 0'
}

@test "a client that sends and never reads is dropped at the deadline, exit 1" {
	export SMTP_TIMEOUT=1 SMTP_MAXMAIL=1000000
	run -0 hand '
c.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096); c.settimeout(0.2); t = time.time()
while p.poll() is None and time.time() - t < 8:
    try: c.sendall(b"EHLO c\r\nMAIL FROM:<>\r\n" * 500)
    except OSError: pass'
	assert_output 'exit 1'
}

@test "a TLS client is closed at its first byte, an HTTP client at its first line, both without a word" {
	for hello in '\x16' 'GET / HTTP/1.1\r\n' 'CONNECT x:25 HTTP/1.0\r\n' 'host: x\r\n' 'EHLO c\r\nPOST / HTTP/1.1\r\n'; do
		run -0 hand "
f.readline(); t = time.time(); c.sendall(b'$hello')
try: got = f.read()
except ConnectionResetError: got = b''
print(codes(got), time.time() - t < 0.9)"
		assert_output --regexp $'^(250)? True\nexit 1$'
		run -0 grep -c '^smtp ev=junk ' log
	done
}
