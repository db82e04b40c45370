#!/usr/bin/env bats
# DATA: one end of data and no other, bytes untouched: RFC 5321 4.1.1.4, 4.5.2.

setup() {
	load helper
	load message
	head='EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n'
}

# send body: body as printf %b has it, then what follows it; the program keeps the
# message in the file message.
send() {
	rm -f message
	printf '%b' "$head$1" >sent
	SMTP_ANY=1 timeout 10 smtp-session sh -c 'cat >message' <sent >got 2>log
}

@test "the variants of the end of data that are none stay data, whole" {
	n=0
	while IFS=$'\t' read -r variant kept; do
		n=$((n + 1))
		send "S: t\r\n\r\nbody${variant}NOOP\r\n\r\n.\r\nQUIT\r\n"
		assert_equal "$variant: $(codes)" "$variant: 220 250 250 250 354 250 221 "
		printf 'S: t\n\nbody%bNOOP\n\n' "$kept" >want
		message | cmp - want || fail "$variant"
	done <"$DATA/smtp-data/no-end.tsv"
	assert_equal "$n" 13
}

@test "CR CR LF . CR LF ends the data" {
	send 'S: t\r\n\r\nbody\r\r\n.\r\nNOOP\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 354 250 250 221 '
	printf 'S: t\n\nbody\r\n' >want
	message | cmp - want
}

@test "an end of data right after DATA is an empty message" {
	send '.\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 354 250 221 '
	assert_equal "$(message)" ''
}

@test "one leading dot goes, from the first line on, and only one" {
	send '..a\r\n...b\r\n.c\r\nd.\r\n.\rx\r\n.\r\nQUIT\r\n'
	printf '.a\n..b\nc\nd.\n\rx\n' >want
	message | cmp - want
}

@test "NUL, 8-bit bytes, bare CR and LF and long lines pass unchanged" {
	python3 -c '
import sys, random
random.seed(7)
body = bytes(random.randrange(256) for _ in range(200000)) + b"x" * 2000000 + b"\r\n"
body = body.replace(b"\r\n.", b"\r\n-")
if body[:1] == b".": body = b"-" + body[1:]
open("body", "wb").write(body)
open("want", "wb").write(body.replace(b"\r\n", b"\n"))'
	{ printf '%b' "$head"; cat body; printf '.\r\nQUIT\r\n'; } >sent
	SMTP_ANY=1 timeout 10 smtp-session sh -c 'cat >message' <sent >got 2>log
	assert_equal "$(codes)" '220 250 250 250 354 250 221 '
	tail -c "$(stat -c %s want)" message | cmp - want
}

@test "the result is the same wherever the input is cut" {
	send 'S: t\r\n\r\n..a\r\n.\rb\r\r\n\n.\nx\r\n.\r\nNOOP\r\nQUIT\r\n'
	message >want
	cp got got.want
	python3 "$DATA/smtp-data/cut.py" sent >cuts
	run -0 cat cuts
	assert_output 'all cuts agree'
}

@test "a message over DATABYTES is drained, refused with 552, and the session goes on" {
	DATABYTES=1000 send "$(printf '%01500d' 0)\r\n.\r\nNOOP\r\nQUIT\r\n"
	assert_equal "$(codes)" '220 250 250 250 354 552 250 221 '
	assert_file_not_exists message
}

@test "DATABYTES counts CRLF as two and not the end of data" {
	DATABYTES=10 send '12345678\r\n.\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 354 250 221 '
	DATABYTES=10 send '123456789\r\n.\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 354 552 221 '
}

@test "what SIZE announced decides nothing once the data comes" {
	head='EHLO c\r\nMAIL FROM:<> SIZE=1\r\nRCPT TO:<a@b.example>\r\nDATA\r\n'
	DATABYTES=10 send '12345678\r\n.\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 354 250 221 '
	head=${head/SIZE=1/SIZE=0}
	DATABYTES=10 send '123456789\r\n.\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 354 552 221 '
}

@test "twice the limit ends the session" {
	run -1 env DATABYTES=100 bash -c "$(declare -f send); head='$head'; $(printf 'send "%s\\\\r\\\\n"' "$(printf '%0400d' 0)")"
	run -0 codes
	assert_output --regexp ' 552 $'
	assert_file_not_exists message
}

@test "input that ends inside the data runs nothing and leaves nothing" {
	run -1 send 'S: half a mess'
	assert_file_not_exists message
	run -0 tree .
	refute_output --partial arrival
}

@test "the Received field names client, server, id, recipient and time" {
	SMTP_NAME=mx.example send 'S: t\r\n\r\nb\r\n.\r\nQUIT\r\n'
	run -0 head -n 4 message
	assert_line --index 0 'Received: from c (unknown [unknown]:0)'
	assert_line --index 1 --regexp '^	by mx.example with ESMTP id [0-9A-Z-]+$'
	assert_line --index 2 '	for <a@b.example>;'
	assert_line --index 3 --regexp '^	[A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} 20[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} \+0000$'
	id=$(sed -n 's/.*id=//p' got | tr -d '\r')
	run -0 grep -q "id $id\$" message
	assert [ -n "$id" ]
}

@test "a name given to EHLO cannot add a field" {
	head='EHLO x) evil(\x01\r\nHELO x<y>"\\r\\n\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n'
	send 'b\r\n.\r\nQUIT\r\n'
	run -0 head -n 1 message
	assert_output 'Received: from x?y???r?n (unknown [unknown]:0)'
}

@test "a full disk is 452, and the session goes on" {
	mkdir small
	mount -t tmpfs -o size=64k tmpfs small
	ARRIVAL_SPOOL=small send "$(printf '%0600000d' 0)\r\n.\r\nNOOP\r\nQUIT\r\n" || true
	umount small
	assert_equal "$(codes)" '220 250 250 250 354 452 250 221 '
	assert_file_not_exists message
}

@test "a spool directory that is not there is 451" {
	ARRIVAL_SPOOL=nowhere send 'b\r\n.\r\nQUIT\r\n' || true
	run -0 codes
	assert_output --regexp '^220 250 250 250 451 '
	assert_file_not_exists message
}

@test "a CR alone where a block of the file is full is data, and nothing is lost behind it" {
	local near ours
	head=${head//\\r\\n/$'\r\n'}
	printf '%sx\r\n.\r\nQUIT\r\n' "$head" >sent
	SMTP_ANY=1 timeout 10 smtp-session sh -c 'cat >message' <sent >got 2>log
	ours=$(($(stat -c %s message) - 2))
	# The token in our field may be a byte or two longer than it was.
	for near in {-5..3}; do
		at=$((262144 - ours + near))
		{
			printf '%s%0*d\r' "$head" "$at" 0
			printf '%0400000d\r\n.\r\nQUIT\r\n' 1
		} >sent
		at=$((${#head} + at))
		SMTP_ANY=1 timeout 10 smtp-session sh -c 'cat >message' >got 2>log \
			< <(python3 "$DATA/smtp-data/drained.py" sent "$at" $((at + 1)))
		assert_equal "$(codes)" '220 250 250 250 354 250 221 '
		printf '%0*d\r%0400000d\n' $((at - ${#head})) 0 1 >want
		message | cmp - want
	done
}

@test "a file size limit is a refusal, not the end of the session" {
	printf '%b%0200000d\r\n.\r\nNOOP\r\nQUIT\r\n' "$head" 0 >sent
	run -0 bash -c 'ulimit -f 64; SMTP_ANY=1 timeout 10 smtp-session touch message <sent >got 2>log'
	assert_equal "$(codes)" '220 250 250 250 354 552 250 221 '
	assert_file_not_exists message
}
