#!/usr/bin/env bats
# What SMTP_COMPLETE adds to a header, where a header ends, and how many hops it
# may have: RFC 5322 2.2, 3.6, RFC 6409 8, RFC 5321 6.3.

setup() {
	load helper
	export SMTP_ANY=1 SMTP_NAME=mx.example SMTP_COMPLETE=1
	from='<s@d.example>'
}

# send body: body as printf %b has it; the program keeps what is behind our field in
# message: D for a date, I for the token of the message.
send() {
	printf '%b' "EHLO c\r\nMAIL FROM:$from\r\nRCPT TO:<a@b.example>\r\nDATA\r\n$1.\r\nQUIT\r\n" >sent
	SMTP_RETURNPATH=0 timeout 10 smtp-session sh -c 'cat >raw' <sent >got 2>log
	id=$(sed -n 's/.*id=//p' got | tr -d '\r')
	assert [ -n "$id" ]
	given
}
given() {
	sed '1,/^\t[A-Z][a-z][a-z], /d' raw |
		sed -E "s/(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} \+0000/D/; s/<$id@/<I@/" >message
}

# want text: the message is exactly this, as printf %b has it.
want() {
	printf '%b' "$1" >want
	cmp want message || { cat -A message && fail "is no $1"; }
}

@test "Date, Message-ID and From are added at the end of the header" {
	send 'Subject: s\r\nTo: t\r\n\r\nbody\r\n'
	want 'Subject: s\nTo: t\nDate: D\nMessage-ID: <I@mx.example>\nFrom: <s@d.example>\n\nbody\n'
}

@test "without SMTP_COMPLETE nothing is added" {
	unset SMTP_COMPLETE
	send 'Subject: s\r\n\r\nbody\r\n'
	want 'Subject: s\n\nbody\n'
	send 'body\r\n'
	want 'body\n'
}

@test "what is there is not added again, however it is written" {
	send 'DATE: x\r\nmessage-id : <y>\r\nFrom:\r\n z\r\n\r\nbody\r\n'
	want 'DATE: x\nmessage-id : <y>\nFrom:\n z\n\nbody\n'
	send 'Date: x\r\nFrom: z\r\n\r\nbody\r\n'
	want 'Date: x\nFrom: z\nMessage-ID: <I@mx.example>\n\nbody\n'
}

@test "names that only resemble these, and fields in the body, do not count" {
	send 'Dates: 1\r\nX-From: 2\r\nResent-Date: 3\r\nMessage-Id2: 4\r\n Date: 5\r\n\r\nDate: 6\r\nFrom: 7\r\n'
	want 'Dates: 1\nX-From: 2\nResent-Date: 3\nMessage-Id2: 4\n Date: 5\nDate: D\nMessage-ID: <I@mx.example>\nFrom: <s@d.example>\n\nDate: 6\nFrom: 7\n'
}

@test "a message without header gets one and an empty line" {
	local head='Date: D\nMessage-ID: <I@mx.example>\nFrom: <s@d.example>\n\n'
	send 'just text\r\nof two lines\r\n'
	want "${head}just text\nof two lines\n"
	send '\r\nbody\r\n'
	want "${head}body\n"
	send ' a blank first: no field\r\n'
	want "$head a blank first: no field\n"
	send 'no colon'"$(printf '%0300d' 0)"'\r\n'
	want "${head}no colon$(printf '%0300d' 0)\n"
	send '\rx\r\n'
	want "$head\rx\n"
	send ''
	want "$head"
}

@test "a header that ends without an empty line gets one" {
	local more='Date: D\nMessage-ID: <I@mx.example>\nFrom: <s@d.example>\n\n'
	send 'Subject: s\r\n'
	want "Subject: s\n$more"
	send 'Subject: s\r\nthis is text\r\nTo: t\r\n'
	want "Subject: s\n${more}this is text\nTo: t\n"
	send 'Subject: s\r\nno field at the en\r\n'
	want "Subject: s\n${more}no field at the en\n"
	send 'Date: 1\r\nMessage-ID: 2\r\nFrom: 3\r\ntext\r\n'
	want 'Date: 1\nMessage-ID: 2\nFrom: 3\n\ntext\n'
}

@test "From is the sender: quoted if it must be, ours without domain, MAILER-DAEMON for nobody" {
	while IFS=$'\t' read -r from wanted; do
		send 'Date: 1\r\nMessage-ID: 2\r\n\r\n'
		want "Date: 1\nMessage-ID: 2\nFrom: $wanted\n\n"
	done <<-'END'
		<"a b"@d.example>	<"a b"@d.example>
		<"a\\"b"@d.example>	<"a\\"b"@d.example>
		<camera>	<camera@mx.example>
		<>	<MAILER-DAEMON@mx.example>
		"Some one" <x@d.example>	<x@d.example>
	END
}

@test "the date added is now, the Message-ID holds the token of the reply" {
	local before at
	before=$(date +%s)
	send 'body\r\n'
	at=$(date -d "$(sed -n 's/^Date: //p' raw)" +%s)
	assert [ "$at" -ge "$before" ]
	assert [ "$at" -le "$(date +%s)" ]
	run -0 grep -c "^Message-ID: <$id@mx.example>\$" raw
}

@test "with SMTP_EOL=crlf the fields added end with CRLF" {
	export SMTP_EOL=crlf
	send 'Subject: s\r\n\r\nbody\r\n'
	want 'Subject: s\r\nDate: D\r\nMessage-ID: <I@mx.example>\r\nFrom: <s@d.example>\r\n\r\nbody\r\n'
	send 'text\r\n'
	want 'Date: D\r\nMessage-ID: <I@mx.example>\r\nFrom: <s@d.example>\r\n\r\ntext\r\n'
}

@test "a header that ends inside its last line, as chunks may, is completed on a line of its own" {
	printf 'EHLO c\r\nMAIL FROM:%s\r\nRCPT TO:<a@b.example>\r\nBDAT 10 LAST\r\nSubject: sQUIT\r\n' "$from" >sent
	for SMTP_EOL in lf crlf; do
		export SMTP_EOL
		timeout 10 smtp-session sh -c 'cat >raw' <sent >got 2>log
		id=$(sed -n 's/.*id=//p' got | tr -d '\r')
		tr -d '\r' <raw >raw.lf && mv raw.lf raw
		given
		want 'Subject: s\nDate: D\nMessage-ID: <I@mx.example>\nFrom: <s@d.example>\n\n'
	done
}

@test "where the message is cut does not matter" {
	local id
	send 'Subject: s\r\n a\r\nX\r\n:y: no field\r\n'
	sed -i 's/^RCPT/NOOP\r\nRCPT/' sent
	python3 - <<-'END' >cuts
		import os, re, subprocess
		def run(pieces):
		    p = subprocess.Popen(["smtp-session", "sh", "-c", "cat >raw"], stdin=subprocess.PIPE,
		                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
		    for piece in pieces:
		        os.write(p.stdin.fileno(), piece)
		        os.sched_yield()
		    p.stdin.close()
		    reply = p.stdout.read()
		    p.wait(10)
		    token = re.search(rb"id=(\S+)", reply).group(1)
		    raw = re.sub(rb"\w{3}, \d+ \w{3} \d{4} [0-9:]{8} \+0000", b"D", open("raw", "rb").read())
		    return raw.replace(token, b"I")
		sent = open("sent", "rb").read()
		want = run([sent])
		assert b"Subject: s\n a\nDate: D\nMessage-ID: <I@mx.example>\nFrom: <s@d.example>\n\nX\n:y: no field\n" in want, want
		at = sent.index(b"DATA")
		for i in range(at, len(sent)):
		    assert run([sent[:i], sent[i:]]) == want, i
		assert run([sent[i:i + 1] for i in range(len(sent))]) == want
		print("all cuts agree")
	END
	run -0 cat cuts
	assert_output 'all cuts agree'
}

@test "a header larger than any buffer is completed at its end, whatever stands at the edge of a block" {
	python3 - <<-'END' >edges
		import os, subprocess
		head = b"EHLO c\r\nMAIL FROM:<s@d.example>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n"
		def run(body):
		    subprocess.run(["smtp-session", "sh", "-c", "cat >raw"], input=head + body + b".\r\nQUIT\r\n",
		                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=10, check=True)
		    raw = open("raw", "rb").read()
		    return raw.index(b" +0000\n") + 7, raw[raw.index(b" +0000\n") + 7:]
		start, _ = run(b"x\r\n")
		for block in 65536, 262144:
		    for near in list(range(-12, 4)) + [-260, -257, -256]:
		        pad = b"X-Pad: " + b"p" * (block - start - 8 + near) + b"\n"
		        for tail, kept in (b"From: x\r\nSome text\r\n", b"From: x\n"), (b"A-long-name-of-a-field" * 11 + b"\r\n", b""):
		            want = pad + kept
		            _, got = run(pad[:-1] + b"\r\n" + tail)
		            rest = tail[len(kept) + 1 if kept else 0:].replace(b"\r\n", b"\n")
		            assert got.startswith(want + b"Date: "), (block, near, got[-300:])
		            assert got.endswith(b"\n\n" + rest), (block, near, got[-300:])
		            assert len(got.split(b"\n")) == len((want + rest).split(b"\n")) + (4 if not kept else 3), near
		print("all edges agree")
	END
	run -0 cat edges
	assert_output 'all edges agree'
}

@test "a hundred hops are too many: drained, 554 5.4.6, and the session goes on" {
	unset SMTP_COMPLETE
	rm -f raw
	hops() { printf 'Received: x\r\ndelivered-to : y\r\n%.0s' {1..49}; }
	{
		printf 'EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n'
		hops
		printf 'RECEIVED:z\r\nreceived: w\r\n\r\nNOOP\r\n.\r\nNOOP\r\nQUIT\r\n'
	} >sent
	timeout 10 smtp-session sh -c 'cat >raw' <sent >got 2>log
	assert_equal "$(codes)" '220 250 250 250 354 554 250 221 '
	run -0 grep -c '^554 5.4.6 ' got
	assert_file_not_exists raw
	{
		printf 'EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n'
		hops
		printf 'RECEIVED:z\r\nX-Received: w\r\n\r\nReceived: v\r\n.\r\nNOOP\r\nQUIT\r\n'
	} >sent
	timeout 10 smtp-session sh -c 'cat >raw' <sent >got 2>log
	assert_equal "$(codes)" '220 250 250 250 354 250 250 221 '
}

@test "what is kept of a message that broke off is as it came" {
	mkdir parts
	printf 'EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\nSubject: s\r\nX' >sent
	run -1 env SMTP_PARTIAL=parts bash -c 'timeout 10 smtp-session touch ran <sent >got 2>log'
	sed '1,/^\t[A-Z][a-z][a-z], /d' parts/* | cmp - <(printf 'Subject: s\nX')
}
