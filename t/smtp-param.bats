#!/usr/bin/env bats
# Parameters of MAIL and RCPT, and how the program gets them: RFC 1870, 3461, 6152.

setup() {
	load helper
	export SMTP_ANY=1
}

# answers how table: of SMTP parameters.
answers() { timeout 60 python3 "$DATA/smtp-envelope/answers.py" "$1" "$DATA/smtp-envelope/$2" smtp-session true 2>log; }

named() { SMTP_EXT=+BINARYMIME,+DELIVERBY,+FUTURERELEASE,+MT-PRIORITY,+RRVS "$@"; }

# given line...: the SMTP variables of the program after these lines, sorted.
given() {
	talk smtp-session sh -c 'env | grep ^SMTP | sort >env' -- 'EHLO c' "$@" DATA x . QUIT >said 2>log
	grep -v '^SMTP_\|HELOHOST\|MAILFROM\|PROTO' env
}

# xs n: n letters.
xs() { printf '%*s' "$1" '' | tr ' ' x; }

@test "what MAIL's parameters said is in the environment, decoded and in upper case" {
	run -0 given 'MAIL FROM:<a@b> size=5 Body=8bitmime ret=hdrs EnvId=a+2Bb+20c+3D' 'RCPT TO:<a@b>'
	assert_output "$(printf '%s\n' SMTPBODY=8BITMIME 'SMTPENVID=a+b c=' SMTPRET=HDRS SMTPSIZE=5)"
}

@test "what RCPT's parameters said is numbered as RECIPIENTS is" {
	run -0 given 'MAIL FROM:<a@b>' 'RCPT TO:<a@b> notify=success,Delay' 'RCPT TO:<c@d>' \
		'RCPT TO:<a@b> NOTIFY=NEVER' 'RCPT TO:<e@f> ORCPT=rfc822;o+2Bx@y NOTIFY=NEVER'
	assert_output "$(printf '%s\n' SMTPNOTIFY_1=SUCCESS,DELAY SMTPNOTIFY_3=NEVER 'SMTPORCPT_3=rfc822;o+x@y')"
}

@test "nothing of these is inherited, nor left over from the message before" {
	export SMTPNOTIFY_1=stale SMTPORCPT_7=stale SMTPRRVS_1=stale SMTPRET=stale SMTPBY=stale SMTPUTF8=stale
	talk smtp-session sh -c 'env | grep "^SMTP[A-Z]*[0-9]*[=_]" | grep -v "PROTO\|HELO\|MAILF\|^SMTP_" >>env; echo . >>env' -- \
		'EHLO c' 'MAIL FROM:<a@b> SIZE=5 RET=FULL ENVID=x SMTPUTF8' 'RCPT TO:<a@b> NOTIFY=NEVER ORCPT=rfc822;x' \
		DATA x . 'MAIL FROM:<>' 'RCPT TO:<a@b>' DATA x . QUIT >/dev/null 2>log
	run -0 sort env
	assert_output "$(printf '%s\n' . . SMTPENVID=x SMTPNOTIFY_1=NEVER 'SMTPORCPT_1=rfc822;x' SMTPRET=FULL SMTPSIZE=5 SMTPUTF8=1)"
	run -0 tail -n 2 env
	assert_output $'.\n.'
}

@test "every row of the table of parameters is answered as it says, in one piece and in two" {
	run -0 answers whole params.tsv
	run -0 answers cut params.tsv
}

@test "and those of extensions that SMTP_EXT names" {
	run -0 named answers whole named.tsv
	run -0 named answers cut named.tsv
}

@test "BY, HOLDFOR, HOLDUNTIL, MT-PRIORITY and RRVS are handed over where they are offered" {
	run -0 named given 'MAIL FROM:<> BY=+9;rt HOLDFOR=5 MT-PRIORITY=-3' 'RCPT TO:<a@b>' \
		'RCPT TO:<c@d> RRVS=2014-04-03T23:01:00Z;C'
	assert_output "$(printf '%s\n' 'SMTPBY=+9;rt' SMTPHOLD=5 SMTPPRIORITY=-3 'SMTPRRVS_2=2014-04-03T23:01:00Z;C')"
	run -0 sed -n '2,/^250 HELP/p' said
	for line in DELIVERBY 'FUTURERELEASE 999999999 9999-12-31T23:59:59Z' MT-PRIORITY RRVS; do
		assert_line "250-$line"
	done
	run -0 named given 'MAIL FROM:<> HOLDUNTIL=2030-12-31T23:59:60Z' 'RCPT TO:<a@b>'
	assert_output 'SMTPHOLD=2030-12-31T23:59:60Z'
}

@test "an ENVID has at most 100 bytes, an ORCPT's address 500, its type 64, an AUTH 500" {
	talk smtp-session true -- 'EHLO c' \
		"MAIL FROM:<> ENVID=$(xs 101)" "MAIL FROM:<> AUTH=$(xs 501)" \
		"MAIL FROM:<> ENVID=$(xs 100) AUTH=$(xs 500)" "RCPT TO:<a@b> ORCPT=rfc822;$(xs 501)" \
		"RCPT TO:<a@b> ORCPT=$(xs 65);a" "RCPT TO:<a@b> ORCPT=$(xs 64);$(xs 500)" QUIT >/dev/null 2>log
	assert_equal "$(codes)" '220 250 501 501 250 501 501 250 221 '
}

@test "parameters are taken after HELO, and where their extension is not offered" {
	for hello in 'HELO c' 'EHLO c'; do
		SMTP_EXT='=HELP' talk smtp-session true -- "$hello" 'MAIL FROM:<a@b> SIZE=5 BODY=8BITMIME RET=FULL ENVID=x AUTH=<>' \
			'RCPT TO:<a@b> NOTIFY=NEVER ORCPT=rfc822;a@b' RSET 'MAIL FROM:<a@b> SMTPUTF8' QUIT >/dev/null 2>log
		assert_equal "$(codes)" '220 250 250 250 250 555 221 '
	done
}

@test "parameters beyond 120000 bytes are 452, and the others stay" {
	local -a to
	for ((i = 1; i <= 300; i++)); do to+=("RCPT TO:<u$i@b> ORCPT=rfc822;$(xs 490)$i"); done
	SMTP_MAXRCPT=1000 talk smtp-session sh -c 'env | grep -c ^SMTPORCPT_ >counts; echo $NRECIPIENT >>counts' -- 'EHLO c' 'MAIL FROM:<>' \
		"${to[@]}" 'RCPT TO:<last@b>' DATA x . QUIT >said 2>log
	n=$(head -n 1 counts)
	assert_equal "$(sed 1d counts)" $((n + 1))
	assert [ "$n" -gt 200 ] && assert [ "$n" -lt 240 ]
	assert_equal "$(grep -c '^452 4.5.3' said)" $((300 - n))
}

@test "in LMTP each run of the program gets its recipient's own, under the number 1" {
	talk smtp-session -l sh -c 'echo "$RECIPIENT ${SMTPNOTIFY_1-none} ${SMTPORCPT_1-none} ${SMTPNOTIFY_2-none} $SMTPPROTO" >>given' -- 'LHLO c' \
		'MAIL FROM:<> SMTPUTF8' 'RCPT TO:<a@b> NOTIFY=NEVER' 'RCPT TO:<c@d>' 'RCPT TO:<e@f> NOTIFY=DELAY ORCPT=utf-8;é@x' DATA x . QUIT >said 2>log
	assert_equal "$(codes)" '220 250 250 250 250 250 354 250 250 250 221 '
	run -0 cat given
	assert_output "$(printf '%s\n' 'a@b NEVER none none UTF8LMTP' 'c@d none none none UTF8LMTP' 'e@f DELAY utf-8;é@x none UTF8LMTP')"
}
