#!/usr/bin/env bats
# SMTP_AUTH: what the checker is given, what its end means, and that nothing of it
# is left, nor of the password. cr.yp.to/checkpwd/interface.html.

setup() {
	load helper
	HASTY=${PROBE:-$BIN/../.build/probe}/hasty-smtp-session
	export SMTP_AUTH_CLEAR=1 SMTP_AUTH=./checker
	unset "${!SSL_@}" SSLREADFD "${!TCP@}" PROTO
}
teardown() { unserve; }

# script line...: the checker is these lines of sh; "$@" is what it may run.
script() {
	printf '%s\n' '#!/bin/sh' "$@" >checker
	chmod +x checker
}

# plain: AUTH PLAIN for bob, whose password is secret.
plain='AUTH PLAIN AGJvYgBzZWNyZXQ='

# session line...: the codes of what is said to it.
session() {
	talk "$HASTY" true -- "$@" >/dev/null 2>log || true
	codes
}

# client code: Python; say(line...) sends, until(text) reads on.
client() {
	python3 -c '
import os, signal, socket, sys, time
c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
def say(*lines): c.sendall("".join(l + "\r\n" for l in lines).encode())
def until(text):
    got = b""
    while text not in got:
        b = c.recv(4096); assert b, got
        got += b
def there(name):
    while not os.path.exists(name) or not os.path.getsize(name): time.sleep(0.01)
'"$1" "$PORT"
}

nothing_below() { [ -z "$(descendants "$1")" ]; }

@test "descriptor 3 gives name, password and an empty field, each ended by a NUL, and up to 512 bytes" {
	script 'cat <&3 >secret' 'exec "$@"'
	assert_equal "$(session 'EHLO c' "AUTH PLAIN $(printf '\0B \xc3\xa9\0s e\xff\1' | base64)" QUIT)" '220 250 235 221 '
	printf 'B \303\251\0s e\377\001\0\0' | cmp - secret
	long=$(printf '\0bob\0%0506d' 0 | base64 -w0)
	assert_equal "$(session 'EHLO c' "AUTH PLAIN $long" QUIT)" '220 250 235 221 '
	assert_equal "$(stat -c %s secret)" 512
	rm secret
	long=$(printf '\0bob\0%0507d' 0 | base64 -w0)
	assert_equal "$(session 'EHLO c' "AUTH PLAIN $long" QUIT)" '220 250 535 221 '
	run -0 grep -c 'ev=auth-fail .*user=bob why=length' log
	assert_file_not_exists secret
}

@test "it has descriptors 0 to 3, SIGTERM as usual, and runs /bin/true" {
	# No shell: that would forget what is held back.
	cat >checker <<-'END'
		#!/usr/bin/env python3
		import os, signal, sys
		usual = signal.SIGTERM not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
		fds = [n for n in range(99) if os.path.exists(f"/proc/self/fd/{n}")]
		print(fds, usual, sys.argv[1:], file=open("seen", "w"))
		os.execvp(sys.argv[1], sys.argv[1:])
	END
	chmod +x checker
	assert_equal "$(session 'EHLO c' "$plain" QUIT 6</dev/null)" '220 250 235 221 '
	assert_equal "$(cat seen)" "[0, 1, 2, 3] True ['/bin/true']"
}

@test "0 is a yes, 1 and 100 are a no; any other end is 454, with a line of its own in the log" {
	export PROTO=TCP TCPREMOTEIP=192.0.2.7
	while IFS=: read -r end code events; do
		script "$end"
		[ "$end" != none ] || rm checker
		assert_equal "$end $(ARRIVAL_TIMEOUT=1 session 'EHLO c' "$plain" QUIT)" "$end 220 250 $code 221 "
		run -0 sed -n 's/^smtp ev=\(auth[^ ]*\|err\) sid=[0-9]* ip=192\.0\.2\.7 port=0 /\1 /p' log
		assert_output "$events"
	done <<-'END'
		exec "$@":235:auth-ok mech=PLAIN user=bob
		exit 1:535:auth-fail mech=PLAIN user=bob why=password
		exit 100:535:auth-fail mech=PLAIN user=bob why=password
		exit 2:454:err SMTP_AUTH=./checker end=exit code=2
		exit 111:454:err SMTP_AUTH=./checker end=exit code=111
		kill -9 $$:454:err SMTP_AUTH=./checker end=signal code=9
		sleep 9:454:err SMTP_AUTH=./checker end=timeout code=0
		none:454:err SMTP_AUTH=./checker end=unborn code=2
	END
}

@test "a checker in trouble is asked three times in a session, not more" {
	script 'echo x >>asked; exit 111'
	assert_equal "$(session 'EHLO c' "$plain" "$plain" "$plain" "$plain")" '220 250 454 454 421 '
	assert_equal "$(wc -l <asked)" 3
}

@test "login-check says who may: its users log in by their hashes" {
	printf 'bob:%s:%s:\n' "$(perl -e 'print crypt("secret", "\$6\$abcdefgh")')" "$PWD" >users
	chmod 600 users
	export SMTP_AUTH='login-check users'
	assert_equal "$(session 'EHLO c' "AUTH PLAIN $(printf '\0bob\0wrong' | base64)" "$plain" QUIT)" '220 250 535 235 221 '
	rm users
	assert_equal "$(session 'EHLO c' "$plain" QUIT)" '220 250 454 221 '
}

@test "a client that resets the connection while the checker runs ends it, and what it started" {
	script 'sleep 77 & echo $! >child; wait'
	serve smtp-session true
	client "
say('EHLO c', '$plain'); there('child')
c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0'); c.close()"
	until_true gone "$(cat child)"
	until_true nothing_below "$SERVER"
}

@test "a talker or a monitor that is killed while the checker runs leaves no checker" {
	script 'echo $$ >child.new; mv child.new child; exec sleep 77'
	serve smtp-session true
	for who in talker monitor; do
		rm -f child
		client "
say('EHLO c', '$plain')
while c.recv(4096): pass" &
		client=$!
		until_true test -s child
		victim=$(pgrep -P "$SERVER")
		[ $who = monitor ] || victim=$(pgrep -P "$victim" smtp-session)
		kill -9 "$victim"
		wait "$client" || true
		until_true gone "$(cat child)"
		until_true nothing_below "$SERVER"
	done
}

@test "SIGTERM to the session while the checker runs ends the checker, and says so to the client" {
	script 'echo $$ >child.new; mv child.new child; exec sleep 77'
	serve smtp-session true
	client "
say('EHLO c', '$plain'); until(b'421 4.3.2')" &
	client=$!
	until_true test -s child
	kill "$(pgrep -P "$SERVER")"
	wait "$client"
	until_true gone "$(cat child)"
	until_true nothing_below "$SERVER"
}

@test "what a client pipelines behind AUTH is done after it, in order" {
	script 'exec "$@"'
	serve smtp-session true
	client "
say('EHLO c', 'AUTH LOGIN', 'Ym9i', 'c2VjcmV0', 'MAIL FROM:<>', 'RCPT TO:<a@b>', 'QUIT')
got = b''
while b := c.recv(4096): got += b
print([l[:3] for l in got.split(b'\r\n') if l[3:4] == b' '])" >said
	assert_equal "$(cat said)" "[b'220', b'250', b'334', b'334', b'235', b'250', b'250', b'221']"
}

@test "a taken-over talker has three logins, of the form an honest one sends, and none after a right one" {
	script '[ "$(tr "\0" : <&3)" = bob:secret:: ] || exit 1' 'exec "$@"'
	local ask probe=${PROBE:-$BIN/../.build/probe}/smtp-session
	export SMTP_ANY=1
	asks() {
		{ printf 'NOOP ask %s\r\n' "$@" && printf 'QUIT\r\n'; } >sent
		timeout 10 "$probe" true <sent >got 2>log
	}
	run -0 asks 'login 0 bob|wrong|' 'login 1 eve|secret|' 'login 0 bob|secret|'
	for ask in 'login 2 bob|secret|' 'login 0 bob|' 'login 0 bob|secret' 'login 0 bob|secret|x|' 'login 0 |secret|' \
		'login 0 bob||' $'login 0 b\tb|secret|' "login 0 bob|$(printf '%0507d' 0)|"; do
		run -111 asks "$ask"
	done
	run -111 asks 'login 0 a|a|' 'login 0 b|b|' 'login 0 c|c|' 'login 0 bob|secret|'
	run -111 asks 'login 0 bob|secret|' 'login 0 bob|secret|'
	SMTP_AUTH='' run -111 asks 'login 0 bob|secret|'
	local begin=('recipient 1 RECIPIENT=a@b|SENDER=|SMTPHELOHOST=c|')
	local said='arrival 0 SENDER=|SMTPHELOHOST=c|SMTPMAILFROM=<>|SMTPPROTO=ESMTPA|'
	run -0 asks 'login 0 bob|secret|' "${begin[@]}" "$said"
	run -111 asks 'login 0 bob|wrong|' "${begin[@]}" "$said"
}

@test "a password is in no process after its login, right or wrong, however it came" {
	[ -z "${SANITIZED:-}" ] || skip 'the memory of the sanitizer has no end'
	script 'grep -q U2VzYW1lNDJ /dev/null; grep -qa Sesame42Zebra <&3 || exit 1' 'exec "$@"'
	cat >memory.py <<-'END'
		import base64, socket, subprocess, sys
		def family(pid):
		    yield pid
		    for child in open(f"/proc/{pid}/task/{pid}/children").read().split(): yield from family(int(child))
		def holds(pid, needles):
		    for line in open(f"/proc/{pid}/maps"):
		        lo, hi = (int(x, 16) for x in line.split()[0].split("-"))
		        if " rw" not in line: continue
		        memory = open(f"/proc/{pid}/mem", "rb", 0)
		        memory.seek(lo)
		        data = memory.read(hi - lo)
		        if any(n in data for n in needles): return line
		def case(code, *pieces):
		    server = socket.create_server(("127.0.0.1", 0))
		    client = socket.create_connection(server.getsockname(), 10)
		    there, _ = server.accept()
		    session = subprocess.Popen([sys.argv[1], "true"], stdin=there, stdout=there)
		    there.close()
		    got = client.recv(999)
		    for piece in pieces:
		        client.sendall(piece)
		        while not got.endswith(b"\r\n") or got[-60:].count(b"250-"): got += client.recv(999)
		        got += b"" if piece is pieces[-1] else client.recv(999)
		    while code not in got: got += client.recv(999)
		    assert [holds(p, (b"Sesame42", b"U2VzYW1lNDJ", b"TZXNhbWU0M")) for p in family(session.pid)] == [None] * 2, pieces
		    client.close()
		    session.wait(10)
		b = base64.b64encode
		right, wrong = b(b"\0bob\0Sesame42Zebra"), b(b"\0bob\0Sesame42Xebra")
		password = b(b"Sesame42Zebra")
		case(b"\r\n235 ", b"EHLO c\r\nAUTH PLAIN " + right + b"\r\nNOOP\r\n")
		case(b"\r\n535 ", b"EHLO c\r\nAUTH PLAIN\r\n" + wrong + b"\r\nNOOP\r\n")
		case(b"\r\n235 ", b"EHLO c\r\nAUTH LOGIN\r\nYm9i\r\n" + password + b"\r\nNOOP\r\n")
		case(b"\r\n504 ", b"EHLO c\r\nAUTH NTLM " + right + b"\r\nNOOP\r\n")
		case(b"\r\n503 ", b"EHLO c\r\nMAIL FROM:<>\r\nAUTH PLAIN " + right + b"\r\nNOOP\r\n")
		case(b"\r\n500 ", b"EHLO c\r\nAUTH NTLM\r\n" + password + b"\r\n" + b"x" * 5000 + b"\r\n")
		case(b"\r\n501 ", b"EHLO c\r\nAUTH PLAIN " + right + b"!!!!\r\nNOOP\r\n")
		case(b"\r\n500 ", b"EHLO c\r\nAUTH PLAIN\r\n" + right + b"\nNOOP\r\n")
	END
	run -0 timeout 20 python3 memory.py "$HASTY"
}

@test "accounts of the system log in where the session is root, by fgetty's checkpassword.login" {
	[ "$(id -u)" -eq 0 ] || skip 'only root can take on another uid'
	echo "carol:x:4711:4712::/:/bin/sh" >passwd
	echo 'carol:x:4712:' >group
	perl -e 'print "carol:", crypt("sesame", "\$6\$rounds=1000\$abcdefgh"), ":19000:0:99999:7:::\n"' >shadow
	export NSS_WRAPPER_PASSWD=$PWD/passwd NSS_WRAPPER_GROUP=$PWD/group NSS_WRAPPER_SHADOW=$PWD/shadow
	export SMTP_AUTH="env LD_PRELOAD=libnss_wrapper.so ${PEERS:-$HERE/../.build/peers}-login/bin/checkpassword.login"
	assert_equal "$(session 'EHLO c' "AUTH PLAIN $(printf '\0carol\0wrong' | base64)" \
		"AUTH PLAIN $(printf '\0eve\0sesame' | base64)" "AUTH PLAIN $(printf '\0carol\0sesame' | base64)" QUIT)" \
		'220 250 535 535 235 221 '
}
