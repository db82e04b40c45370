#!/usr/bin/env bats
# Postfix's lmtp(8) hands us its mail: one reply for each recipient.
# shellcheck disable=SC2034 # helper.bash has SERVER

setup() {
	load helper
	load postfix
	SERVER='' # for unserve
	export SMTP_ANY=1
	printf '#!/bin/sh\ncase $RECIPIENT in no@*) exit 67 ;; full@*) echo 4.2.2 Mailbox full; exit 111 ;; esac\ncat >"got.$RECIPIENT"\n' >deliver
	chmod +x deliver
	serve smtp-session -l "$PWD/deliver"
	postfix_start "default_transport = lmtp:inet:127.0.0.1:$PORT" 'soft_bounce = yes'
}

teardown() {
	postfix_stop
	unserve
}

logged() { grep -q "$@" "$P/maillog"; }

@test "each recipient of Postfix has the fate its program gave it" {
	printf 'Subject: t\n\n.\n..x\nend\n' | postfix sendmail -i -f al@x.example a@d.example no@d.example full@d.example b@d.example
	until_true delivered 2
	until_true logged 'to=<full@d.example>.*4\.2\.2 Mailbox full'
	until_true logged 'to=<no@d.example>.*5\.1\.1'
	run -0 tail -n 4 got.a@d.example
	assert_output $'\n.\n..x\nend'
	cmp got.a@d.example got.b@d.example
	assert_not_exist got.no@d.example
	run -0 grep -c 'with LMTP id' got.a@d.example
}
