#!/usr/bin/env bats
# What history taught about the control connection: telnet, TLS asked for in the
# clear, browsers, numbers, letters, and what is served before a login.

setup() {
	load helper
	load ftp
	mkdir -p root/dir
	printf 'hello\n' >root/file
}
teardown() { unserve; }

session() { talk ftp-session root -- "$@"; }
logged_in() { session 'USER ftp' 'PASS x' "$@"; }

@test "S8: a flood of telnet options is answered sixteen times, a long subnegotiation ends its line" {
	python3 -c 'import sys
w = sys.stdout.buffer.write
w(b"\xff\xfd\x01\xff\xfb\x03" * 5000 + b"NOOP\r\n" + b"\xff\xfa" + b"\x00" * 1000 + b"\r\nNOOP\r\n")
w(b"NO\xff\xfa\x18\x00xterm\xff\xff\xff\xf0OP\r\nQUIT\r\n")' >sent
	run -0 --separate-stderr timeout 10 ftp-session root <sent
	timeout 10 ftp-session root <sent >got 2>log
	assert_equal "$(tr -cd '\377' <got | wc -c)" 16
	run -0 tail -n 2 got
	assert_output $'200 OK.\r\n221 Goodbye.\r'
}

@test "S9: what is buffered behind AUTH TLS is read in the clear, as AUTH was refused" {
	serve ftp-session root
	python3 - "$PORT" <<-'END'
		import socket, sys
		c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10); f = c.makefile("rb")
		c.sendall(b"USER ftp\r\nAUTH TLS\r\nNOOP\r\nAUTH SSL\r\nAUTH TLS-C\r\nPASS x\r\nPWD\r\nQUIT\r\n")
		got = [l[:3] for l in f]; assert got == [b"220", b"331", b"502", b"200", b"502", b"502", b"230", b"257", b"221"], got
	END
	session 'AUTH TLS' FEAT QUIT >said
	run ! grep -E 'AUTH|PBSZ|PROT' said
}

@test "S10: the first word of a browser ends the session without a word, before and after login" {
	for word in GET HEAD POST PUT DELETE OPTIONS CONNECT TRACE PATCH PRI; do
		session "$word / HTTP/1.1" NOOP
		assert_equal "$word $(codes)" "$word 220 "
		logged_in "$word / HTTP/1.1" NOOP
		assert_equal "$word $(codes)" "$word 220 331 230 "
	done
	session 'Host: evil.example' NOOP
	assert_equal "$(codes)" '220 '
}

@test "S10: eleven unknown words before login, fifty-one after, are too many" {
	local words
	mapfile -t words < <(printf 'XY%d\n' {1..60})
	session "${words[@]}" NOOP
	assert_equal "$(codes | wc -w)" 12
	assert_equal "$(tail -n 1 "$BATS_TEST_TMPDIR/got")" $'421 Too many errors.\r'
	logged_in "${words[@]}" NOOP
	assert_equal "$(codes | wc -w)" 54
}

@test "S10: to ask MLSD of a file is no error that is counted, 501 though it is" {
	local words
	mapfile -t words < <(printf 'MLSD file%.0s\n' {1..60})
	logged_in "${words[@]}" NOOP QUIT
	assert_equal "$(codes)" "220 331 230 $(printf '501 %.0s' {1..60})200 221 "
}

@test "S10: no error echoes what the client said" {
	local lines=() verb
	for verb in XYZZY USER CWD RETR DELE RNFR RNTO SIZE MDTM MLST 'MFMT 2' TYPE MODE STRU REST ALLO PORT EPRT EPSV PASV OPTS SITE \
		'SITE CHMOD' HELP STAT LIST NLST MLSD STOR MKD RMD HASH MD5 AUTH PROT PBSZ HOST LANG; do
		lines+=("$verb markerword")
	done
	FTP_MODE=rw logged_in 'CWD markerword' "${lines[@]/MKD markerword/MKD none\/markerword}" "${lines[@]:0:5}" QUIT >said
	[ "$(grep -c '^[45]' said)" -ge 30 ]
	run ! grep -i markerword said
}

@test "S11: no line of a reply begins with what a client put there" {
	mkdir root/d
	name=$'227 Entering Passive Mode (192,0,2,7,0,25)'
	mkdir "root/d/$name"
	touch "root/d/$name/$name"
	logged_in 'CWD d' "CWD $name" PWD 'STAT .' 'STAT ..' "STAT $name" "MLST $name" 'MLST ..' QUIT >said
	assert_equal "$(grep -c "$name" said)" 6
	run ! grep -E '^22[79]|^ ?192' said
}

@test "S15: CCC in clear is 533" {
	run -0 --separate-stderr logged_in CCC NOOP QUIT
	assert_line '533 Not protected.'
	assert_equal "$(codes)" '220 331 230 533 200 221 '
}

@test "S16: every name is asked for its password alike, a wrong one costs a second, three are the end" {
	local began name
	printf '#!/bin/sh\nexit 1\n' >no
	chmod +x no
	export FTP_LOGIN=$PWD/no
	for name in root nobody 'no such user' markerword anonymous; do
		session "USER $name" QUIT >said
		assert_equal "$(sed -n 2p said)" '331 Password required.'
		run ! grep "$name" said
	done
	began=$EPOCHREALTIME
	session 'USER a' 'PASS a' 'USER markerword' 'PASS b' 'USER c' 'PASS c' 'USER d' 'PASS d' >said
	((${EPOCHREALTIME/./} - ${began/./} >= 3000000))
	assert_equal "$(tail -n 1 said)" '421 Too many login failures.'
	assert_equal "$(grep -c '^530 Login incorrect.$' said)" 2
	run ! grep markerword said
}

@test "S17: before a login nothing is opened, looked up, or allocated" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer takes memory of its own'
	printf '%s\r\n' 'USER nobody' HELP FEAT SYST 'OPTS UTF8 ON' 'TYPE I' STAT XYZZY "NOOP $(printf '%04000d' 0)" 'CLNT x' QUIT >sent
	run -0 timeout 10 strace -f -qq -o trace -e inject=seccomp:error=ENOSYS ftp-session root <sent
	sed '1,/read(0/d' trace >after
	[ "$(wc -l <after)" -ge 2 ]
	run ! grep -E ' (open|openat|openat2|socket|connect|brk|mmap|mremap|execve|fork|clone|stat|readlink)[a-z0-9]*\(' after
}

@test "S18: numbers beyond 63 bits, signs, fractions and bases are no numbers" {
	local n lines=()
	for n in 9223372036854775808 18446744073709551616 99999999999999999999999999 -1 +1 0x10 1.5 '1 2' 1k ''; do
		lines+=("REST $n" "ALLO $n" "ALLO 1 R $n")
	done
	logged_in 'REST 9223372036854775807' "${lines[@]}" 'PORT 127,0,0,1,256,1' 'PORT 4294967423,0,0,1,20,20' \
		'EPRT |1|127.0.0.1|65537|' 'EPRT |1|127.0.0.1|-1|' 'EPSV 4294967297' 'SITE IDLE 99999999999999999999' \
		'MFMT 99999999999999 file' 'TYPE L 256' QUIT >said
	assert_equal "$(sed -n 4p said)" '350 Restart at 9223372036854775807.'
	# 1 2 is a number with a blank behind for none of them, nothing at all is 501 too.
	run ! grep -E '^(2|350)' <(sed -e 1,4d -e '$d' said)
}

@test "S20: only ASCII letters have another case" {
	export LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8
	printf 'user ftp\r\npass x\r\nsite idle\r\nSITE idle\r\nquIt\r\n' >sent
	timeout 10 ftp-session root <sent 2>log | sed 's/ .*//' | tr '\n' ' ' >got
	assert_equal "$(cat got)" '220 331 230 200 200 221 '
	printf 'USER ftp\r\nPASS x\r\nN\xcfOP\r\nNO\xefP\r\nN/OP\r\nS\xc4\xb1ZE file\r\nP\x10S@\r\nQUIT\r\n' >sent
	timeout 10 ftp-session root <sent 2>log | sed 's/ .*//' | tr '\n' ' ' >got
	assert_equal "$(cat got)" '220 331 230 500 500 500 500 500 221 '
}

@test "S21: before a login every verb that is not of the login is 530, whatever its argument" {
	local verb free=' USER PASS ACCT AUTH PBSZ PROT FEAT OPTS CLNT CSID HOST LANG NOOP SYST HELP QUIT REIN STAT TYPE STRU MODE '
	for verb in PORT PASV RETR STOR STOU APPE ALLO REST RNFR RNTO ABOR DELE RMD MKD PWD LIST NLST SITE CWD CDUP SMNT MDTM MFMT \
		MFF MFCT SIZE MLST MLSD EPRT EPSV PRET XCWD XCUP XPWD XMKD XRMD P@SW CCC ADAT MIC CONF ENC LPRT LPSV RANG COMB AVBL \
		HASH MD5 XCRC XMD5 XSHA XSHA1 XSHA256 XSHA512 'SITE CHMOD 777' 'SITE CPFR' 'SITE CPTO' 'SITE COPY' 'SITE UTIME' MAIL XYZZY; do
		[[ $free != *" $verb "* ]] || fail "$verb"
		FTP_MODE=rw FTP_HASH=MD5 session "$verb" "$verb file" "USER ftp" "$verb file" QUIT
		assert_equal "$verb $(codes)" "$verb 220 530 530 331 530 221 "
	done
	session 'STAT file' 'STAT .' QUIT
	assert_equal "$(codes)" '220 530 530 221 '
}
