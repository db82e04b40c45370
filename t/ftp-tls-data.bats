#!/usr/bin/env bats
# Protected data connections of clients that are slow, hasty, or give up: RFC 4217 12, RFC 8446 6.1.
# shellcheck disable=SC2154 # port and server come from tls.bash

setup_file() {
	load helper
	load tls
	cd "$BATS_FILE_TMPDIR" || return
	certificate localhost
}

setup() {
	load helper
	load tls
	cd "$BATS_FILE_TMPDIR" || return
	mkdir -p root
	head -c 30000000 /dev/zero >root/huge
	head -c 3000000 /dev/zero >root/three
	echo small >root/small
	: >log
}

teardown() { tls_stop; }

# ftps script: python with connect(), which gives an FTP_TLS that is logged in, data protected,
# its handshakes on data connections left to the script, and the number of tls-io that live.
ftps() {
	PORT=$port SERVER=$server timeout 30 python3 -c '
import ftplib, os, socket, ssl, subprocess, sys, threading, time
context = ssl.create_default_context(cafile="localhost.pem")
def connect():
    f = ftplib.FTP_TLS(context=context)
    f.connect("127.0.0.1", int(os.environ["PORT"]), 15)
    f.host = "localhost"
    f.login(); f.prot_p(); f.voidcmd("TYPE I")
    return f
def clear(f, command):
    return ftplib.FTP.ntransfercmd(f, command)[0]
def data(f, command):
    return context.wrap_socket(clear(f, command), server_hostname="localhost", suppress_ragged_eofs=False)
def helpers():
    """How many tls-io below the one of this session: its data connections."""
    def below(pid):
        rows = subprocess.run(["ps", "-o", "pid=,stat=,comm=", "--ppid", pid], stdout=subprocess.PIPE, text=True)
        return [row.split()[0] for row in rows.stdout.splitlines() if "Z" not in row.split()[1] and "tls-io" in row]
    sessions = subprocess.run(["pgrep", "-P", os.environ["SERVER"]], stdout=subprocess.PIPE, text=True).stdout.split()
    return sum(len(below(io)) for pid in sessions for io in below(pid))
'"$1"
}

@test "a client that is slow to read gets its file whole, and 226" {
	tls_server ftp-session root
	ftps '
def slow():
    f = connect()
    conn = data(f, "RETR three")
    time.sleep(7)
    n = 0
    while piece := conn.recv(65536):
        n += len(piece)
    assert n == 3000000, n
    assert f.getmultiline()[:3] == "226", "no 226"
def steady():
    f = connect()
    conn = data(f, "RETR three")
    n = 0
    while piece := conn.recv(65536):
        n += len(piece)
        time.sleep(0.05)
    assert n == 3000000, n
    assert f.getmultiline()[:3] == "226", "no 226"
failed = []
threading.excepthook = lambda a: failed.append(a.exc_value)
both = [threading.Thread(target=x) for x in (slow, steady)]
for t in both: t.start()
for t in both: t.join()
sys.exit(repr(failed) if failed else 0)
'
}

@test "a client that has ended its direction at once still gets the file, and 226" {
	tls_server ftp-session root
	ftps '
f = connect()
for name in ("small", "three"):
    conn = clear(f, "RETR " + name)
    i, o = ssl.MemoryBIO(), ssl.MemoryBIO()
    s = context.wrap_bio(i, o, server_hostname="localhost")
    def step(what):
        try:
            what()
            return True
        except ssl.SSLWantReadError:
            return False
        finally:
            conn.sendall(o.read())
    while not step(s.do_handshake):
        i.write(conn.recv(65536))
    step(s.unwrap)
    while piece := conn.recv(65536):
        i.write(piece)
    assert f.getmultiline()[:3] == "226", name
'
}

@test "ABOR ends the data connection of a client that reads nothing, or shakes no hand" {
	tls_server ftp-session root
	ftps '
f = connect()
kept = []
for i in range(3):
    kept.append(data(f, "RETR huge"))
    kept[-1].recv(1)
    assert helpers() == 1
    time.sleep(0.4)
    f.putcmd("ABOR")
    assert f.getmultiline()[:3] + f.getmultiline()[:3] == "426226"
kept.append(clear(f, "RETR small"))
f.putcmd("ABOR")
assert f.getmultiline()[:3] + f.getmultiline()[:3] == "426226"
for i in range(20):
    if helpers() == 0: break
    time.sleep(0.1)
else:
    sys.exit("helpers remain")
kept[-1].settimeout(2)
assert kept[-1].recv(1) == b""
conn = data(f, "RETR small")
assert conn.recv(100) == b"small\n"
'
}

@test "a client that resets in the handshake is logged as lost, and stores nothing" {
	tls_server env FTP_MODE=rw ftp-session root
	ftps '
import struct
f = connect()
for i in range(5):
    raw = socket.socket(fileno=data(f, "STOR lost").detach())
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raw.close()
    assert f.getmultiline()[:3] in ("426", "522")
'
	assert_not_exist root/lost
	run ! grep OCSP log
}

@test "a client may leave its data connections open" {
	tls_server ftp-session root
	ftps '
f = connect()
kept = []
for i in range(6):
    kept.append(data(f, "RETR small"))
    assert kept[-1].recv(100) == b"small\n"
    assert f.getmultiline()[:3] == "226"
'
}

@test "a session that is killed cuts what its client does not read" {
	tls_server ftp-session root
	ftps '
f = connect()
conn = data(f, "RETR huge")
conn.recv(1)
time.sleep(0.4)
sessions = subprocess.run(["pgrep", "-P", os.environ["SERVER"]], stdout=subprocess.PIPE, text=True).stdout.split()
for pid in sessions:
    subprocess.run(["pkill", "-9", "-x", "ftp-session", "-P", pid])
try:
    while conn.recv(65536): pass
    sys.exit("a part looks like the whole")
except (ssl.SSLEOFError, ConnectionResetError):
    pass
'
}

@test "what comes behind QUIT is read, so that the goodbye is not lost" {
	tls_server -i ftp-session root
	ftps '
for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
    context.maximum_version = version
    s = context.wrap_socket(socket.create_connection(("127.0.0.1", int(os.environ["PORT"]))),
                            server_hostname="localhost", suppress_ragged_eofs=False)
    s.recv(1000)
    s.sendall(b"QUIT\r\n" + b"NOOP\r\n" * 100)
    time.sleep(0.1)
    s.sendall(b"NOOP\r\n" * 100000)
    assert s.recv(1000)[:3] == b"221"
    assert s.recv(1000) == b""
'
}
