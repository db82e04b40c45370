#!/usr/bin/env bats
# The message in chunks: RFC 3030.

setup() {
	load helper
	load send
	letter
	CHUNKY='EHLO=250-server\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SIZE 100000000\r\n250 CHUNKING'
}
teardown() {
	unserve
	unscript
}

@test "chunks are for what is 8-bit or over 1 MiB, of 512 KiB each, with LAST on the last" {
	script "$CHUNKY"
	hand a@b.example c@d.example <letter
	run ! grep -q BDAT heard
	letter '\344\n'
	hand a@b.example c@d.example <letter
	assert_equal "$(grep BDAT heard)" 'BDAT 17 LAST'
	rm heard body
	yes 0123456789 | head -n 150000 >big
	hand a@b.example c@d.example <big
	assert_equal "$(grep BDAT heard | tr '\n' ' ')" 'BDAT 524288 BDAT 524288 BDAT 524288 BDAT 227136 LAST '
	sed 's/$/\r/' big | cmp - body
}

@test "-z on does not make chunks for a server that takes none" {
	script
	letter
	hand -z on a@b.example c@d.example <letter
	run ! grep -q BDAT heard
	run -0 grep -c DATA heard
}

@test "a chunk refused when all have been sent leaves the next transaction in step" {
	yes 0123456789 | head -n 60000 >big
	script 'EHLO=250-server\r\n250-PIPELINING\r\n250-CHUNKING\r\n250 LIMITS RCPTMAX=1' BDAT= \
		'LAST=452 4.3.1 full;503 5.5.1 what' 'LAST=250 2.0.0 ok;250 2.0.0 taken'
	run -111 hand -z on a@b.example x@d y@d <big
	assert_equal "$(cut -f 1,2,4 report | tr '\t\n' '= ')" 'x@d=452=full y@d=250=taken '
	script 'EHLO=250-server\r\n250-PIPELINING\r\n250-CHUNKING\r\n250 LIMITS RCPTMAX=1' BDAT= \
		'LAST=452 4.3.1 full;close'
	run -111 hand -z on a@b.example x@d y@d <big
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'x@d=452 y@d=421 '
}

@test "a chunk refused at once ends the transaction with RSET" {
	yes 0123456789 | head -n 300000 >big
	script 'EHLO=250-server\r\n250-CHUNKING\r\n250 LIMITS RCPTMAX=1' 'BDAT=452 4.3.1 full' 'BDAT=250 more'
	run -111 hand -z on a@b.example x@d y@d <big
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'x@d=452 y@d=250 '
	assert_equal "$(cut -d' ' -f 1 heard | uniq | tr '\n' ' ')" 'EHLO MAIL RCPT BDAT RSET MAIL RCPT BDAT QUIT '
}

@test "chunks and dots bring our own smtp-session the same message" {
	{ printf 'X-Begin: 1\n'; head -c 3000000 /dev/urandom | base64 -w 200; printf '.\n..\n\n'; } >big
	tail -n +2 big >rest
	sink
	for z in on off auto; do
		hand -z $z a@b.example c@d.example <big
		cmp rest mail.c@d.example
	done
}
