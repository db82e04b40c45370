#!/usr/bin/env bats
# Addresses beyond US-ASCII: RFC 6531, RFC 3629.

setup() {
	load helper
	export SMTP_ANY=1
}

answers() {
	MAIL='MAIL FROM:<> SMTPUTF8' timeout 60 python3 "$DATA/smtp-envelope/answers.py" "$1" "$DATA/smtp-envelope/utf8.tsv" smtp-session true 2>log
}

@test "every row of the table of UTF-8 addresses is answered as it says" { run -0 answers whole; }

@test "and the same when it comes in two pieces, parted anywhere" { run -0 answers cut; }

@test "the program gets UTF-8 as it came, only US-ASCII letters of the domain in lower case" {
	talk smtp-session sh -c 'printf "%s\n" "$SENDER" "$RECIPIENTS" "$SMTPMAILFROM" "$SMTPUTF8" "$SMTPPROTO" "$SMTPORCPT_1" >env; cat >message' -- 'EHLO c' \
		'MAIL FROM: Jürgen <JÜRGEN@MÜNCHEN.Example.> SMTPUTF8' 'RCPT TO:<用户@例子.example> ORCPT=utf-8;ü@ö' DATA x . QUIT >said 2>log
	printf '%s\n' 'JÜRGEN@mÜnchen.example' '用户@例子.example' 'Jürgen <JÜRGEN@MÜNCHEN.Example.>' 1 UTF8SMTP 'utf-8;ü@ö' | diff - env
	run -0 head -n 3 message
	assert_output --partial 'with UTF8SMTP id '
	refute_output --regexp '[^ -~[:space:]]'
}

@test "SMTPUTF8 lasts for its transaction only" {
	talk smtp-session sh -c 'echo "${SMTPUTF8-unset} $SMTPPROTO" >>env' -- 'EHLO c' 'MAIL FROM:<é@b> SMTPUTF8' 'RCPT TO:<é@b>' DATA x . \
		'MAIL FROM:<a@b>' 'RCPT TO:<é@b>' 'RCPT TO:<a@b>' DATA x . 'MAIL FROM:<é@b> SMTPUTF8' RSET 'MAIL FROM:<é@b>' QUIT >/dev/null 2>log
	assert_equal "$(codes)" '220 250 250 250 354 250 250 553 250 354 250 250 250 553 221 '
	run -0 cat env
	assert_output $'1 UTF8SMTP\nunset ESMTP'
}

@test "no reply and no line of the log holds a byte above 0x7F" {
	talk smtp-session true -- 'EHLO ü' 'MAIL FROM: ü <ü@ü> SMTPUTF8' 'RCPT TO: ü <ü@ü>' 'RCPT TO:<ü/ü@ü>' DATA x . QUIT >said 2>log
	assert_equal "$(codes)" '220 250 250 250 550 354 250 221 '
	run ! env LC_ALL=C grep -q '[^ -~]' said log
}

@test "RCPTHOSTS and SMTPUTF8 meet: a domain in UTF-8 is accepted as it is written there" {
	unset SMTP_ANY
	printf 'münchen.example\n' >hosts
	RCPTHOSTS=$PWD/hosts talk smtp-session true -- 'EHLO c' 'MAIL FROM:<> SMTPUTF8' 'RCPT TO:<é@München.example>' \
		'RCPT TO:<é@MÜNCHEN.example>' 'RCPT TO:<é@xn--mnchen-3ya.example>' QUIT >/dev/null 2>log
	assert_equal "$(codes)" '220 250 250 250 554 554 221 '
}
