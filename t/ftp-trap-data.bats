#!/usr/bin/env bats
# Traps of the data connection, and of the control connection while there is one.

setup() {
	load helper
	load ftp
	mkdir -p root/pub
	head -c 300000 /dev/urandom >root/big
	printf 'hello' >root/file
	truncate -s 4G root/huge
	export FTP_MODE=rw
}
teardown() { unserve; }

@test "ABOR plain, behind telnet's IP and Synch, and as urgent data: 426 and 226 in one segment" {
	serve ftp-session root
	client '
		def plain(): c.sendall(b"ABOR\r\n")
		def telnet(): c.sendall(b"\xff\xf4\xff\xf2ABOR\r\n")
		def urgent(): c.send(b"\xff\xf4\xff", socket.MSG_OOB); c.sendall(b"\xf2ABOR\r\n")
		def rude(): c.send(b"ABOR\r\n", socket.MSG_OOB)
		for way in (plain, telnet, urgent, rude):
		    d = data("RETR huge"); reply(); d.recv(1000); way()
		    assert c.recv(1000) == b"426 Transfer aborted.\r\n226 Abort successful.\r\n", way
		    d.close(); assert cmd("NOOP")[:3] == "200" and cmd("ABOR") == "225 No transfer to abort."
	'
}

@test "227 and 229 are segments of their own behind other replies and before them" {
	printf 'USER ftp\r\nPASS x\r\nPWD\r\nPASV\r\nEPSV\r\nPWD\r\nQUIT\r\n' >sent
	run -0 timeout 20 python3 "$DATA/on-socket.py" sent \
		strace -f -qq -s 200 -e trace=sendto -e inject=seccomp:error=ENOSYS -o trace ftp-session root
	run -0 grep -c '"22[79] Entering [^"\\]*\\r\\n"' trace
	assert_output 2
}

@test "a failed RETR leaves the listener; 150 uses it up" {
	serve ftp-session root
	client '
		port = epsv(); assert cmd("RETR none")[:3] == "550"; assert cmd("RETR pub")[:3] == "550"
		say("RETR file"); d = socket.create_connection(("127.0.0.1", port), 5); reply(); assert read(d) == b"hello"; reply()
		assert cmd("RETR file") == "425 Use PASV or PORT first."
	'
}

@test "PASV twice: the second counts; PORT after EPSV, PORT; EPSV after PORT, EPSV" {
	serve ftp-session root
	client '
		first, second = epsv(), epsv()
		try: socket.create_connection(("127.0.0.1", first), 5); assert 0
		except ConnectionRefusedError: pass
		say("RETR file"); d = socket.create_connection(("127.0.0.1", second), 5); reply(); assert read(d) == b"hello"; reply()
		port = epsv(); l = active(); assert cmd("RETR file")[:3] == "150"; assert read(l.accept()[0]) == b"hello"; reply()
		l = active(); d = data("RETR file"); assert reply()[:3] == "150" and read(d) == b"hello"; reply()
	'
}

@test "the idle time does not run while data does" {
	serve env FTP_IDLE=1 ftp-session root
	client '
		d = data("STOR slow"); reply()
		for i in range(16): d.sendall(b"x" * 1000); time.sleep(0.15)
		d.close(); assert reply() == "226 Transfer complete." and cmd("SIZE slow") == "213 16000"
	'
}

@test "NOOP and STAT are answered while data flow, and no reply is owed after" {
	serve ftp-session root
	client '
		d = data("RETR huge"); reply(); d.recv(1000)
		for i in range(3): t = time.time(); assert cmd("NOOP")[:3] == "200" and time.time() - t < 0.5
		assert any("of 4294967296 bytes" in l for l in whole("STAT"))
		d.close(); assert reply()[:3] == "426" and cmd("PWD")[:3] == "257"
	'
}

@test "a client that stops reading in the middle gets 426 and its session lives" {
	serve ftp-session root
	client '
		for i in range(3):
		    d = data("RETR huge"); reply(); d.recv(100); d.close(); assert reply() == "426 Connection closed; transfer aborted."
		assert fetch("RETR big")[1] == open("root/big", "rb").read()
	'
}

@test "a client that closes only after 226 gets its 226" {
	serve ftp-session root
	client '
		d = data("RETR big"); assert reply()[:3] == "150"; n = 0
		while n < 300000: n += len(d.recv(65536))
		assert reply() == "226 Transfer complete."; assert d.recv(1) == b""; d.close()
	'
}

@test "STOR of nothing is 226 and an empty file, also in the place of a full one" {
	serve ftp-session root
	client '
		assert store("STOR none", b"")[1][:3] == "226" and store("STOR file", b"")[1][:3] == "226"
	'
	assert_equal "$(stat -c %s root/none root/file)" $'0\n0'
}

@test "REST lives through ALLO, PASV, TYPE, SIZE, NOOP and STAT; not through others, nor after a transfer" {
	serve ftp-session root
	client '
		cmd("TYPE I"); cmd("REST 3")
		for line in ("ALLO 5", "NOOP", "TYPE I", "SIZE file", "STAT", "OPTS UTF8 ON", "PASV"): cmd(line)
		assert fetch("RETR file")[1] == b"lo" and fetch("RETR file")[1] == b"hello"
		cmd("REST 3"); assert b"big" in fetch("LIST")[1] and fetch("RETR file")[1] == b"hello"
		cmd("REST 3"); cmd("PWD"); assert fetch("RETR file")[1] == b"hello"
		cmd("REST 3"); cmd("RETR none"); assert fetch("RETR file")[1] == b"hello"
		cmd("REST 3"); cmd("ALLO 7"); assert store("STOR file", b"p me")[1][:3] == "226"
	'
	assert_equal "$(cat root/file)" 'help me'
}

@test "QUIT during a transfer waits for its end: 226, then 221, then the end" {
	serve ftp-session root
	client '
		d = data("RETR big"); assert reply()[:3] == "150"; say("QUIT"); assert read(d) == open("root/big", "rb").read()
		assert reply()[:3] == "226" and reply() == "221 Goodbye." and lines.readline() == b""
	'
}

@test "a whole dialogue sent at once is answered in order" {
	run -0 --separate-stderr talk ftp-session root -- 'USER ftp' 'PASS x' SYST FEAT PWD 'TYPE I' 'SIZE file' 'MDTM none' NOOP QUIT
	assert_equal "$(codes)" '220 331 230 215 211 257 200 213 550 200 221 '
}
