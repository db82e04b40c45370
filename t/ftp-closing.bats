#!/usr/bin/env bats
# Connections that end: in order, early, or by a reset, and descriptors that
# are not to be had. RFC 959 5.4; RFC 793 3.5.

setup() {
	load helper
	load ftp
	mkdir root root/empty
	: >root/nothing
	echo hello >root/file
	truncate -s 1G root/huge
}

teardown() { unserve; }

RESET='
def reset(x): x.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)); x.close()
'

@test "nothing at all is sent, received and listed like anything else, passive and active" {
	serve env FTP_MODE=rw ftp-session root
	run -0 client '
		for verb in ("RETR nothing", "NLST empty", "LIST empty", "STOR new", "APPE new", "STOR nothing"):
			d = data(verb); assert reply()[:3] == "150"
			if verb[0] in "SA": d.close()
			else: assert read(d) == b""
			assert reply()[:3] == "226", verb
			l = active(); assert cmd(verb)[:3] == "150"; d = l.accept()[0]
			if verb[0] in "SA": d.close()
			else: assert read(d) == b""
			assert reply()[:3] == "226", verb
	'
	assert_equal "$(stat -c %s root/new root/nothing | tr '\n' ' ')" '0 0 '
}

@test "a client that has enough of a download closes: 426, whether by FIN or by a reset" {
	serve ftp-session root
	run -0 client "$RESET"'
		d = data("RETR huge"); reply(); assert len(d.recv(1000)); d.close(); assert reply() == "426 Connection closed; transfer aborted."
		d = data("RETR huge"); reply(); reset(d); assert reply()[:3] == "426"
		d = data("RETR huge"); reply(); d.shutdown(socket.SHUT_WR); d.recv(1000); d.close(); assert reply()[:3] == "426"
		l = active(); assert cmd("RETR huge")[:3] == "150"; reset(l.accept()[0]); assert reply()[:3] == "426"
		assert read(data("RETR file")) == b"hello\n"; reply(); assert reply()[:3] == "226"
	'
}

@test "a client that closes before it took the end of what was sent gets 426, not 226" {
	truncate -s 400000 root/some
	serve ftp-session root
	run -0 client "$RESET"'
		for end in (socket.socket.close, reset):
			port = epsv(); say("RETR some"); d = socket.socket(); d.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
			d.connect(("127.0.0.1", port)); reply(); got = 0
			while got < 100000: got += len(d.recv(2000))
			end(d); assert reply()[:3] == "426"
	'
}

# A file that is changed while it is sent: whole pages by sendfile(2), or a small one, slowly.
changed() {
	run -0 client "SIZE, LENGTH = $1"'
		def sent(to):
		    "What came of the file, given a new length on the way, whether by a reset, and the reply."
		    os.truncate("root/some", SIZE); port = epsv(); say("RETR some")
		    d = socket.socket(); d.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096); d.connect(("127.0.0.1", port))
		    assert "(%d bytes)" % SIZE in reply(); got = len(d.recv(1)); os.truncate("root/some", to); d.settimeout(10)
		    while True:
		        try: b = d.recv(65536)
		        except ConnectionResetError: return got, True, reply()
		        if not b: d.close(); return got, False, reply()
		        got += len(b)
		got, cut, r = sent(LENGTH); assert cut and got < SIZE and r == "451 The file became shorter.", (got, cut, r)
		assert sent(SIZE + 100000) == (SIZE, False, "226 Transfer complete.") and cmd("NOOP")[:3] == "200"
	'
}

@test "a file that becomes shorter while it is sent is 451 and a reset, one that grows is what was announced" {
	: >root/some
	serve ftp-session root
	changed '40000000, 100'
	unserve
	serve env FTP_RATE_DOWN=40000 ftp-session root
	changed '30000, 100'
}

@test "the data connection of an upload ends from our side too: before a wait, or after the reply" {
	serve env FTP_MODE=rw FTP_EOF_WAIT=1000 ftp-session root
	run -0 client '
		def sent(verb): d = data(verb); reply(); d.sendall(b"x"); d.shutdown(socket.SHUT_WR); d.settimeout(10); return d
		def answered(): import select; return select.select([c], [], [], 0)[0] != []
		for i in range(40):
			assert cmd("ALLO 1")[:3] == "200"; d = sent("STOR quick"); assert reply()[:3] == "226" and d.recv(1) == b""
		d = sent("STOR slow"); assert d.recv(1) == b"" and not answered(); assert reply()[:3] == "226"
	'
	unserve
	serve env FTP_MODE=rw FTP_EOF_WAIT=0 ftp-session root sh -c 'read -r go <gate'
	mkfifo gate
	run -0 client '
		d = data("STOR taken"); reply(); d.sendall(b"x"); d.shutdown(socket.SHUT_WR); d.settimeout(10); assert d.recv(1) == b""
		open("gate", "w").write("go\n"); assert reply()[:3] == "226"
	'
}

@test "an upload that is reset is 426, and the session stays" {
	serve env FTP_MODE=rw FTP_PARTIAL=discard ftp-session root
	run -0 client "$RESET"'
		d = data("STOR up"); reply(); d.sendall(b"x" * 1000); time.sleep(0.05); reset(d); assert reply()[:3] == "426"
		d = data("STOR up"); reply(); reset(d); assert reply()[:3] == "426"
		port = epsv(); d = socket.create_connection(("127.0.0.1", port)); reset(d); assert cmd("STOR up")[:3] == "150"
		assert reply()[:3] in ("426", "425") and cmd("NOOP")[:3] == "200"
	'
	assert_file_not_exists root/up
}

@test "a control connection that is reset ends the session: idle, listening, waiting, sending, receiving" {
	serve env FTP_MODE=rw FTP_PARTIAL=discard FTP_ACCEPT=20 ftp-session root
	local state
	for state in 'pass' 'epsv()' 'epsv(); say("RETR huge"); reply()' 'd = data("RETR huge"); reply()' \
		'd = data("RETR huge"); reply(); d.recv(1)' 'd = data("STOR up"); reply(); d.sendall(b"x" * 1000)' \
		'd = data("LIST"); reply()' 'd = data("STOR up"); reply(); c.shutdown(1)'; do
		run -0 client "$RESET
$state
lines.close(); reset(c)"
		until_true no_sessions
	done
	assert_file_not_exists root/up
}

@test "QUIT and 421 reach the client although it went on talking, and it has a second to go" {
	serve ftp-session root
	run -0 client '
		c.sendall(b"QUIT\r\n" + b"NOOP\r\n" * 3000); assert reply()[:3] == "221" and lines.read() == b""
	'
	run -0 client '
		c.sendall(b"X\r\n" * 3000)
		for i in range(50): assert reply()[:3] == "500"
		assert reply() == "421 Too many errors." and lines.read() == b""
	'
	run -0 client '
		assert cmd("QUIT")[:3] == "221"; t = time.time()
		while subprocess.run(["pgrep", "-P", sys.argv[2]], stdout=-1).returncode == 0 and time.time() - t < 5: time.sleep(0.01)
		assert 0.5 < time.time() - t < 2, time.time() - t
	'
}

@test "more commands than the queue holds wait in the network, and are answered in order" {
	serve ftp-session root
	run -0 client '
		d = data("RETR huge"); reply(); c.sendall(b"PWD\r\n" * 5000); n = c.getsockname()[1]
		def waiting():
			for row in open("/proc/net/tcp"):
				x = row.split()
				if x[2].endswith(":%04X" % n) and x[1].endswith(":%04X" % int(sys.argv[1])): return int(x[4].split(":")[1], 16)
		t = time.time()
		while not 25000 - 8192 <= waiting() < 25000 and time.time() - t < 5: time.sleep(0.01)
		assert 25000 - 8192 <= waiting() < 25000, waiting()
		d.close(); assert reply()[:3] == "426"
		for i in range(5000): assert reply()[:3] == "257"
		assert cmd("NOOP")[:3] == "200"
	'
}

@test "the kernel looks after a control connection whose peer has vanished" {
	serve ftp-session root
	run -0 client '
		def timer():
			for x in subprocess.check_output(["ss", "-tnoH"], text=True).splitlines():
				if x.split()[3].endswith(":" + sys.argv[1]) and x.split()[4].endswith(":%d" % c.getsockname()[1]): return x.split()[-1]
		t = time.time()
		while "keepalive" not in timer() and time.time() - t < 5: time.sleep(0.02)
		assert timer().startswith(("timer:(keepalive,59sec", "timer:(keepalive,1min", "timer:(keepalive,58sec")), timer()
	'
}

@test "no port, or no descriptor for one, is 425, and the session stays" {
	local port
	port=$(free_port)
	serve env FTP_PASV_PORTS="$port" ftp-session root
	run -0 client '
		l = socket.create_server(("127.0.0.1", '"$port"'))
		for verb in ("PASV", "EPSV"): assert cmd(verb) == "425 Cannot open passive port."
		l.close(); assert read(data("RETR file")) == b"hello\n"; reply(); assert reply()[:3] == "226"
	'
	unserve
	serve strace -f -qq -o trace -e inject=seccomp:error=ENOSYS -e inject=socket:error=EMFILE:when=1 \
		env FTP_ACTIVE=0 ftp-session root
	run -0 client '
		assert cmd("PASV") == "425 Cannot open passive port."
		assert read(data("RETR file")) == b"hello\n"; reply(); assert reply()[:3] == "226"
	'
}

@test "a client that is not there to be connected to is 425 without 150" {
	serve ftp-session root
	run -0 client '
		l = active(); l.close(); assert cmd("RETR file") == "425 Cannot open data connection."
		assert cmd("RETR file") == "425 Use PASV or PORT first."
		assert read(data("RETR file")) == b"hello\n"; reply(); assert reply()[:3] == "226"
	'
}

# The filter is refused so that strace sees every call.
@test "a command waited for on a socket is a read and a write, and a slow one still meets its deadline" {
	serve strace -f -qq -o trace -e trace=poll,ppoll,sendto,recvfrom,read,write -e inject=seccomp:error=ENOSYS \
		env FTP_IDLE=2 ftp-session root
	run -0 client '
		for i in range(50): assert cmd("NOOP")[:3] == "200"
		t = time.time(); c.sendall(b"NO"); assert reply()[:3] == "421" and 1.5 < time.time() - t < 2.9, time.time() - t
	'
	run -0 grep -c 'poll(.*fd=0' trace
	assert_output --regexp '^[1-6]$'
}
