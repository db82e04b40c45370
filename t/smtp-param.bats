#!/usr/bin/env bats
# Parameters of MAIL and RCPT, and how the program gets them: RFC 1870, 3461, 6152.

setup() {
	load helper
	export SMTP_ANY=1
}

# mail params, rcpt params: what is answered to them, after EHLO.
mail() {
	talk smtp-session true -- 'EHLO c' "MAIL FROM:<a@b> $1" QUIT 2>log | sed -n '/^250 HELP/{n;p;}'
}
rcpt() {
	talk smtp-session true -- 'EHLO c' 'MAIL FROM:<>' "RCPT TO:<a@b> $1" QUIT 2>log | sed -n '/^250 2.1.0/{n;p;}'
}

# given line...: the SMTP variables of the program after these lines, sorted.
given() {
	talk smtp-session sh -c 'env | grep ^SMTP | sort >env' -- 'EHLO c' "$@" DATA x . QUIT >said 2>log
	grep -v '^SMTP_\|HELOHOST\|MAILFROM\|PROTO' env
}

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
