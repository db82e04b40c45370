#!/usr/bin/env bats
# A talker that somebody has taken over: what its monitor does not believe it.

setup() {
	load helper
	export SMTP_ANY=1
	OPTION=()
	PROBE=${PROBE:-$BIN/../.build/probe}
}

# asks word...: a talker that has been taken over asks its monitor. NOOPs of the
# probe stand for the takeover.
asks() {
	{ printf 'NOOP ask %s\r\n' "$@" && printf 'QUIT\r\n'; } >sent
	timeout 10 "$PROBE/smtp-session" "${OPTION[@]}" true <sent >got 2>log
}

# foul word...: the same, and is ended for the last of it.
foul() {
	run -111 asks "$@"
	run -0 grep -c '^smtp .*ev=foul ' log
}

@test "what an honest talker asks of a recipient is answered" {
	run -0 asks 'recipient 1 RECIPIENT=a@b|SENDER=|SMTPHELOHOST=c|SMTPNOTIFY=SUCCESS,DELAY|SMTPORCPT=rfc822;a b|SMTPRRVS=2014-04-03T23:01:00Z|'
	run -0 grep -c 'probe got through' got
}

@test "a mailbox that no honest talker lets through ends the session" {
	local what
	for what in '3 RECIPIENT=a/b@c' '0 RECIPIENT=@b' '2 RECIPIENT=a@b' '1 RECIPIENT=a@b..c' '1 RECIPIENT=a@b.' \
		'1 RECIPIENT=a@[127.0.0.1' '3 RECIPIENT=a@b' '2000 RECIPIENT=a@b' '1 RECIPIENT=a' '1 RECIPIENT=' \
		'1 RECIPIENT=axb.c' '1 RECIPIENT=a/b.c'; do
		foul "recipient $what|SENDER=|SMTPHELOHOST=c|"
	done
}

@test "a control character in what is said of a recipient ends the session" {
	foul $'recipient 3 RECIPIENT=a\tb@c|SENDER=|SMTPHELOHOST=c|'
	foul $'recipient 1 RECIPIENT=a@b|SENDER=a\tb@c|SMTPHELOHOST=c|'
	foul $'recipient 1 RECIPIENT=a@b|SENDER=|SMTPHELOHOST=c\td|'
}

@test "parameters of RCPT that are none end the session" {
	local what
	for what in SMTPNOTIFY=ALWAYS SMTPNOTIFY=success SMTPNOTIFY= SMTPORCPT=a SMTPORCPT=rfc822\; 'SMTPORCPT=a b;c' \
		SMTPRRVS=yesterday SMTPNOTIFY_1=NEVER PATH=/tmp 'SMTPNOTIFY=NEVER|SMTPNOTIFY=NEVER'; do
		foul "recipient 1 RECIPIENT=a@b|SENDER=|SMTPHELOHOST=c|$what|"
	done
}

@test "a message that never began is not handed over" {
	foul 'arrival 0 SENDER=|SMTPHELOHOST=c|SMTPMAILFROM=<>|SMTPPROTO=SMTP|'
	ARRIVAL_SPOOL=missing foul 'recipient 1 RECIPIENT=a@b|SENDER=|SMTPHELOHOST=c|' 'arrival 0 SENDER=|SMTPHELOHOST=c|SMTPMAILFROM=<>|SMTPPROTO=SMTP|'
}

@test "a recipient is asked about with sender and name of the client" {
	foul 'recipient 1 RECIPIENT=a@b|SMTPHELOHOST=c|'
	foul 'recipient 1 RECIPIENT=a@b|SENDER=|'
}

@test "a descriptor that comes with the question for a recipient, or for a file, ends the session" {
	printf '%s\r\n' 'NOOP plant recipient' QUIT >sent
	run -111 timeout 10 "$PROBE/smtp-session" true <sent
	assert_output --regexp 'ev=foul .*kind=2'
	printf '%s\r\n' 'NOOP ask recipient 1 RECIPIENT=a@b|SENDER=|SMTPHELOHOST=c|' 'NOOP plant' QUIT >sent
	ARRIVAL_SPOOL=missing run -111 timeout 10 "$PROBE/smtp-session" true <sent
	assert_output --regexp 'ev=foul .*kind=1'
}

@test "all recipients, and the message, are from the sender whom the policies have seen" {
	local one='recipient 1 RECIPIENT=a@b|SENDER=good@x|SMTPHELOHOST=c|' rest='SMTPHELOHOST=c|SMTPMAILFROM=<>|SMTPPROTO=SMTP|'
	echo @evil.example >bad
	export BADMAILFROM=bad
	run -0 asks "$one" "${one/a@b/c@b}" "arrival 0 SENDER=good@x|$rest" "${one/good@x/other@x}"
	assert_equal "$(grep -c 'probe got through' got)" 4
	foul "$one" "${one/good@x/other@x}"
	foul "$one" "arrival 0 SENDER=x@evil.example|$rest"
	OPTION=(-l)
	foul "$one" "arrival 1 SENDER=x@evil.example|$rest"
}

@test "a file comes with the first recipient, or is asked for where none came: one, and never without" {
	local one='recipient 1 RECIPIENT=a@b|SENDER=|SMTPHELOHOST=c|'
	foul "$one" 'spool 0 |'
	export ARRIVAL_SPOOL=missing
	foul 'spool 0 |'
	run -0 asks "$one" 'spool 0 |' 'spool 0 |'
	assert_equal "$(grep -c 'probe got through' got)" 3
	assert_equal "$(grep -c '^smtp .*ev=err .*spool=missing ' log)" 2
}

@test "in LMTP no recipient is added once a program has run" {
	local one='recipient 1 RECIPIENT=a@b|SENDER=|SMTPHELOHOST=c|' two='recipient 1 RECIPIENT=b@b|SENDER=|SMTPHELOHOST=c|'
	local said='SENDER=|SMTPHELOHOST=c|SMTPMAILFROM=<>|SMTPPROTO=LMTP|'
	OPTION=(-l)
	run -0 asks "$one" "$two" "arrival 1 $said" "arrival 2 $said" "$one"
	foul "$one" "$two" "arrival 1 $said" "$one"
}

@test "what is said of a message is what an honest talker says, or it is not handed over" {
	local begin=('recipient 1 RECIPIENT=a@b|SENDER=|SMTPHELOHOST=c|') what
	local said='SENDER=|SMTPHELOHOST=c|SMTPMAILFROM=<>|SMTPPROTO=ESMTP|'
	for what in SMTPSIZE=12 SMTPBODY=BINARYMIME SMTPUTF8=1 SMTPRET=HDRS 'SMTPENVID=a b' 'SMTPBY=5;R' SMTPHOLD=5 \
		SMTPHOLD=2030-01-01T00:00:00Z SMTPPRIORITY=-3 SMTPREQUIRETLS=1 SMTPBARELF=1; do
		run -0 asks "${begin[@]}" "arrival 0 $said$what|"
		assert_equal "$what $(grep -c 'probe got through' got)" "$what 2"
	done
	for what in SMTPSIZE=-1 SMTPSIZE=01 SMTPBODY=9BIT SMTPUTF8=no SMTPRET=hdrs SMTPENVID= SMTPBY=5 SMTPHOLD=soon \
		SMTPPRIORITY=10 SMTPBARELF= SMTPAUTHUSER=root PATH=/tmp; do
		foul "${begin[@]}" "arrival 0 $said$what|"
	done
	for what in ESMTPSA ESMTPS LMTP ''; do foul "${begin[@]}" "arrival 0 ${said/ESMTP/$what}"; done
	foul "${begin[@]}" "arrival 0 ${said/HOST=c/HOST=$(printf 'c%.0s' {1..256})}"
	SSL_PROTOCOL=TLSv1.3 run -0 asks "${begin[@]}" "arrival 0 ${said/ESMTP/ESMTPS}"
}

# swap program...: a talker that keeps what it wrote the message by, and changes it later.
swap() {
	printf '%s\r\n' NOOP 'NOOP swap SENDER=|SMTPHELOHOST=c|SMTPMAILFROM=<>|SMTPPROTO=SMTP|' QUIT >sent
	timeout 10 "$@" <sent >got 2>log
}

@test "a message that somebody could still write is handed to nobody" {
	run -111 swap "$PROBE/smtp-session" sh -c 'cat >seen'
	run -0 grep -c '^smtp .*ev=foul ' log
	assert_not_exists seen
}

@test "where there is no telling it stands still while the program reads it, and the log of the talker goes on" {
	swap "$PROBE/leaseless-smtp-session" sh -c 'sleep 0.6; cat >seen'
	assert_equal "$(cat seen)" good
	grep -q 'probe failed' got
	grep -q 'ev=disc .*why=quit' log
}

@test "in LMTP a message is handed over for each RCPT command in turn, in SMTP for all at once" {
	local begin=('recipient 1 RECIPIENT=a@b|SENDER=|SMTPHELOHOST=c|' 'recipient 1 RECIPIENT=b@b|SENDER=|SMTPHELOHOST=c|')
	local said='SENDER=|SMTPHELOHOST=c|SMTPMAILFROM=<>|SMTPPROTO=SMTP|'
	run -0 asks "${begin[@]}" "arrival 0 $said"
	foul "${begin[@]}" "arrival 1 $said"
	foul "${begin[@]}" "arrival 0 $said" "arrival 0 $said"
	OPTION=(-l)
	said=${said/SMTP|/LMTP|}
	run -0 asks "${begin[@]}" "arrival 1 $said" "arrival 2 $said"
	assert_equal "$(grep -c 'probe got through' got)" 4
	foul "${begin[@]}" "arrival 0 $said"
	foul "${begin[@]}" "arrival 2 $said"
	foul "${begin[@]}" "arrival 1 $said" "arrival 1 $said"
	foul "${begin[@]}" "arrival 1 $said" "arrival 2 $said" "arrival 3 $said"
}
