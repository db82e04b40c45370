#!/usr/bin/env bats
# tls-session and tls-io: UCSPI-TLS, implicit TLS, what is refused.
# shellcheck disable=SC2034,SC2154 # port, server and the like come from tls.bash and bats

setup_file() {
	load helper
	load tls
	cd "$BATS_FILE_TMPDIR" || return
	certificate localhost
	certificate other.example
	head -c 48 /dev/urandom >tickets
	# A session that asks for TLS as UCSPI-TLS has it, byte by byte, and then echoes a line.
	cat >asks <<'EOF'
#!/usr/bin/env python3
import os, sys
ctl, rd, wr = (int(os.environ[x]) for x in ("SSLCTLFD", "SSLREADFD", "SSLWRITEFD"))
for c in sys.argv[1]:
    os.write(ctl, c.encode())
    if c == "R":
        os.write(1, os.read(ctl, 1) + b"\n")
if sys.argv[1] == "R":
    sys.exit(0)
if sys.argv[1][-1] == "Y":
    got = b""
    while not got.endswith(b"\0\0"):
        c = os.read(ctl, 1)
        if not c:
            os.write(2, b"asks: no TLS\n")
            sys.exit(1)
        got += c
    os.write(wr, got.replace(b"\0", b"\n"))
os.write(wr, os.read(rd, 4096))
EOF
	chmod +x asks
}

setup() {
	load helper
	load tls
	cd "$BATS_FILE_TMPDIR" || return
	: >log
	rm -f got session
}

teardown() { tls_stop; }

# serve_plainly program...: tls-session -i for one connection, under a server that sets no variables.
serve_plainly() {
	port=$(free_port)
	TLS_CERT=$PWD/localhost.pem TLS_KEY=$PWD/localhost.key \
		busybox nc -l -p "$port" -e "$(command -v tls-session)" -i "$@" 2>>log 3>&- &
	server=$!
}

# serve_bare program...: under tcpserver, on $port, logging to log.
serve_bare() {
	port=$(free_port)
	tcpserver -RHl0 127.0.0.1 "$port" "$@" 2>>log 3>&- &
	server=$!
	until_true listening "$port"
}

@test "with -i TLS is on from the first byte and the session knows of it" {
	tls_server -i sh -c 'echo "$SSL_PROTOCOL $SSL_TLS_SNI_SERVERNAME $TCPREMOTEIP"; head -n 1'
	echo 'some text' | tls -quiet >got
	assert_equal "$(head -n 1 got)" 'TLSv1.3 localhost 127.0.0.1'
	assert_equal "$(tail -n 1 got)" 'some text'
}

@test "with -i under a server that sets no variables the session learns the addresses" {
	unset PROTO TCPREMOTEIP
	serve_plainly sh -c 'echo "$PROTO $TCPREMOTEIP $TCPLOCALPORT"'
	until_true tls -quiet </dev/null >got
	assert_equal "$(head -n 1 got)" "TCP 127.0.0.1 $port"
}

@test "a name from the environment of another connection is not this client's" {
	export TCPREMOTEIP=192.0.2.1 TCPREMOTEHOST=trusted.example TCPREMOTEINFO=root
	PROTO=TCP serve_plainly sh -c 'echo "$TCPREMOTEIP ${TCPREMOTEHOST-none} ${TCPREMOTEINFO-none}"'
	until_true tls -quiet </dev/null >got
	assert_equal "$(head -n 1 got)" '127.0.0.1 none none'
	tls_stop
	# The same PROTO that is not TCP, with a name that is the client's.
	PROTO=TCP6 TCP6REMOTEIP=127.0.0.1 TCP6REMOTEHOST=client.example \
		serve_plainly sh -c 'echo "$PROTO $TCPREMOTEIP ${TCPREMOTEHOST-none} ${TCPREMOTEINFO-none}"'
	until_true tls -quiet </dev/null >got
	assert_equal "$(head -n 1 got)" 'TCP 127.0.0.1 client.example none'
}

@test "Y on SSLCTLFD begins TLS and is answered by strings that end with an empty one" {
	tls_server ./asks Y
	echo 'some text' | tls -quiet >got
	run -0 grep -c '^SSL_PROTOCOL=TLSv1.3$\|^SSL_CIPHER=TLS_\|^SSL_TLS_SNI_SERVERNAME=localhost$' got
	assert_output 3
	assert_equal "$(tail -n 1 got)" 'some text'
}

@test "y begins TLS without an answer" {
	tls_server ./asks y
	echo 'some text' | tls -quiet >got
	assert_equal "$(cat got)" 'some text'
}

@test "any other byte ends the helper, and the session finds no TLS" {
	tls_server ./asks zY
	run -1 tls -quiet </dev/null
	until_true grep -q 'neither y nor Y' log
}

@test "R is answered before TLS begins: good, or bad with the reason in the log" {
	tls_server ./asks R
	run timeout 5 nc -N 127.0.0.1 "$port" </dev/null
	assert_line --index 0 .
	tls_stop
	echo 'no key' >bad.key
	TLS_KEY=$PWD/bad.key tls_server ./asks R
	run timeout 5 nc -N 127.0.0.1 "$port" </dev/null
	assert_line --index 0 '!'
	grep -q 'tls-io: fatal: .*localhost.pem' log
}

@test "a file that is not there is told before the session, which runs without TLS" {
	TLS_KEY=$PWD/absent tls_server sh -c 'echo "220 ${SSLCTLFD-plain}"'
	run -0 timeout 5 nc -N 127.0.0.1 "$port"
	assert_output '220 plain'
	grep -q "tls-session: warning: unable to open $PWD/absent: No such file" log
}

@test "with -i there is no session then" {
	TLS_KEY=$PWD/absent run -111 tls-session -i touch ran
	TLS_CERT='' run -111 tls-session -i touch ran
	assert_not_exist ran
}

@test "a variable that is wrong is 421 and exit 100" {
	TLS_HANDSHAKE=soon run -100 --separate-stderr tls-session touch ran
	assert_output --partial '421 '
	assert_regex "$stderr" 'TLS_HANDSHAKE=soon'
	assert_not_exist ran
}

@test "-n reads all files and tells of a key that is another's" {
	TLS_CERT=localhost.pem TLS_KEY=localhost.key run -0 tls-session -n
	TLS_CERT=localhost.pem TLS_KEY=other.example.key run -100 tls-session -n
	TLS_CERT=localhost.pem TLS_KEY=localhost.key TLS_TICKETS=asks run -100 tls-session -n
	TLS_CERT=localhost.pem TLS_KEY=localhost.key TLS_CIPHERS=none run -100 tls-session -n
	TLS_CERT=localhost.pem TLS_KEY=localhost.key TLS_PROTOCOLS=ssl9 run -100 tls-session -n
}

@test "TLS 1.2 and 1.3 are spoken, nothing older, and no weak cipher" {
	tls_server -i head -n 1
	local how
	for how in -tls1_2 -tls1_3; do echo x | tls -quiet "$how" >got; assert_equal "$(cat got)" x; done
	for how in -tls1 -tls1_1 '-tls1_2 -cipher AES128-SHA' '-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA' \
		'-tls1_2 -cipher aNULL' '-tls1_2 -cipher ECDHE-ECDSA-AES256-SHA384' '-tls1_2 -cipher eNULL' '-tls1_2 -cipher 3DES'; do
		# shellcheck disable=SC2086 # words
		run -1 tls -quiet -cipher 'ALL:@SECLEVEL=0' $how </dev/null
		grep -q 'alert\|no cipher match\|no protocols available' s_client
	done
}

@test "a client that names protocols, none of them ours, is refused with an alert" {
	tls_server -i head -n 1
	run ! tls -quiet -alpn http/1.1,h2 </dev/null
	grep -q 'no application protocol' s_client
	until_true grep -q 'tls-io: tls-protocol .*ip=127.0.0.1' log
	echo x | tls -alpn http/1.1,ftp >got
	grep -q 'ALPN protocol: ftp' got
	tls_stop
	TLS_ALPN=imap tls_server -i head -n 1
	run ! tls -quiet -alpn ftp </dev/null
}

@test "what is no ClientHello ends without an answer" {
	tls_server -i head -n 1
	printf 'EHLO me\r\nMAIL FROM:<>\r\n' | timeout 5 nc -N 127.0.0.1 "$port" >got
	assert_equal "$(wc -c <got)" 0
	until_true grep -q 'tls-fail .*ClientHello' log
}

@test "a certificate of TLS_DIR is chosen by name, and a new one counts at once" {
	mkdir -p dir
	cat other.example.pem other.example.key >dir/other.pem
	TLS_DIR=$PWD/dir tls_server -i head -n 1
	run -0 timeout 5 openssl s_client -connect "127.0.0.1:$port" -servername other.example </dev/null
	assert_output --partial 'subject=CN = other.example'
	run -0 timeout 5 openssl s_client -connect "127.0.0.1:$port" -servername localhost </dev/null
	assert_output --partial 'subject=CN = localhost'
	certificate third.example
	cat third.example.pem third.example.key >dir/third.pem
	run -0 timeout 5 openssl s_client -connect "127.0.0.1:$port" -servername third.example </dev/null
	assert_output --partial 'subject=CN = third.example'
}

@test "TLS_TICKETS lets a client resume in another connection, without it none does" {
	local version
	for version in -tls1_2 -tls1_3; do
		TLS_TICKETS=$PWD/tickets tls_server -i head -n 1
		rm -f saved
		(echo x && until_true test -s saved) | tls "$version" -sess_out saved >got
		echo x | tls "$version" -sess_in saved >got
		grep -q '^Reused, ' got
		tls_stop
		tls_server -i head -n 1
		echo x | tls "$version" -sess_in saved >got
		grep -q '^New, ' got
		tls_stop
	done
}

@test "TLS_CLIENT_CA asks for a certificate, TLS_CLIENT=require insists" {
	certificate client
	TLS_CLIENT_CA=$PWD/client.pem tls_server -i sh -c 'echo "$SSL_PEER_CERT_SUBJECT"'
	tls -quiet -cert client.pem -key client.key >got </dev/null
	assert_equal "$(cat got)" /CN=client
	tls -quiet >got </dev/null
	assert_equal "$(cat got)" ''
	tls_stop
	TLS_CLIENT=require TLS_CLIENT_CA=$PWD/client.pem tls_server -i sh -c 'echo in'
	run ! grep -q in <(tls -quiet </dev/null)
	tls -quiet -cert client.pem -key client.key >got </dev/null
	assert_equal "$(cat got)" in
}

@test "tls-io is confined and nobody else of its user reads its memory" {
	tls_server -i sh -c 'echo $$; cat'
	exec 5> >(tls -quiet -no_ign_eof >got)
	until_true test -s got
	local io
	io=$(pgrep -P "$(sed -n 1p got)" -x tls-io)
	grep -q '^Seccomp:	2' "/proc/$io/status"
	grep -q '^NoNewPrivs:	1' "/proc/$io/status"
	# Not even to read its list of open files.
	run ! setpriv --reuid 65534 --regid 65534 --clear-groups ls "/proc/$io/fd"
	exec 5>&-
	until_true gone "$io"
}

@test "behind these walls there is a fork, but no namespace, no thread, no socket of datagrams" {
	local what walls=${PROBE:-$BIN/../.build/probe}/tls
	for what in process stream; do "$walls" "$what"; done
	for what in user:clone thread:clone datagram:socketpair; do
		run -111 "$walls" "${what%:*}"
		assert_output "tls-io: forbidden call=${what#*:}"
	done
}

@test "a server name that is no line of text reaches no program" {
	tls_server -i sh -c 'env | grep -c ^SSL_'
	timeout 10 openssl s_client -connect "127.0.0.1:$port" -servername $'a\nSSL_PROTOCOL=none' -quiet </dev/null >got 2>/dev/null
	assert_equal "$(cat got)" 2
}

# waits: the helper that waits for the session of $NC, which has printed its process.
waits() {
	local session
	coproc NC { timeout 20 nc 127.0.0.1 "$port"; }
	read -r session <&"${NC[0]}"
	helper=$(pgrep -P "$session")
	until_true eval "! grep -q stack /proc/$helper/maps"
}

@test "what waits for TLS holds one page of memory" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer takes memory of its own'
	serve_bare env -i "PATH=$PATH" "TLS_CERT=$PWD/localhost.pem" "TLS_KEY=$PWD/localhost.key" \
		tls-session sh -c 'echo $$; read -r x'
	waits
	assert_equal "$(awk '$1 == "Anonymous:" { print $2 }' "/proc/$helper/smaps_rollup")" 4
	run ! grep -E 'heap|stack' "/proc/$helper/maps"
	echo >&"${NC[1]}"
	until_true gone "$helper"
}

@test "it is stopped and continued, and TLS comes with an environment of a megabyte" {
	local -x LARGE0 LARGE1 LARGE2 LARGE3 LARGE4 LARGE5 LARGE6 LARGE7
	local i
	for i in {0..7}; do declare "LARGE$i=$(head -c 125000 /dev/zero | tr '\0' "$i")"; done
	tls_server sh -c 'for c in $(pgrep -P $$ tls-session); do kill -STOP $c; kill -CONT $c; done; exec ./asks Y'
	echo 'some text' | tls -quiet >got
	grep -q '^SSL_PROTOCOL=TLSv1.3' got
	assert_equal "$(tail -n 1 got)" 'some text'
}

@test "tls-io is beside tls-session, or in PATH; when it is gone the log says so" {
	mkdir -p alone
	cp "$(command -v tls-session)" alone
	TLS_CERT=$PWD/localhost.pem TLS_KEY=$PWD/localhost.key serve_bare alone/tls-session ./asks Y
	echo 'some text' | tls -quiet >got
	assert_equal "$(tail -n 1 got)" 'some text'
	tls_stop
	# Gone between the start and the question.
	cp "$(command -v tls-io)" alone
	TLS_CERT=$PWD/localhost.pem TLS_KEY=$PWD/localhost.key PATH=/usr/bin:/bin \
		run -0 alone/tls-session sh -c 'rm alone/tls-io; printf y >&"$SSLCTLFD"; cat <&"$SSLREADFD"' </dev/null
	assert_output --partial 'tls-session: warning: unable to run tls-io'
}

@test "a killed tls-io ends the session, and an ended session its helper" {
	tls_server -i sh -c 'echo $$ >session; cat; echo over >>session'
	exec 5> >(tls -quiet -no_ign_eof >got)
	until_true test -s session
	kill -9 "$(pgrep -P "$(cat session)" -x tls-io)"
	until_true grep -q over session
	exec 5>&-
	tls_stop
	tls_server sh -c 'echo $$; read -r x'
	coproc NC { timeout 10 nc 127.0.0.1 "$port"; }
	read -r session <&"${NC[0]}"
	helper=$(pgrep -P "$session")
	echo x >&"${NC[1]}"
	until_true gone "$session"
	until_true gone "$helper"
}

@test "a session that ends without reading what came has said its last all the same" {
	tls_server -i sh -c 'sleep 0.3; echo bye'
	PORT=$port python3 - <<'EOF'
import os, socket, ssl
context = ssl.create_default_context(cafile="localhost.pem")
s = context.wrap_socket(socket.create_connection(("127.0.0.1", int(os.environ["PORT"]))), server_hostname="localhost",
                        suppress_ragged_eofs=False)
s.sendall(b"x" * 40000)
assert s.recv(100) == b"bye\n"
assert s.recv(100) == b""  # close_notify: nothing is missing
EOF
}

@test "of two descriptors in one message none stays in tls-io" {
	cat >gives <<'EOF'
#!/usr/bin/env python3
import os, socket, subprocess
def held():
    io = subprocess.check_output(["pgrep", "-P", str(os.getpid()), "-x", "tls-io"], text=True).strip()
    return sorted(os.listdir(f"/proc/{io}/fd"))
control = socket.socket(fileno=int(os.environ["SSLCTLFD"]))
control.settimeout(10)
before = held()
data, far = socket.socketpair()
socket.send_fds(control, [b"Sx"], [data.fileno(), far.fileno()])
data.close()
far.close()
print(control.recv(2), held() == before)
EOF
	chmod +x gives
	tls_server -i ./gives
	tls -quiet >got </dev/null
	assert_equal "$(cat got)" "b'x!' True"
}

@test "two hundred connections at once" {
	tls_server -i cat
	PORT=$port python3 - <<'EOF'
import os, socket, ssl
context = ssl.create_default_context(cafile="localhost.pem")
all = [context.wrap_socket(socket.create_connection(("127.0.0.1", int(os.environ["PORT"]))),
                           server_hostname="localhost") for i in range(200)]
for i, s in enumerate(all):
    s.sendall(b"%d\n" % i)
for i, s in enumerate(all):
    assert s.recv(100) == b"%d\n" % i
for s in all:
    s.close()
EOF
}

@test "a megabyte each way, cut anywhere, comes back byte for byte" {
	tls_server -i cat
	head -c 1000003 /dev/urandom >sent
	PORT=$port timeout 30 python3 - <<'EOF'
import asyncio, os, random, ssl
context = ssl.create_default_context(cafile="localhost.pem")
data = open("sent", "rb").read()
async def send(w):
    at = 0
    while at < len(data):
        n = random.choice((1, 3, 61, 4096, 16384, 100000))
        w.write(data[at:at + n])
        await w.drain()
        at += n
async def main():
    r, w = await asyncio.open_connection("127.0.0.1", int(os.environ["PORT"]), ssl=context, server_hostname="localhost")
    got, _ = await asyncio.gather(r.readexactly(len(data)), send(w))
    assert got == data
asyncio.run(main())
EOF
}

@test "-c is a client that holds the certificate against the name" {
	tls_server -i echo hello
	local client='exec cat <&6'
	TLS_CA=$PWD/localhost.pem TLS_NAME=localhost \
		run -0 timeout 10 tcpclient -RHl0 127.0.0.1 "$port" tls-session -ci sh -c "$client"
	assert_output hello
	TLS_CA=$PWD/localhost.pem TLS_NAME=elsewhere.example \
		run -1 timeout 10 tcpclient -RHl0 127.0.0.1 "$port" tls-session -ci sh -c "$client"
	assert_output --partial 'tls-fail'
	TLS_NAME=localhost run -1 timeout 10 tcpclient -RHl0 127.0.0.1 "$port" tls-session -ci sh -c "$client"
	TLS_VERIFY=none run -0 timeout 10 tcpclient -RHl0 127.0.0.1 "$port" tls-session -ci sh -c "$client"
	assert_output hello
}

@test "with -c what comes in one piece with the server's tickets is read at once" {
	tls_server -i sh -c 'echo 220 hello; sleep 5'
	# Everything of the server's is held back for a moment, and then sent at once.
	cat >hold.py <<-'END'
		import select, socket, sys, time
		there = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
		listener = socket.create_server(("127.0.0.1", 0))
		print(listener.getsockname()[1], flush=True)
		here, _ = listener.accept()
		while True:
		    for ready in select.select([here, there], [], [])[0]:
		        if ready is there: time.sleep(0.3)
		        if not (data := ready.recv(65536)): sys.exit()
		        (here if ready is there else there).sendall(data)
	END
	mkfifo held
	timeout 20 python3 hold.py "$port" >held 3>&- 4>&- &
	read -r through <held
	TLS_CA=localhost.pem TLS_NAME=localhost run -0 timeout 4 tcpclient -RHl0 127.0.0.1 "$through" tls-session -ci \
		sh -c 'read -r line <&6; echo "$line"'
	assert_output '220 hello'
	rm held
}
