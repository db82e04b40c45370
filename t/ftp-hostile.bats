#!/usr/bin/env bats
# Clients and surroundings that do what nobody should: the session stands it.

setup() {
	load helper
	load ftp
	mkdir root
}

teardown() { unserve; }

@test "SIGCHLD ignored by the parent does not keep the end of the program from being seen" {
	serve env ARRIVAL_TIMEOUT=20 python3 -c 'import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execvp(sys.argv[1], sys.argv[1:])' ftp-session root true
	run -0 client '
		t = time.time(); d = data("STOR a"); reply(); d.close()
		assert reply()[:3] == "226" and time.time() - t < 5
	'
}

@test "descriptors the parent left open take none of ours" {
	# shellcheck disable=SC2016
	serve env FTP_MODE=rw bash -c 'for n in {3..24}; do eval "exec $n</dev/null"; done; exec ftp-session root'
	run -0 client '
		d = data("STOR a"); assert reply()[:3] == "150"; d.sendall(b"x"); d.close(); assert reply()[:3] == "226"
		d = data("NLST"); reply(); assert read(d) == b"a\r\n"; reply()
	'
}

@test "an upload is not stored when the control connection was reset before 150" {
	serve env FTP_MODE=rw FTP_ACTIVE=0 ftp-session root
	run -0 client '
		port = epsv(); p = int(subprocess.check_output(["pgrep", "-f", "^ftp-session root$", "-P", sys.argv[2]]))
		os.kill(p, signal.SIGSTOP); say("STOR part")
		d = socket.create_connection(("127.0.0.1", port), 10); d.sendall(b"half"); d.close()
		lines.close(); c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)); c.close()
		os.kill(p, signal.SIGCONT)
	'
	until_true grep -q ' close ' log
	run -0 ls -A root
	assert_output ''
}

@test "a directory whose path is as long as a path may be is listed" {
	python3 -c 'import os
os.chdir("root")
for n in ["d" * 255] * 15 + ["e" * 254]: os.mkdir(n); os.chdir(n)
open("file", "w")'
	serve ftp-session root
	run -0 client '
		for n in ["d" * 255] * 15 + ["e" * 254]: assert cmd("CWD " + n)[:3] == "250"
		d = data("NLST"); reply(); assert read(d) == b"file\r\n"; reply()
		d = data("MLSD"); reply(); assert read(d).endswith(b"; file\r\n"); reply()
	'
}

@test "ABOR is answered at once when all is sent but not taken" {
	truncate -s 300000 root/file
	serve ftp-session root
	run -0 client '
		port = epsv(); say("RETR file"); d = socket.socket()
		d.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096); d.connect(("127.0.0.1", port))
		reply(); time.sleep(0.3); t = time.time()
		assert cmd("ABOR")[:3] == "426" and reply()[:3] == "226" and time.time() - t < 1
	'
}

@test "ABOR sent in one piece with the command before it is answered at once" {
	truncate -s 100M root/file
	serve ftp-session root
	run -0 client '
		epsv(); t = time.time(); say("RETR file\r\nNOOP\r\nABOR")
		assert [reply()[:3] for i in range(4)] == ["150", "200", "426", "226"] and time.time() - t < 5
	'
}

@test "a stalled upload ends in 426 however many NOOPs come" {
	serve env FTP_MODE=rw FTP_STALL=1 ftp-session root
	run -0 client '
		d = data("STOR file"); reply(); c.setblocking(False); got = b""; t = time.time()
		while b"426" not in got and time.time() - t < 10:
			try: c.send(b"NOOP\r\n" * 200)
			except BlockingIOError: pass
			try: got = got[-20:] + c.recv(1 << 20)
			except BlockingIOError: pass
		assert b"426" in got
	'
}

@test "a client that takes no replies is given up after FTP_STALL, not once per line" {
	python3 -c 'for i in range(900): open("root/" + "x" * 200 + str(i), "w")'
	serve env FTP_STALL=1 ftp-session root
	run -0 client '
		s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
		s.connect(("127.0.0.1", int(sys.argv[1]))); s.sendall(b"USER ftp\r\nPASS x\r\n" + b"STAT /\r\n" * 60)
		c.close(); lines.close()
		for i in range(100):
			if not subprocess.run(["pgrep", "-P", sys.argv[2]], stdout=subprocess.DEVNULL).returncode: time.sleep(0.1)
			else: break
		else: assert 0, "still there"
	'
}

@test "after aborted waits of two kinds the monitor is understood as before" {
	echo hi >root/file
	mkfifo gate
	serve env FTP_MODE=rw ftp-session root sh -c 'read -r x <gate'
	run -0 client '
		d = data("STOR a"); reply(); d.close(); time.sleep(0.2)
		assert cmd("ABOR")[:3] == "426"; reply()
		l = active(); say("RETR file"); time.sleep(0.2); assert cmd("ABOR")[:3] == "425"; reply()
		with open("gate", "w") as g: g.write("go\n")
		for i in range(2):
			l = active(); assert cmd("RETR file")[:3] == "150"
			d = l.accept()[0]; assert read(d) == b"hi\n"; reply()
	'
}

@test "FTP_AUTOMKDIR makes sixteen directories and not seventeen" {
	serve env FTP_MODE=rw FTP_AUTOMKDIR=1 ftp-session root
	run -0 client '
		d = data("STOR " + "a/" * 16 + "file"); assert reply()[:3] == "150"; d.close(); assert reply()[:3] == "226"
		assert cmd("STOR " + "b/" * 17 + "file") == "550 No such directory."
	'
	assert_file_exists "root/$(printf 'a/%.0s' {1..16})file"
}

@test "a directory that cannot be read to its end is no complete listing" {
	python3 -c 'for i in range(10000): open("root/%d" % i, "w")'
	serve strace -f -qq -o trace -e inject=seccomp:error=ENOSYS \
		-e inject=getdents64:error=EIO:when=2+ ftp-session root
	run -0 client '
		d = data("MLSD"); reply()
		try: assert len(read(d)) < 1000000
		except ConnectionResetError: pass
		assert reply() == "451 Local error."
	'
}

@test "after EPSV ALL every other way to a data connection is 503: RFC 2428 4" {
	serve ftp-session root
	run -0 client '
		assert cmd("EPSV ALL")[:3] == "200"
		for line in ("PORT 127,0,0,1,20,20", "EPRT |1|127.0.0.1|5140|", "PASV"): assert cmd(line)[:3] == "503", line
		epsv()
	'
}

@test "a value that does not parse is named in a log line that begins with the program" {
	run -100 --separate-stderr env FTP_MODE=x ftp-session root
	# shellcheck disable=SC2154 # run sets it
	assert_equal "$stderr" 'ftp-session: fatal: FTP_MODE=x: not one of ro rw drop worm append'
}

@test "replies to what was sent ahead come in its order; QUIT waits for what was before it" {
	truncate -s 3M root/file
	serve ftp-session root
	run -0 client '
		d = data("RETR file\r\nNOOP\r\nPWD\r\nNOOP\r\nQUIT\r\nNOOP"); assert reply()[:3] == "150"; read(d)
		assert [reply()[:3] for i in range(5)] == ["200", "226", "257", "200", "221"] and c.recv(1) == b""
	'
	run -0 client '
		epsv(); say("RETR file\r\nQUIT\r\nNOOP\r\nABOR"); assert [reply()[:3] for i in range(4)] == ["150", "426", "226", "221"]
	'
}

@test "what was sent behind ABOR is answered behind it" {
	truncate -s 3M root/file
	serve ftp-session root
	run -0 client '
		want = ["150", "426", "226", "200", "225", "221"]
		epsv(); say("RETR file\r\nABOR\r\nNOOP\r\nABOR\r\nQUIT"); got = [reply()[:3] for x in want]; assert got == want, got
	'
}

@test "ftplib's abort(), urgent and without telnet bytes, gets one reply and leaves no other behind" {
	truncate -s 1G root/file
	serve ftp-session root
	run -0 client '
		import ftplib
		f = ftplib.FTP(timeout=10); f.connect("127.0.0.1", int(sys.argv[1])); f.login()
		d = f.transfercmd("RETR file"); d.recv(10); assert f.abort()[:3] == "426"
		assert f.getresp()[:3] == "226" and f.sendcmd("NOOP")[:3] == "200"
		d.close(); d = f.transfercmd("RETR file"); d.recv(10); f.sock.sendall(b"\xff\xf4"); f.sock.sendall(b"\xff\xf2", socket.MSG_OOB)
		f.sock.sendall(b"ABOR\r\n"); assert f.getmultiline()[:3] == "426" and f.getresp()[:3] == "226"
	'
}

@test "of commands without end sent ahead during a transfer none is lost" {
	truncate -s 30000000 root/huge
	serve ftp-session root
	run -0 client '
		import threading
		def drain():
		    while d.recv(1 << 20): pass
		d = data("RETR huge"); reply(); d.recv(1); c.settimeout(0.2); sent = 0
		try:
		    while sent < 5000: sent += c.send(b"SYST\r\n" * 5000)
		except OSError: pass
		c.settimeout(10); threading.Thread(target=drain).start(); assert reply()[:3] == "226"
		for i in range(sent // 6): assert reply() == "215 UNIX Type: L8", i
		assert sent // 6 >= 1000
	'
}
