#!/usr/bin/env bats
# FTP_LOGIN: what the end of the checker means, and what the client is told.

setup() {
	load helper
	mkdir home
	echo inside >home/file
	printf 'bob:secret:%s/home\n' "$PWD" >users
	export FTP_LOGIN="$DATA/checker.py users"
}

session() { talk ftp-session nowhere -- "$@" 2>log; }

# script line...: a checker that is these lines of sh; $1 and so on is what it may run.
script() {
	printf '#!/bin/sh\n' >checker
	printf '%s\n' "$@" >>checker
	chmod +x checker
	export FTP_LOGIN="$PWD/checker"
}

# why: the word for it in the log.
why() { sed -n 's/^ftp-session: loginfail .* why=\([^ ]*\).*/\1/p' log; }

@test "the right password is 230, and the user's directory is served" {
	session 'USER bob' 'PASS secret' PWD 'STAT .' QUIT
	assert_equal "$(codes)" '220 331 230 257 213 221 '
	run -0 grep -c ' file' got
	assert_output 1
}

@test "a wrong password or name is 530 after a second, and the next try is served" {
	local began=$EPOCHREALTIME
	session 'USER bob' 'PASS wrong' 'USER eve' 'PASS secret' 'USER bob' 'PASS secret' QUIT
	assert_equal "$(codes)" '220 331 530 331 530 331 230 221 '
	((${EPOCHREALTIME/./} - ${began/./} >= 2000000))
	grep -q '^530 Login incorrect\.' got
}

@test "the third wrong password ends the session with 421" {
	session 'USER bob' 'PASS a' 'USER bob' 'PASS b' 'USER bob' 'PASS c' 'USER bob' 'PASS secret'
	assert_equal "$(codes)" '220 331 530 331 530 331 421 '
	grep -q '^421 Too many login failures\.' got
}

@test "an unknown name and a wrong password get the same replies" {
	session 'USER bob' 'PASS wrong' QUIT
	mv got known
	session 'USER nobody' 'PASS wrong' QUIT
	cmp known got
}

@test "the password reaches the checker byte for byte, blanks and all" {
	printf 'bob:-  \377\001%% p\t :%s/home\n' "$PWD" >users
	session 'USER bob' $'PASS -  \xff\xff\001% p\t ' QUIT
	assert_equal "$(codes)" '220 331 230 221 '
	printf 'bob::%s/home\n' "$PWD" >users
	session 'USER bob' 'PASS ' QUIT
	assert_equal "$(codes)" '220 331 230 221 '
}

@test "descriptor 3 gives name, password and a time stamp, each ended by a NUL" {
	script 'cat <&3 >secret; exit 1'
	session 'USER Bob x' 'PASS s e' QUIT
	run -0 python3 -c 'd = open("secret", "rb").read().split(b"\0"); print(len(d), d[0], d[1], d[2].isdigit(), d[3])'
	assert_output "4 b'Bob x' b's e' True b''"
}

@test "what does not fit into 512 bytes, or holds control bytes, is incorrect and not asked" {
	script 'touch asked; exit 1'
	session "USER $(printf 'x%.0s' {1..600})" 'PASS s' 'USER bob' "PASS $(printf 'x%.0s' {1..500})" QUIT
	assert_equal "$(codes)" '220 331 530 331 530 221 '
	session $'USER b\001b' 'PASS s' QUIT
	assert_equal "$(codes)" '220 331 530 221 '
	assert_file_not_exists asked
}

@test "any other end of the checker is 421 Authentication unavailable" {
	local end
	for end in 'exit 2' 'exit 111' 'exit 100' 'kill -9 $$'; do
		script "$end"
		session 'USER bob' 'PASS secret' NOOP
		assert_equal "$(codes)" '220 331 421 '
		grep -q '^421 Authentication unavailable\.' got
	done
}

@test "a checker that exits 0 and ran nothing has let nobody in" {
	FTP_LOGIN=true session 'USER bob' 'PASS secret' NOOP
	assert_equal "$(codes)" '220 331 421 '
}

@test "a checker that cannot be started, and one that takes too long, are 421" {
	FTP_LOGIN=$PWD/none session 'USER bob' 'PASS secret' NOOP
	assert_equal "$(codes)" '220 331 421 '
	script 'sleep 77 & echo $! >child; wait'
	FTP_LOGIN_TIMEOUT=1 session 'USER bob' 'PASS secret' NOOP
	assert_equal "$(codes)" '220 331 421 '
	until_true gone "$(cat child)"
}

@test "a checker that leaves its process group and takes too long is ended too" {
	printf '%s\n' '#!/usr/bin/env python3' 'import os, time' 'open("child", "w").write(str(os.getpid()))' \
		'os.setpgid(0, os.getpgid(os.getppid()))' 'time.sleep(77)' >checker
	chmod +x checker
	FTP_LOGIN=$PWD/checker FTP_LOGIN_TIMEOUT=2 session 'USER bob' 'PASS secret' NOOP
	assert_equal "$(codes)" '220 331 421 '
	until_true gone "$(cat child)"
}

@test "each kind of failure has its word in the log, and one line with the address where fail2ban looks" {
	export PROTO=TCP TCPREMOTEIP=192.0.2.7
	while IFS=: read -r word checker; do
		script "$checker"
		[ "$word" != missing ] || rm checker
		FTP_LOGIN_TIMEOUT=1 session 'USER bob' 'PASS hidden' QUIT
		assert_equal "$(why)" "$word"
		run -0 grep -cE '^ftp-session: loginfail .* ip=192\.0\.2\.7 ' log
		assert_output 1
		run ! grep -q hidden log
	done <<-'END'
		password:exit 1
		temporary:exit 111
		missing:
		not-run:exit 0
		signal:kill -9 $$
		timeout:sleep 9
	END
}

@test "FTP_LOG_USER=0 keeps the names of failed logins out of the log" {
	session 'USER bob' 'PASS wrong' QUIT
	run -0 grep -c 'loginfail.* user=bob ' log
	FTP_LOG_USER=0 session 'USER bob' 'PASS wrong' QUIT
	run ! grep -q bob log
	FTP_LOG_USER=0 session 'USER bob' 'PASS secret' QUIT
	run -0 grep -c '^ftp-session: login .* user=bob' log
}

@test "FTP_LOGIN that names no program is misconfigured: 421 and exit 100" {
	run -100 --separate-stderr env "FTP_LOGIN=  " ftp-session </dev/null
	assert_output $'421 Server misconfigured.\r'
}

@test "TYPE, OPTS MLST and OPTS HASH of before the login hold after it" {
	export FTP_HASH=SHA-256,MD5
	run -0 session 'TYPE I' 'OPTS MLST type;' 'OPTS HASH MD5' 'USER bob' 'PASS secret' STAT FEAT QUIT
	assert_line ' TYPE: BINARY, STRU F, MODE S, PROT C'
	assert_line --regexp '^ MLST type\*;size;modify;'
	assert_line ' HASH SHA-256;MD5*'
	run -0 session 'USER bob' 'PASS secret' STAT FEAT QUIT
	assert_line ' TYPE: ASCII, STRU F, MODE S, PROT C'
	assert_line ' HASH SHA-256*;MD5'
}
