#!/usr/bin/env bats
# Whose data connections are taken, and whom a session connects to: RFC 2577.

setup() {
	load helper
	load ftp
	mkdir root
	echo hello >root/file
}

teardown() { unserve; }

# Ports that nobody gets by chance: a closed one is refused.
QUIET=20000-29999

# Python: a data connection from another address; what comes over it.
FROM='
def join(port, source="127.0.0.1", host="127.0.0.1"):
    d = socket.create_connection((host, port), 5, (source, 0)); return d
def ended(d):
    try: return d.recv(10) == b""
    except ConnectionResetError: return True
'

@test "sixteen strangers end the wait with 425, fewer do no harm, and the session stays" {
	serve ftp-session root
	run -0 client "$FROM"'
		port = epsv(); say("RETR file"); reply()
		for i in range(15): assert ended(join(port, "127.0.0.2"))
		assert read(join(port)) == b"hello\n" and reply()[:3] == "226"
		port = epsv(); say("RETR file"); reply()
		for i in range(16): assert ended(join(port, "127.0.0.2"))
		assert reply() == "425 Cannot open data connection."
		assert read(data("RETR file")) == b"hello\n"; reply(); assert reply()[:3] == "226"
	'
	assert_equal "$(grep -c ' ip=127\.0\.0\.1 .* why=stranger from=127\.0\.0\.2$' log)" 31
}

@test "a thief that waits in the queue before the client gets nothing, and the client all" {
	serve ftp-session root
	run -0 client "$FROM"'
		port = epsv(); thief = join(port, "127.0.0.2"); d = join(port)
		assert cmd("RETR file")[:3] == "150" and read(d) == b"hello\n" and ended(thief); reply()
	'
}

@test "FTP_PASV_PEER lets in who shares the prefix, who is listed, or anybody" {
	local -A let=([/24]=1 [/32]=0 [/64]=0 [/24,/64]=1 [127.0.0.9]=0 [exact]=0 [10.0.0.0/8,127.0.0.]=1 [::1,127.0.0.2]=1 [127.0.0.0/30]=1 [any]=1)
	local list
	for list in "${!let[@]}"; do
		serve env FTP_PASV_PEER="$list" ftp-session root
		# shellcheck disable=SC2016
		run -0 client "$FROM"'
		port = epsv(); say("RETR file"); reply(); d = join(port, "127.0.0.2"); time.sleep(0.02)
		if '"${let[$list]}"': assert read(d) == b"hello\n"
		else: assert ended(d); read(join(port))
		assert reply()[:3] == "226"
		'
		unserve
	done
}

@test "FTP_PASV_ADDR_MAP shows each client its address, FTP_PASV_ADDR the others" {
	serve env FTP_PASV_ADDR_MAP=10.=192.0.2.2,127.0.0.1=192.0.2.3,127.0.0.2/31=192.0.2.4,127.0.0.9=192.0.2.5 FTP_PASV_ADDR=192.0.2.1 ftp-session root
	run -0 client '
		def shown(source):
			global c, lines
			c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10, (source, 0)); lines = c.makefile("rb")
			reply(); cmd("USER ftp"); cmd("PASS x"); return ".".join(cmd("PASV").split("(")[1].split(",")[:4])
		for source, want in (("127.0.0.1", 3), ("127.0.0.2", 4), ("127.0.0.3", 4), ("127.0.0.9", 5), ("127.0.0.10", 1)):
			assert shown(source) == "192.0.2.%d" % want, (source, shown(source))
	'
}

@test "FTP_PASV_OFFSET is added to the port that PASV and EPSV show" {
	serve env FTP_PASV_PORTS=31200-31209 FTP_PASV_OFFSET=-10000 ftp-session root
	run -0 client "$FROM"'
		port = epsv(); assert 21200 <= port <= 21209
		say("RETR file"); reply(); assert read(join(port + 10000)) == b"hello\n"; reply()
		n = cmd("PASV").rstrip(")").split(","); assert 21200 <= int(n[4]) * 256 + int(n[5]) <= 21209
	'
}

@test "FTP_FXP=1 lets PORT and EPRT name another host, and still no port below 1024" {
	serve env FTP_FXP=1 ftp-session root
	run -0 client '
		l = socket.create_server(("127.0.0.3", 0)); l.settimeout(5); n = l.getsockname()[1]
		for line in ("PORT 127,0,0,3,%d,%d" % (n >> 8, n & 255), "EPRT |1|127.0.0.3|%d|" % n):
			assert cmd(line)[:3] == "200" and cmd("RETR file")[:3] == "150"
			assert read(l.accept()[0]) == b"hello\n" and reply()[:3] == "226"
		assert cmd("PORT 127,0,0,3,3,255") == "500 Illegal PORT command."
		assert cmd("EPRT |1|127.0.0.3|1023|") == "500 Illegal PORT command."
	'
}

@test "the monitor connects to the client's own address whatever the talker asks" {
	for host in 127.0.0.1:250 127.0.0.2:; do
		serve "${PROBE:-$BIN/../.build/probe}/ftp-session" root
		run -0 client '
		say("NOOP reach '"${host%:*}"'"); assert lines.readline()[:3].decode() == "'"${host#*:}"'"
		'
		unserve
	done
	run -0 grep -c ' foul .*kind=5' log
	assert_output 1
}

@test "FTP_PORT20=1 connects from the port below the server's, or from any where it may not" {
	# Outside the range of which any connection may take one: the port below is free too.
	# shellcheck disable=SC2034 # serve uses it
	LISTEN=$(python3 -c 'import random, socket
while True:
    p = random.randrange(10001, 30000)
    try: [socket.create_server(("127.0.0.1", n)) for n in (p, p - 1)]; break
    except OSError: pass
print(p)')
	serve env FTP_PORT20=1 ftp-session root
	run -0 client '
		for i in range(2):
			l = active(); say("RETR file"); d, peer = l.accept(); assert peer == ("127.0.0.1", int(sys.argv[1]) - 1), peer
			reply(); assert read(d) == b"hello\n" and reply()[:3] == "226"
	'
	unserve
	serve strace -f -qq -o trace -e inject=seccomp:error=ENOSYS -e inject=bind:error=EACCES:when=1 \
		env FTP_PORT20=1 ftp-session root
	run -0 client '
		l = active(); say("RETR file"); d, peer = l.accept(); assert peer[1] != int(sys.argv[1]) - 1
		reply(); assert read(d) == b"hello\n" and reply()[:3] == "226"
	'
}

@test "a second connection to the listener is closed when the first is taken" {
	truncate -s 20M root/big
	serve env FTP_PASV_PORTS=$QUIET ftp-session root
	run -0 client "$FROM"'
		port = epsv(); a = join(port); b = join(port); assert cmd("RETR big")[:3] == "150"
		assert ended(b)
		try: join(port); assert 0
		except ConnectionRefusedError: pass
		assert len(read(a)) == 20 << 20 and reply()[:3] == "226"
	'
}

@test "no descriptor left when the client connects: 425 at once, and the session stays" {
	serve strace -f -qq -o trace -e inject=seccomp:error=ENOSYS -e inject=accept4:error=EMFILE:when=1 ftp-session root
	run -0 client "$FROM"'
		port = epsv(); d = join(port); t = time.time(); assert cmd("RETR file")[:3] == "150"
		assert reply() == "425 Cannot open data connection." and time.time() - t < 2
		assert read(data("RETR file")) == b"hello\n"; reply(); assert reply()[:3] == "226"
	'
}

@test "the newest of PASV, EPSV, PORT and EPRT is the one in force; what they replace is closed" {
	serve env FTP_PASV_PORTS=$QUIET ftp-session root
	run -0 client "$FROM"'
		one = epsv(); two = epsv(); assert one != two
		try: join(one); assert 0
		except ConnectionRefusedError: pass
		l = active()
		try: join(two); assert 0
		except ConnectionRefusedError: pass
		say("RETR file"); assert read(l.accept()[0]) == b"hello\n"; reply(); assert reply()[:3] == "226"
		l = active(); assert read(data("RETR file")) == b"hello\n"; reply(); assert reply()[:3] == "226"
		assert cmd("RETR file") == "425 Use PASV or PORT first."
	'
}

@test "the listener outlives a refused command and dies with any 150" {
	serve env FTP_PASV_PORTS=$QUIET ftp-session root
	run -0 client "$FROM"'
		port = epsv()
		for line in ("RETR none", "RETR .", "LIST none", "STOR file", "MLSD file"): assert cmd(line)[:1] == "5", line
		say("RETR file"); assert read(join(port)) == b"hello\n"; reply(); assert reply()[:3] == "226"
		port = epsv(); say("RETR file"); reply(); assert cmd("ABOR")[:3] == "426"; reply()
		try: join(port); assert 0
		except ConnectionRefusedError: pass
	'
}

@test "EPSV ALL stays in force after an aborted transfer" {
	serve ftp-session root
	run -0 client '
		assert cmd("EPSV ALL") == "200 EPSV ALL accepted." and cmd("ABOR")[:3] == "225" and cmd("PASV")[:3] == "503"
		epsv(); say("RETR file"); reply(); assert cmd("ABOR")[:3] == "426"; reply()
		assert read(data("RETR file")) == b"hello\n"; reply(); reply()
		for line in ("PASV", "PORT 127,0,0,1,20,20", "EPRT |1|127.0.0.1|5140|"):
			assert cmd(line) == "503 EPSV ALL in effect.", line
	'
}

@test "bad lists of networks and offsets are refused at the start" {
	local pair
	for pair in FTP_PASV_PEER=near FTP_PASV_PEER=/129 FTP_PASV_PEER=10.0.0.0/x FTP_PASV_PEER=a,b FTP_PASV_PEER=10..x \
		FTP_PASV_ADDR_MAP=10. FTP_PASV_ADDR_MAP=10.=x FTP_PASV_ADDR_MAP=10.=::1 FTP_PASV_ADDR_MAP=10.0.0.1,10.=1.2.3.4 \
		FTP_PASV_OFFSET=x FTP_PASV_OFFSET=5 FTP_PASV_OFFSET=70000; do
		run -100 --separate-stderr env "$pair" ftp-session root </dev/null
		assert_output $'421 Server misconfigured.\r'
		# shellcheck disable=SC2154 # run sets it
		[[ "$stderr" == "ftp-session: fatal: ${pair%%=*}: "* ]] || fail "$pair: $stderr"
	done
	run -100 env FTP_PASV_PORTS=60000-65000 FTP_PASV_OFFSET=1000 ftp-session root </dev/null
}

@test "over link-local IPv6, where host.local often leads, EPSV and EPRT work" {
	cat >link.py <<-'END'
		import os, socket
		os.system("ip link set lo up; ip addr add fe80::1/64 dev lo nodad")
		lo = ("fe80::1", 0, 0, socket.if_nametoindex("lo"))
		l = socket.socket(socket.AF_INET6); l.bind(lo); l.listen()
		if os.fork() == 0:
		    c, a = l.accept(); os.dup2(c.fileno(), 0); os.dup2(c.fileno(), 1)
		    os.execvp("ftp-session", ["ftp-session", "root"])
		c = socket.create_connection(("fe80::1%lo", l.getsockname()[1]), 10); f = c.makefile("rb")
		def cmd(x): c.sendall(x + b"\r\n"); return f.readline()
		f.readline(); cmd(b"USER ftp"); cmd(b"PASS x"); port = int(cmd(b"EPSV").split(b"|")[3])
		d = socket.create_connection(("fe80::1%lo", port), 10); print(cmd(b"RETR file")[:3], d.recv(10), f.readline()[:3])
		a = socket.socket(socket.AF_INET6); a.bind(lo); a.listen(); a.settimeout(10)
		cmd(b"EPRT |2|fe80::1|%d|" % a.getsockname()[1]); print(cmd(b"RETR file")[:3], a.accept()[0].recv(10), f.readline()[:3])
	END
	run -0 --separate-stderr timeout 20 unshare -n python3 link.py
	assert_line --index 0 "b'150' b'hello\\n' b'226'"
	assert_line --index 1 "b'150' b'hello\\n' b'226'"
}

@test "an active connection comes from the address the client had called" {
	rm -f .port && mkfifo .port
	tcpserver -1RHl0 127.0.0.2 0 ftp-session root >.port 2>>log 3>&- 4>&- &
	# shellcheck disable=SC2034 # for unserve
	SERVER=$!
	read -r PORT <.port
	timeout 10 python3 - "$PORT" <<-'END'
		import socket, sys
		c = socket.create_connection(("127.0.0.2", int(sys.argv[1])), 5, ("127.0.0.1", 0)); f = c.makefile("rb")
		l = socket.create_server(("127.0.0.1", 0)); l.settimeout(5); n = l.getsockname()[1]
		c.sendall(b"USER ftp\r\nPASS x\r\nPORT 127,0,0,1,%d,%d\r\nRETR file\r\n" % (n >> 8, n & 255))
		d, peer = l.accept(); assert peer[0] == "127.0.0.2" and d.recv(9) == b"hello\n", peer
	END
}
