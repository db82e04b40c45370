#!/usr/bin/env bats
# MDTM, MFMT, MFF, MFCT, SITE UTIME: RFC 3659 3, draft-somers-ftp-mfxx.

setup() {
	load helper
	mkdir -p root/dir
	echo x >root/plain
	TZ=UTC touch -d '2001-02-03 04:05:06' root/plain root/dir
	export FTP_MODE=rw
}

session() { talk ftp-session root -- 'USER ftp' 'PASS x' "$@" QUIT; }
when() { TZ=UTC stat -c %y "root/$1" | cut -c 1-19; }

@test "MDTM gives the time in UTC, of directories too" {
	run -0 session 'MDTM plain' 'MDTM dir' 'MDTM none'
	assert_line --index 6 '213 20010203040506'
	assert_line --index 7 '213 20010203040506'
	assert_line --index 8 '550 No such file.'
}

@test "MDTM with a date sets it, unless a file has that very name" {
	run -0 session 'MDTM 20200229101112 plain' 'MDTM 20200102030405.678 dir'
	assert_line '213 20200229101112'
	assert_line '213 20200102030405'
	assert_equal "$(when plain)" '2020-02-29 10:11:12'
	assert_equal "$(when dir)" '2020-01-02 03:04:05'
	touch -d '2002-02-02 00:00:00 UTC' 'root/20200229101112 plain'
	run -0 session 'MDTM 20200229101112 plain'
	assert_line '213 20020202000000'
}

@test "MDTM with a date that is none or has a zone is 501 and changes nothing" {
	run -0 session 'MDTM 20190229101112 plain' 'MDTM 20200229101112+060 plain' 'MDTM 20200229101112-060 plain' \
		'MDTM 20201301000000 plain' 'MDTM 20200229101112' 'MDTM 2020022910111 plain'
	assert_equal "$(codes)" '220 331 230 501 501 501 501 550 550 221 '
	assert_equal "$(when plain)" '2001-02-03 04:05:06'
}

@test "MFMT sets the time and gives the path back as it was sent" {
	run -0 session 'MFMT 20200229235960 dir/.././plain' 'MFMT 19991231235959 /dir/'
	assert_line '213 Modify=20200301000000; dir/.././plain'
	assert_line '213 Modify=19991231235959; /dir/'
	assert_equal "$(when plain)" '2020-03-01 00:00:00'
}

@test "MFMT of a day that does not exist, or without a path, is 501; of a missing file 550" {
	session 'MFMT 20190229000000 plain' 'MFMT 21000229000000 plain' 'MFMT 20200431000000 plain' \
		'MFMT 2020 plain' 'MFMT 20200101000000+1 plain' 'MFMT 20200101000000' 'MFMT 20200101000000 none'
	assert_equal "$(codes)" '220 331 230 501 501 501 501 501 501 550 221 '
	assert_equal "$(when plain)" '2001-02-03 04:05:06'
	unset FTP_MODE
	session 'MFMT 20200101000000 plain' 'MDTM 20200101000000 plain'
	assert_equal "$(codes)" '220 331 230 550 550 221 '
}

@test "SITE UTIME takes its dates before the path, or three of them and UTC behind it" {
	session 'SITE UTIME 20200102030405 plain' 'SITE UTIME two words 20200101000000 20210102030405 20220101000000 UTC' \
		'SITE UTIME 20200230000000 plain' 'SITE UTIME plain' 'SITE UTIME 20200102030405 none'
	assert_equal "$(codes)" '220 331 230 200 550 501 501 550 221 '
	assert_equal "$(when plain)" '2020-01-02 03:04:05'
	mv root/plain 'root/two words'
	session 'SITE UTIME two words 20200101000000 20210102030405 20220101000000 UTC'
	assert_equal "$(when 'two words')" '2021-01-02 03:04:05'
}

@test "MFF sets what it names, in any case of letters, and says what it set" {
	run -0 session 'MFF modify=20200229010203;UNIX.mode=640; dir/../plain' 'MFF Modify=20210101000000; plain' \
		'MFF unix.mode=0755; dir'
	assert_line '213 Modify=20200229010203;UNIX.mode=0640; dir/../plain'
	assert_line '213 Modify=20210101000000; plain'
	assert_line '213 UNIX.mode=0755; dir'
	assert_equal "$(when plain)" '2021-01-01 00:00:00'
	assert_equal "$(stat -c %a root/plain root/dir)" $'640\n755'
}

@test "MFF of other facts is 504 with their name, and then nothing is set" {
	run -0 session 'MFF UNIX.mode=600;UNIX.owner=0; plain' 'MFF UNIX.group=0; plain' 'MFF create=20200101000000; plain' \
		$'MFF a<b>\x01c%=1; plain'
	assert_equal "$(codes)" '220 331 230 504 504 504 504 221 '
	assert_line '504 Unknown fact: UNIX.owner'
	assert_line '504 Unknown fact: UNIX.group'
	assert_line '504 Unknown fact: abc'
	assert_equal "$(stat -c %a root/plain)" 644
}

@test "MFF with a bad value or form is 501, of a missing file 550" {
	session 'MFF UNIX.mode=1777; plain' 'MFF UNIX.mode=9; plain' 'MFF UNIX.mode=; plain' 'MFF modify=20210229000000; plain' \
		'MFF modify=20210101000000 plain' 'MFF modify=20210101000000;' 'MFF ; plain' 'MFF plain' \
		'MFF UNIX.mode=600;UNIX.mode=600; plain' 'MFF UNIX.mode=600; none' 'MFF modify=20210101000000; .ftp-x'
	assert_equal "$(codes)" '220 331 230 501 501 501 501 501 501 501 501 501 550 550 221 '
	assert_equal "$(stat -c %a root/plain)" 644
}

@test "MFF obeys FTP_CHMOD and the mode, and FEAT says what it may set" {
	FTP_CHMOD=0 run -0 session FEAT 'MFF UNIX.mode=600; plain' 'MFF modify=20210101000000; plain'
	assert_equal "$(codes)" '220 331 230 211 550 213 221 '
	assert_line ' MFF modify;'
	FTP_MODE=ro run -0 session FEAT 'MFF modify=20210101000000; plain' 'MFCT 20210101000000 plain'
	assert_equal "$(codes)" '220 331 230 211 550 504 221 '
	assert_line '504 Create time not supported.'
	run ! grep ' MFF' got
}
