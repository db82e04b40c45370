#!/usr/bin/env bats
# SMTP_EXT: what EHLO offers, and what follows from it. RFC 5321 4.1.1.1.

setup() {
	load helper
	export SMTP_NAME=mx.example SMTP_ANY=1
}

# offer: the keyword lines of EHLO, one blank between them, values and all.
offer() {
	talk smtp-session true -- 'EHLO c' QUIT >said 2>log || return
	sed -n 's/^250[- ]//p' said | sed 1d | paste -sd/
}

@test "EHLO offers all that works, in the order of the table, HELP last" {
	DATABYTES=1000 SMTP_MAXRCPT=7 SMTP_MAXMAIL=8 run -0 offer
	assert_output --regexp '^SIZE 1000/8BITMIME/PIPELINING/.*ENHANCEDSTATUSCODES/.*LIMITS RCPTMAX=7 MAILMAX=8/HELP$'
	run -0 head -n 2 said
	assert_line --index 0 '220 mx.example ESMTP'
	assert_line --index 1 '250-mx.example'
}

@test "the limits offered are those in force" {
	SMTP_MAXRCPT=1 SMTP_MAXMAIL=1 talk smtp-session true -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' 'RCPT TO:<c@d>' QUIT >said
	run -0 cat said
	assert_line '250-LIMITS RCPTMAX=1 MAILMAX=1'
	assert_line --index -2 --partial '452 4.5.3'
}

@test "+name and -name edit what is offered, in any case, and the order stays" {
	all=$(offer)
	SMTP_EXT=-SIZE,-pipelining run -0 offer
	assert_output "$(tr / '\n' <<<"$all" | grep -v '^SIZE\|^PIPELINING' | paste -sd/)"
	SMTP_EXT=-HELP,+help,+SIZE run -0 offer
	assert_output "$all"
}

@test "=list is exactly these, in this order" {
	SMTP_EXT='=HELP,8bitmime,SIZE' run -0 offer
	assert_output 'HELP/8BITMIME/SIZE 52428800'
}

@test "= alone offers nothing: EHLO is answered by one line" {
	SMTP_EXT='=' run -0 offer
	assert_output ''
	run -0 grep -c '^250' said
	assert_output 1
	run -0 grep -c '^250 mx.example$' said
}

@test "a name that is not ours ends the session before the greeting: 421, exit 100" {
	for value in FOO +FOO -FOO =FOO =SIZE,FOO '+SIZE,,' SIZE + - '=,' =SIZE,SIZE '+SIZE 8BITMIME'; do
		SMTP_EXT=$value run -100 --separate-stderr smtp-session true
		assert_equal "$value: $output" "$value: "$'421 Server misconfigured, try later\r'
		# shellcheck disable=SC2154 # run --separate-stderr sets it
		[[ "$stderr" == "smtp-session: fatal: SMTP_EXT: "* ]] || fail "$value: $stderr"
	done
}

@test "without ENHANCEDSTATUSCODES no reply has an enhanced code" {
	for value in -ENHANCEDSTATUSCODES =SIZE; do
		SMTP_EXT=$value talk smtp-session sh -c 'echo "5.2.2 Full"; exit 100' -- 'EHLO c' 'MAIL FROM:<>' NOOP 'VRFY x' \
			'RCPT TO:<>' 'RCPT TO:<a@b>' DATA x . HELP XYZZY QUIT >said
		run ! grep -q '^[245][0-9][0-9][ -][245]\.[0-9]' said
		run -0 grep -c '^554 Full$' said
	done
}

@test "NOHELO takes MAIL first, and EHLO still has its effect" {
	talk smtp-session true -- 'MAIL FROM:<>' QUIT >/dev/null
	assert_equal "$(codes)" '220 503 221 '
	SMTP_EXT=+NOHELO talk smtp-session sh -c 'head -n 2; echo "1 $SMTPPROTO"' -- 'MAIL FROM:<>' 'RCPT TO:<a@b>' DATA x . \
		'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' DATA x . QUIT >said
	assert_equal "$(codes)" '220 250 250 354 250 250 250 250 354 250 221 '
	run -0 cat said
	assert_line --regexp '^250 OK id=.* Received: from unknown '
	assert_line --regexp '^250 2\.0\.0 OK id=.* Received: from c '
	SMTP_EXT='=SIZE,NOHELO' run -0 offer
	assert_output 'SIZE 52428800'
}

# The course text this project was founded on, typed into its session.
@test "the dialogue of the slide comes out as it is printed" {
	SMTP_EXT='=SIZE,PIPELINING,HELP' talk smtp-session true -- 'EHLO ssmtp.free.fr' 'MAIL FROM: Cristian <versari@free.fr>' \
		'RCPT TO: Laurent <l.noe@gimeil.com>' DATA 'Subject: Titre du curriel' '' 'Bonjour!' . QUIT >said
	run -0 cat said
	assert_line --index 1 '250-mx.example'
	assert_line --index 2 '250-SIZE 52428800'
	assert_line --index 3 '250-PIPELINING'
	assert_line --index 4 '250 HELP'
	assert_line --index 5 --regexp '^250 '
	assert_line --index 6 --regexp '^250 '
	assert_line --index 7 --regexp '^354 '
	assert_line --index 8 --regexp '^250 OK id=[A-Za-z0-9.-]{1,40}$'
}
