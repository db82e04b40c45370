#!/usr/bin/env bats
# How long a session waits, and how fast it moves bytes.

setup() {
	load helper
	load ftp
	mkdir root
}

teardown() { unserve; }

# cpu: Python: the seconds of CPU all the session's processes have used.
CPU='
import glob
def cpu():
    total = 0
    for m in subprocess.check_output(["pgrep", "-P", sys.argv[2]], text=True).split():
        for p in [m] + subprocess.run(["pgrep", "-P", m], stdout=-1, text=True).stdout.split():
            x = open("/proc/%s/stat" % p).read().split()
            total += int(x[13]) + int(x[14])
    return total / os.sysconf("SC_CLK_TCK")
'

@test "FTP_RATE_DOWN and FTP_RATE_UP are kept within 15 %, control stays live, nobody spins" {
	head -c 600000 /dev/urandom >root/file
	serve env FTP_MODE=rw FTP_RATE_DOWN=300000 FTP_RATE_UP=200k ftp-session root
	run -0 client "$CPU"'
		d = data("RETR file"); t = time.time(); reply(); got = d.recv(100000); n = time.time()
		assert cmd("NOOP")[:3] == "200" and time.time() - n < 0.05
		got += read(d); down = 600000 / (time.time() - t); assert reply()[:3] == "226"
		assert got == open("root/file", "rb").read()
		assert 0.85 < down / 300000 < 1.15, down
		d = data("STOR up"); reply(); t = time.time(); d.sendall(got); d.close(); assert reply()[:3] == "226"
		up = 600000 / (time.time() - t); assert 0.85 < up / 204800 < 1.15, up
		assert cpu() < 0.3, cpu()
	'
	cmp root/up root/file
}

@test "many small files are no faster than the rate" {
	truncate -s 40000 root/file
	serve env FTP_RATE_DOWN=400000 ftp-session root
	run -0 client '
		t = time.time()
		for i in range(15): d = data("RETR file"); reply(); assert len(read(d)) == 40000; reply()
		assert 1.2 < time.time() - t < 1.8, time.time() - t
	'
}

@test "a listing and ABOR do not wait for the rate" {
	truncate -s 10M root/file
	serve env FTP_RATE_DOWN=1k ftp-session root
	run -0 client '
		t = time.time(); d = data("LIST"); reply(); assert b"file" in read(d); reply(); assert time.time() - t < 0.5
		d = data("RETR file"); reply(); d.recv(10); t = time.time()
		assert cmd("ABOR")[:3] == "426" and reply()[:3] == "226" and time.time() - t < 0.05
	'
}

@test "a rate of a few bytes a second is kept too" {
	printf '%030d' 0 >root/file
	serve env FTP_RATE_DOWN=15 ftp-session root
	run -0 client 'd = data("RETR file"); t = time.time(); read(d); assert 1.7 < time.time() - t < 2.3, time.time() - t'
}

@test "FTP_MAXTIME ends a session with 421: idle, busy with commands, or in a transfer" {
	truncate -s 1G root/file
	serve env FTP_MAXTIME=1 FTP_RATE_DOWN=1M ftp-session root
	run -0 client '
		assert reply() == "421 Session time is over." and c.recv(1) == b""
	'
	run -0 client '
		t = time.time(); r = "200"
		while r[:3] == "200" and time.time() - t < 5: r = cmd("NOOP")
		assert r == "421 Session time is over.", r
	'
	run -0 client '
		d = data("RETR file"); reply(); t = time.time()
		try: read(d); assert 0
		except ConnectionResetError: pass
		assert reply() == "421 Session time is over." and c.recv(1) == b"" and time.time() - t < 2
	'
}

@test "FTP_MAXTIME counts what came before a login with a password" {
	printf '#!/bin/sh\nexec "$@"\n' >check
	chmod +x check
	serve env FTP_LOGIN="$PWD/check" FTP_MAXTIME=3 ftp-session root
	run -0 python3 -c 'import socket, sys, time
c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10); f = c.makefile("rb"); t = time.time(); f.readline()
while time.time() - t < 2.1: c.sendall(b"NOOP\r\n"); f.readline(); time.sleep(0.1)
c.sendall(b"USER me\r\nPASS x\r\n"); f.readline(); assert f.readline()[:3] == b"230"
assert f.readline() == b"421 Session time is over.\r\n" and 2.5 < time.time() - t < 4, time.time() - t' "$PORT"
}

@test "a client that says nothing more is told 421 Idle timeout and the reply is not lost" {
	serve env FTP_IDLE=1 ftp-session root
	run -0 client 'c.send(b"NO"); assert reply() == "421 Idle timeout." and c.recv(1) == b""'
}

@test "a client that is connected to and does not answer is 425 after FTP_ACCEPT, NOOP being answered" {
	echo hello >root/file
	serve env FTP_ACCEPT=1 ftp-session root
	run -0 client '
		l = socket.socket(); l.bind(("127.0.0.1", 0)); l.listen(0); n = l.getsockname()[1]; full = []
		for i in range(4):
			x = socket.socket(); x.setblocking(False); x.connect_ex(("127.0.0.1", n)); full.append(x)
		assert cmd("PORT 127,0,0,1,%d,%d" % (n >> 8, n & 255))[:3] == "200"
		t = time.time(); say("RETR file"); assert cmd("NOOP")[:3] == "200" and time.time() - t < 0.5
		assert reply() == "425 Cannot open data connection." and 0.8 < time.time() - t < 2
		assert read(data("RETR file")) == b"hello\n"; reply(); assert reply()[:3] == "226"
	'
}

@test "a monitor that is busy with a program given up does not hold an active connection for longer" {
	echo hello >root/file
	mkfifo gate
	serve env FTP_MODE=rw FTP_ACCEPT=1 FTP_EOF_WAIT=0 ftp-session root sh -c 'echo >started; read -r x <gate'
	run -0 client '
		d = data("STOR a"); reply(); d.close()
		while not os.path.exists("started"): time.sleep(0.01)
		assert cmd("ABOR")[:3] == "426"; reply()
		l = active(); t = time.time(); assert cmd("RETR file")[:3] == "425" and time.time() - t < 2
		assert read(data("RETR file")) == b"hello\n"; reply(); assert reply()[:3] == "226"
		with open("gate", "w") as g: g.write("go\n")
		l = active(); say("RETR file"); assert read(l.accept()[0]) == b"hello\n" and reply()[:3] == "150" and reply()[:3] == "226"
	'
}

@test "an upload of which nothing comes is 426 after FTP_STALL, whatever FTP_IDLE is, and the session stays" {
	serve env FTP_MODE=rw FTP_STALL=1 FTP_IDLE=20 ftp-session root
	run -0 client '
		d = data("STOR up"); assert reply()[:3] == "150"; t = time.time()
		assert reply() == "426 Data connection timed out." and 0.9 < time.time() - t < 5 and cmd("NOOP")[:3] == "200"
	'
}

@test "a client that has gone without a word is asked for after a minute" {
	serve ftp-session root
	run -0 client '
		import re
		end = time.time() + 5; row = ""
		while not re.search("keepalive,(1min|60sec|[1-5]?[0-9]sec)", row):
		    assert time.time() < end, row # what is not acknowledged yet has a timer of its own
		    row = subprocess.check_output(["ss", "-Htno", "sport = :%s and dport = :%d" % (sys.argv[1], c.getsockname()[1])], text=True)
	'
}
