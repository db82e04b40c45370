#!/usr/bin/env bats
# The message on its way out: line ends, 8-bit, streams, and input that fails.

setup() {
	load helper
	load send
	letter
	CHUNKY='EHLO=250-server\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SIZE 100000000\r\n250 CHUNKING'
}
teardown() {
	unserve
	unscript
}

# sent text expected: what arrives of this message, dotted or not.
sent() {
	script "${how:-$CHUNKY}"
	printf '%b' "$1" | hand "${@:3}" a@b.example c@d.example
	printf '%b' "$2" | cmp - body
}

@test "LF becomes CRLF, CRLF stays, and a last line without an end gets one, dotted or in chunks" {
	for z in off on; do
		sent 'a\nb\r\nc' 'a\r\nb\r\nc\r\n' -z $z
		sent '\n\r\n' '\r\n\r\n' -z $z
		sent '' '' -z $z
		sent 'x' 'x\r\n' -z $z
		sent 'a\nb\r\n' 'a\r\nb\r\n' -z $z
	done
}

@test "a dot is doubled at the beginning of a line and nowhere else, and not in chunks" {
	sent '.\n..\na.b\n\n.x.\r\n.' '..\r\n...\r\na.b\r\n\r\n..x.\r\n..\r\n' -z off
	sent '.\n..\na.b\n\n.x.\r\n.' '.\r\n..\r\na.b\r\n\r\n.x.\r\n.\r\n' -z on
}

@test "every cut of CR, LF and dots around the blocks gives the same bytes" {
	for at in 65533 65534 65535 65536 131071; do
		{ head -c "$at" /dev/zero | tr '\0' x; printf '\r\n.\r\n\n.\n..x'; } >big
		{ head -c "$at" /dev/zero | tr '\0' x; printf '\r\n..\r\n\r\n..\r\n...x\r\n'; } >want
		script EHLO='250 server'
		hand a@b.example c@d.example <big
		cmp want body
	done
}

@test "a CR without its LF makes the message unsendable, and nothing of it is sent" {
	script "$CHUNKY"
	for text in 'a\rb\n' 'a\r' 'a\r\r\n' '\r' 'x\n\n\r.\r\n'; do
		printf '%b' "$text" | run -100 hand a@b.example c@d.example
		assert_equal "$(cut -f 1-3 report)" $'c@d.example\t554\t5.6.0'
		run ! grep -q MAIL heard
	done
}

@test "with -c crlf an LF without its CR is unsendable too" {
	sent 'a\r\nb\r\n' 'a\r\nb\r\n' -c crlf
	sent 'a\r\nb' 'a\r\nb\r\n' -c crlf
	script "$CHUNKY"
	for text in 'a\nb\r\n' 'a\r\n\n' '\n'; do
		printf '%b' "$text" | run -100 hand -c crlf a@b.example c@d.example
		assert_equal "$(cut -f 2,3 report)" $'554\t5.6.0'
	done
	run -100 hand -c lf a@b.example c@d.example <letter
}

@test "SIZE is that of the message on the wire, without the dots and the end" {
	script "$CHUNKY"
	printf 'a\n.b\r\n.\nlast' | hand -z off a@b.example c@d.example
	assert_equal "$(grep ^MAIL heard)" 'MAIL FROM:<a@b.example> SIZE=16'
}

@test "an 8-bit message is said to be one where the server offers it" {
	script "$CHUNKY"
	letter '\344\n'
	hand -z off a@b.example c@d.example <letter
	run -0 grep -c 'BODY=8BITMIME$' heard
}

@test "an 8-bit message is not for a server without 8BITMIME, but with -8 send" {
	script EHLO='250 server'
	letter '\344\n'
	run -100 hand a@b.example c@d.example <letter
	assert_equal "$(cat report)" $'c@d.example\t554\t5.6.3\tsmtp-send: the message is 8-bit and the server is not'
	run ! grep -q MAIL heard
	run -0 hand -8 send a@b.example c@d.example <letter
	sed 's/$/\r/' letter | cmp - body
	assert_equal "$(grep ^MAIL heard)" 'MAIL FROM:<a@b.example>'
}

@test "a stream over -m is sent as it comes, without SIZE" {
	yes 0123456789 | head -n 100000 >big
	for z in on off; do
		for m in 0 1 70000; do
			script "$CHUNKY"
			hand -z $z -m $m a@b.example c@d.example < <(cat big)
			sed 's/$/\r/' big | cmp - body
			run ! grep -q SIZE heard
		done
	done
	script "$CHUNKY"
	hand a@b.example c@d.example < <(cat big)
	run -0 grep -c 'SIZE=1200000' heard
}

@test "a stream over -m does not wait in a block that is not full" {
	script EHLO='250 server' 'BODY=451 4.3.1 enough;hang'
	mkfifo pipe
	exec 8<>pipe
	hand -m 0 a@b.example c@d.example <pipe 8>&- &
	sender=$!
	until_true eval 'echo x >&8; gone $sender'
	exec 8>&-
	assert_equal "$(cut -f 2,3 report)" $'451\t4.3.1'
}

@test "a stream that turns out unsendable is cut off before its end, dotted or in chunks" {
	for z in on off; do
		script "$CHUNKY"
		{ yes 0123456789 | head -n 100000; printf 'a\rb\n'; } | run -100 hand -m 1000 -z $z a@b.example c@d.example
		assert_equal "$(cut -f 2,3 report)" $'554\t5.6.0'
		run ! grep -q LAST heard
		[ $z = on ] || assert_file_not_exists body
	done
}

@test "a stream that turns out 8-bit is cut off where the server takes 7 bits only" {
	script EHLO='250 server'
	{ yes 0123456789 | head -n 100000; printf '\344\n'; } | run -100 hand -m 1000 a@b.example c@d.example
	assert_equal "$(cut -f 2,3 report)" $'554\t5.6.3'
	assert_file_not_exists body
}

@test "a stream that stands still is given up and never ended" {
	script "$CHUNKY"
	mkfifo pipe
	exec 8<>pipe
	echo 'Subject: t' >&8
	run -111 hand -m 5 -t 1 a@b.example c@d.example <pipe
	assert_equal "$(cut -f 2,3 report)" $'451\t4.3.0'
	assert_file_not_exists body
	exec 8>&-
}

@test "a stream cannot be sent in a second transaction: those recipients are for later" {
	script 'EHLO=250-server\r\n250 LIMITS RCPTMAX=1'
	run -111 hand -m 10 a@b.example x@d y@d < <(cat letter)
	assert_equal "$(cut -f 1,2 report | tr '\t\n' '= ')" 'x@d=250 y@d=451 '
	script 'EHLO=250-server\r\n250 LIMITS RCPTMAX=1'
	run -0 hand -m 1000 a@b.example x@d y@d < <(cat letter)
}

@test "a file that is cut short while it is sent is never ended" {
	head -c 40000000 /dev/zero | tr '\0' x >big
	for z in on off; do
		script "$CHUNKY" 'GREETING=220 x' "MAIL=slow:250 OK\\r\\n"
		hand -z $z a@b.example c@d.example <big &
		sender=$!
		until_true grep -q MAIL heard
		truncate -s 1000000 big
		code=0
		wait $sender || code=$?
		assert_equal "$code" 111
		assert_equal "$(cut -f 2,3 report)" $'451\t4.3.0'
		run ! grep -q LAST heard
		head -c 40000000 /dev/zero | tr '\0' x >big
	done
}

@test "-f names a FIFO or a descriptor as well as a file" {
	script "$CHUNKY"
	mkfifo pipe
	cat letter >pipe &
	for f in pipe <(cat letter) letter; do
		rm -f body
		run -0 hand -f "$f" a@b.example c@d.example </dev/null
		sed 's/$/\r/' letter | cmp - body
	done
}

@test "a message that cannot be read is 111, and the server hears nothing" {
	script "$CHUNKY"
	run -111 hand -f nowhere a@b.example c@d.example
	mkdir dir
	run -111 hand a@b.example c@d.example <dir
	run -111 hand -f dir a@b.example c@d.example
	export TMPDIR=$PWD/nowhere
	run -111 hand a@b.example c@d.example < <(cat letter)
	assert_output --partial "unable to make a file in $TMPDIR: "
	run ! grep -q EHLO heard
}

@test "no file is left in TMPDIR, and none is there while it runs" {
	mkdir tmp
	script MAIL=hang
	TMPDIR=$PWD/tmp run -111 hand -t 1 a@b.example c@d.example < <(cat letter)
	assert_equal "$(find tmp -type f)" ''
}

@test "with -N a message without its end mark, or with broken frames, is 111 and the server hears nothing of it" {
	script "$CHUNKY"
	printf '3:A: ,9:b\n\nhello\n,0:,' >framed
	for m in 0 4 1000; do
		rm -f body
		run -0 hand -N -m $m a@b.example c@d.example <framed
		printf 'A: b\r\n\r\nhello\r\n' | cmp - body
		run -0 hand -N -m $m -f framed a@b.example c@d.example
		rm body
		for text in '' '3:A: ,9:b\n\nhello\n,' '3:A: ,9:b\n\nhel' '3:A: ,0:,x' '3:A: ,09:b' 'A: b\n\n'; do
			printf '%b' "$text" | run -111 hand -N -m $m a@b.example c@d.example
		done
		assert_file_not_exists body
	done
	run ! grep -q LAST heard
}
