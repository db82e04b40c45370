#!/usr/bin/env bats
# ABOR is answered within 50 ms whatever the session is about, and the session
# stays. Each state is measured five times; the median counts, since others
# use the machine too.

setup() {
	load helper
	load ftp
	mkdir root
	truncate -s 4G root/huge
}

teardown() { unserve; }

# measure code: Python whose state() brings the session into a state; wants is
# what ABOR is answered with in it.
MEASURE='
import threading
def measure(state, wants):
    times = []
    for i in range(5):
        held = state()
        t = time.monotonic(); say("ABOR"); got = [reply()[:3] for x in wants]
        times.append(time.monotonic() - t)
        assert got == wants, got
        del held
        n = time.monotonic(); assert cmd("NOOP")[:3] == "200"
    times.sort(); assert times[2] < 0.05, times
def starting(command):
    d = data(command); assert reply()[:3] == "150"; return d
'

@test "idle, and listening: 225, and the listener is closed" {
	serve env FTP_PASV_PORTS=20000-29999 ftp-session root
	run -0 client "$MEASURE"'
		measure(lambda: None, ["225"])
		ports = []
		measure(lambda: ports.append(epsv()), ["225"])
		for p in ports:
			try: socket.create_connection(("127.0.0.1", p), 5); assert 0
			except ConnectionRefusedError: pass
		assert cmd("RETR huge") == "425 Use PASV or PORT first."
	'
}

@test "waiting for the client to connect: 426 and 226" {
	serve ftp-session root
	run -0 client "$MEASURE"'
		def accepting(): epsv(); assert cmd("RETR huge")[:3] == "150"
		measure(accepting, ["426", "226"])
		def storing(): epsv(); assert cmd("LIST")[:3] == "150"
		measure(storing, ["426", "226"])
	'
}

@test "connecting to a client that does not answer: no 150 yet, so 425 and 225" {
	serve env FTP_ACCEPT=20 ftp-session root
	run -0 client "$MEASURE"'
		l = socket.socket(); l.bind(("127.0.0.1", 0)); l.listen(0); n = l.getsockname()[1]; full = []
		for i in range(4):
			x = socket.socket(); x.setblocking(False); x.connect_ex(("127.0.0.1", n)); full.append(x)
		def connecting():
			assert cmd("PORT 127,0,0,1,%d,%d" % (n >> 8, n & 255))[:3] == "200"; say("RETR huge")
			assert cmd("NOOP")[:3] == "200"
		measure(connecting, ["425", "225"])
	'
}

@test "RETR: the client reads, reads no more, or is held by the rate" {
	serve ftp-session root
	run -0 client "$MEASURE"'
		def reading():
			d = starting("RETR huge")
			def drain():
				try:
					while d.recv(1 << 20): pass
				except OSError: pass
			threading.Thread(target=drain, daemon=True).start(); return d
		measure(reading, ["426", "226"])
		measure(lambda: starting("RETR huge"), ["426", "226"])
	'
	unserve
	serve env FTP_RATE_DOWN=10k ftp-session root
	run -0 client "$MEASURE"'measure(lambda: starting("RETR huge"), ["426", "226"])'
}

@test "STOR: the client sends as fast as it can, or nothing; nothing of it is seen" {
	serve env FTP_MODE=rw FTP_PARTIAL=discard ftp-session root
	run -0 client "$MEASURE"'
		def sending():
			d = starting("STOR up")
			def fill():
				try:
					while True: d.sendall(bytes(1 << 16))
				except OSError: pass
			threading.Thread(target=fill, daemon=True).start(); return d
		measure(sending, ["426", "226"])
		measure(lambda: starting("STOR up"), ["426", "226"])
	'
	assert_file_not_exists root/up
}

@test "LIST, NLST and MLSD of many names to a client that reads nothing" {
	python3 -c 'import os
os.mkdir("root/many")
for i in range(30000): os.mknod("root/many/a%0100d" % i)'
	serve ftp-session root
	run -0 client "$MEASURE"'
		def listing(verb):
			port = epsv(); d = socket.socket(); d.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
			say(verb + " many"); d.connect(("127.0.0.1", port)); assert reply()[:3] == "150"; return d
		for verb in ("LIST", "NLST", "MLSD"): measure(lambda: listing(verb), ["426", "226"])
	'
}

@test "HASH: 450 and 226; and an arrival program: 426 and 226" {
	serve env FTP_HASH=SHA-256 FTP_MODE=rw ftp-session root tail -f /dev/null
	run -0 client "$MEASURE"'
		measure(lambda: say("HASH huge"), ["450", "226"])
	'
	unserve
	: >started
	serve env FTP_MODE=rw FTP_EOF_WAIT=0 ARRIVAL_TIMEOUT=1 ftp-session root sh -c 'echo >>started; exec tail -f /dev/null'
	run -0 client "$MEASURE"'
		def running():
			n = os.path.getsize("started"); d = starting("STOR up"); d.sendall(b"x"); d.close()
			while os.path.getsize("started") == n: time.sleep(0.01)
		measure(running, ["426", "226"])
	'
}

@test "426 and 226 are one write, after the data connection was reset" {
	serve strace -f -qq -s 100 -o trace -e trace=sendto,close -e inject=seccomp:error=ENOSYS ftp-session root
	run -0 client '
		d = data("RETR huge"); reply(); d.recv(10); assert cmd("ABOR")[:3] == "426" and reply()[:3] == "226"
		try:
			while d.recv(1 << 20): pass
			assert 0
		except ConnectionResetError: pass
	'
	run -0 grep -cE 'sendto\(1, .*"426 Transfer aborted\.\\r\\n226 Abort successful\.\\r\\n' trace
	assert_output 1
}
