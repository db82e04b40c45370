#!/usr/bin/env bats
# The clients that come with Python and Perl, over IPv4 and IPv6.

setup() {
	load helper
	load mail
	serve_mail
}
teardown() { unserve_both; }

# all_arrived count: so many messages, which are, in the order they came, what was given.
all_arrived() {
	local -a files
	mapfile -t files < <(find Maildir/new -type f -printf '%T+ %p\n' | sort | sed 's/^[^ ]* //')
	assert_equal "${#files[@]}" "$1"
	for f in "${files[@]}"; do bare "$f"; done | cmp - given
	rm Maildir/new/*
}

pythons() {
	run -0 timeout 60 python3 "$DATA/smtp-client/script.py" "$ADDRESS" "$PORT"
	assert_output 7
	all_arrived 7
}

@test "smtplib: line ends of both kinds, dots, 8-bit, UTF-8 addresses, refusals, 3 MB in a line" {
	over_both pythons
}

perls() {
	run -0 timeout 60 perl "$DATA/smtp-client/net-smtp.pl" "$ADDRESS" "$PORT"
	assert_output ''
	all_arrived 2
}

@test "Net::SMTP: a message whole and in pieces, bad recipients skipped, RSET" { over_both perls; }
