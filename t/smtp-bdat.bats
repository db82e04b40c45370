#!/usr/bin/env bats
# BDAT: octets counted, not scanned for an end: RFC 3030.

setup() {
	load helper
	load message
	export SMTP_ANY=1
	head='EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\n'
}

# say bytes: as printf %b has them, behind the envelope; the program keeps the message.
say() {
	rm -f message
	printf '%b' "$head$1" >sent
	timeout 10 smtp-session sh -c 'cat >message; echo ran >>runs' <sent >got 2>log
}

@test "EHLO offers CHUNKING" {
	say 'QUIT\r\n'
	run -0 grep -c '^250-CHUNKING' got
}

@test "chunks make one message, whose octets are counted and not scanned" {
	say 'BDAT 7\r\nS: t\r\n\rBDAT 15\r\n\n.\r\n..a\r\nQUIT\r\nBDAT 6 LAST\r\n\r\n.\r\nxQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 250 250 250 221 '
	kept 'S: t\n\n.\n..a\nQUIT\n\n.\nx\n'
	assert_equal "$(tr -d '\r' <got | grep octets)" $'250 2.0.0 7 octets\n250 2.0.0 15 octets'
}

@test "BDAT 0 is taken anywhere, and BDAT 0 LAST ends a message" {
	say 'BDAT 0\r\nBDAT 3\r\na\r\nBDAT 0\r\nbdat 0 last\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 250 250 250 250 221 '
	kept 'a\n'
}

@test "a message of no octets at all is taken" {
	say 'BDAT 0 LAST\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 250 221 '
	kept ''
}

@test "CR at the end of a chunk and LF at the begin of the next are one line end" {
	say 'BDAT 2\r\na\rBDAT 1\r\n\nBDAT 0\r\nBDAT 2\r\nb\rBDAT 0\r\nBDAT 2 LAST\r\n\ncQUIT\r\n'
	kept 'a\nb\nc\n'
	run ! grep -l barelf log
}

@test "the last line gets an end, whatever stood there" {
	say 'BDAT 1 LAST\r\nxQUIT\r\n'
	kept 'x\n'
	say 'BDAT 2 LAST\r\nx\rQUIT\r\n'
	kept 'x\r\n'
	say 'BDAT 2 LAST\r\nx\nQUIT\r\n'
	kept 'x\n'
	say 'BDAT 3 LAST\r\nx\r\nQUIT\r\n'
	kept 'x\n'
}

@test "what no size can be read from is 501, and the session ends" {
	for arg in '' ' ' ' x' ' 5x' ' -5' ' 0x5' ' 5 LASTS' ' 5 LAST x' ' 5LAST' ' 5,LAST' ' +5' ' 12345678901234567890'; do
		run -1 say "BDAT$arg\r\nNOOP\r\nNOOP\r\n"
		assert_equal "$arg:$(codes)" "$arg:220 250 250 250 501 "
	done
	for line in 'BDAT 5\n' 'BDAT 5\0\r\n' 'BDAT \x80\r\n' 'BDAT 5\x01\r\n' ' BDAT 6\r\n' 'BDAT:6\r\n'; do
		run -1 say "${line}NOOP\r\nNOOP\r\n"
		run -0 codes
		assert_output --regexp '^220 250 250 250 50[01] $'
	done
	run -1 say "BDAT$(printf '%05000d' 0 | tr 0 ' ')6\\r\\nNOOP\\r\\nNOOP\\r\\n"
	assert_equal "$(codes)" '220 250 250 250 500 '
	assert_file_not_exists message
}

@test "blanks around the size are no matter" {
	say 'BDAT   3 \r\na\r\nBDAT \t 1\t LAST \r\nbQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 250 250 221 '
	kept 'a\nb\n'
}

@test "without CHUNKING in SMTP_EXT BDAT is 502, and the session ends" {
	SMTP_EXT=-CHUNKING run -1 say 'HELP\r\nBDAT 5\r\nNOOP\r\nNOOP\r\n'
	assert_equal "$(codes)" '220 250 250 250 214 502 '
	run ! grep -E 'CHUNKING|BDAT' got
	say 'HELP\r\nQUIT\r\n'
	run -0 grep -c '^214 .* BDAT ' got
}

@test "a chunk that has no recipient is read, thrown away and 503" {
	head=''
	say 'BDAT 6\r\nNOOP\r\nEHLO c\r\nBDAT 6 LAST\r\nQUIT\r\nNOOP\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 503 250 503 250 221 '
	say 'EHLO c\r\nMAIL FROM:<>\r\nBDAT 6 LAST\r\nNOOP\r\nMAIL FROM:<>\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 503 250 221 '
	SMTP_ANY=0 say 'EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nBDAT 6 LAST\r\nQUIT\r\nNOOP\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 554 503 250 221 '
	assert_file_not_exists runs
}

@test "a recipient named after a refused chunk does not get half a message" {
	head=''
	say 'EHLO c\r\nMAIL FROM:<>\r\nBDAT 6\r\nS: t\r\nRCPT TO:<a@b.example>\r\nBDAT 3 LAST\r\nb\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 503 503 503 221 '
	assert_file_not_exists runs
}

@test "MAIL, RCPT and DATA after the first chunk are 503, and the message goes on" {
	say 'BDAT 3\r\na\r\nMAIL FROM:<>\r\nRCPT TO:<c@d>\r\nDATA\r\nVRFY x\r\nNOOP\r\nBDAT 3 LAST\r\nb\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 250 503 503 503 252 250 250 221 '
	kept 'a\nb\n'
}

@test "a chunk after the last one is 503" {
	say 'BDAT 3 LAST\r\na\r\nBDAT 6\r\nNOOP\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 250 503 221 '
	kept 'a\n'
}

@test "RSET and EHLO between chunks drop what has come" {
	for verb in RSET 'EHLO c'; do
		say "BDAT 3\r\na\r\n$verb\r\nBDAT 6 LAST\r\nNOOP\r\n${head}BDAT 3 LAST\r\nb\r\nQUIT\r\n"
		run -0 codes
		assert_output --regexp '^220 250 250 250 250 250 503 250 250 250 250 221 $'
		kept 'b\n'
	done
	assert_equal "$(wc -l <runs)" 2
}

@test "input that ends in a chunk or between two runs nothing, leaves nothing, and is exit 1" {
	for bytes in 'BDAT 10\r\nhalf' 'BDAT 10 LAST\r\nhalf' 'BDAT 4\r\nhalf'; do
		run -1 say "$bytes"
		run -0 grep -c '^smtp ev=abort .* stage=bdat .* why=eof$' log
	done
	assert_file_not_exists runs
	run -0 tree .
	refute_output --partial arrival
}

@test "Exim's way: envelope, chunk and content in one segment, of a socket too" {
	printf '%b' "${head}BDAT 9 LAST\r\nS: t\r\n\r\nbQUIT\r\n" >sent
	python3 "$DATA/on-socket.py" sent smtp-session sh -c 'cat >message' >got 2>log
	assert_equal "$(codes)" '220 250 250 250 250 221 '
	kept 'S: t\n\nb\n'
}

@test "every byte value and a line of 2 MB pass by BDAT unchanged" {
	python3 -c '
import random
random.seed(8)
body = bytes(random.randrange(256) for _ in range(200000)) + b"\r\n.\r\n" + b"x" * 2000000 + b"\r\n"
open("want", "wb").write(body.replace(b"\r\n", b"\n"))
with open("sent", "wb") as f:
    f.write(b"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\n")
    while body:
        size = random.randrange(1, 70000)
        chunk, body = body[:size], body[size:]
        f.write(b"BDAT %d%s\r\n" % (len(chunk), b"" if body else b" LAST") + chunk)
    f.write(b"QUIT\r\n")'
	timeout 10 smtp-session sh -c 'cat >message' <sent >got 2>log
	message | cmp - want
}

@test "BINARYMIME is offered where SMTP_EXT names it, and only with CHUNKING" {
	say 'QUIT\r\n'
	run ! grep BINARYMIME got
	SMTP_EXT=+BINARYMIME say 'QUIT\r\n'
	run -0 grep -c '^250-BINARYMIME' got
	SMTP_EXT=+BINARYMIME,-CHUNKING say 'QUIT\r\n'
	run ! grep BINARYMIME got
}

@test "a BINARYMIME message comes by BDAT alone, and not a byte of it is changed" {
	head='EHLO c\r\nMAIL FROM:<> BODY=binarymime\r\nRCPT TO:<a@b.example>\r\n'
	SMTP_EXT=+BINARYMIME say 'DATA\r\nBDAT 13 LAST\r\nS: t\r\n\r\n\r\n\n\r\0QUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 503 250 221 '
	printf 'S: t\r\n\r\n\r\n\n\r\0' >want
	tail -c 13 message | cmp - want
	run -0 head -c -13 message
	for line in "${lines[@]}"; do [[ $line == *$'\r' ]] || fail "$line"; done
}

# lmtp bytes: as printf %b has them, to an LMTP session with two recipients.
lmtp() {
	printf '%b' "LHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nRCPT TO:<c@b.example>\r\n$1" >sent
	timeout 10 smtp-session -l sh -c 'cat >message; echo ran >>runs' <sent >got 2>log
}

@test "in LMTP the last chunk has a reply for each recipient, whatever became of the message" {
	lmtp 'BDAT 3\r\na\r\nBDAT 3 LAST\r\nb\r\nNOOP\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 250 250 250 250 250 221 '
	assert_equal "$(wc -l <runs)" 2
	DATABYTES=4 lmtp 'BDAT 5 LAST\r\na\r\nb\nNOOP\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 250 552 552 250 221 '
	DATABYTES=4 lmtp 'BDAT 5\r\na\r\nb\nBDAT 1\r\nxBDAT 0 LAST\r\nNOOP\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 250 552 503 503 503 250 221 '
	assert_equal "$(wc -l <runs)" 2
}
