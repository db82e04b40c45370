#!/usr/bin/env bats
# SMTP_LATCH: the end of the first command line is that of all lines of the session.

setup() {
	load helper
	load message
	export SMTP_ANY=1 SMTP_LATCH=1
	head='EHLO c\nMAIL FROM:<>\nRCPT TO:<a@b.example>\nDATA\n'
}

# say bytes: as printf %b has them; the program keeps the message.
say() {
	rm -f message
	printf '%b' "$1" >sent
	timeout 10 smtp-session sh -c 'cat >message; echo "${SMTPBARELF-unset}" >told' <sent >got 2>log
}

# step chunk...: each written when the replies to the one before are there.
step() {
	rm -f message
	python3 "$DATA/smtp-data/lockstep.py" "$@" -- smtp-session sh -c 'cat >message; echo "${SMTPBARELF-unset}" >told' >got 2>log
}

@test "a session whose first line ends with LF sends and ends its message with LF" {
	step 'EHLO c\n' 'MAIL FROM:<>\n' 'RCPT TO:<a@b.example>\n' 'DATA\n' 'S: t\n\n..a\n.b\n\0\n.\n' 'QUIT\n'
	assert_equal "$(codes)" '220 250 250 250 354 250 221 '
	printf 'S: t\n\n.a\nb\n\0\n' | cmp - <(message)
	assert_equal "$(cat told)" unset
	run -0 grep -c ' odd=lf' log
}

@test "an end of data right behind DATA is an empty message there too" {
	step 'HELO c\n' 'MAIL FROM:<>\n' 'RCPT TO:<a@b.example>\n' 'DATA\n' '.\n' 'QUIT\n'
	assert_equal "$(codes)" '220 250 250 250 354 250 221 '
	assert_equal "$(message)" ''
}

@test "with SMTP_EOL=crlf the lines of such a session get CRLF too" {
	SMTP_EOL=crlf step 'HELO c\n' 'MAIL FROM:<>\n' 'RCPT TO:<a@b.example>\n' 'DATA\n' '..a\n\nb\n.\n' 'QUIT\n'
	assert_equal "$(codes)" '220 250 250 250 354 250 221 '
	tail -c 8 message >last
	printf '.a\r\n\r\nb\r\n' | tail -c 8 | cmp - last
	run ! grep -v $'\r$' message
}

@test "the end may come in pieces" {
	step 'HELO c\n' 'MAIL FROM:<>\n' 'RCPT TO:<a@b.example>\n' 'DATA\n' +'x' +'\n' +'.' '\n' 'QUIT\n'
	assert_equal "$(codes)" '220 250 250 250 354 250 221 '
	assert_equal "$(message)" x
}

@test "LF . LF ends the data, and only that, wherever the reads part it" {
	run -0 timeout 60 python3 "$DATA/smtp-data/splits.py" lf "$DATA/smtp-data/lf.tsv"
	assert_output --regexp '^[0-9]{2,3} messages are what they have to be$'
}

@test "a CR in a command of such a session is 500 and the end" {
	for line in 'NOOP\r\n' 'NO\rOP\n' 'NOOP x\r\n' 'NOOP \0\r\n' "NOOP $(printf '%05000d' 0)\\n"; do
		run -1 say "NOOP\n${line}NOOP\nNOOP\n"
		run -0 codes
		assert_output '220 250 500 '
	done
	run -1 say 'NO\rOP\nNOOP\n'
	run -0 codes
	assert_output '220 500 '
}

@test "a CR in the data of such a session is 500 and the end, wherever" {
	for bytes in '\r\n' 'a\r\n.\r\n' '.\r\n' '\n.\r\n' 'a\rb\n.\n' '\r'; do
		run -1 say "$head$bytes"
		run -0 codes
		assert_output '220 250 250 250 354 500 '
		assert_file_not_exists message
	done
}

@test "anything behind the end of the data of such a session is 500 and the end" {
	for bytes in 'a\n.\nNOOP\n' '.\nMAIL FROM:<evil@x>\n' 'a\n.\n\n' 'a\n.\n\r\n'; do
		run -1 say "$head$bytes"
		run -0 codes
		assert_output '220 250 250 250 354 500 '
		assert_file_not_exists message
	done
	run -1 step 'HELO c\n' 'MAIL FROM:<>\n' 'RCPT TO:<a@b.example>\n' 'DATA\n' 'a\n.\nMAIL FROM:<evil@x>\n'
	run -0 codes
	assert_output '220 250 250 250 354 500 '
	assert_file_not_exists message
}

@test "it is also where the data fills the buffer to the byte, and the rest is still to be read" {
	local n
	for n in {65534..65538}; do
		python3 - "$n" <<-'END'
			import sys
			head = b"EHLO c\nMAIL FROM:<>\nRCPT TO:<a@b.example>\nDATA\n"
			end = b"\n.\n"
			body = b"a" * (int(sys.argv[1]) - len(head) - len(end))
			open("sent", "wb").write(head + body + end + b"NOOP\n")
		END
		rm -f message
		run -1 timeout 10 smtp-session sh -c 'cat >message' <sent
		assert_line --partial '500 5.5.2 Wait'
		refute_line --partial '250 2.0.0'
		assert_file_not_exists message
	done
}

@test "no end of data of the CRLF kind ends such a message" {
	run -1 say "${head}a\r\n.\r\n"
	assert_file_not_exists message
}

@test "a session whose first line ends with CRLF is strict, and LF . LF is data" {
	say "$(printf '%s' "$head" | sed 's/\\n/\\r\\n/g')a\n.\nb\n.\r\nc\r\n.\r\nNOOP\nNOOP\r\nQUIT\r\n"
	assert_equal "$(codes)" '220 250 250 250 354 250 500 250 221 '
	printf 'a\n.\nb\n.\r\nc\n' | sed 's/\r$//' | cmp - <(message)
	assert_equal "$(cat told)" 1
}

@test "a first line that is no command settles it too" {
	say 'XYZZY\r\nNOOP\nNOOP\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 500 500 250 221 '
	run -1 say 'XYZZY\nNOOP\nNOOP\r\nNOOP\n'
	run -0 codes
	assert_output '220 500 250 500 '
	say 'NOOP \0\r\nNOOP\nQUIT\r\n'
	assert_equal "$(codes)" '220 501 500 221 '
}

@test "where lines end with LF nothing is offered that needs another framing" {
	run -1 say 'EHLO c\nBDAT 5\nNOOP\nNOOP\n'
	assert_equal "$(codes)" '220 250 502 '
	run ! grep -E 'CHUNKING|PIPELINING|BINARYMIME' got
	say 'EHLO c\r\nQUIT\r\n'
	run -0 grep -cE 'CHUNKING|PIPELINING' got
	assert_output 2
}

@test "without SMTP_LATCH a line that ends with LF is 500, and the text says what to send" {
	SMTP_LATCH=0 say 'EHLO c\nEHLO c\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 500 250 221 '
	run -0 grep '^500' got
	assert_output --partial CRLF
}
