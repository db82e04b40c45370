#!/usr/bin/env bats
# smtp-session behind Debian's tlswrapper: TLS from the first byte, and its own way of
# beginning later, which is not spoken.

setup() {
	load helper
	load tls
	export SMTP_ANY=1 PYTHONPATH="$DATA/smtp-starttls"
	TLSWRAPPER=${PEERS:-$HERE/../.build/peers}-tls/usr/bin/tlswrapper
	certificate localhost
	cat localhost.pem localhost.key >both.pem
	mkdir empty
}

teardown() { unserve; }

py() { PORT=$PORT timeout 20 python3 -c "from wire import *
$1"; }

@test "in TLS from the first byte, with SMTP_TLS=active, mail is ESMTPS and its end the same" {
	serve "$TLSWRAPPER" -J "$PWD/empty" -f both.pem env SMTP_TLS=active smtp-session \
		sh -c 'echo "$SMTPPROTO $TCPREMOTEIP" >how; cat >message'
	py '
c = greeted(implicit=True)
assert "STARTTLS" not in c.ehlo()
assert c.mail("S: t\r\n\r\nlong" + 100000 * "\r\nline" + "\r\n..\n.\r\n") == [250, 250, 354, 250]
assert c.codes("STARTTLS", "QUIT") == [503, 221]
assert c.reply() == []'
	assert_equal "$(cat how)" 'ESMTPS 127.0.0.1'
	assert_equal "$(grep -c '^line$' message)" 100000
}

@test "with -n STARTTLS is not offered and not taken, and the log says why" {
	serve "$TLSWRAPPER" -J "$PWD/empty" -n -f both.pem smtp-session true
	py '
c = greeted()
assert "STARTTLS" not in c.ehlo()
assert c.codes("STARTTLS", "NOOP") == [502, 250]
assert c.mail() == [250, 250, 354, 250]'
	grep -q 'ev=no-starttls .*why="tlswrapper -n' log
}
