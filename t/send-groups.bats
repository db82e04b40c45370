#!/usr/bin/env bats
# Recipients in groups and transactions: RFC 2920, RFC 9422, RFC 5321 4.5.3.1.10.

setup() {
	load helper
	load send
	letter
	PIPES='EHLO=250-server\r\n250 PIPELINING'
}
teardown() {
	unserve
	unscript
}

commands() { cut -d' ' -f 1 heard | tr '\n' ' '; }
many() { eval "printf 'c%s@d.example ' {1..$1}"; }
results() { cut -f 2 report | sort | uniq -c | tr -s ' \n' ' '; }

@test "without PIPELINING no command is sent before the answer to the last" {
	script EHLO='250 server' 'MAIL=550 5.7.1 no'
	run -100 hand a@b.example c@d.example e@f.example <letter
	assert_equal "$(commands)" 'EHLO MAIL QUIT '
	assert_equal "$(results)" ' 2 550 '
}

@test "with PIPELINING MAIL, RCPT and DATA are one group; -p off takes it apart, -p on makes it" {
	# The answers come only when all of the group is there.
	script "$PIPES" MAIL= RCPT= 'DATA=250 a;250 b;354 c'
	run -0 hand a@b.example c@d.example <letter
	script "$PIPES" 'MAIL=550 5.7.1 no'
	run -100 hand -p off a@b.example c@d.example <letter
	assert_equal "$(commands)" 'EHLO MAIL QUIT '
	script EHLO='250 server' MAIL= RCPT= 'DATA=250 a;250 b;354 c'
	run -0 hand -p on a@b.example c@d.example <letter
}

@test "with all recipients refused DATA ends without a message, whatever the server says to it" {
	script "$PIPES" 'RCPT=550 5.1.1 no' 'DATA=503 no recipients'
	run -100 hand a@b.example c@d.example e@f.example <letter
	assert_equal "$(results)" ' 2 550 '
	assert_file_not_exists body
	script "$PIPES" 'RCPT=550 5.1.1 no' 'DATA=354 well' 'DOT=554 nobody'
	run -100 hand a@b.example c@d.example e@f.example <letter
	assert_equal "$(results)" ' 2 550 '
	assert_equal "$(commands)" 'EHLO MAIL RCPT RCPT DATA QUIT '
	assert_equal "$(wc -c <body)" 0
}

@test "a server that refuses MAIL and goes on all the same gets no message, not even an empty one" {
	script "$PIPES" 'MAIL=450 4.7.1 later'
	run -111 hand a@b.example c@d.example e@f.example <letter
	assert_equal "$(results)" ' 2 450 '
	assert_file_not_exists body
	script "$PIPES" 'MAIL=450 4.7.1 later' 'RCPT=503 what' 'DATA=503 what'
	run -111 hand a@b.example c@d.example e@f.example <letter
	assert_equal "$(commands)" 'EHLO MAIL RCPT RCPT DATA QUIT '
}

@test "the report is in the order of the arguments, each with its own answer" {
	script "$PIPES" 'RCPT=250 a' 'RCPT=550 5.1.1 b' 'RCPT=451 4.2.0 c' 'RCPT=251 2.1.5 d' 'DOT=250 2.6.0 queued as x'
	run -111 hand s@b.example a@d b@d c@d d@d <letter
	diff report - <<-'END'
		a@d	250	2.6.0	queued as x
		b@d	550	5.1.1	b
		c@d	451	4.2.0	c
		d@d	250	2.6.0	queued as x
	END
}

@test "more than 100 recipients are several transactions on one connection" {
	script "$PIPES"
	# shellcheck disable=SC2046 # many words
	run -0 hand a@b.example $(many 250) <letter
	assert_equal "$(grep -c ^MAIL heard) $(grep -c ^RCPT heard) $(grep -c ^DATA heard) $(grep -c ^EHLO heard)" '3 250 3 1'
	assert_equal "$(cut -f 1 report | tr '\n' ' ')" "$(many 250)"
	cat letter letter letter | sed 's/$/\r/' | cmp - body
}

@test "1000 recipients are taken, 1001 are a usage error" {
	script "$PIPES"
	# shellcheck disable=SC2046 # many words
	run -0 hand a@b.example $(many 1000) <letter
	assert_equal "$(results)" ' 1000 250 '
	# shellcheck disable=SC2046 # many words
	run -100 hand a@b.example $(many 1001) <letter
	assert_equal "$(cat report)" ''
}

@test "LIMITS RCPTMAX is kept to, where it is less than 100" {
	script 'EHLO=250-server\r\n250-LIMITS MAILMAX=5 RCPTMAX=2\r\n250 PIPELINING'
	run -0 hand a@b.example x@d y@d z@d <letter
	assert_equal "$(commands)" 'EHLO MAIL RCPT RCPT DATA MAIL RCPT DATA QUIT '
	script 'EHLO=250-server\r\n250-PIPELINING\r\n250 LIMITS RCPTMAX=0'
	run -0 hand a@b.example x@d y@d <letter
	assert_equal "$(commands)" 'EHLO MAIL RCPT RCPT DATA QUIT '
}

@test "after LIMITS MAILMAX transactions the others are for later, and not asked for" {
	script 'EHLO=250-server\r\n250-LIMITS RCPTMAX=1 MAILMAX=2\r\n250 PIPELINING'
	run -111 hand a@b.example x@d y@d z@d <letter
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'x@d=250 y@d=250 z@d=451 '
	assert_equal "$(commands)" 'EHLO MAIL RCPT DATA MAIL RCPT DATA QUIT '
}

@test "recipients answered with 452 go into the next transaction of the connection" {
	script "$PIPES" 'RCPT=250 a' 'RCPT=452 4.5.3 too many' 'RCPT=452 4.5.3 too many' 'RCPT=250 a'
	run -0 hand a@b.example x@d y@d z@d <letter
	assert_equal "$(commands)" 'EHLO MAIL RCPT RCPT RCPT DATA MAIL RCPT RCPT DATA QUIT '
	assert_equal "$(results)" ' 3 250 '
}

@test "552 is what old servers say for 452, and for good when it is for nobody else's sake" {
	script "$PIPES" 'RCPT=250 a' 'RCPT=552 too many' 'RCPT=250 a'
	run -0 hand a@b.example x@d y@d <letter
	assert_equal "$(commands)" 'EHLO MAIL RCPT RCPT DATA MAIL RCPT DATA QUIT '
	script "$PIPES" 'RCPT=250 a' 'RCPT=552 5.2.2 mailbox full' 'DATA=354 a' 'DATA=503 nobody'
	run -100 hand a@b.example x@d y@d <letter
	assert_equal "$(results)" ' 1 250 1 552 '
}

@test "452 for ever ends with the first transaction that has nobody accepted" {
	script "$PIPES" 'RCPT=250 a' 'RCPT=452 4.5.3 too many' 'DATA=354 a' 'DATA=503 nobody'
	run -111 hand a@b.example x@d y@d z@d <letter
	assert_equal "$(commands)" 'EHLO MAIL RCPT RCPT RCPT DATA MAIL RCPT RCPT DATA QUIT '
	assert_equal "$(results)" ' 1 250 2 452 '
}

@test "our own smtp-session with SMTP_MAXRCPT takes them in as many transactions as it needs" {
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
	SMTP_ANY=1 SMTP_MAXRCPT=2 SMTP_EXT=-LIMITS serve smtp-session maildir-deliver ./Maildir
	run -0 hand a@b.example v@d.example w@d.example x@d.example y@d.example z@d.example <letter
	assert_equal "$(results)" ' 5 250 '
	assert_equal "$(find Maildir/new -type f | wc -l)" 3
}

@test "a connection lost in the second transaction leaves the first one's recipients accepted" {
	script 'EHLO=250-server\r\n250-PIPELINING\r\n250 LIMITS RCPTMAX=1' 'DOT=250 2.0.0 taken' DOT=close
	run -111 hand a@b.example x@d y@d z@d <letter
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'x@d=250 y@d=421 z@d=421 '
}

@test "a transaction that ended without a message is reset before the next" {
	script 'EHLO=250-server\r\n250 LIMITS RCPTMAX=1' 'RCPT=550 5.1.1 no' 'RCPT=250 a'
	run -100 hand a@b.example x@d y@d <letter
	assert_equal "$(commands)" 'EHLO MAIL RCPT RSET MAIL RCPT DATA QUIT '
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'x@d=550 y@d=250 '
}

@test "a server that refuses the reset has refused nobody who still waits" {
	script 'EHLO=250-server\r\n250 LIMITS RCPTMAX=1' 'RCPT=550 5.1.1 no' 'RSET=502 5.5.1 what'
	run -111 hand a@b.example x@d y@d <letter
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'x@d=550 y@d=421 '
}

@test "421 in the middle of the recipients is the answer for those behind, and no acceptance for those before" {
	script 'EHLO=250 server' 'RCPT=250 a' 'RCPT=550 5.1.1 no' 'RCPT=421 4.3.2 bye;close'
	run -111 hand a@b.example w@d x@d y@d z@d <letter
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'w@d=421 x@d=550 y@d=421 z@d=421 '
}

@test "with -1 nobody gets the message when one is refused" {
	for how in "$PIPES" 'EHLO=250 server' 'EHLO=250-server\r\n250-PIPELINING\r\n250 CHUNKING'; do
		script "$how" 'RCPT=250 a' 'RCPT=550 5.1.1 no' 'RCPT=250 a'
		run -100 hand -1 -z on a@b.example x@d y@d z@d <letter
		assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'x@d=554 y@d=550 z@d=554 '
		assert_file_not_exists body
	done
	script "$PIPES" 'RCPT=250 a' 'RCPT=450 4.2.1 no'
	run -111 hand -1 a@b.example x@d y@d <letter
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'x@d=451 y@d=450 '
	for no in '452 4.5.3 too many=451' '552 5.2.2 full=554'; do
		script "$PIPES" 'RCPT=250 a' "RCPT=${no%=*}"
		run ! hand -1 a@b.example x@d y@d <letter
		assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" "x@d=${no#*=} y@d=${no%% *} "
		assert_file_not_exists body
	done
	script "$PIPES"
	run -0 hand -1 a@b.example x@d y@d <letter
}
