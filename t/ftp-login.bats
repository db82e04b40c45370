#!/usr/bin/env bats
# USER, PASS, REIN, QUIT, and what is served before a login: RFC 959 4.1.1.

setup() { load helper; }

session() { talk ftp-session -- "$@"; }

@test "the dialogue USER anonymous, PASS, HELP, QUIT is 220 331 230 214 221" {
	session 'USER anonymous' 'PASS bonjour@bonjour.com' HELP QUIT
	assert_equal "$(codes)" '220 331 230 214 221 '
}

@test "HELP lists every verb of the founding document" {
	session HELP QUIT >"$BATS_TEST_TMPDIR/help"
	local verb
	for verb in USER PORT MODE REST XCWD HELP PWD MDTM PASS PASV RETR RNFR LIST NOOP XPWD EPRT \
		STOR RNTO NLST MKD CDUP EPSV APPE ABOR SITE XMKD XCUP TYPE DELE SYST RMD STOU QUIT \
		STRU ALLO CWD STAT XRMD SIZE; do
		run -0 grep -w -- "$verb" "$BATS_TEST_TMPDIR/help"
	done
}

@test "a name other than anonymous and ftp gets 331, then 530 after a second" {
	local began=$EPOCHREALTIME
	session 'USER root' 'PASS secret' QUIT
	assert_equal "$(codes)" '220 331 530 221 '
	((${EPOCHREALTIME/./} - ${began/./} >= 1000000))
}

@test "the third refused login ends the session with 421" {
	session 'USER a' 'PASS a' 'USER b' 'PASS b' 'USER c' 'PASS c' NOOP
	assert_equal "$(codes)" '220 331 530 331 530 331 421 '
}

@test "FTP_ANON=0 lets nobody in" {
	FTP_ANON=0 session 'USER ftp' 'PASS x' QUIT
	assert_equal "$(codes)" '220 331 530 221 '
}

@test "PASS without USER is 503, and each one needs a USER of its own" {
	session 'PASS x' QUIT
	assert_equal "$(codes)" '220 503 221 '
	session 'USER a' 'PASS x' 'PASS y' 'USER ftp' 'PASS x' QUIT
	assert_equal "$(codes)" '220 331 530 503 331 230 221 '
}

@test "before login a verb that needs one is 530, and so is an unknown one" {
	session PWD 'RETR x' XYZZY 'STAT x' QUIT
	assert_equal "$(codes)" '220 530 530 530 530 221 '
}

@test "before login FEAT, OPTS UTF8 ON, SYST, NOOP, TYPE, MODE, STRU and STAT are served" {
	session FEAT 'OPTS UTF8 ON' SYST NOOP 'type i' 'MODE S' 'STRU F' STAT QUIT
	assert_equal "$(codes)" '220 211 200 215 200 200 200 200 211 221 '
}

@test "after login an unknown verb is 500 and a known one without its argument 501" {
	session 'USER ftp' 'PASS x' XYZZY RETR QUIT
	assert_equal "$(codes)" '220 331 230 500 501 221 '
}

@test "USER again is 331 for the same name and 530 for another" {
	session 'USER ftp' 'PASS x' 'USER ftp' 'PASS y' 'USER bob' QUIT
	assert_equal "$(codes)" '220 331 230 331 230 530 221 '
}

@test "REIN forgets USER before login and is 502 after" {
	session 'USER ftp' REIN 'PASS x' 'USER ftp' 'PASS x' REIN QUIT
	assert_equal "$(codes)" '220 331 220 503 331 230 502 221 '
}

@test "ACCT is 202, AUTH without TLS 502, PBSZ 503, TYPE E and MODE B 504" {
	session 'ACCT x' 'AUTH TLS' 'PBSZ 0' 'PROT P' 'TYPE E' 'MODE B' 'STRU R' QUIT
	assert_equal "$(codes)" '220 202 502 503 503 504 504 504 221 '
}

@test "TYPE is understood as printers spell it" {
	session 'type a n' 'TYPE AN' 'TYPE L 8' 'TYPE L8' 'TYPE A T' 'TYPE L 7' QUIT
	assert_equal "$(codes)" '220 200 200 200 200 504 504 221 '
}

@test "the eleventh bad command before login ends the session" {
	session A B C D E F G H I J K NOOP
	assert_equal "$(codes)" '220 530 530 530 530 530 530 530 530 530 530 421 '
}

@test "a browser is hung up on without a word" {
	session 'GET / HTTP/1.1' 'Host: x' NOOP
	assert_equal "$(codes)" '220 '
	session 'Host: x' NOOP
	assert_equal "$(codes)" '220 '
}

@test "a TLS ClientHello is hung up on without a word" {
	mkfifo in
	exec 9<>in
	printf '\x16\x03\x01\x02' >&9
	run -0 --separate-stderr timeout 5 ftp-session <in
	exec 9>&-
	assert_output $'220 FTP server ready.\r'
}

@test "nobody who does not log in stays: 421 after FTP_LOGIN_TIMEOUT" {
	mkfifo in
	exec 9<>in
	run -0 env FTP_LOGIN_TIMEOUT=1 timeout 5 ftp-session <in
	exec 9>&-
	assert_line $'421 Login timeout.\r'
}

@test "an idle client gets 421 after FTP_IDLE" {
	mkfifo in
	exec 9<>in
	printf 'USER ftp\r\nPASS x\r\n' >&9
	FTP_IDLE=1 timeout 5 ftp-session <in >out
	exec 9>&-
	run -0 tail -n 1 out
	assert_output $'421 Idle timeout.\r'
}
