#!/usr/bin/env bats
# FTP_HOSTS: virtual hosts by HOST, RFC 7151.
# shellcheck disable=SC2154 # stderr comes from bats

setup() {
	load helper
	mkdir -p hosts/a.example hosts/b.example pub elsewhere
	echo a >hosts/a.example/name
	echo bb >hosts/b.example/name
	echo root >pub/name
	echo four+ >elsewhere/name
	ln -s ../elsewhere hosts/linked.example
	: >hosts/file.example
	ln -s nowhere hosts/dead.example
	export FTP_HOSTS=$PWD/hosts
	PROBE=${PROBE:-$BIN/../.build/probe}
}
teardown() { unserve; }

session() { talk ftp-session pub -- "$@" QUIT 2>log; }

# client code: Python with f, an ftplib.FTP that is connected to `serve`, and cmd(line).
client() {
	# shellcheck disable=SC2001
	timeout 30 python3 -c "
import ftplib, io, os, sys
f = ftplib.FTP(); f.connect('127.0.0.1', $PORT, 10)
def cmd(line): f.putcmd(line); return f.getmultiline()
def login(host):
    if host: assert cmd('HOST ' + host)[:3] == '220'
    f.login('ftp', 'x')
$(sed $'s/^\t\t//' <<<"$1")"
}

# served line...: the size of /name after these lines and an anonymous login.
served() {
	session "$@" 'USER ftp' 'PASS x' 'SIZE name' >/dev/null
	tr -d '\r' <got | sed -n 's/^213 //p'
}

@test "HOST chooses the root, without it there is that of the command line" {
	assert_equal "$(served)" 5
	assert_equal "$(served 'HOST a.example')" 2
	assert_equal "$(served 'HOST b.example')" 3
	cd pub || return
	FTP_HOSTS=../hosts run -0 talk ftp-session -- 'USER ftp' 'PASS x' 'SIZE name' 'SIZE ../hosts/a.example/name' QUIT
	assert_equal "$(codes)" '220 331 230 213 550 221 '
}

@test "the name is that of an entry in any case, with a final dot or not" {
	local name
	for name in A.EXAMPLE a.example. A.example.; do
		assert_equal "$name $(served "HOST $name")" "$name 2"
	done
	mkdir 'hosts/[::1]' hosts/127.0.0.1 hosts/UPPER.example
	echo seven++ >'hosts/[::1]/name'
	assert_equal "$(served 'HOST [::1]')" 8
	session 'HOST 127.0.0.1' 'HOST UPPER.example' 'HOST [::2]'
	assert_equal "$(codes)" '220 220 504 504 221 '
}

@test "the last HOST that was accepted counts, and the USER before it is forgotten" {
	assert_equal "$(served 'HOST a.example' 'HOST b.example')" 3
	assert_equal "$(served 'HOST a.example' 'HOST none.example')" 2
	session 'USER ftp' 'HOST a.example' 'PASS x'
	assert_equal "$(codes)" '220 331 220 503 221 '
}

@test "HOST is 503 after the login, and REIN before it forgets the host" {
	session 'HOST a.example' 'USER ftp' 'PASS x' 'HOST b.example' 'SIZE name' REIN
	assert_equal "$(codes)" '220 220 331 230 503 213 502 221 '
	grep -q '^213 2' got
	assert_equal "$(served 'HOST a.example' REIN)" 5
}

@test "links of the administrator are followed, what is no directory is 504" {
	assert_equal "$(served 'HOST linked.example')" 6
	session 'HOST file.example' 'HOST dead.example' 'HOST none.example'
	assert_equal "$(codes)" '220 504 504 504 221 '
	assert_equal "$(grep -c '^ftp-session: refuse .* why=host verb=HOST code=504$' log)" 3
}

@test "hostile names are 501, FTP_HOSTNAME or not" {
	local name long
	long=$(printf 'a%.0s' {1..300})
	mkdir hosts/-x hosts/.hidden hosts/a..b
	for name in . .. ../pub ./a.example a.example/ /a.example a/b '' -x .hidden a..b a.example.. \
		'a.example:21' "$long" "a.$long" 'a example' ' a.example' a.example% '*' '[::1' '[..]' '[::1]/..' $'a\tb' $'a\xff'; do
		session "HOST $name"
		assert_equal "$name $(codes)" "$name 220 501 221 "
	done
	long=$(printf 'a%.0s' {1..63})
	mkdir "hosts/$long.$long.$long.${long:2}" "hosts/$long.$long.$long.${long:1}"
	session "HOST $long.$long.$long.${long:2}." "HOST $long.$long.$long.${long:1}"
	assert_equal "$(codes)" '220 220 501 221 '
	printf 'HOST a.example\0\r\nHOST a\0.example\r\nQUIT\r\n' | ftp-session pub >got 2>log
	assert_equal "$(codes)" '220 501 501 221 '
	FTP_HOSTNAME=other.example session 'HOST a.example' 'HOST other.example'
	assert_equal "$(codes)" '220 220 504 221 '
}

@test "a name as long as a name can be is looked for" {
	local label name
	label=$(printf 'a%.0s' {1..61})
	name=$label.$label.$label.$label.exam
	mkdir "hosts/$name"
	session "HOST $name" "HOST $name."
	assert_equal "$(codes)" '220 220 220 221 '
}

@test "from one host neither another one is reached nor the root of the command line" {
	ln -s ../b.example hosts/a.example/out
	ln -s "$PWD/hosts/b.example/name" hosts/a.example/absolute
	ln -s "$PWD/pub" hosts/a.example/root
	session 'HOST a.example' 'USER ftp' 'PASS x' 'SIZE ../b.example/name' 'SIZE out/name' 'SIZE absolute' \
		'CWD root' 'CWD ../../pub' 'SIZE name' PWD
	assert_equal "$(codes)" '220 220 331 230 550 550 550 550 550 213 257 221 '
	grep -q '^257 "/"' got
	grep -q '^213 2' got
}

@test "Landlock confines a taken over talker to the root of its host" {
	local try
	for try in hosts/b.example/name pub/name hosts /etc/passwd; do
		printf '%s\r\n' 'HOST a.example' 'USER ftp' 'PASS x' "NOOP open $try" QUIT >sent
		timeout 10 "$PROBE/ftp-session" pub <sent >got 2>log
		run -0 grep -c 'The probe failed' got
	done
	sed -i 's,open [^ ]*,open hosts/a.example/name\r,' sent
	timeout 10 "$PROBE/ftp-session" pub <sent >got 2>log
	run -0 grep -c 'The probe got through' got
}

@test "before the login a taken over talker opens nothing, with HOST or without" {
	local try
	for try in 'NOOP' 'HOST a.example'; do
		printf '%s\r\n' "$try" 'NOOP open hosts/a.example/name' >sent
		# The sanitizer itself opens files: then Landlock alone refuses.
		if [ -n "${SANITIZED:-}" ]; then
			timeout 10 "$PROBE/ftp-session" pub <sent >got 2>log
			run -0 grep -c 'The probe failed' got
		else
			run -111 bash -c '"$0" pub <sent >got 2>log' "$PROBE/ftp-session"
			run -0 grep -cE '^ftp-session: forbidden .*call=open' log
		fi
	done
}

# fouls question: the monitor ends a taken over talker for this.
fouls() {
	printf 'NOOP ask %s\r\nQUIT\r\n' "$1" >sent
	run -111 bash -c '"$0" pub true <sent >got 2>log' "$PROBE/ftp-session"
	run -0 grep -c '^ftp-session: foul ' log
	run ! grep -q ' login ' log
}

@test "the monitor judges names again: a taken over talker gets no other root" {
	local what
	for what in 'host ..|' 'host a.example/../b.example|' 'host |' 'host a|b|' 'host a' 'host ' 'guest ftp|..|' \
		'guest ftp|../pub|' 'guest ftp|/|' 'guest root|a.example|' 'guest ftp|' 'guest |a.example|' 'guest ftp|a|b|' \
		'guest ' 'guest ||' 'login bob|x|a.example|' 'arrival FTP_PATH=/x|' 'connect '; do
		fouls "$what"
	done
	export FTP_LOGIN="$DATA/checker.py users"
	for what in 'guest ftp|a.example|' 'login bob|x|' 'login bob|x|..|' 'login bob|x|a|b|'; do
		fouls "$what"
	done
	unset FTP_HOSTS FTP_LOGIN
	for what in 'guest ftp|a.example|' 'guest ftp||' 'host a.example|'; do
		fouls "$what"
	done
}

@test "a host that goes between HOST and the login is 421" {
	serve ftp-session pub
	client '
		assert cmd("HOST a.example")[:3] == "220"
		import shutil; shutil.rmtree("hosts/a.example")
		assert cmd("USER ftp")[:3] == "331" and cmd("PASS x")[:3] == "421"
	'
	run -0 grep -c '^ftp-session: loginfail .* user=ftp why=host try=1$' log
}

@test "the checker finds the host as FTP_HOST, the user's session too, and it is chosen there" {
	printf '%s\n' '#!/bin/sh' 'cat <&3 >/dev/null' 'echo "${FTP_HOST-none}" >>'"$PWD/asked" \
		'cd "$HOMES/${FTP_HOST:-default}" || exit 1' 'exec "$@"' >checker
	chmod +x checker
	mkdir -p homes/default homes/b.example
	export FTP_LOGIN="$PWD/checker" HOMES="$PWD/homes" FTP_HOST=fake.example
	local line
	for line in NOOP 'HOST B.example.' 'HOST a.example'; do session "$line" 'USER bob' 'PASS x' 'STOR x'; done
	assert_equal "$(codes)" '220 220 331 530 530 221 '
	assert_equal "$(cat asked)" $'none\nb.example\na.example'
	unset FTP_HOSTS
	session 'HOST a.example' 'USER bob' 'PASS x'
	assert_equal "$(tail -n 1 asked)" fake.example
	run ! grep host= log
}

@test "the program gets FTP_HOST, a guest is no ARRIVAL_USER, and it runs where the session does" {
	export FTP_HOST=fake.example
	serve ftp-session pub sh -c 'cat >/dev/null; echo "${FTP_HOST-none} ${ARRIVAL_USER-nobody} $PWD"'
	client '
		login("a.example")
		assert f.storbinary("STOR new", io.BytesIO(b"x")) == "226 a.example nobody '"$PWD"'"
		assert cmd("SIZE name")[:3] == "550" # a drop box
	'
	assert_equal "$(cat hosts/a.example/new)" x
	client '
		login(None)
		assert f.storbinary("STOR new", io.BytesIO(b"x")) == "226 none nobody '"$PWD"'"
	'
	assert_file_exists pub/new
}

@test "guests read and do not write, FTP_MODE and FTP_ANON_NOPASS hold, the transfer log says a" {
	session 'HOST a.example' 'USER ftp' 'PASS x' 'MKD new'
	assert_equal "$(codes)" '220 220 331 230 550 221 '
	FTP_MODE=rw session 'HOST a.example' 'USER ftp' 'PASS x' 'MKD new'
	assert_equal "$(codes)" '220 220 331 230 257 221 '
	FTP_ANON_NOPASS=1 session 'HOST a.example' 'USER anonymous' 'SIZE name'
	assert_equal "$(codes)" '220 220 230 213 221 '
	FTP_ANON=0 session 'HOST a.example' 'USER ftp' 'PASS x'
	assert_equal "$(codes)" '220 220 331 530 221 '
	serve env FTP_XFERLOG=9 sh -c 'exec ftp-session pub 9>>xferlog'
	client '
		login("a.example"); got = []
		f.retrbinary("RETR name", got.append); assert got == [b"a\n"]
	'
	grep -q ' 2 /name b _ o a ftp ftp 0 \* c$' xferlog
}

@test "connect and login say host= where one was chosen, and nothing else does" {
	session 'HOST A.example' 'USER ftp' 'PASS x' 'SIZE name'
	run -0 grep -c '^ftp-session: login pid=[0-9]* ip=unknown port=0 user=ftp host=a.example$' log
	assert_equal "$(grep -c host= log)" 1
	session 'USER ftp' 'PASS x'
	run ! grep host= log
	unset FTP_HOSTS
	session 'HOST a.example' 'USER ftp' 'PASS x'
	run ! grep host= log
	run -0 grep -c '^ftp-session: login pid=[0-9]* ip=unknown port=0 user=ftp$' log
}

@test "FTP_HOSTS that is no directory ends the session before its greeting" {
	local what
	for what in nowhere "$PWD/hosts/file.example" hosts/dead.example; do
		FTP_HOSTS=$what run -100 --separate-stderr ftp-session pub </dev/null
		assert_equal "$output" $'421 Server misconfigured.\r'
		assert_equal "$stderr" 'ftp-session: fatal: FTP_HOSTS: not a directory'
	done
}

@test "sessions of different hosts at once do not meet" {
	serve ftp-session pub
	cat >many.py <<-'END'
		import ftplib, sys, threading
		wrong = []
		def one(name, size):
		    for _ in range(5):
		        f = ftplib.FTP(); f.connect("127.0.0.1", int(sys.argv[1]), 20)
		        if name: f.sendcmd("HOST " + name)
		        f.login(); got = []
		        f.retrbinary("RETR name", got.append); f.quit()
		        if len(b"".join(got)) != size: wrong.append((name, got))
		threads = [threading.Thread(target=one, args=x) for x in [("a.example", 2), ("b.example", 3), (None, 5), ("linked.example", 6)] * 3]
		for t in threads: t.start()
		for t in threads: t.join()
		assert not wrong, wrong
	END
	run -0 timeout 60 python3 many.py "$PORT"
	until_true no_sessions
	assert_equal "$(grep -c ' login .*host=a.example$' log)" 15
}

@test "without FTP_HOSTS a session that needs no monitor is one process" {
	unset FTP_HOSTS
	serve env FTP_ACTIVE=0 ftp-session pub
	client '
		login("a.example")
		import subprocess
		own = subprocess.run(["pgrep", "-P", "'"$SERVER"'"], capture_output=True, text=True).stdout.split()
		assert len(own) == 1 and not subprocess.run(["pgrep", "-P", own[0]], capture_output=True).stdout
	'
}
