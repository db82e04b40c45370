#!/usr/bin/env bats
# Paths, directories and what lies outside of the root.

setup() {
	load helper
	mkdir -p root/a/b secret
	echo hidden >secret/file
	echo x >root/plain
	ln -s /a root/absolute
	ln -s ../secret root/outside
	ln -s ../../../../../etc root/a/escape
}

session() { talk ftp-session root -- 'USER ftp' 'PASS x' "$@" QUIT; }
writing() { FTP_MODE=rw talk ftp-session root -- 'USER ftp' 'PASS x' "$@" QUIT; }

@test "CWD collapses slashes, stays below the root, and knows dots" {
	session 'CWD //a//b/' PWD 'CWD ../../../..' PWD 'CWD a/./b' CDUP PWD 'CWD' PWD
	assert_equal "$(codes)" '220 331 230 250 257 250 257 250 250 257 250 257 221 '
	run -0 grep -a '^257' "$BATS_TEST_TMPDIR/got"
	assert_line --index 0 $'257 "/a/b" is the current directory\r'
	assert_line --index 1 $'257 "/" is the current directory\r'
	assert_line --index 2 $'257 "/a" is the current directory\r'
	assert_line --index 3 $'257 "/" is the current directory\r'
}

@test "quotation marks in 257 are doubled" {
	writing 'MKD say "hi"' 'CWD say "hi"' PWD
	run -0 grep -ac '"/say ""hi"""' "$BATS_TEST_TMPDIR/got"
	assert_output 3
}

@test "blanks at both ends of a name are kept" {
	writing 'MKD  x '
	assert_dir_exists 'root/ x '
}

@test "CWD to nothing is 550 No such directory, to a file Not a directory" {
	run -0 session 'CWD nowhere' 'CWD plain'
	assert_line '550 No such directory.'
	assert_line '550 Not a directory.'
}

@test "an absolute link resolves below the root, one to the outside to nothing" {
	session 'CWD absolute' 'CWD b' 'CWD /outside' 'SIZE /outside/file' 'SIZE /a/escape/passwd' \
		'MDTM ../secret/file' 'SIZE ../../../../etc/passwd'
	assert_equal "$(codes)" '220 331 230 250 250 550 550 550 550 550 221 '
}

@test "nothing outside of the root is changed through a link" {
	writing 'SITE CHMOD 777 outside/file' 'MFMT 20200101000000 outside/file' 'DELE outside/file' \
		'MKD outside/new' 'RNFR outside/file' 'RMD ../secret'
	assert_equal "$(codes)" '220 331 230 550 550 550 550 550 550 221 '
	assert_equal "$(tree secret)" '644 ./file'
}

@test "a name with control bytes is 553" {
	printf 'USER ftp\r\nPASS x\r\nMKD a\rb\r\nMKD a\tb\r\nMKD a\x7fb\r\nQUIT\r\n' >sent
	FTP_MODE=rw timeout 10 ftp-session root <sent >"$BATS_TEST_TMPDIR/got"
	assert_equal "$(codes)" '220 331 230 553 553 553 221 '
}

@test "a name that is too long is 553" {
	local long
	printf -v long '%0256d' 0
	writing "MKD $long" "MKD ${long#0}"
	assert_equal "$(codes)" '220 331 230 553 257 221 '
}

@test "names of our own temporary files do not exist and cannot be made" {
	touch root/.ftp-1
	writing 'SIZE .ftp-1' 'DELE .ftp-1' 'MKD .ftp-2' 'RNFR plain' 'RNTO .ftp-3'
	assert_equal "$(codes)" '220 331 230 550 550 553 350 553 221 '
}

@test "MKD, RMD and DELE do and refuse what RFC 959 says" {
	writing 'MKD new' 'MKD new' 'RMD a' 'RMD new' 'RMD /' 'DELE a' 'DELE none' 'DELE plain' 'XMKD n' 'XRMD n'
	assert_equal "$(codes)" '220 331 230 257 550 550 250 550 550 550 250 257 250 221 '
	assert_not_exists root/plain
}

@test "DELE of a link removes the link only" {
	ln -s plain root/link
	writing 'DELE link'
	assert_link_not_exists root/link
	assert_file_exists root/plain
}

@test "RNFR and RNTO move across directories, with NOOP between, and need each other" {
	writing 'RNTO x' 'RNFR plain' NOOP 'RNTO a/b/moved' 'RNFR a/b/moved' PWD 'RNTO y' 'RNFR none'
	assert_equal "$(codes)" '220 331 230 503 350 200 250 350 257 503 550 221 '
	assert_file_exists root/a/b/moved
}

@test "with FTP_OVERWRITE=no RNTO replaces nothing" {
	echo y >root/other
	FTP_OVERWRITE=no writing 'RNFR plain' 'RNTO other'
	assert_equal "$(codes)" '220 331 230 350 553 221 '
}

@test "by default nothing can be written" {
	session 'MKD x' 'DELE plain' 'RMD a' 'RNFR plain' 'STOR x' 'APPE plain' STOU \
		'MFMT 20200101000000 plain' 'SITE CHMOD 777 plain' 'SITE UTIME 20200101000000 plain'
	assert_equal "$(codes)" '220 331 230 550 550 550 550 550 550 550 550 550 550 221 '
}

@test "FTP_DELETE, FTP_RENAME and FTP_CHMOD switch their verbs off" {
	FTP_DELETE=0 FTP_RENAME=0 FTP_CHMOD=0 writing 'DELE plain' 'RMD a/b' 'RNFR plain' 'SITE CHMOD 600 plain'
	assert_equal "$(codes)" '220 331 230 550 550 550 550 221 '
}

@test "SIZE, MDTM, MFMT and SITE UTIME agree about a file" {
	writing 'SIZE plain' 'MFMT 20200229010203 plain' 'MDTM plain' 'SITE UTIME 20210101000000 plain' \
		'MDTM plain' 'SITE UTIME plain 20220101000000 20220202020202 20220101000000 UTC' 'MDTM plain' \
		'MFMT 20190229000000 plain' 'MDTM 20230303030303 plain' 'MDTM plain' 'SIZE a'
	run -0 tr -d '\r' <"$BATS_TEST_TMPDIR/got"
	assert_line '213 2'
	assert_line '213 Modify=20200229010203; plain'
	assert_line '213 20200229010203'
	assert_line '213 20210101000000'
	assert_line '213 20220202020202'
	assert_line '501 Invalid date.'
	assert_line '213 20230303030303'
	assert_line '550 Not a plain file.'
}

@test "SITE CHMOD masks set-id bits, SITE UMASK and IDLE answer" {
	writing 'SITE CHMOD 4755 plain' 'SITE CHMOD 9 plain' 'SITE UMASK' 'SITE UMASK 077' 'SITE IDLE 60' \
		'SITE EXEC ls' 'MKD masked'
	assert_equal "$(codes)" '220 331 230 200 501 200 200 200 500 257 221 '
	assert_equal "$(stat -c %a root/plain root/masked)" $'755\n700'
}

@test "MLST shows a relative path as absolute, and what may be done with it" {
	session 'MLST a' 'MLST plain'
	run -0 tr -d '\r' <"$BATS_TEST_TMPDIR/got"
	assert_line --regexp '^ type=dir;modify=[0-9]{14};perm=el;unique=[0-9a-f]+g[0-9a-f]+;UNIX.mode=0755; /a$'
	assert_line --regexp '^ type=file;size=2;modify=[0-9]{14};perm=r;unique=.*;UNIX.mode=0644; /plain$'
}

@test "OPTS MLST chooses the facts, and FEAT stars them" {
	session 'OPTS MLST size;type;bogus;' FEAT 'MLST plain' 'OPTS MLST'
	run -0 tr -d '\r' <"$BATS_TEST_TMPDIR/got"
	assert_line '200 MLST OPTS type;size;'
	assert_line ' MLST type*;size*;modify;perm;unique;UNIX.mode;UNIX.uid;UNIX.gid;'
	assert_line ' type=file;size=2; /plain'
	assert_line '200 MLST OPTS'
}

@test "STAT path lists over the control connection" {
	run -0 session 'STAT a' 'STAT plain' 'STAT none'
	assert_line --regexp '^drwxr-xr-x .* b$'
	assert_line --regexp '^-rw-r--r-- +1 ftp +ftp +2 [A-Z][a-z]{2} [ 1-3][0-9] [0-9]{2}:[0-9]{2} plain$'
	assert_line '550 No such file or directory.'
}

@test "without a socket there are no data connections" {
	session PASV EPSV 'PORT 127,0,0,1,10,10' 'RETR plain' LIST 'RETR none'
	assert_equal "$(codes)" '220 331 230 425 425 425 425 425 550 221 '
}
