#!/usr/bin/env bats
# smtp-send into mailfront, aiosmtpd and OpenSMTPD, which offer less than Postfix
# and judge otherwise: what they kept is what was given.

setup() {
	load helper
	load send
	SERVERS=${PEERS:-$HERE/../.build/peers}-servers/usr
	export TZ=UTC
	printf '%s\n' 'From: al@x.example' 'Date: Thu, 26 Nov 2026 01:00:00 +0000' 'Message-ID: <1@x.example>' 'Subject: s' '' \
		. .. .x '' 'grüße' ' blanks ' "$(printf '%0900d' 0)" . '' end >message
	sed 's/$/\r/' message >wire
	OTHER=
}

teardown() {
	[ -z "$OTHER" ] || { kill "$OTHER" && wait "$OTHER"; } || :
	unserve
}

@test "mailfront: pipelined, without SIZE; its queue has the envelope and the message" {
	mkdir -p queue/tmp queue/new
	printf ':sender\nk*:*:\n:recipient\nk*:*@box.example:\nd*:*:nobody here\n' >rules
	serve env LD_LIBRARY_PATH="$SERVERS/lib" MODULE_PATH="$SERVERS/lib/mailfront" MAILRULES="$PWD/rules" QUEUEDIR="$PWD/queue" \
		"$SERVERS/sbin/mailfront" smtp queuedir mailrules
	run -100 hand al@x.example c@box.example d@elsewhere.example e@box.example <message
	assert_equal "$(cut -f 1,2 report)" $'c@box.example\t250\nd@elsewhere.example\t553\ne@box.example\t250'
	printf '%s\0' al@x.example c@box.example e@box.example '' | cat - message | cmp - queue/new/*
}

@test "aiosmtpd: in lock-step, with 8BITMIME and SMTPUTF8" {
	PORT=$(free_port)
	# the one Debian's packages are for
	/usr/bin/python3 "$DATA/send/keeper.py" "$PORT" >said 2>&1 3>&- 4>&- &
	OTHER=$!
	until_true listening "$PORT"
	run -100 hand al@x.example c@d.example none@d.example e@d.example <message
	assert_equal "$(cut -f 1-3 report)" $'c@d.example\t250\t2.6.0\nnone@d.example\t550\t5.1.1\ne@d.example\t250\t2.6.0'
	cmp kept wire
	assert_equal "$(cat to)" $'c@d.example\ne@d.example'
	hand -u 'jürgen@x.example' 'größe@d.example' <message
	cmp kept wire
	assert_equal "$(cat to)" 'größe@d.example'
	printf '%02000d\n' 0 >long # longer than a line may be
	run -100 hand al@x.example c@d.example <long
	assert_equal "$(cut -f 2 report)" 500
}

# opensmtpd port: relays what is for box.example to our session at PORT. Its files
# have fixed places, its accounts too: it gets a file system of its own.
opensmtpd() {
	mkdir etc
	cp /etc/passwd /etc/group /etc/hosts /etc/nsswitch.conf etc
	printf 'opensmtpd:x:990:990::/:/bin/false\nopensmtpq:x:991:991::/:/bin/false\n' >>etc/passwd
	printf 'opensmtpd:x:990:\nopensmtpq:x:991:\n' >>etc/group
	echo relay.example >etc/mailname
	printf '%s\n' "listen on 127.0.0.1 port $1 hostname relay.example" "action \"on\" relay host smtp://127.0.0.1:$PORT" \
		'match from any for domain "box.example" action "on"' >smtpd.conf
	unshare -m sh -ec '
		mount --bind etc /etc
		mount --bind "$1/libexec" /usr/libexec
		for dir in /var/lib /var/spool /run; do mount -t tmpfs tmpfs $dir; done
		mkdir -m 711 -p /var/lib/opensmtpd/empty
		exec "$1/sbin/smtpd" -d -f smtpd.conf' sh "$SERVERS" >said 2>&1 3>&- 4>&- &
	OTHER=$!
	until_true listening "$1"
}

@test "OpenSMTPD: in lock-step, and on by its own client to our session" {
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
	SMTP_ANY=1 serve smtp-session maildir-deliver Maildir
	local port
	port=$(free_port)
	opensmtpd "$port"
	PORT=$port
	run -100 hand al@x.example c@box.example d@elsewhere.example e@box.example <message
	assert_equal "$(cut -f 1,2 report)" $'c@box.example\t250\nd@elsewhere.example\t550\ne@box.example\t250'
	until_true grep -q 'ev=mail .*rcpts=2 .*code=250' log
	assert_equal "$(find Maildir/new -type f | wc -l)" 1
	tail -c "$(stat -c %s message)" Maildir/new/* | cmp - message
}
