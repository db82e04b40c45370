#!/usr/bin/env bats
# AUTH TLS, PBSZ, PROT, CCC, implicit FTPS: RFC 4217, under tls-session.
# shellcheck disable=SC2034,SC2154 # port, server and the like come from tls.bash and bats

setup_file() {
	load helper
	load tls
	cd "$BATS_FILE_TMPDIR" || return
	certificate localhost
	mkdir home
	printf 'secret\n' | login-add users otto "$PWD/home" || return
}

setup() {
	load helper
	load tls
	cp "$BATS_FILE_TMPDIR"/localhost.* "$BATS_FILE_TMPDIR/users" .
	mkdir root
	head -c 300000 /dev/urandom >root/big
	echo small >root/small
	: >log
}

teardown() { tls_stop; }

# explicit [NAME=value...]: ftp-session behind tls-session; implicit: TLS from the start.
explicit() { tls_server env FTP_MODE=rw "$@" ftp-session root; }
implicit() { tls_server -i env FTP_MODE=rw ftp-session root; }

get() { timeout 20 curl -sS --cacert localhost.pem "$@"; }

# ftps script: python with f, an FTP_TLS that is connected and not yet secured, and its class.
ftps() {
	PORT=$port timeout 30 python3 -c '
import ftplib, os, socket, ssl, sys, time
context = ssl.create_default_context(cafile="localhost.pem")
class Client(ftplib.FTP_TLS):
    resume = True
    def ntransfercmd(self, cmd, rest=None):
        conn, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        if self._prot_p:
            conn = self.context.wrap_socket(conn, server_hostname="localhost",
                                            session=self.sock.session if self.resume else None)
        return conn, size
def connect():
    f = Client(context=context)
    f.connect("127.0.0.1", int(os.environ["PORT"]), 10)
    f.host = "localhost"
    return f
f = connect()
'"$1"
}

# plain line...: codes of the answers to lines sent at once, without TLS.
plain() {
	printf '%s\r\n' "$@" | timeout 10 nc -N 127.0.0.1 "$port" >got
	codes
}

@test "curl lists, gets and puts with explicit TLS" {
	explicit
	get --ssl-reqd "ftp://localhost:$port/big" -o got
	cmp got root/big
	get --ssl-reqd "ftp://localhost:$port/" | grep -q small
	get --ssl-reqd -T root/big "ftp://localhost:$port/up"
	cmp root/up root/big
	until_true grep -q 'ftp-session: tls .*proto=TLSv1.3 cipher=TLS_' log
}

@test "implicit TLS, passive and active" {
	implicit
	get "ftps://localhost:$port/big" -o got
	cmp got root/big
	tls_stop
	explicit
	ftps 'f.login(); f.prot_p(); f.set_pasv(False); f.storbinary("STOR up", open("root/big", "rb"))'
	cmp root/up root/big
}

@test "the lines of the log say tls= behind user= where TLS is on, those of the monitor and of a second stage too" {
	local who='pid=[0-9]+ ip=127\.0\.0\.1 port=[0-9]+'
	explicit FTP_LOGIN="login-check users" FTP_ANON=1
	ftps '
f.auth()
try: f.login("otto", "wrong", secure=False); assert 0
except ftplib.error_perm: pass
f.login("otto", "secret", secure=False)
f.quit()
'
	until_true grep -q ' close .* user=otto' log
	run -0 grep -cE "^ftp-session: (loginfail $who user=otto tls=TLSv1\.3 why=.*|(login|close) $who user=otto tls=TLSv1\.3( .*)?)\$" log
	assert_output 3
	: >log
	assert_equal "$(plain 'USER ftp' 'PASS x' QUIT)" '220 331 230 221 '
	until_true grep -q ' close .* user=ftp' log
	run ! grep tls= log
	tls_stop
	implicit
	get "ftps://localhost:$port/small" -o got
	until_true grep -q ' close .* user=anonymous' log
	run -0 grep -cE "^ftp-session: (connect $who user=- tls=TLSv1\.3|get $who user=anonymous tls=TLSv1\.3 path=/small .*)\$" log
	assert_output 2
}

@test "lftp mirrors with protected data, and resumes where that is required" {
	explicit FTP_TLS=required FTP_TLS_DATA=resume
	timeout 30 lftp -e "set ssl:ca-file localhost.pem; set ftp:ssl-force true; set ftp:ssl-allow-anonymous true; set ftp:ssl-protect-data true;
		open -p $port ftp://localhost; mirror / copy; put root/big -o up; bye"
	cmp copy/big root/big
	cmp root/up root/big
}

@test "without resumption resume refuses the data with 522, and ip takes the same client" {
	explicit FTP_TLS_DATA=resume
	ftps '
f.login(); f.prot_p(); f.resume = False
try:
    f.nlst()
    sys.exit("taken")
except ftplib.error_perm as e:
    print(e)
except OSError:
    try:
        f.getresp()
    except ftplib.error_perm as e:
        print(e)
assert f.voidcmd("NOOP").startswith("200")
f.resume = True
assert "big" in f.nlst()
' >got
	grep -q '^522' got
	until_true grep -q 'why=not-resumed' log
	tls_stop
	explicit
	ftps 'f.login(); f.prot_p(); f.resume = False; assert "big" in f.nlst()'
}

@test "a data connection from another address has to resume, whatever FTP_TLS_DATA says" {
	explicit FTP_PASV_PEER=any
	ftps '
f.login(); f.prot_p()
def get(source, session):
    port = int(f.sendcmd("EPSV").split("|")[3]); f.putcmd("RETR small")
    d = socket.create_connection(("127.0.0.1", port), 10, (source, 0)); assert f.getresp()[:3] == "150"
    got = b""
    try:
        d = context.wrap_socket(d, server_hostname="localhost", session=session)
        while len(got) < 6 and (more := d.recv(9)): got += more
    except OSError: pass
    return got, f.getmultiline()[:3]
for source, session, want in ("127.0.0.1", None, "226"), ("127.0.0.2", None, "522"), ("127.0.0.2", f.sock.session, "226"):
    got = get(source, session); assert got[1] == want and (got[0] == b"small\n") == (want == "226"), (source, got)
'
}

@test "TLS 1.2 resumes too" {
	TLS_PROTOCOLS=tlsv1.2 explicit FTP_TLS_DATA=resume
	ftps 'f.login(); f.prot_p(); assert "big" in f.nlst(); assert "big" in f.nlst()'
}

# A client that closes with a ticket unread would have its kernel drop what it still had to send.
@test "nothing is sent to a client that uploads, who may never read it" {
	explicit
	ftps '
import select
f.login(); f.prot_p()
for f.resume in (False, True):
    conn = f.transfercmd("STOR up")
    assert conn.session_reused == f.resume
    conn.sendall(b"x")
    assert select.select([conn], [], [], 0.3)[0] == []
    conn.unwrap()
    conn.close()
    assert f.getresp()[:3] == "226"
'
}

@test "an upload that TLS did not end is not stored, unless FTP_TLS_LAX_EOF says so" {
	explicit FTP_EOF_WAIT=0
	local truncated='
f.login(); f.prot_p()
conn = f.transfercmd("STOR cut")
conn.sendall(b"x" * 50000)
raw = socket.socket(fileno=conn.detach())
raw.shutdown(socket.SHUT_WR)
try:
    print(f.getresp())
except ftplib.Error as e:
    print(e)
raw.close()
'
	ftps "$truncated" >got
	grep -q '^426' got
	assert_not_exist root/cut
	until_true grep -q 'why=data-cut' log
	tls_stop
	explicit FTP_EOF_WAIT=0 FTP_TLS_LAX_EOF=1
	ftps "$truncated" >got
	grep -q '^226' got
	assert_equal "$(wc -c <root/cut)" 50000
}

@test "FTP_TLS_LAX_EOF takes an end for one, and no reset, no part of a record and no lost tls-io" {
	explicit FTP_EOF_WAIT=0 FTP_TLS_LAX_EOF=1 FTP_PARTIAL=discard
	SERVER=$server ftps '
import struct, subprocess
f.login(); f.prot_p(); f.voidcmd("TYPE I")
def children(pid):
    return subprocess.run(["pgrep", "-P", str(pid)], stdout=subprocess.PIPE, text=True).stdout.split()
def come(n):
    while True:
        lines = f.sendcmd("STAT").splitlines()
        if any(line.startswith(" Receiving %d " % n) for line in lines):
            return
        time.sleep(0.02)
def reset(conn):
    raw = socket.socket(fileno=conn.detach())
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raw.close()
def part(conn):
    raw = socket.socket(fileno=conn.detach())
    raw.sendall(b"\x17\x03\x03\x01\x00" + b"x" * 200)
    raw.close()
def header(conn):
    raw = socket.socket(fileno=conn.detach())
    raw.sendall(b"\x17\x03")
    raw.close()
def rubbish(conn):
    raw = socket.socket(fileno=conn.detach())
    raw.sendall(b"\x17\x03\x03\x00\x40" + b"x" * 64)
    raw.close()
def helper(conn):
    io = children(os.environ["SERVER"])
    assert len(io) == 1, io
    pid = [p for q in children(io[0]) for p in [q] + children(q) if open("/proc/%s/comm" % p).read() == "tls-io\n"
           and not children(p)][-1]
    os.kill(int(pid), 9)
for end in reset, part, header, rubbish, helper:
    conn = f.transfercmd("STOR cut")
    conn.sendall(b"x" * 50000)
    come(50000)
    end(conn)
    try:
        sys.exit(end.__name__ + ": " + f.getresp())
    except ftplib.error_temp as e:
        assert str(e).startswith("426"), e
    assert not os.path.exists("root/cut"), end
'
}

@test "a download that was broken off has no close_notify" {
	head -c 30000000 /dev/zero >root/huge
	explicit
	ftps '
f.login(); f.prot_p()
conn = f.transfercmd("RETR huge")
conn.suppress_ragged_eofs = False
conn.recv(1000)
f.putcmd("ABOR")
assert f.getmultiline().startswith("426"), "no 426"
assert f.getmultiline().startswith("226"), "no 226"
try:
    while conn.recv(1 << 20):
        pass
    sys.exit("a part looks like the whole")
except (ssl.SSLEOFError, ConnectionResetError):
    pass
'
}

@test "the codes of AUTH, PBSZ, PROT and CCC, without TLS and with it" {
	explicit
	assert_equal "$(plain 'PBSZ 0' 'PROT P' CCC 'AUTH KERBEROS' QUIT)" '220 503 503 530 504 221 '
	ftps '
def code(line):
    try:
        return f.sendcmd(line)[:3]
    except ftplib.Error as e:
        return str(e)[:3]
f.auth()
got = [code(x) for x in ("AUTH TLS", "PROT P", "PBSZ junk", "PBSZ 4294967296", "PBSZ 4294967295", "PROT S",
                         "PROT E", "PROT x", "PROT PP", "PROT P", "PROT C", "REIN", "RETR small", "USER ftp",
                         "PASS x", "CCC", "STAT")]
assert got == "503 503 501 501 200 536 536 504 504 200 200 502 530 331 230 534 211".split(), got
'
}

@test "FEAT and HELP name AUTH, PBSZ and PROT only where TLS is to be had" {
	explicit
	plain FEAT QUIT
	for feature in 'AUTH TLS' PBSZ PROT; do grep -q "^ $feature" got; done
	tls_stop
	talk ftp-session -- FEAT HELP 'AUTH TLS' QUIT >plainly
	run ! grep -q '^ AUTH\|PBSZ\|PROT' plainly
	assert_equal "$(codes)" '220 211 214 502 221 '
}

@test "with a key that is no good AUTH is 431, and the session goes on" {
	echo 'no key' >localhost.key
	explicit
	local unavailable='
try:
    f.sendcmd("AUTH TLS")
    sys.exit("taken")
except ftplib.error_temp as e:
    assert str(e)[:3] == "431", e
f.sendcmd("USER ftp"); f.sendcmd("PASS x")
'
	ftps "$unavailable"
	tls_stop
	TLS_KEY=$PWD/absent explicit
	ftps "$unavailable"
}

@test "what came behind AUTH TLS is never obeyed" {
	explicit
	assert_equal "$(plain 'AUTH TLS' 'USER ftp' 'PASS x' 'DELE small')" '220 421 '
	printf 'AUTH TLS\r\nNO' | timeout 10 nc -N 127.0.0.1 "$port" >got
	assert_equal "$(codes)" '220 421 '
	assert_exist root/small
	until_true grep -q 'why=plaintext-after-auth' log
	# The end of what was sent is no part of it: read with AUTH, or, where one
	# read of 7423 bytes ends with that, still the kernel's.
	PORT=$port timeout 20 python3 -c '
import os, socket
auth = b"AUTH TLS\r\n"; before = b"NOOP\r\n" * 1234
for first in auth, before + b"NOOP".ljust(7423 - len(before) - len(auth) - 2) + b"\r\n" + auth:
    s = socket.create_connection(("127.0.0.1", int(os.environ["PORT"]))); f = s.makefile("rb")
    s.sendall(first + b"NOOP\r\n"); got = f.read().splitlines(); assert got[-1][:3] == b"421", got[-1]
    assert all(l[:3] in (b"220", b"200") for l in got[:-1])
'
	# A command instead of the ClientHello ends the connection.
	PORT=$port timeout 10 python3 -c '
import os, socket
s = socket.create_connection(("127.0.0.1", int(os.environ["PORT"])))
f = s.makefile("rb")
f.readline(); s.sendall(b"AUTH TLS\r\n"); assert f.readline()[:3] == b"234"
s.sendall(b"USER ftp\r\nPASS x\r\nDELE small\r\n")
assert f.read() == b""
'
	assert_exist root/small
	until_true grep -q 'why=tls-fail' log
}

@test "what was said before TLS is forgotten: USER, REST, RNFR, PASV, EPSV ALL" {
	explicit FTP_ANON_NOPASS=1
	ftps '
f.sendcmd("USER ftp"); f.sendcmd("TYPE I"); f.sendcmd("EPSV ALL"); f.sendcmd("REST 100")
f.auth()
for line in ("PASS x", "PWD", "RETR small"):
    try:
        f.sendcmd(line)
        sys.exit(line)
    except ftplib.error_perm as e:
        assert str(e)[:3] in ("503", "530"), e
f.login(); f.prot_p()
got = []
f.retrbinary("RETR small", got.append)
assert b"".join(got) == b"small\n"
'
}

@test "FTP_TLS: passwords need TLS where there is TLS, required: everybody and all data" {
	explicit FTP_LOGIN="login-check users" FTP_ANON=1
	assert_equal "$(plain 'USER otto' 'USER ftp' 'PASS x' QUIT)" '220 530 331 230 221 '
	tls_stop
	explicit FTP_LOGIN="login-check users" FTP_TLS=offer
	assert_equal "$(plain 'USER otto' QUIT)" '220 331 221 '
	tls_stop
	explicit FTP_TLS=required
	assert_equal "$(plain 'USER ftp' 'PASS x' QUIT)" '220 530 530 221 '
	ftps '
f.login(); f.voidcmd("PBSZ 0")
for line, code in (("PROT C", "534"), ("LIST", "522")):
    try:
        if line == "LIST":
            f.retrlines(line, lambda x: None)
        else:
            f.sendcmd(line)
        sys.exit(line)
    except ftplib.error_perm as e:
        assert str(e)[:3] == code, e
f.prot_p()
assert "big" in f.nlst()
'
}

@test "where TLS is required, only what leads to it and says nothing is answered before" {
	explicit FTP_TLS=required
	assert_equal "$(plain FEAT 'OPTS UTF8 ON' 'HOST localhost' NOOP HELP 'AUTH x' 'PBSZ 0' 'PROT P' QUIT)" \
		'220 211 200 220 200 214 504 503 503 221 '
	for verb in SYST STAT 'CLNT x' 'CSID x' REIN 'ACCT x' 'TYPE I' 'STRU F' 'MODE S' PWD LIST 'PASS x'; do
		assert_equal "$verb $(plain "$verb" QUIT)" "$verb 220 530 221 "
		grep -q '^530 TLS required' got
	done
}

@test "AUTH forgets all that an anonymous client has set, and is too late after a password" {
	explicit FTP_TLS=offer FTP_IDLE=100 FTP_UMASK=027
	ftps '
f.sendcmd("USER ftp"); f.sendcmd("PASS x"); f.voidcmd("SITE UMASK 000"); f.voidcmd("SITE IDLE 200")
f.voidcmd("ALLO 5")
f.auth()
f.sendcmd("USER ftp"); f.sendcmd("PASS x")
assert "is 027" in f.sendcmd("SITE UMASK") and "is 100" in f.sendcmd("SITE IDLE")
import io
f.storbinary("STOR new", io.BytesIO(b"sixteen bytes..."))
'
	assert_equal "$(stat -c %a root/new)" 640
	until_true grep -q 'ftp-session: put .*path=/new ' log
	run ! grep -q short=1 log
	tls_stop
	explicit FTP_TLS=offer FTP_LOGIN="login-check users"
	: >log
	assert_equal "$(plain 'USER otto' 'PASS secret' 'AUTH TLS' PWD QUIT)" '220 331 230 503 257 221 '
	until_true grep -q 'ftp-session: close' log
	run ! grep -q 'ftp-session: error' log
}

@test "after a login with a password another process serves, and data stays protected" {
	mkdir -p home
	explicit FTP_LOGIN="login-check users" FTP_TLS=required FTP_TLS_DATA=resume FTP_XFERLOG=9 9>>xferlog
	ftps '
f.login("otto", "secret"); f.prot_p()
f.storbinary("STOR mine", open("root/big", "rb"))
got = []
f.retrbinary("RETR mine", got.append)
assert b"".join(got) == open("root/big", "rb").read()
f.quit()
'
	cmp "$BATS_FILE_TMPDIR/home/mine" root/big
	assert_equal "$(grep -c '/mine b _ [io] r otto' xferlog)" 2
	run ! ftps 'f.login("otto", "wrong")'
}

@test "a tls-io that is killed ends the session, and leaves no process and no part of a file" {
	explicit
	ftps '
f.login(); f.prot_p()
conn = f.transfercmd("STOR part")
conn.sendall(b"x" * 50000)
os.system("pkill -9 -x tls-io -P $(pgrep -d, -P '"$server"')")
try:
    f.getresp()
    sys.exit("an answer")
except (EOFError, OSError, ssl.SSLError):
    pass
'
	until_true eval '! pgrep -P "$server"'
	assert_not_exist root/part
}

@test "the session has no key: its root is all it may open, and tls-io is not its to look into" {
	explicit
	ftps '
f.login()
import subprocess
def ps(*a):
    return subprocess.run(["pgrep", *a], stdout=subprocess.PIPE, text=True).stdout.split()
session = ps("-P", "'"$server"'")[0]
talker = [p for p in ps("-P", session, "-x", "ftp-session")]
io = ps("-P", session, "-x", "tls-io")
assert len(talker) == 1 and len(io) == 1, (talker, io)
for pid in talker + io:
    status = open("/proc/%s/status" % pid).read()
    assert "Seccomp:\t2" in status and "NoNewPrivs:\t1" in status
    names = [os.readlink("/proc/%s/fd/%s" % (pid, n)) for n in os.listdir("/proc/%s/fd" % pid)]
    assert not [n for n in names if "localhost" in n], names
# The monitor keeps no way to tls-io.
kept = [os.readlink("/proc/%s/fd/%s" % (session, n)) for n in os.listdir("/proc/%s/fd" % session)]
assert len([n for n in kept if n.startswith("socket:")]) == 1, kept
'
}

@test "fifty transfers in one session leave no process behind" {
	explicit FTP_EOF_WAIT=0
	ftps '
import subprocess
f.login(); f.prot_p()
for i in range(25):
    f.storbinary("STOR n", open("root/small", "rb"))
    f.retrbinary("RETR n", lambda x: None)
time.sleep(0.2)
n = subprocess.run("pgrep -c -x tls-io -g 0; pgrep -x tls-io -P $(pgrep -d, -P '"$server"') | wc -l", shell=True,
                   stdout=subprocess.PIPE, text=True).stdout.split()
assert int(n[-1]) == 1, n
'
}

# strange way [NAME=value...]: the provider of UCSPI-TLS is not ours, see data/ucspitls.py.
strange() {
	local way=$1
	shift
	port=$(free_port)
	tcpserver -RHl0 127.0.0.1 "$port" python3 "$DATA/ucspitls.py" localhost.pem localhost.key "$way" \
		env FTP_MODE=rw FTP_EOF_WAIT=0 "$@" ftp-session root 2>>log 3>&- &
	server=$!
	until_true listening "$port"
}

@test "under another provider of UCSPI-TLS the control connection has TLS, and PROT P is 536" {
	local way
	for way in close keep; do
		strange "$way" FTP_LOGIN="login-check users" FTP_ANON=1
		ftps '
def code(line):
    try:
        return f.sendcmd(line)[:3]
    except ftplib.Error as e:
        return str(e)[:3]
assert code("USER otto") == "530"
f.auth()
assert [code(x) for x in ("AUTH TLS", "PBSZ 0", "PROT P", "PROT C")] == "503 200 536 200".split()
f.login("otto", "secret", secure=False)
assert [code(x) for x in ("PBSZ 0", "PROT P", "CCC")] == "200 536 534".split()
f.storbinary("STOR mine", open("root/big", "rb"))
got = []
f.retrbinary("RETR mine", got.append)
assert b"".join(got) == open("root/big", "rb").read()
f.quit()
f = connect()
assert f.sendcmd("AUTH TLS")[:3] == "234"
f.sock.sendall(b"USER ftp\r\nPASS x\r\n")
try:
    assert f.sock.recv(1000) == b""
except ConnectionResetError:
    pass
'
		assert_equal "$(plain 'AUTH TLS' 'USER ftp')" '220 421 '
		cmp "$BATS_FILE_TMPDIR/home/mine" root/big
		until_true eval '! pgrep -P "$server"'
		tls_stop
	done
	grep -q 'ftp-session: tls .*proto=TLSv1.3 cipher=TLS_' log
}

@test "under another provider FTP_TLS=required lets users in, and no data out" {
	strange close FTP_TLS=required
	assert_equal "$(plain 'USER ftp' QUIT)" '220 530 221 '
	ftps '
f.login()
f.voidcmd("PBSZ 0")
for line, code in (("PROT P", "536"), ("PROT C", "534"), ("RETR small", "522")):
    try:
        if line == "RETR small":
            f.retrbinary(line, lambda x: None)
        else:
            f.sendcmd(line)
        sys.exit(line)
    except ftplib.error_perm as e:
        assert str(e)[:3] == code, e
'
}

@test "HOST is the name that was asked for in TLS, or 504; without one it is any" {
	explicit
	ftps '
def host(f, name):
    try: return f.sendcmd("HOST " + name)[:3]
    except ftplib.Error as e: return str(e)[:3]
def case(sni, other):
    f = Client(context=ssl._create_unverified_context()); f.connect("127.0.0.1", int(os.environ["PORT"]), 10); f.host = sni
    assert host(f, "other.example") == "220" # nothing was asked for yet
    f.auth(); assert [host(f, x) for x in ("other.example", "LOCALHOST.", "localhost")] == [other, "220", "220"], sni
    f.login("ftp", "x"); f.quit()
case("localhost", "504")
case("127.0.0.1", "220")
'
	tls_stop
	implicit
	run -0 tls -quiet -ign_eof <<<$'HOST other\r\nHOST localhost\r\nQUIT\r'
	tr -d '\r' <<<"$output" >got
	assert_equal "$(codes)" '220 504 220 221 '
}

@test "FTP_HOSTS: the name asked for in TLS is the host, HOST cannot change it, an unknown one is 530" {
	mkdir -p hosts/localhost hosts/other
	echo eight++ >hosts/localhost/name
	echo ten++++++ >hosts/other/name
	explicit FTP_HOSTS=hosts
	ftps '
def cmd(f, line): f.putcmd(line); return f.getmultiline()[:3]
def case(sni, before, lines):
    f = Client(context=ssl._create_unverified_context()); f.connect("127.0.0.1", int(os.environ["PORT"]), 10); f.host = sni
    assert cmd(f, "HOST " + before) == "220"
    f.auth()
    got = [cmd(f, x) for x in lines]
    f.close(); return got
login = ["USER ftp", "PASS x"]
assert case("localhost", "other", login + ["SIZE name", "SIZE small"]) == ["331", "230", "213", "550"]
assert case("localhost", "other", ["HOST other", "HOST localhost"] + login + ["SIZE name"]) == ["504", "220", "331", "230", "213"]
assert case("none.example", "other", ["HOST other", "HOST none.example"] + login) == ["504", "504", "530", "503"]
# One letter more than the host that is there is another name, of the greatest length.
long = ".".join(["a" * 63] * 3 + ["b" * 61])
os.mkdir("hosts/" + long[:-1])
assert case(long, "other", login) == ["530", "503"]
assert case(long[:-1], "other", login) == ["331", "230"]
# Without a name what was chosen before is forgotten, and HOST chooses.
assert case("127.0.0.1", "other", login + ["SIZE name", "SIZE small"]) == ["331", "230", "550", "213"]
assert case("127.0.0.1", "localhost", ["HOST other"] + login + ["SIZE name"]) == ["220", "331", "230", "213"]
f = connect(); f.login("ftp", "x"); f.prot_p(); got = []
f.retrbinary("RETR name", got.append); assert got == [b"eight++\n"], got; f.quit()
'
	run -0 grep -c '^ftp-session: refuse .* why=host verb=USER code=530$' log
	run -0 grep -c '^ftp-session: login .* tls=TLSv1.3 host=localhost$' log
	tls_stop
	tls_server -i env FTP_HOSTS=hosts ftp-session root
	run -0 tls -quiet -ign_eof <<<$'USER ftp\r\nPASS x\r\nSIZE name\r\nQUIT\r'
	tr -d '\r' <<<"$output" >got
	assert_equal "$(codes)" '220 331 230 213 221 '
	run -0 grep -c '^ftp-session: connect .* tls=TLSv1.3 host=localhost$' log
	run -0 tls -quiet -ign_eof -servername none.example <<<$'USER ftp\r\nQUIT\r'
	tr -d '\r' <<<"$output" >got
	assert_equal "$(codes)" '220 530 221 '
}
