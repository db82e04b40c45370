#!/usr/bin/env bats
# The filter of smtp-session(8), LOG, in fail2ban itself.

setup() {
	load helper
	export SMTP_NAME=mx.example PROTO=TCP
	FAIL2BAN=$PEERS-fail2ban
	sed -n 's/^failregex = //p' "$HERE/../src/smtp/smtp-session.8" | sed 's/\\e/\\/g' >regex
}

# filter stamp: the lines of log, this before each, that the filter of the page matches.
filter() {
	sed "s/^/$1 /" log >stamped
	PYTHONPATH=$FAIL2BAN/usr/lib/python3/dist-packages python3 "$FAIL2BAN/usr/bin/fail2ban-regex" -c "$FAIL2BAN/etc/fail2ban" \
		-o '<ip> <matches>' stamped "$(cat regex)"
}

# hold from line...: a session of a client at this address, added to log.
hold() {
	TCPREMOTEIP=$1 smtp-session true < <(printf '%s\r\n' "${@:2}") >>said 2>>log || true
}

@test "refused recipients, failed logins and junk are found with the address of who brought them, and nobody else's" {
	hold 192.0.2.7 'EHLO ip=192.0.2.66' 'MAIL FROM:<ip=192.0.2.66@x>' 'RCPT TO:<ip=192.0.2.66@x>' \
		'RCPT TO:<"x ip=192.0.2.66 port=1 code=5"@x>' QUIT
	hold 2001:db8::1 'GET /smtp?ev=junk&ip=192.0.2.66 HTTP/1.1'
	SMTP_AUTH=false SMTP_AUTH_CLEAR=1 hold 192.0.2.12 'EHLO ip=192.0.2.66' \
		"AUTH PLAIN $(printf '\0x ip=192.0.2.66 port=1 mech=\0x' | base64)" QUIT
	SMTP_LOG=3 hold 192.0.2.8 'EHLO ip=192.0.2.66' 'NOOP smtp ev=junk sid=1 ip=192.0.2.66 port=1 what=http' QUIT
	for stamp in @4000000065a000012345678a '2026-11-26 01:00:00.123456'; do
		run -0 filter "$stamp"
		assert_output --regexp '^192\.0\.2\.7 .*'$'\n''192\.0\.2\.7 .*'$'\n''2001:db8::1 [^'$'\n'']*'$'\n''192\.0\.2\.12 [^'$'\n'']*$'
	done
}

@test "who was told to try later, and who was served, is not found" {
	SMTP_ANY=1 SMTP_MAXRCPT=1 hold 192.0.2.9 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' 'RCPT TO:<c@d>' DATA x . QUIT
	RCPTHOSTS=/nonexistent/x hold 192.0.2.10 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' QUIT
	hold 192.0.2.11 'EHLO c' XYZZY QUIT
	SMTP_AUTH=true SMTP_AUTH_CLEAR=1 hold 192.0.2.13 'EHLO c' 'AUTH PLAIN AGIAYw==' QUIT
	SMTP_AUTH=./none SMTP_AUTH_CLEAR=1 hold 192.0.2.14 'EHLO c' 'AUTH PLAIN AGIAYw==' QUIT
	run -0 grep -c 'ev=rcpt-rej .* code=4' log
	assert_output 2
	run filter @4000000065a000012345678a
	assert_output ''
}
