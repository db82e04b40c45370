#!/usr/bin/env bats
# smtp-send -L: one answer for each recipient, RFC 2033.

setup() {
	load helper
	load send
	letter
}
teardown() {
	unserve
	unscript
}

@test "LHLO is said, and each accepted recipient has its own answer, in order" {
	script 'RCPT=250 a' 'RCPT=550 5.1.1 no' 'RCPT=250 a' 'DOT=250 2.1.5 one;452 4.2.2 full;554 5.2.0 three'
	run -111 hand -L a@b v w x y <letter
	diff report - <<-'END'
		v	250	2.1.5	one
		w	550	5.1.1	no
		x	452	4.2.2	full
		y	554	5.2.0	three
	END
	run -0 grep -c '^LHLO ' heard
}

@test "the same in chunks" {
	script 'LHLO=250-server\r\n250-PIPELINING\r\n250 CHUNKING' 'LAST=250 2.1.5 one;550 5.2.1 two'
	yes 0123456789 | head -n 150000 >big
	run -100 hand -L a@b v w <big
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'v=250 w=550 '
	sed 's/$/\r/' big | cmp - body
}

@test "a connection lost between the answers leaves the others to be tried again" {
	script 'DOT=250 2.1.5 one;close'
	run -111 hand -L a@b v w x <letter
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'v=250 w=421 x=421 '
}

@test "421 for one recipient is not taken for an answer to those behind, if they have theirs" {
	script 'DOT=421 4.3.2 later;250 2.1.5 two;452 4.2.2 full;close'
	run -111 hand -L a@b v w x <letter
	assert_equal "$(cut -f 1,2,3 report | tr '\t\n' '= ')" 'v=421=4.3.2 w=250=2.1.5 x=452=4.2.2 '
	run ! grep -q QUIT heard
	script 'DOT=250 2.1.5 one;421 4.3.2 later;close'
	run -111 hand -L a@b v w x <letter
	assert_equal "$(cut -f 1,2,3 report | tr '\t\n' '= ')" 'v=250=2.1.5 w=421=4.3.2 x=421=4.3.2 '
	unscript
	export SMTP_ANY=1
	serve smtp-session -l sh -c '[ "$RECIPIENT" = w@d ] || { echo 421 4.3.2 later; exit 111; }; cat >>kept'
	run -111 hand -L a@b v@d w@d <letter
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'v@d=421 w@d=250 '
	run -0 grep -c body kept
}

@test "354 with nobody accepted is the end: to a message for nobody there is no answer" {
	script 'RCPT=550 5.1.1 no' 'DOT=hang'
	run -100 hand -L a@b v w <letter
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'v=550 w=550 '
	assert_file_not_exists body
}

@test "LHLO refused is not followed by HELO" {
	script 'LHLO=500 what'
	run -100 hand -L a@b v <letter
	run ! grep -q HELO heard
}

@test "our own smtp-session -l answers for each, dotted and in chunks" {
	# shellcheck disable=SC2016 # the sh of the session expands it
	SMTP_ANY=1 serve smtp-session -l sh -c 'cat >"mail.$RECIPIENT"; [ "$RECIPIENT" != w@d.example ] || exit 100'
	for z in on off; do
		run -100 hand -L -z $z a@b.example v@d.example w@d.example x@d.example <letter
		assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'v@d.example=250 w@d.example=554 x@d.example=250 '
		tail -n 3 mail.x@d.example | cmp - letter
	done
}
