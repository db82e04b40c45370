#!/usr/bin/env bats
# smtp-send with our own smtp-session: what is handed over arrives.

setup() {
	load helper
	load send
	printf 'X-Begin: 1\n' >letter
}
teardown() {
	unserve
	unscript
}

@test "a report by mime-pack goes through smtp-send into a Maildir" {
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
	SMTP_ANY=1 serve smtp-session maildir-deliver ./Maildir
	df -h | mime-pack -f cron@host -t me@example.org -s disks | hand cron@host me@example.org
	assert_equal "$(cut -f 1-3 report)" $'me@example.org\t250\t2.0.0'
	mime-unpack -c -t text/plain <Maildir/new/* | grep -q Filesystem
}

@test "dots, empty lines and a last line without an end arrive as they were" {
	printf '\n.\n..\n.x\n\n\nlast' >rest
	sink
	cat letter rest | hand a@b.example c@d.example
	{ cat rest; echo; } | cmp - mail.c@d.example
	assert_equal "$(cat from)" a@b.example
}

@test "a regular file is sent from its offset on, with its size on the wire" {
	printf 'head\nSubject: x\n\nbody' >file
	script EHLO='250-server\r\n250 SIZE 1000'
	{ read -r _; hand a@b c@d; } <file
	printf 'Subject: x\r\n\r\nbody\r\n' | cmp - body
	run -0 grep -c '^MAIL FROM:<a@b> SIZE=20$' heard
	run -0 hand -f file a@b c@d </dev/null
}

@test "the null sender is the null path" {
	sink
	hand '' c@d.example <letter
	assert_equal "$(cat from)" ''
	run -0 grep -c '^SMTPMAILFROM=<>$' env
}

@test "a line of 5 MB, 8-bit bytes and NUL arrive as they were, dotted and in chunks" {
	{ head -c 5000000 /dev/zero | tr '\0' x; printf '\n\0\200\377\n.\n'; } >rest
	sink
	for z in on off; do
		cat letter rest | hand -z $z a@b.example c@d.example
		cmp rest mail.c@d.example
	done
}

@test "two recipients of one transaction get one message, a refused one only a line of the report" {
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
	echo good.example >hosts
	RCPTHOSTS=hosts serve smtp-session maildir-deliver ./Maildir
	run -100 hand a@b.example x@good.example y@bad.example z@good.example <letter
	assert_equal "$(cut -f 1,2 report)" $'x@good.example\t250\ny@bad.example\t554\nz@good.example\t250'
	assert_equal "$(find Maildir/new -type f | wc -l)" 1
}

@test "a message over the limit the server names is 552, and not sent" {
	head -c 3000 /dev/zero | tr '\0' x >big
	DATABYTES=2000 sink
	run -100 hand a@b.example c@d.example <big
	assert_equal "$(cut -f 2,3 report)" $'552\t5.3.4'
	assert_file_not_exists mail.c@d.example
}

@test "smtp-send is a program for smtp-session: what one server takes the next one gets, and refusals go back" {
	script 'EHLO=250-next\r\n250 8BITMIME'
	export NEXT=$PORT SMTP_ANY=1
	# shellcheck disable=SC2016 # the sh of the session expands it
	serve smtp-session sh -fc 'tcpclient -RHl0 127.0.0.1 "$NEXT" smtp-send -- "$SENDER" $RECIPIENTS'
	run -0 hand a@b.example c@d.example <letter
	assert_equal "$(head -n 1 body | cut -c 1-14)" 'Received: from'
	assert_equal "$(tail -n 1 body)" $'X-Begin: 1\r'
	script 'RCPT=550 5.1.1 nobody'
	run -100 hand a@b.example c@d.example <letter
	script 'RCPT=450 4.2.1 later'
	run -111 hand a@b.example c@d.example <letter
}
