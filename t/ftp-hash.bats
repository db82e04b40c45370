#!/usr/bin/env bats
# HASH, OPTS HASH, MD5, XCRC and its like: draft-bryan-ftp-hash, draft-twine-ftpmd5.

setup() {
	load helper
	mkdir -p root/dir
	printf 'The quick brown fox\n' >root/plain
	export FTP_HASH=SHA-256,SHA-512,SHA-1,MD5,CRC32
}
teardown() { unserve; }

session() { talk ftp-session root -- 'USER ftp' 'PASS x' "$@" QUIT; }
sum() { "$1" <"$2" | cut -d ' ' -f 1; }
SUM() { sum "$@" | tr a-f A-F; }
crc() { python3 -c 'import sys, zlib; print("%08X" % zlib.crc32(open(sys.argv[1], "rb").read()))' "$1"; }

@test "HASH gives the chosen checksum in lower case, with the range and the path as sent" {
	run -0 session 'HASH plain' 'OPTS HASH SHA-512' 'HASH /plain' 'OPTS HASH sha-1' 'HASH plain' \
		'OPTS HASH MD5' 'HASH dir/../plain' 'OPTS HASH CRC32' 'HASH plain'
	assert_line "213 SHA-256 0-20 $(sum sha256sum root/plain) plain"
	assert_line "213 SHA-512 0-20 $(sum sha512sum root/plain) /plain"
	assert_line '200 SHA-1'
	assert_line "213 SHA-1 0-20 $(sum sha1sum root/plain) plain"
	assert_line "213 MD5 0-20 $(sum md5sum root/plain) dir/../plain"
	assert_line "213 CRC32 0-20 $(crc root/plain | tr A-F a-f) plain"
}

@test "XCRC, XMD5 and the XSHAs give it in upper case as the last word, MD5 with the path" {
	run -0 session 'XCRC plain' 'XMD5 plain' 'XSHA plain' 'XSHA1 plain' 'XSHA256 plain' 'XSHA512 plain' 'MD5 plain'
	assert_line "250 $(crc root/plain)"
	assert_line "250 $(SUM md5sum root/plain)"
	assert_equal "$(grep -c "^250 $(SUM sha1sum root/plain)" "$BATS_TEST_TMPDIR/got")" 2
	assert_line "250 $(SUM sha256sum root/plain)"
	assert_line "250 $(SUM sha512sum root/plain)"
	assert_line "251 \"plain\" $(SUM md5sum root/plain)"
}

@test "a CRC of a small value has its eight digits, and an empty file a checksum" {
	# The largest value, and the smallest.
	printf '\xff\xff\xff\xff' >root/zero
	: >root/empty
	run -0 session 'XCRC zero' 'XCRC empty' 'HASH empty'
	assert_line '250 FFFFFFFF'
	assert_line '250 00000000'
	assert_line "213 SHA-256 0-0 $(sum sha256sum root/empty) empty"
}

@test "without FTP_HASH all of them are 502, and in neither FEAT nor HELP" {
	unset FTP_HASH
	run -0 session FEAT HELP 'HASH plain' 'MD5 plain' 'XCRC plain' 'XMD5 plain' 'XSHA plain' 'XSHA1 plain' \
		'XSHA256 plain' 'XSHA512 plain' 'OPTS HASH'
	assert_equal "$(codes)" '220 331 230 211 214 502 502 502 502 502 502 502 502 501 221 '
	run ! grep -E 'HASH|XMD5|XCRC|XSHA' got
}

@test "only what FTP_HASH names is offered: the others are 502, and 504 in OPTS HASH" {
	export FTP_HASH=MD5,SHA-1
	run -0 session FEAT HELP 'XMD5 plain' 'XSHA1 plain' 'XSHA256 plain' 'XCRC plain' 'OPTS HASH' \
		'OPTS HASH SHA-256' 'OPTS HASH MD4' 'HASH plain'
	assert_equal "$(codes)" '220 331 230 211 214 250 250 502 502 200 504 504 213 221 '
	assert_line ' HASH SHA-1*;MD5'
	assert_line ' XMD5'
	assert_line ' XSHA1'
	refute_line ' XCRC'
	refute_line ' XSHA256'
	run ! grep -w XSHA256 got
}

@test "FEAT has a star at the algorithm in force, which OPTS HASH changes" {
	run -0 session FEAT 'OPTS HASH SHA-1' FEAT
	assert_line ' HASH SHA-256*;SHA-512;SHA-1;MD5;CRC32'
	assert_line ' HASH SHA-256;SHA-512;SHA-1*;MD5;CRC32'
}

@test "a bad FTP_HASH ends the session before it begins" {
	for FTP_HASH in SHA-256,MD4 'SHA-256,' 'MD5 SHA-1' md5; do
		run -100 --separate-stderr ftp-session </dev/null
		assert_output $'421 Server misconfigured.\r'
		# shellcheck disable=SC2154
		[[ "$stderr" == *FTP_HASH=* ]]
	done
}

@test "a path in quotes, a range, and a file whose name looks like one" {
	cp root/plain 'root/two words'
	echo quotes >'root/"plain"'
	echo range >'root/plain 0 9'
	echo mark >'root/a "b" c'
	run -0 session 'XSHA1 "two words"' 'XSHA1 two words' 'XSHA1 "two words" 4 9' 'XSHA1 two words 4 9' \
		'HASH "two words"' 'XSHA1 "plain"' 'XSHA1 plain 0 9' 'XSHA1 "a ""b"" c"' 'MD5 "two words"'
	assert_equal "$(grep -c "^250 $(SUM sha1sum root/plain)" got)" 2
	assert_equal "$(grep -c "^250 $(printf quick | sha1sum | cut -c 1-40 | tr a-f A-F)" got)" 2
	assert_line "213 SHA-256 0-20 $(sum sha256sum root/plain) two words"
	assert_line "250 $(SUM sha1sum 'root/"plain"')"
	assert_line "250 $(SUM sha1sum 'root/plain 0 9')"
	assert_line "250 $(SUM sha1sum 'root/a "b" c')"
	assert_line "251 \"two words\" $(SUM md5sum root/plain)"
}

@test "a range is of the bytes from start up to end, and must lie in the file" {
	run -0 session 'XCRC plain 0 20' 'XCRC plain 5 5' 'XCRC plain 0 21' 'XCRC plain 6 5' 'XCRC "plain" 1' \
		'XCRC "plain" x y' 'XCRC "plain' 'XCRC plain 0 99999999999999999999' 'HASH plain 0 4' 'HASH "plain" 0 4'
	assert_equal "$(codes)" '220 331 230 250 250 501 501 501 501 501 550 550 501 221 '
	assert_line "250 $(crc root/plain)"
}

@test "HASH of what is missing is 550, of a directory or a FIFO 553, of too much 552" {
	mkfifo root/fifo
	export FTP_HASH_MAX=19
	run -0 session 'HASH nothing' 'HASH dir' 'HASH fifo' 'HASH plain' 'XMD5 plain' 'XMD5 plain 1 20' 'HASH .ftp-x'
	assert_equal "$(codes)" '220 331 230 550 553 553 552 552 250 550 221 '
	assert_line '550 No such file.'
	assert_line '553 Not a plain file.'
	assert_line '552 File too large for HASH.'
}

@test "a drop box gives no checksum, and before login it is 530" {
	FTP_MODE=drop run -0 session 'HASH plain' 'XMD5 nothing' 'XCRC plain' 'XMD5 plain' 'XSHA plain' 'XSHA1 plain' \
		'XSHA256 plain' 'XSHA512 plain' 'MD5 plain' FEAT
	assert_equal "$(codes)" '220 331 230 550 550 550 550 550 550 550 550 550 211 221 '
	run ! grep HASH got
	talk ftp-session root -- 'HASH plain' 'XMD5 plain' QUIT
	assert_equal "$(codes)" '220 530 530 221 '
}

# A sparse file whose checksum takes minutes, and one of several steps.
large() {
	truncate -s 64G root/large
	serve ftp-session root
}

@test "while HASH runs NOOP and STAT are answered at once, and ABOR ends it" {
	large
	run -0 timeout 30 python3 - "$PORT" <<-'END'
		import ftplib, sys, time
		f = ftplib.FTP()
		f.connect("127.0.0.1", int(sys.argv[1]), 10)
		f.login()
		began = time.monotonic()
		f.putcmd("HASH large")
		print(f.sendcmd("NOOP"))
		print(f.sendcmd("STAT"))
		f.putcmd("ABOR")
		print(f.getline(), f.getline(), sep="\n")
		print("soon" if time.monotonic() - began < 2 else "late")
		print(f.sendcmd("NOOP"), f.sendcmd("ABOR"), f.sendcmd("XMD5 plain")[:3])
	END
	assert_line --index 0 '200 OK.'
	assert_line --regexp '^ Hashing [0-9]+ of 68719476736 bytes$'
	assert_line --index -4 '450 Hash aborted.'
	assert_line --index -3 '226 Abort successful.'
	assert_line --index -2 'soon'
	assert_line --index -1 '200 OK. 225 No transfer to abort. 250'
}

@test "a HASH that outlasts FTP_MAXTIME ends with the session" {
	export FTP_MAXTIME=1
	large
	run -0 timeout 10 python3 - "$PORT" <<-'END'
		import socket, sys
		c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
		c.sendall(b"USER ftp\r\nPASS x\r\nHASH large\r\n")
		print(b"".join(iter(lambda: c.recv(4096), b"")).decode().replace("\r", ""), end="")
	END
	assert_line --index -1 --partial '421 '
}

@test "a client that goes away ends the HASH it asked for" {
	large
	exec 5<>"/dev/tcp/127.0.0.1/$PORT"
	printf 'USER ftp\r\nPASS x\r\nHASH large\r\nNOOP\r\n' >&5
	# The NOOP is answered: HASH runs.
	for _ in 1 2 3 4; do read -ru 5 line; done
	assert_equal "$line" $'200 OK.\r'
	[ -n "$(sessions)" ]
	exec 5>&-
	until_true no_sessions
}

@test "a file of several blocks is read whole, and QUIT sent meanwhile waits for the answer" {
	head -c 3000000 /dev/urandom >root/blocks
	serve ftp-session root
	run -0 timeout 20 python3 - "$PORT" <<-'END'
		import socket, sys
		c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
		c.sendall(b"USER ftp\r\nPASS x\r\nHASH blocks\r\nQUIT\r\n")
		print(b"".join(iter(lambda: c.recv(4096), b"")).decode().replace("\r", ""), end="")
	END
	assert_line --index -2 "213 SHA-256 0-3000000 $(sum sha256sum root/blocks) blocks"
	assert_line --index -1 '221 Goodbye.'
}

@test "commands from a file, which ends before HASH does, are all answered" {
	head -c 700000 /dev/zero >root/several
	run -0 session 'HASH several' SYST
	assert_line "213 SHA-256 0-700000 $(sum sha256sum root/several) several"
	assert_equal "$(codes)" '220 331 230 213 215 221 '
}

@test "what was answered before a HASH is sent, though the client says no more" {
	head -c 700000 /dev/zero >root/several
	serve ftp-session root
	run -0 python3 - "$PORT" <<-'END'
		import socket, sys
		c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
		c.sendall(b"USER ftp\r\nPASS x\r\nHASH plain\r\nHASH several\r\nQUIT\r\n"); c.shutdown(socket.SHUT_WR)
		got = b"".join(iter(lambda: c.recv(4096), b"")).decode()
		assert [l[:3] for l in got.splitlines()][:4] == ["220", "331", "230", "213"], got
	END
}

@test "a client that has sent more than is read ahead, and goes away, ends its HASH too" {
	large
	exec 5<>"/dev/tcp/127.0.0.1/$PORT"
	printf 'USER ftp\r\nPASS x\r\nHASH large\r\nNOOP\r\n' >&5
	for _ in 1 2 3 4; do read -ru 5 line; done
	assert_equal "$line" $'200 OK.\r'
	for _ in {1..6000}; do printf 'PWD\r\n'; done >&5
	exec 5>&-
	until_true no_sessions
}
