#!/usr/bin/env bats
# What history taught about data connections: RFC 2577, CVE-1999-0017.

setup() {
	load helper
	load ftp
	mkdir root
	printf 'hello' >root/file
	export FTP_MODE=rw
}
teardown() { unserve; }

@test "S1: PORT and EPRT to a third host or to a port below 1024 are refused" {
	serve ftp-session root
	client '
		for line in ("PORT 127,0,0,2,20,20", "PORT 192,0,2,7,20,20", "PORT 127,0,0,1,3,255", "PORT 0,0,0,0,20,20",
		    "EPRT |1|127.0.0.2|5000|", "EPRT |1|127.0.0.1|1023|", "EPRT |1|0.0.0.0|5000|"):
		    assert cmd(line) == "500 Illegal PORT command.", line
		    epsv(); assert cmd("PORT 127,0,0,2,20,20")[:3] == "500"
		    assert cmd("RETR none")[:3] == "550"
		assert cmd("PORT 127,0,0,1,4,0")[:3] == "200" and cmd("EPRT |1|127.0.0.1|1024|")[:3] == "200"
	'
}

@test "S2: who connects to the passive port from another address gets nothing, the client all" {
	serve ftp-session root
	client '
		def thief():
		    t = socket.socket(); t.bind(("127.0.0.2", 0)); t.settimeout(5); t.connect(("127.0.0.1", port)); return t
		port = epsv(); t = thief(); say("RETR file"); assert reply()[:3] == "150"
		try: assert t.recv(10) == b""
		except ConnectionResetError: pass
		d = socket.create_connection(("127.0.0.1", port), 5); assert read(d) == b"hello" and reply()[:3] == "226"
		port = epsv(); t = thief(); t.sendall(b"stolen"); say("STOR file"); assert reply()[:3] == "150"
		d = socket.create_connection(("127.0.0.1", port), 5); d.sendall(b"mine"); d.close(); assert reply()[:3] == "226"
		assert open("root/file").read() == "mine"
	'
}

@test "S3: four may wait at a passive port, and that is all" {
	serve ftp-session root
	client '
		port = epsv(); row = subprocess.check_output(["ss", "-Hltn", "sport = :%d" % port], text=True).split()
		assert row[2] == "4", row
	'
}

@test "S3: no two sessions share a passive port" {
	serve env FTP_PASV_PORTS=20100-20100 ftp-session root
	client '
		assert epsv() == 20100
		other = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5); f = other.makefile("rb")
		other.sendall(b"USER ftp\r\nPASS x\r\nEPSV\r\n"); assert [f.readline()[:3] for i in range(4)] == [b"220", b"331", b"230", b"425"]
		assert epsv() == 20100
	'
}

@test "S3: the next passive port is not to be guessed, and the one before is closed" {
	serve env FTP_PASV_PORTS=21000-28999 ftp-session root
	client '
		ports = [epsv() for i in range(12)]
		steps = {(b - a) % 8000 for a, b in zip(ports, ports[1:])}
		assert len(steps) > 6, ports
		for p in set(ports[:-1]) - {ports[-1]}:
		    try: socket.create_connection(("127.0.0.1", p), 5); assert 0, p
		    except ConnectionRefusedError: pass
	'
}

@test "S4: ten strangers on the passive port do not keep the client from it, nor end its session" {
	serve ftp-session root
	client '
		port = epsv(); say("RETR file"); assert reply()[:3] == "150"
		for i in range(10):
		    t = socket.socket(); t.bind(("127.0.0.2", 0)); t.settimeout(5); t.connect(("127.0.0.1", port))
		    try: assert t.recv(10) == b""
		    except ConnectionResetError: pass
		d = socket.create_connection(("127.0.0.1", port), 5); assert read(d) == b"hello" and reply()[:3] == "226"
		assert cmd("NOOP")[:3] == "200"
	'
}

@test "S4: strangers without end are 425, and the session goes on" {
	serve ftp-session root
	client '
		port = epsv(); say("RETR file"); assert reply()[:3] == "150"
		for i in range(40):
		    t = socket.socket(); t.bind(("127.0.0.2", 0)); t.settimeout(5)
		    try: t.connect(("127.0.0.1", port)); t.recv(10)
		    except (ConnectionRefusedError, ConnectionResetError): pass
		assert reply()[:3] == "425" and fetch("RETR file")[1] == b"hello"
	'
}

@test "S13: an upload whose client dies just after the end of its data is not stored" {
	serve env FTP_EOF_WAIT=1000 FTP_PARTIAL=discard ftp-session root
	client '
		d = data("STOR dead"); assert reply()[:3] == "150"; d.sendall(b"half"); d.close(); time.sleep(0.2)
		lines.close(); c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)); c.close()
		for i in range(100):
		    if " close " in open("log").read(): break
		    time.sleep(0.05)
		assert os.listdir("root") == ["file"], os.listdir("root")
	'
}

# Each write and reply takes 6 ms, in which the NOOP and the end of the data arrive together.
@test "S13: a command that came before the end of the data does not make a dead client live" {
	serve strace -f -o trace -e trace=write,sendto -e inject=write,sendto:delay_enter=6000 \
		env FTP_EOF_WAIT=1000 FTP_PARTIAL=discard ftp-session root
	client '
		d = data("STOR dead"); assert reply()[:3] == "150"; time.sleep(0.03)
		d.sendall(b"h"); time.sleep(0.002); d.sendall(b"alf"); time.sleep(0.007)
		say("NOOP"); d.close(); time.sleep(0.2); c.shutdown(socket.SHUT_RDWR)
		for i in range(200):
		    if " close " in open("log").read(): break
		    time.sleep(0.05)
		assert os.listdir("root") == ["file"], os.listdir("root")
	'
}

@test "S26: who never connects is 425 after FTP_ACCEPT, and the control connection lives meanwhile" {
	serve env FTP_ACCEPT=2 ftp-session root
	client '
		epsv(); began = time.time(); say("RETR file"); assert reply()[:3] == "150"
		assert cmd("NOOP")[:3] == "200" and whole("STAT")[0][:3] == "211" and time.time() - began < 1
		assert reply() == "425 Cannot open data connection." and 1.5 < time.time() - began < 6
		assert cmd("NOOP")[:3] == "200"
	'
}
