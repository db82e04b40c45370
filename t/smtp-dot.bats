#!/usr/bin/env bats
# The end of mail data and its dots, by blocks: RFC 5321 4.1.1.4, 4.5.2.

setup() {
	load helper
	load message
	head='EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n'
}

# send body: body as printf %b has it, and what follows it; the program keeps the
# message in the file message.
send() {
	rm -f message
	printf '%b' "$head$1" >sent
	SMTP_ANY=1 timeout 10 smtp-session sh -c 'cat >message' <sent >got 2>log
}

@test "decoding by blocks gives what decoding by bytes gives, at every cut" {
	run -0 timeout 60 "$PROBE/dot-same"
	assert_output --regexp '^[0-9]{7} cuts agree$'
}

@test "with SMTP_EOL=crlf the message is as it came, but for the dots" {
	export SMTP_EOL=crlf
	send 'S: t\r\n\r\n..a\r\n.\rb\r\r\n\n.\nx\r\n.c\r\n\r\n.\r\nQUIT\r\n'
	printf 'S: t\r\n\r\n.a\r\n\rb\r\r\n\n.\nx\r\nc\r\n\r\n' >want
	message | cmp - want
	message >want
	cp got got.want
	python3 "$DATA/smtp-data/cut.py" sent >cuts
	run -0 cat cuts
	assert_output 'all cuts agree'
}

@test "with SMTP_EOL=crlf chunks are stored octet for octet" {
	export SMTP_EOL=crlf
	python3 - <<-'END'
		import random
		random.seed(3)
		body = bytes(random.choice(b"\r\n.x\0\xff") for _ in range(150000))
		open("want", "wb").write(body)
		chunks = [body[:7], body[7:8], body[8:100000], b"", body[100000:]]
		with open("sent", "wb") as f:
		    f.write(b"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\n")
		    for i, c in enumerate(chunks):
		        f.write(b"BDAT %d%s\r\n" % (len(c), b" LAST" if i == 4 else b"") + c)
		    f.write(b"QUIT\r\n")
	END
	SMTP_ANY=1 timeout 10 smtp-session sh -c 'cat >message' <sent >got 2>log
	assert_equal "$(codes)" '220 250 250 250 250 250 250 250 250 221 '
	tail -c 150000 message | cmp - want
	run -0 bash -c 'head -c -150000 message | tail -n 1'
	assert_output --regexp $' \\+0000\r$'
}

@test "large messages of every kind of line arrive whole, by DATA and by BDAT, whatever the line ends" {
	python3 "$DATA/smtp-data/shapes.py" >summary
	run -0 cat summary
	assert_output 'all shapes agree'
}
