#!/usr/bin/env bats
# A message of 60 MB from end to end: mime-pack, curl or swaks, tcpserver,
# smtp-session, maildir-deliver, mime-unpack.

setup_file() {
	export LARGE=$BATS_FILE_TMPDIR
	cd "$LARGE" || return
	head -c 45000000 /dev/urandom >'Übersicht der Größen 2026.bin'
	printf 'Grüße aus Köln, ça va?\n%.0s' {1..2000} >text
	printf '<p>Grüße &mdash; <b>fett</b></p>\n%.0s' {1..2000} >html
	PATH=${BIN:-$BATS_TEST_DIRNAME/../bin}:$PATH mime-pack -f 'Ünï Code <a@x.example>' -t b@y.example \
		-s 'Die größte Nachricht' -T text -W html -a 'Übersicht der Größen 2026.bin' >letter
}

setup() {
	load helper
	mkdir -p Maildir/tmp Maildir/new Maildir/cur out
	export SMTP_ANY=1
}
teardown() { unserve; }

delivered() {
	assert_equal "$(find Maildir/new -type f | wc -l)" 1
	assert_equal "$(find Maildir/tmp Maildir/cur -type f | wc -l)" 0
	assert_equal "$(find . -name '.arrival*' | wc -l)" 0
}

parts_are_whole() {
	mime-unpack -L <Maildir/new/* >list
	run -0 cut -f3 list
	assert_line text/plain
	assert_line text/html
	mime-unpack -d out <Maildir/new/* >files
	cmp out/'Übersicht der Größen 2026.bin' "$LARGE/Übersicht der Größen 2026.bin"
	mime-unpack -c -t text/plain <Maildir/new/* | cmp - "$LARGE/text"
	mime-unpack -c -t text/html <Maildir/new/* | cmp - "$LARGE/html"
}

@test "60 MB by curl: every part arrives byte for byte, one file in new, none in tmp" {
	assert [ "$(stat -c %s "$LARGE/letter")" -gt 60000000 ]
	export DATABYTES=100M
	serve smtp-session maildir-deliver ./Maildir
	curl -sS --max-time 60 "smtp://127.0.0.1:$PORT" --mail-from a@x.example --mail-rcpt b@y.example --crlf -T "$LARGE/letter"
	delivered
	parts_are_whole
}

@test "60 MB by swaks" {
	export DATABYTES=100M
	serve smtp-session maildir-deliver ./Maildir
	run -0 timeout 100 swaks --server "127.0.0.1:$PORT" -f a@x.example -t b@y.example --data "@$LARGE/letter" --hide-all
	delivered
	parts_are_whole
}

@test "60 MB without DATABYTES raised is 552 and nothing is left" {
	serve smtp-session maildir-deliver ./Maildir
	run -0 timeout 100 python3 - "$PORT" "$LARGE/letter" <<-'END'
		import smtplib, sys
		s = smtplib.SMTP("127.0.0.1", int(sys.argv[1]))
		try:
		    s.sendmail("a@x.example", ["b@y.example"], open(sys.argv[2], "rb").read())
		except smtplib.SMTPResponseException as e:
		    print("refused", e.smtp_code)
		print("then", s.noop()[0])
	END
	assert_line --regexp '^refused 552'
	assert_equal "$(find Maildir -type f | wc -l)" 0
}
