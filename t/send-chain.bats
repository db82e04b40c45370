#!/usr/bin/env bats
# The way of a mail from its writer to the mailbox, all of it by our programs:
# mime-pack | smtp-send, to a session that relays by smtp-send, to a session that
# delivers.

setup() {
	load helper
	load send
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
	printf 'box.example\n' >hosts
	RCPTHOSTS=hosts serve smtp-session maildir-deliver Maildir
	MTA=$SERVER
	relay
}

teardown() {
	unserve
	SERVER=$MTA
	unserve
}

# relay: what it takes it hands on to the first one's port
relay() {
	SMTP_ANY=1 NEXT=$PORT serve smtp-session sh -c '
		IFS="
		"
		set -f
		exec tcpclient -RHl0 127.0.0.1 "$NEXT" smtp-send ${SMTPUTF8:+-u} -- "$SENDER" $RECIPIENTS'
}

# came file: one message, and but for two of our fields it is the file
came() {
	assert_equal "$(find Maildir/new -type f | wc -l)" 1
	perl -0777 -pe 's/\A(?:Received: [^\n]*\n(?:[ \t][^\n]*\n)+){2}//' Maildir/new/* | cmp - "$1"
	rm Maildir/new/*
}

@test "what mime-pack made is in the mailbox, byte for byte, and comes apart as it went in" {
	head -c 3000000 /dev/urandom >photo.jpg
	printf 'Grüße\n.\n..\nFrom here\n' >text
	mime-pack -f al@x.example -t cy@box.example -s 'Grüße aus Köln' -a photo.jpg <text >message
	hand al@x.example cy@box.example <message
	assert_equal "$(cut -f 1-3 report)" $'cy@box.example\t250\t2.0.0'
	cp Maildir/new/* kept
	came message
	mkdir out
	mime-unpack -d out <kept >/dev/null
	cmp out/photo.jpg photo.jpg
}

@test "dots, empty lines, NUL, 8-bit and lines of any length pass both hops, in chunks and dotted" {
	mkdir samples
	(cd samples && python3 "$DATA/smtp-client/samples.py")
	for sample in lf mixed unended empty dots-crlf dots-lf dot nul long many; do
		for z in on off; do
			perl -0777 -pe 's/\r\n/\n/g; s/(?<=[^\n])\z/\n/' "samples/$sample" >want
			hand -z $z al@x.example cy@box.example <"samples/$sample"
			came want
		done
	done
}

@test "several recipients are one message at the end, the null sender stays null" {
	letter
	hand '' cy@box.example dee@box.example ed@box.example <letter
	assert_equal "$(cut -f 2 report | uniq -c | xargs)" '3 250'
	came letter
	assert_equal "$(grep -c 'ev=mail .* from= rcpts=3 ' log)" 2
}

@test "a recipient nobody has is refused to the writer for good, and nothing is kept" {
	letter
	run -100 hand al@x.example cy@elsewhere.example <letter
	assert_equal "$(cut -f 1,2 report)" $'cy@elsewhere.example\t554'
	assert_equal "$(ls Maildir/new)" ''
}

@test "while the last hop is away the writer is told to try again; nothing is lost or kept twice" {
	letter
	kill "$MTA"
	until_true gone "$MTA"
	run -111 hand al@x.example cy@box.example <letter
	assert_equal "$(cut -f 1,2 report)" $'cy@box.example\t451'
	assert_equal "$(ls Maildir/new)" ''
}

@test "addresses beyond ASCII pass both hops" {
	letter
	hand -u 'jürgen@x.example' 'größe@box.example' <letter
	assert_equal "$(cut -f 1,2 report)" $'größe@box.example\t250'
	came letter
	assert_equal "$(grep -c 'ev=mail .* proto=UTF8SMTP ' log)" 2
}
