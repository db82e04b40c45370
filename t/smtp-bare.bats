#!/usr/bin/env bats
# CR and LF alone in the data: data, or refused at the real end: SMTP_BARE.

setup() {
	load helper
	export SMTP_ANY=1
	envelope='MAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\n'
}

# say bytes: as printf %b has them, after EHLO; the program keeps what it is told.
say() {
	rm -f told
	printf '%b' "EHLO c\r\n$1" >sent
	timeout 10 smtp-session sh -c 'echo "${SMTPBARELF-unset}" >>told' <sent >got 2>log
}

@test "a bare LF or CR is accepted by default, told to the program and logged" {
	for bytes in 'a\nb' 'a\rb' '\n.\n' 'a\n' 'a\r'; do
		say "${envelope}DATA\r\n$bytes\r\n.\r\nQUIT\r\n"
		assert_equal "$(codes)" '220 250 250 250 354 250 221 '
		assert_equal "$(cat told)" 1
		run -0 grep -c ' odd=barelf' log
	done
}

@test "a message of whole lines is told without SMTPBARELF, an inherited one too" {
	SMTPBARELF=1 say "${envelope}DATA\r\na\r\n..b\r\n.\r\n${envelope}BDAT 4 LAST\r\n\r\n\r\nQUIT\r\n"
	assert_equal "$(cat told)" $'unset\nunset'
	run ! grep barelf log
}

@test "SMTP_BARE=reject: 550 5.6.11 after the real end, and the session goes on" {
	export SMTP_BARE=reject
	for bytes in 'a\nb' 'a\rb' 'x\n.\nMAIL FROM:<evil@x>' 'x\n.\r\nNOOP' 'x\r\n.\nNOOP' 'a\r'; do
		say "${envelope}DATA\r\n$bytes\r\n.\r\nNOOP\r\nQUIT\r\n"
		assert_equal "$(codes)" '220 250 250 250 354 550 250 221 '
		run -0 grep -c '^550 5\.6\.11 ' got
		assert_file_not_exists told
	done
}

@test "after a refusal of SMTP_BARE the next message needs its own envelope, and is taken" {
	SMTP_BARE=reject say "${envelope}DATA\r\na\nb\r\n.\r\nDATA\r\n${envelope}DATA\r\nab\r\n.\r\nQUIT\r\n"
	assert_equal "$(codes)" '220 250 250 250 354 550 503 250 250 354 250 221 '
	assert_equal "$(cat told)" unset
}

@test "by BDAT a bare LF is never refused, only told" {
	SMTP_BARE=reject say "${envelope}BDAT 2\r\na\nBDAT 2 LAST\r\nb\rQUIT\r\n"
	assert_equal "$(codes)" '220 250 250 250 250 250 221 '
	assert_equal "$(cat told)" 1
}

@test "SMTP_BARE is accept or reject" {
	run -100 --separate-stderr env SMTP_BARE=maybe smtp-session true </dev/null
	# shellcheck disable=SC2154 # run --separate-stderr sets it
	assert_equal "$stderr" 'smtp-session: fatal: SMTP_BARE=maybe: not one of accept reject'
}
