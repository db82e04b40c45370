#!/usr/bin/env bats
# BDAT: too much of it, and what becomes of a message that is lost: RFC 3030, RFC 1870.

setup() {
	load helper
	load message
	export SMTP_ANY=1
	head='EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\n'
}

# say bytes: as printf %b has them, behind the envelope; the program keeps the message.
say() {
	rm -f message
	printf '%b' "$head$1" >sent
	timeout 10 smtp-session sh -c 'cat >message; echo ran >>runs' <sent >got 2>log
}

@test "over the limit: 552 once, then 503 up to the last chunk, then a new message" {
	DATABYTES=10 say 'BDAT 6\r\n1234\r\nBDAT 5\r\n567\r\nBDAT 6\r\nNOOP\r\nBDAT 0\r\nRCPT TO:<a@b>\r\nBDAT 0 LAST\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nBDAT 10 LAST\r\n12345678\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 250 552 503 503 503 503 250 250 250 221 '
	kept '12345678\n'
	DATABYTES=10 say 'BDAT 11 LAST\r\n123456789\r\nNOOP\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 552 250 221 '
	DATABYTES=10 say 'BDAT 11\r\n123456789\r\nRSET\r\nMAIL FROM:<>\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 552 250 250 221 '
	assert_equal "$(wc -l <runs)" 1
}

@test "chunks that a client had sent before it knew of the 552 are no errors of its" {
	chunk="BDAT 1100\\r\\n$(printf '%01100d' 0)"
	DATABYTES=200k say "BDAT 204801\\r\\n$(printf '%0204801d' 0)$(printf "$chunk%.0s" {1..150})BDAT 0 LAST\\r\\nNOOP\\r\\nQUIT\\r\\n"
	assert_equal "$(codes)" "220 250 250 250 552 $(printf '503 %.0s' {1..151})250 221 "
	assert_file_not_exists runs
}

@test "twice the limit ends the session, an announced size of 10^18 too" {
	printf '%b' "${head}BDAT 1000000000000000000\r\n" >sent
	printf '%030000d' 0 >>sent
	run -1 --separate-stderr env DATABYTES=10k timeout 10 smtp-session touch runs <sent
	assert_line --index -1 --partial '552 5.3.4'
	assert_file_not_exists runs
}

@test "an announced size allocates nothing" {
	[ -z "${SANITIZED:-}" ] || skip "the sanitizer's shadow is larger than any limit"
	printf '%b' "${head}BDAT 9999999999999999999\r\nx" >sent
	run -1 bash -c 'ulimit -v 20000; DATABYTES=0 timeout 10 smtp-session touch runs <sent 2>log'
	assert_line --index -1 --partial '250 2.1.5'
	assert_file_not_exists runs
}

@test "the thousandth chunk of less than a KiB is 421" {
	say "$(printf 'BDAT 1\\r\\nx%.0s' {1..1000})NOOP\r\n" || assert_equal $? 1
	assert_equal "$(codes)" "220 250 250 250 $(printf '250 %.0s' {1..999})421 "
	assert_file_not_exists runs
}

@test "a hundred and more chunks are progress" {
	say "$(printf 'BDAT 3\\r\\nx\\r\\n%.0s' {1..300})BDAT 0 LAST\r\nQUIT\r\n"
	run -0 message
	assert_equal "${#lines[@]}" 300
}

@test "a full disk is 452, the rest of the chunks 503" {
	mkdir small
	mount -t tmpfs -o size=64k tmpfs small
	ARRIVAL_SPOOL=small say "BDAT 600000\r\n$(printf '%0600000d' 0)BDAT 1 LAST\r\nxNOOP\r\nQUIT\r\n" || true
	umount small
	assert_equal "$(codes)" '220 250 250 250 452 503 250 221 '
	assert_file_not_exists runs
}

@test "a spool directory that is not there is 451, and the octets are no commands" {
	ARRIVAL_SPOOL=nowhere say 'BDAT 6 LAST\r\nNOOP\r\nNOOP\r\nQUIT\r\n' || true
	assert_equal "$(codes)" '220 250 250 250 451 250 221 '
}

@test "a hundred hops are 554 5.4.6 at the chunk that has the last of them, then 503" {
	field='Received: x\r\n'
	n=$((100 * 13))
	say "BDAT 5\r\nS: x\nBDAT $n\r\n$(printf "${field//\\/\\\\}%.0s" {1..100})BDAT 6 LAST\r\nNOOP\r\nNOOP\r\nQUIT\r\n"
	assert_equal "$(codes)" '220 250 250 250 250 554 503 250 221 '
	run -0 grep -c '^554 5\.4\.6 ' got
	assert_file_not_exists runs
}
