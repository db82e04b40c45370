#!/usr/bin/env bats
# smtp-send into a Postfix of our own: what it says of each recipient is so, and
# what it handed over lies in the mailbox, byte for byte and once.

setup() {
	load helper
	load send
	load postfix
	SMTPD=$(free_port)
	# shellcheck disable=SC2034 # for hand
	PORT=$SMTPD
	letter
}
teardown() { postfix_stop; }

# receiving [line...]: it has mailboxes for a, b, c, d and e at box.example
receiving() {
	# shellcheck disable=SC2016 # its own variable
	postfix_start 'virtual_mailbox_domains = box.example' 'virtual_mailbox_base = $queue_directory/../box' \
		"virtual_mailbox_maps = inline:{ $(printf '{%s@box.example=%s/} ' a a b b c c d d e e)}" \
		'virtual_uid_maps = static:9' 'virtual_gid_maps = static:9' 'virtual_minimum_uid = 1' \
		'smtpd_relay_restrictions = reject_unauth_destination' 'smtpd_peername_lookup = no' \
		'local_header_rewrite_clients =' "$@"
	install -d -o news "$P/box"
	until_true listening "$SMTPD"
}

# boxed name file: after all was delivered, one message is in that mailbox, and ends with the file.
boxed() {
	local -a files
	until_true queue_empty
	mapfile -t files < <(find "$P/box/$1/new" -type f)
	assert_equal "${#files[@]}" 1
	tail -c "$(stat -c %s "$2")" "${files[0]}" | cmp - "$2" || fail "not as it was sent: $2"
	rm "${files[0]}"
}

@test "messages with LF, CRLF, dots, NUL, 8-bit and a line of 2 MB are in the mailbox as they were" {
	mkdir samples
	(cd samples && python3 "$DATA/smtp-client/samples.py")
	receiving
	for sample in lf mixed unended dots-crlf dots-lf dot nul long many; do
		for how in '-z off' '-z on' '-z off -p off'; do
			printf 'Subject: %s\n\n\374\n' "$sample $how" | cat - "samples/$sample" >message
			perl -0777 -pe 's/\r\n/\n/g; s/(?<!\n)\z/\n/' message >want
			# shellcheck disable=SC2086
			hand $how al@x.example a@box.example <message
			assert_equal "$(cut -f 1-3 report)" $'a@box.example\t250\t2.0.0'
			boxed a want
		done
	done
}

@test "of several recipients each gets the code it deserves, and the good ones the message" {
	receiving 'smtpd_recipient_restrictions = check_recipient_access inline:{ {d@box.example=450 4.7.1 come later} }'
	run -100 hand al@x.example a@box.example none@box.example b@box.example c@elsewhere.example <letter
	assert_equal "$(cut -f 1-3 report)" $'a@box.example\t250\t2.0.0
none@box.example\t550\t5.1.1
b@box.example\t250\t2.0.0
c@elsewhere.example\t554\t5.7.1'
	boxed a letter
	boxed b letter
	run -111 hand al@x.example a@box.example none@box.example d@box.example <letter
	assert_equal "$(cut -f 1-3 report)" $'a@box.example\t250\t2.0.0
none@box.example\t550\t5.1.1
d@box.example\t450\t4.7.1'
	boxed a letter
	run -100 hand -1 al@x.example a@box.example none@box.example <letter
	until_true queue_empty
	assert_equal "$(find "$P/box" -type f)" ''
}

@test "recipients beyond the server's limit follow in a second transaction, each once" {
	receiving 'smtpd_recipient_limit = 2'
	hand al@x.example {a,b,c,d,e}@box.example <letter
	assert_equal "$(cut -f 2 report | sort | uniq -c | xargs)" '5 250'
	for name in a b c d e; do boxed $name letter; done
	assert_equal "$(grep -c 'cleanup.*message-id=' "$P/maillog")" 3
	assert_equal "$(grep -c 'smtpd.*: connect from' "$P/maillog")" 2 # one is ours, that looked whether it listens
}

@test "a message over its limit is known by SIZE, or when its end was said" {
	receiving 'message_size_limit = 20000' 'virtual_mailbox_limit = 0'
	{ cat letter; head -c 30000 /dev/zero | tr '\0' x; } >big
	run -100 hand al@x.example a@box.example <big
	assert_equal "$(cut -f 1-3 report)" $'a@box.example\t552\t5.3.4'
	run -100 hand -m 0 al@x.example a@box.example < <(cat big)
	assert_equal "$(cut -f 1-3 report)" $'a@box.example\t552\t5.3.4'
	until_true queue_empty
	assert_equal "$(find "$P/box" -type f)" ''
}

@test "what was asked of reports comes back: ENVID and NOTIFY of DSN" {
	receiving
	hand -n success,failure -e 'id=42+7' -R hdrs b@box.example a@box.example <letter
	boxed a letter
	run -0 cat "$P"/box/b/new/*
	assert_line 'Original-Envelope-Id: id=42+7'
	assert_line --regexp '^Action: delivered'
	assert_line --regexp '^Final-Recipient: rfc822; *a@box\.example'
	refute_line body
	rm "$P"/box/b/new/*
	hand -n never b@box.example a@box.example <letter
	boxed a letter
	assert_equal "$(find "$P/box/b" -type f)" ''
}

@test "UTF-8 addresses are asked for, and taken" {
	receiving
	run -100 hand -u 'jürgen@box.example' 'größe@box.example' <letter
	assert_equal "$(cut -f 1-3 report)" $'größe@box.example\t550\t5.1.1'
	hand -u 'jürgen@box.example' a@box.example <letter
	boxed a letter
	run -0 grep -c 'from=<jürgen@box.example>' "$P/maillog"
}

@test "a server that ends in the middle: the rest is to be tried again, and nothing was taken" {
	receiving 'smtpd_hard_error_limit = 1' 'smtpd_error_sleep_time = 0'
	run -111 hand al@x.example none@box.example none2@box.example a@box.example <letter
	assert_equal "$(tail -n 1 report | cut -f 1,2)" $'a@box.example\t421'
	until_true queue_empty
	assert_equal "$(find "$P/box" -type f)" ''
}
