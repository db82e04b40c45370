#!/usr/bin/env bats
# What stands in for sendmail on machines without a mail server, over IPv4 and
# IPv6: each takes one message and brings it here, once and unchanged.

setup() {
	load helper
	load mail
	PATH=$PATH:${PEERS}-mail/usr/bin:${PEERS}-mail/usr/sbin:${PEERS}-mail/usr/lib/nullmailer
	export HOME=$PWD
	python3 -c '
lines = ["From: <al@x.example>", "To: c@d.example", "Subject: dots", "Date: Thu, 26 Nov 2026 01:00:00 +0000",
    "Message-ID: <1@x.example>", "", ".", "..", ".x", "..y", "", "x" * 900, " blanks ", "tab\t", "",
    "gr\u00fc\u00dfe", "From the start", ".", "", "--", "end", ""]
open("message", "w").write("\n".join(lines))'
	serve_mail
}
teardown() { unserve_both; }

msmtps() {
	timeout 20 msmtp -C /dev/null --host="$ADDRESS" --port="$PORT" -f al@x.example c@d.example e@f.example <message
	arrived message al@x.example c@d.example e@f.example
	run -65 timeout 20 msmtp -C /dev/null --host="$ADDRESS" --port="$PORT" -f al@x.example c@d.example 'c/d@x.example' <message
}

@test "msmtp: one message for two recipients; one of them refused, none is sent" { over_both msmtps; }

esmtps() {
	printf 'hostname=%s:%s\n' "$ADDRESS" "$PORT" >.esmtprc
	chmod 600 .esmtprc
	timeout 20 esmtp -f al@x.example c@d.example e@f.example <message
	arrived message al@x.example e@f.example c@d.example
}

@test "esmtp, with libESMTP" {
	URLS=("${URLS[0]}") # it has no form for an address with colons
	over_both esmtps
}

nullmailers() {
	printf '%s\n' al@x.example c@d.example e@f.example '' | cat - message >queued
	printf 'host=%s\nport=%s\n' "$ADDRESS" "$PORT" >where
	run -0 timeout 20 env HELOHOST=h.example smtp <where 3<queued
	assert_output --partial '250 OK id='
	arrived message al@x.example c@d.example e@f.example
}

@test "nullmailer, which says QUIT and does not wait" { over_both nullmailers; }

# dma sends with the rights of mail, from a spool of its own; its files have fixed
# places. Its own trace field is taken off as ours is.
dmas() {
	mkdir -p etc/dma
	cp /etc/passwd /etc/group /etc/nsswitch.conf /etc/hosts etc
	: >etc/aliases
	printf '%s\n' "SMARTHOST $ADDRESS" "PORT $PORT" 'SPOOLDIR /var/spool' 'MAILNAME h.example' NULLCLIENT >etc/dma/dma.conf
	timeout 20 unshare -m sh -c 'mount --bind etc /etc && mount -t tmpfs -o mode=2775,gid=mail tmpfs /var/spool &&
		exec dma -D -i -f al@x.example "$@"' sh "$@" <message
}

two() { [ "$(find Maildir/new -type f | wc -l)" -eq 2 ]; }

brings() {
	dmas c@d.example
	run -0 bare Maildir/new/*
	assert_line --index 0 'Received: from root (uid 0)'
	bare Maildir/new/* >once
	cp once Maildir/new/*
	arrived message al@x.example c@d.example
	dmas c@d.example e@f.example
	until_true two # one for each, the second by a process of its own
	rm Maildir/new/*
}

@test "dma, in lock-step: a message for each recipient" { over_both brings; }
