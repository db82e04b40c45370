#!/usr/bin/env bats
# After the checker has said yes: the second stage serves the user.

setup() {
	load helper
	mkdir home pub
	echo inside >home/file
	echo public >pub/file
	printf 'bob:secret:%s/home\n' "$PWD" >users
	export FTP_LOGIN="$DATA/checker.py users"
}
teardown() { unserve; }

session() { talk ftp-session pub -- "$@" 2>log; }

# script line...: a checker that accepts everybody after these lines of sh.
script() {
	printf '%s\n' '#!/bin/sh' 'cat <&3 >/dev/null' 'cd home' "$@" 'exec "$@"' >checker
	chmod +x checker
	export FTP_LOGIN="$PWD/checker"
}

get() { curl -sS --max-time 10 -u bob:secret "$@"; }

@test "a batch sent at once is answered in order across the login" {
	script 'while [ -e ../hold ]; do sleep 0.1; done'
	printf '%s\r\n' 'TYPE A' 'OPTS MLST size;' 'USER bob' 'PASS x' NOOP 'MLST file' STAT QUIT >sent
	run -0 --separate-stderr timeout 10 python3 "$DATA/on-socket.py" sent ftp-session pub
	tr -d '\r' <<<"$output" >got
	assert_equal "$(codes)" '220 200 200 331 230 200 250 211 221 '
	grep -qx ' size=7; /file' got
	grep -q '^ TYPE: ASCII' got
}

@test "nothing is answered while the checker runs" {
	script 'touch ../asked' 'read -r line <../go'
	mkfifo in go
	ftp-session pub <in >got 2>log &
	pid=$!
	exec 9>in
	printf '%s\r\n' 'USER bob' 'PASS x' NOOP >&9
	until_true test -e asked
	assert_equal "$(codes)" '220 331 '
	echo >go
	printf 'QUIT\r\n' >&9
	wait "$pid"
	assert_equal "$(codes)" '220 331 230 200 221 '
	exec 9>&-
}

@test "several thousand bytes read ahead are served after the login" {
	local i
	{
		printf 'USER bob\r\nPASS secret\r\n'
		for i in {1..1500}; do printf 'NOOP %s\r\n' "$i"; done
		printf 'QUIT\r\n'
	} >sent
	run -0 --separate-stderr timeout 20 python3 "$DATA/on-socket.py" sent ftp-session pub
	assert_equal "$(grep -c '^200 ' <<<"$output")" 1500
	assert_line --index -1 --partial '221 '
}

@test "the root is the user's directory: nothing outside is reached" {
	ln -s "$PWD/pub/file" home/link
	session 'USER bob' 'PASS secret' 'CWD ../..' PWD 'SIZE /file' 'SIZE ../pub/file' 'SIZE link' QUIT
	assert_equal "$(codes)" '220 331 230 250 257 213 550 550 221 '
	grep -q '^257 "/"' got
}

@test "after a password the mode is rw, and FTP_MODE changes it" {
	serve ftp-session nowhere
	get -T users "ftp://127.0.0.1:$PORT/new"
	cmp users home/new
	get "ftp://127.0.0.1:$PORT/new" | cmp - users
	unserve
	serve env FTP_MODE=ro ftp-session nowhere
	run ! get -T users "ftp://127.0.0.1:$PORT/other"
	get "ftp://127.0.0.1:$PORT/new" | cmp - users
}

@test "what the checker puts into the environment is the user's policy" {
	script 'export FTP_MODE=ro FTP_IDLE=77'
	session 'USER bob' 'PASS x' 'DELE file' 'SITE IDLE' QUIT
	assert_equal "$(codes)" '220 331 230 550 200 221 '
	grep -q 'Idle time is 77' got
	script 'export FTP_MODE=all'
	session 'USER bob' 'PASS x' NOOP
	assert_equal "$(codes)" '220 331 421 '
	grep -q '^421 Authentication unavailable' got
}

@test "with FTP_LOGIN anonymous may log in only if FTP_ANON is 1" {
	session 'USER anonymous' 'PASS x' QUIT
	assert_equal "$(codes)" '220 331 530 221 '
	FTP_ANON=1 session 'USER anonymous' 'PASS x' 'SIZE file' QUIT
	assert_equal "$(codes)" '220 331 230 213 221 '
	grep -q '^213 7' got
	FTP_ANON=1 session 'USER bob' 'PASS secret' 'SIZE file' 'DELE file' QUIT
	assert_equal "$(codes)" '220 331 230 213 250 221 '
	FTP_ANON=1 session 'USER ftp' 'PASS secret' 'DELE file' QUIT
	assert_equal "$(codes)" '220 331 230 550 221 '
}

@test "FTP_ANON_NOPASS=1: USER anonymous is 230 and a PASS after it too" {
	unset FTP_LOGIN
	FTP_ANON_NOPASS=1 session 'USER ftp' 'SIZE file' 'PASS x' QUIT
	assert_equal "$(codes)" '220 230 213 230 221 '
	FTP_ANON_NOPASS=1 session 'USER bob' 'SIZE file' QUIT
	assert_equal "$(codes)" '220 331 530 221 '
}

@test "after a login USER is 331 for the same name, 530 for another, REIN 502" {
	session 'USER bob' 'PASS secret' 'USER bob' 'PASS any' 'USER ftp' REIN 'USER bob' QUIT
	assert_equal "$(codes)" '220 331 230 331 230 530 502 331 221 '
}

@test "the arrival program runs as after any upload, with ARRIVAL_USER" {
	script 'export USER=liar HOME=/liar'
	cat >keep <<-'END'
		#!/bin/sh
		cat >../took
		echo "user=$ARRIVAL_USER $*" >../ran
		exit 99
	END
	chmod +x keep
	serve ftp-session nowhere "$PWD/keep" -s 'two words' --
	get -T users "ftp://127.0.0.1:$PORT/up"
	cmp users took
	assert_equal "$(cat ran)" 'user=bob -s two words --'
	unserve
	rm ran
	FTP_ANON=1 serve ftp-session pub sh -c 'echo "${ARRIVAL_USER-unset}" >ran; exit 99'
	curl -sS --max-time 10 -T users "ftp://127.0.0.1:$PORT/up"
	assert_equal "$(cat ran)" unset
}

@test "a login that takes the whole limit starts no clock for the user" {
	mkfifo in
	FTP_LOGIN_TIMEOUT=1 ftp-session pub <in >got 2>log &
	pid=$!
	exec 9>in
	printf '%s\r\n' 'USER bob' 'PASS secret' >&9
	until_true grep -q '^230' got
	run ! timeout 1.5 tail -f /dev/null
	printf '%s\r\n' NOOP QUIT >&9
	wait "$pid"
	exec 9>&-
	assert_equal "$(codes)" '220 331 230 200 221 '
}

@test "an exit status of the second stage is the session's" {
	PROBE=${PROBE:-$BIN/../.build/probe}
	run -111 talk "$PROBE/ftp-session" pub -- 'USER bob' 'PASS secret' 'NOOP exec /bin/true' QUIT
}

@test "-s by hand is refused" {
	run -100 ftp-session -s </dev/null
	refute_output --partial 220
}
