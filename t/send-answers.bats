#!/usr/bin/env bats
# Servers that answer what they must not, or not at all: smtp-send believes none of it.

setup() {
	load helper
	load send
	letter
}
teardown() {
	unserve
	unscript
}

# later [pattern]: the last hand ended with 111 and a report of our own, of code 421.
later() {
	assert_equal "$status" 111
	assert_equal "$(cut -f 1,2 report)" $'c@d.example\t421'
	run -0 grep -c "smtp-send: ${1:-}" report
}

# not_smtp action: this greeting is no SMTP, and is answered with nothing.
not_smtp() {
	script "GREETING=$1"
	run hand a@b.example c@d.example <letter
	later 'not SMTP'
	run ! grep -q EHLO heard
}

@test "an answer without three digits and a separator is not believed" {
	for text in hello 22 '22x hello' '2200 hello' '220x' ' 220 hello' '199 hello' '600 hello' ''; do
		not_smtp "raw:$text\\r\\n"
	done
}

@test "an answer whose code changes within it is not believed" {
	not_smtp 'raw:220-hello\r\n250 hello\r\n'
	not_smtp 'raw:220-hello\r\n221-hello\r\n220 hello\r\n'
}

@test "a NUL or a CR within an answer is not believed" {
	not_smtp 'raw:220 he\0llo\r\n'
	not_smtp 'raw:220 he\rllo\r\n'
	not_smtp 'raw:220-\0\r\n220 hello\r\n'
}

@test "a line of 512 bytes is an answer, one of 513 is not" {
	script "GREETING=220 $(printf '%0506d' 0)"
	run -0 hand a@b.example c@d.example <letter
	not_smtp "220 $(printf '%0507d' 0)"
}

@test "an answer of 100 lines is one, of 101 lines it is not" {
	leads=$(printf '220-x\\r\\n%.0s' {1..99})
	script "GREETING=${leads}220 x"
	run -0 hand a@b.example c@d.example <letter
	not_smtp "${leads}220-x\\r\\n220 x"
}

@test "endless lines, and a line without an end, are given up" {
	not_smtp 'endless:220-x\r\n'
	not_smtp 'endless:xxxxxxxxxxxxxxxxxxxxxxxxxxxx'
}

@test "an answer that comes byte by byte is read, but single bytes do not prolong its time" {
	script 'GREETING=slow:220-hello\r\n220 hello\r\n'
	run -0 hand a@b.example c@d.example <letter
	script "GREETING=slow:220 $(printf '%0400d' 0)\\r\\n"
	run hand -t 1 a@b.example c@d.example <letter
	later 'no answer in time: the greeting'
}

@test "an answer that ends with LF alone is taken" {
	script 'GREETING=raw:220 hello\n'
	run -0 hand a@b.example c@d.example <letter
}

@test "the text of a report is the first line's, without bytes a terminal would obey" {
	script 'RCPT=550-5.1.1 no\x1b[2J \xffsuch\tone\r\n550 5.1.1 other line'
	run -100 hand a@b.example c@d.example <letter
	assert_equal "$(cat report)" $'c@d.example\t550\t5.1.1\tno?[2J ?such?one'
}

@test "an enhanced code of another class, or malformed, is text" {
	for text in '2.1.1 x' '5.1 x' '5.1.1111 x' '5.1.1x' '5..1 x'; do
		script "RCPT=550 $text"
		run -100 hand a@b.example c@d.example <letter
		assert_equal "$(cat report)" $'c@d.example\t550\t5.0.0\t'"$text"
	done
}

@test "a message accepted before its end was sent is not taken as accepted" {
	head -c 30000000 /dev/zero | tr '\0' 'x' >letter
	script 'DATA=354 go on' 'BODY=250 2.0.0 taken' 'DOT=550 5.6.0 no'
	run -111 hand -t 5 a@b.example c@d.example <letter
	assert_equal "$(cut -f 2,3 report)" $'421\t4.5.0'
	# The same with 354 and 250 in one breath.
	script 'DATA=354 go on\r\n250 2.0.0 taken' DOT=hang
	run -111 hand -t 5 a@b.example c@d.example <letter
	assert_equal "$(cut -f 2,3 report)" $'421\t4.5.0'
	assert_file_not_exists body
}

# narrow STAGE=ACTION...: a server behind pipes, the one to it of one page.
narrow() {
	rm -f up down heard body && mkfifo up down
	exec 8<>up
	python3 -c 'import fcntl; fcntl.fcntl(8, fcntl.F_SETPIPE_SZ, 4096)'
	python3 "$DATA/send/server.py" "$@" <up >down 3>&- 4>&- 8>&- &
	timeout 10 smtp-send -z "$Z" a@b.example c@d.example <letter >report 6<down 7>up 8>&-
}

@test "nor is one accepted while the last bytes of it were on their way" {
	head -c 120000 /dev/zero | tr '\0' 'x' >letter
	Z=off run -111 narrow 'BODY=250 2.0.0 taken' 'DOT=550 5.6.0 no'
	assert_equal "$(cut -f 2,3 report)" $'421\t4.5.0'
	Z=on run -111 narrow 'EHLO=250-a\r\n250 CHUNKING' 'BODY=250 2.0.0 taken' 'LAST=550 5.6.0 no'
	assert_equal "$(cut -f 2,3 report)" $'421\t4.5.0'
}

@test "a refusal that comes early, in the middle of the message, is the answer, and the end is never said" {
	head -c 30000000 /dev/zero | tr '\0' 'x' >letter
	script 'BODY=552 5.2.3 too much;hang'
	run -100 hand -t 5 a@b.example c@d.example <letter
	assert_equal "$(cut -f 2,3 report)" $'552\t5.2.3'
	script 'BODY=451 4.3.1 disk full;close'
	run -111 hand -t 5 a@b.example c@d.example <letter
	run -0 grep -E $'\t(451\t4.3.1|421\t4.4.2)\t' report
}

@test "what is no answer ends it at once, in the middle of the message too" {
	head -c 30000000 /dev/zero | tr '\0' 'x' >letter
	script 'BODY=raw:hello\r\n;hang'
	run -111 timeout 5 tcpclient -RHl0 127.0.0.1 "$PORT" smtp-send a@b.example c@d.example <letter
	assert_output --partial 'not SMTP'
}

@test "a server that takes no bytes any more is given up" {
	head -c 30000000 /dev/zero | tr '\0' 'x' >letter
	script BODY=sleep
	run -111 hand -t 1 a@b.example c@d.example <letter
	run -0 grep -c 'no answer in time: the message' report
}

@test "long answers to a large group block neither side" {
	many=$(printf '250-%0500d\\r\\n%.0s' {1..20})
	script "RCPT=${many}250 OK"
	# shellcheck disable=SC2046 # many words
	run -0 hand a@b.example $(printf 'c%s@d.example ' {1..100}) <letter
	assert_equal "$(grep -c $'\t250\t2.0.0\t' report)" 100
}

@test "answers to QUIT, and what happens to it, change nothing" {
	for action in '500 what' close reset hang 'raw:x' '421 4.3.2 bye;close'; do
		script "QUIT=$action"
		run -0 hand -t 1 a@b.example c@d.example <letter
		assert_equal "$(cut -f 1,2 report)" $'c@d.example\t250'
	done
	script 'DOT=250 2.0.0 taken;reset'
	run -0 hand a@b.example c@d.example <letter
}

# stray STAGE=ACTION...: an answer too many; the last hand went no further.
stray() {
	script "$@"
	run hand -z on a@b.example c@d.example <letter
	later 'an answer nobody asked for: '
	assert_file_not_exists body
}

@test "an answer nobody asked for ends it: it is not taken for that of the next command" {
	chunky='EHLO=250-a\r\n250 CHUNKING'
	stray 'GREETING=220 a\r\n220 stray'
	stray 'EHLO=500 a\r\n250 stray'
	stray "$chunky\\r\\n250 stray"
	stray "$chunky" 'MAIL=250 a\r\n250 stray'
	stray "$chunky" 'RCPT=250 a\r\n250 stray'
}

@test "two answers to one message do not shift those of the next transaction's recipients" {
	script 'EHLO=250-a\r\n250-PIPELINING\r\n250-CHUNKING\r\n250 LIMITS RCPTMAX=2' \
		'LAST=250 a\r\n250 again' 'RCPT=250 a' 'RCPT=250 a' 'RCPT=550 no' 'RCPT=250 a'
	run -111 hand -z on a@b.example w@d x@d y@d z@d <letter
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'w@d=250 x@d=250 y@d=421 z@d=421 '
	assert_equal "$(grep -c BDAT heard)" 1
}
