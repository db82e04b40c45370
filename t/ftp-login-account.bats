#!/usr/bin/env bats
# Accounts of the system: the session starts as root, a checker takes on the
# user's uid. Only here is root needed, and only in the first monitor.

setup() {
	load helper
	[ "$(id -u)" -eq 0 ] || skip 'only root can take on another uid'
	PEERS=${PEERS:-$HERE/../.build/peers}
	# Where another account may go, and a copy of the program it may run.
	AWAY=$(mktemp -d /tmp/guichet.XXXXXX)
	chmod 755 "$AWAY"
	cp "$BIN/ftp-session" "$AWAY"
	install -d -o 4711 -g 4712 "$AWAY/home"
	echo secret >"$AWAY/secret"
	chmod 600 "$AWAY/secret"
}
teardown() {
	unserve
	rm -rf "${AWAY:?}"
}

# account: carol, with the password sesame, for programs that ask libc.
account() {
	echo "carol:x:4711:4712::$AWAY/home:/bin/sh" >passwd
	echo 'carol:x:4712:' >group
	perl -e 'print "carol:", crypt("sesame", "\$6\$abcdefgh"), ":19000:0:99999:7:::\n"' >shadow
	export LD_PRELOAD=libnss_wrapper.so NSS_WRAPPER_PASSWD=$PWD/passwd NSS_WRAPPER_GROUP=$PWD/group
	export NSS_WRAPPER_SHADOW=$PWD/shadow FTP_LOGIN="$PEERS-login/bin/checkpassword.login"
	# The sanitizer minds a library that is loaded before its own.
	export ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0
}

get() { curl -sS --max-time 10 "$@"; }

@test "fgetty's checkpassword.login logs in to an account of the system, whose files are its own" {
	account
	serve "$AWAY/ftp-session" nowhere
	unset LD_PRELOAD
	run ! get -u carol:wrong -T passwd "ftp://127.0.0.1:$PORT/up"
	get -u carol:sesame -T passwd "ftp://127.0.0.1:$PORT/up"
	assert_equal "$(stat -c %u:%g "$AWAY/home/up")" 4711:4712
	run ! get -u carol:sesame "ftp://127.0.0.1:$PORT/../secret"
	ln -s "$AWAY/secret" "$AWAY/home/link"
	run ! get -u carol:sesame "ftp://127.0.0.1:$PORT/link"
	get -u carol:sesame -Q 'SITE CHMOD 4777 up' "ftp://127.0.0.1:$PORT/" >/dev/null
	assert_equal "$(stat -c %a "$AWAY/home/up")" 777
}

@test "after the login only the first monitor is root, and it has nothing but the log" {
	printf 'bob:secret:%s/home:65534\n' "$AWAY" >users
	chmod 600 users
	chown nobody "$AWAY/home"
	export FTP_LOGIN="$DATA/checker.py users"
	serve "$AWAY/ftp-session" nowhere sh -c 'id -u >ran; exit 99'
	exec 8<>"/dev/tcp/127.0.0.1/$PORT"
	printf 'USER bob\r\nPASS secret\r\nNOOP\r\n' >&8
	until_true grep -q ' login .*user=bob' log
	mapfile -t all < <(descendants "$SERVER")
	run -0 sh -c 'for p; do grep ^Uid: "/proc/$p/status"; done' sh "${all[@]}"
	assert_output "$(printf 'Uid:\t%s\t%s\t%s\t%s\n' 0 0 0 0 65534 65534 65534 65534 65534 65534 65534 65534)"
	run -0 sh -c 'for f in /proc/$1/fd/*; do readlink "$f"; done | sort -u' sh "${all[0]}"
	assert_output "$PWD/log"
	exec 8>&-
	get -u bob:secret -T users "ftp://127.0.0.1:$PORT/up"
	assert_equal "$(cat "$AWAY/home/ran")" 65534
	until_true no_sessions
}

@test "a checker that the session may not end, since it became root, is not waited for" {
	cp "$(python3 -c 'import sys; print(sys.executable)')" "$AWAY/python"
	chmod 4755 "$AWAY/python"
	local as=(setpriv --reuid 4711 --regid 4712 --clear-groups)
	[ "$("${as[@]}" "$AWAY/python" -SEc 'import os; print(os.geteuid())')" = 0 ] || skip 'no set-user-ID programs here'
	printf '%s\n' 'import os, time' 'os.setresuid(0, 0, 0)' 'open("child", "w").write(str(os.getpid()))' \
		'time.sleep(77)' >checker.py
	export FTP_LOGIN="$AWAY/python -SE $PWD/checker.py" FTP_LOGIN_TIMEOUT=2
	talk "${as[@]}" "$AWAY/ftp-session" nowhere -- 'USER bob' 'PASS secret' NOOP 2>log
	kill -9 "$(cat child)"
	assert_equal "$(codes)" '220 331 421 '
	grep -q '^ftp-session: loginfail .*why=timeout' log
}
