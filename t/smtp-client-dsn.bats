#!/usr/bin/env bats
# What clients wish of notifications, and addresses in UTF-8, as they say it.
# RFC 3461, RFC 6531.

setup() {
	load helper
	load postfix
	serve env SMTP_ANY=1 smtp-session sh -c 'env | grep ^SMTP >env'
}

teardown() {
	postfix_stop
	unserve
}

# wished name...: these variables of the one message
wished() {
	local name
	for name; do grep "^$name=" env || echo "no $name"; done
}

@test "Postfix passes on what its sendmail was told of notifications" {
	postfix_start "relayhost = [127.0.0.1]:$PORT"
	printf 'Subject: x\n\nx\n' | postfix sendmail -f al@x.example -N success,delay -R hdrs -V 'id+1=x' c+d@d.example
	until_true delivered 1
	run -0 wished SMTPNOTIFY_1 SMTPORCPT_1 SMTPRET SMTPENVID
	assert_output "$(printf '%s\n' SMTPNOTIFY_1=SUCCESS,DELAY 'SMTPORCPT_1=rfc822;c+d@d.example' SMTPRET=HDRS 'SMTPENVID=id+1=x')"
}

@test "Postfix passes on addresses in UTF-8" {
	postfix_start "relayhost = [127.0.0.1]:$PORT" 'smtputf8_enable = yes'
	printf 'Subject: ü\n\nx\n' | postfix sendmail -f jürgen@münchen.example 用户@例子.example
	until_true delivered 1
	run -0 wished SMTPUTF8 SMTPPROTO SMTPMAILFROM
	assert_output "$(printf '%s\n' SMTPUTF8=1 SMTPPROTO=UTF8SMTP 'SMTPMAILFROM=<jürgen@münchen.example>')"
}

@test "Python's smtplib says SMTPUTF8 where it is offered, and passes what it is given" {
	timeout 20 python3 - "$PORT" <<-'END'
		import email.message, smtplib, sys
		m = email.message.EmailMessage()
		m["From"], m["To"], m["Subject"] = "jürgen@münchen.example", "用户@例子.example", "ü"
		m.set_content("x")
		with smtplib.SMTP("127.0.0.1", int(sys.argv[1])) as s:
		    s.ehlo()
		    assert all(map(s.has_extn, ("smtputf8", "dsn", "size", "8bitmime", "limits"))), s.esmtp_features
		    refused = s.send_message(m, mail_options=["RET=FULL", "ENVID=e+2Bx"], rcpt_options=["NOTIFY=FAILURE", "ORCPT=utf-8;ü@x"])
		    assert not refused
	END
	run -0 wished SMTPUTF8 SMTPBODY SMTPRET SMTPENVID SMTPNOTIFY_1 SMTPORCPT_1 SMTPMAILFROM
	assert_output "$(printf '%s\n' SMTPUTF8=1 SMTPBODY=8BITMIME SMTPRET=FULL SMTPENVID=e+x SMTPNOTIFY_1=FAILURE 'SMTPORCPT_1=utf-8;ü@x' 'SMTPMAILFROM=<jürgen@münchen.example>')"
}

@test "smtp-send's wishes arrive as they were given" {
	printf 'Subject: ü\n\nx\n' | timeout 20 tcpclient -RHl0 127.0.0.1 "$PORT" \
		smtp-send -u -n success,delay -R hdrs -e 'id 1+=x' '"jürgen k"@münchen.example' 用户@例子.example >report
	run -0 wished SMTPUTF8 SMTPRET SMTPENVID SMTPNOTIFY_1 SMTPMAILFROM
	assert_output "$(printf '%s\n' SMTPUTF8=1 SMTPRET=HDRS 'SMTPENVID=id 1+=x' SMTPNOTIFY_1=SUCCESS,DELAY 'SMTPMAILFROM=<"jürgen k"@münchen.example>')"
	run -0 cut -f 1-3 report
	assert_output $'用户@例子.example\t250\t2.0.0'
}
