#!/usr/bin/env bats
# What devices, old stacks and mail programs say, replayed as it was seen or
# reported, a segment a line: each gets the replies it can live with, and its
# message arrives once.

setup() {
	load helper
	load replay
	serve_replay
}
teardown() { unserve; }

@test "a UPS that says HELO, a blank and nothing, a drive that says HELO alone (OpenSMTPD#1054)" {
	for hello in 'HELO ' HELO 'EHLO ' EHLO; do
		says <<-END
			220	
			250	$hello\r\n
			250	MAIL FROM:<ups@x.example>\r\n
			250	RCPT TO:<c@d.example>\r\n
			354	DATA\r\n
			250	Subject: On battery\r\n\r\nLine fails\r\n.\r\n
			221 eof	QUIT\r\n
		END
		came 'Subject: On battery\n\nLine fails\n' ups@x.example c@d.example
	done
}

@test "a camera that says EHLO and later HELO, with blanks and no domain (ESP32-CAM)" {
	says <<-'END'
		220	
		250	EHLO localhost\r\n
		250	HELO ESP-CAM_MJPEG\r\n
		250	MAIL FROM: <name>\r\n
		250	RCPT TO: <c@d.example>\r\n
		354	DATA\r\n
		-	From: cam\r\n
		-	To: c@d.example\r\nSubject: Motion\r\n\r\n
		-	/9j/4AAQSkZJRg==\r\n
		250	\r\n.\r\n
		221 eof	QUIT\r\n
	END
	came 'From: cam\nTo: c@d.example\nSubject: Motion\n\n/9j/4AAQSkZJRg==\n\n' name c@d.example
}

@test "a name is a label: printers, containers and stacks of all kinds are greeted" {
	for hello in 'HELO NPIF65E56' 'EHLO my_host' 'EHLO _' 'EHLO (none)' 'EHLO host.example:587' \
		'ehlo FE80::1c2:ff:fe34:5678' 'EHLO caf\xe9' 'EHLO \xff\xfe\xfd' 'EHLO DESKTOP3507CDS' 'HELO [IPv6:::1]' \
		'EHLO two words' "EHLO $(printf 'x%.0s' {1..255})"; do
		says <<-END
			220	
			250	$hello\r\n
			250	MAIL FROM:<a@x.example>\r\n
			250	RCPT TO:<c@d.example>\r\n
			354	DATA\r\n
			250	b\r\n.\r\n
			221 eof	QUIT\r\n
		END
		came 'b\n' a@x.example c@d.example
	done
}

@test "a recorder with several recipients, blanks around them and names before them" {
	says <<-'END'
		220	
		250	EHLO nvr\r\n
		250	MAIL FROM: NVR <nvr@x.example> \r\n
		250	RCPT TO:  <c@d.example>\r\n
		250	RCPT TO:<e@f.example>  \r\n
		250	RCPT TO: "Night, Watch" <g@h.example>\r\n
		250	RCPT TO: i@j.example\r\n
		354	DATA\r\n
		250	Event\r\n.\r\n
		221 eof	QUIT\r\n
	END
	came 'Event\n' nvr@x.example c@d.example e@f.example g@h.example i@j.example
}

@test "a device that logs in with nothing, or whatever is offered, is told 502 and goes on" {
	says <<-'END'
		220	
		250	EHLO ntopng\r\n
		502	AUTH LOGIN\r\n
		502	AUTH PLAIN AAA=\r\n
		502	AUTH login dXNlcg==\r\n
		502	STARTTLS\r\n
		250	MAIL FROM:<a@x.example>\r\n
		250	RCPT TO:<c@d.example>\r\n
		354	DATA\r\n
		250	b\r\n.\r\n
		221 eof	QUIT\r\n
	END
	came 'b\n' a@x.example c@d.example
}

@test "an old stack: HELO, long lines, bare LF in the body, no QUIT, RST" {
	long=$(printf '%05000d' 0)
	says <<-END
		220	
		250	HELO CE\r\n
		250	MAIL FROM:<a@x.example>\r\n
		250	RCPT TO:<c@d.example>\r\n
		354	DATA\r\n
		250	Subject: s\n\n$long\r\nlf\n.\nend\n\r\n.\r\n
		-	@reset
	END
	came "Subject: s\n\n$long\nlf\n.\nend\n\n" a@x.example c@d.example
}

@test "mailsend: CR CR LF before the final dot" {
	says <<-'END'
		220	
		250	EHLO x\r\n
		250	MAIL FROM:<a@x.example>\r\n
		250	RCPT TO:<c@d.example>\r\n
		354	DATA\r\n
		250	Subject: s\r\n\r\nb\r\r\n.\r\n
		221 eof	QUIT\r\n
	END
	came 'Subject: s\n\nb\r\n' a@x.example c@d.example
}

@test "a naive reader of the greeting finds it in one line" {
	run -0 says <<-'END'
		220	
		221 eof	QUIT\r\n
	END
	assert_equal "${#lines[@]}" 2
}

@test "a toy that ends its lines with LF: served where SMTP_LATCH is set, told what is wrong where not" {
	says <<-'END'
		220	
		500	HELO toy\n
		500	QUIT\n
	END
	assert nothing_came
	unserve
	serve_replay SMTP_LATCH=1
	says <<-'END'
		220	
		250	HELO toy\n
		250	MAIL FROM:<toy@x.example>\n
		250	RCPT TO:<c@d.example>\n
		354	DATA\n
		250	Subject: s\n\n..\n42\n.\n
		221 eof	QUIT\n
	END
	came 'Subject: s\n\n.\n42\n' toy@x.example c@d.example
	says <<-'END'
		220	
		250	HELO honest\r\n
		250	MAIL FROM:<toy@x.example>\r\n
		250	RCPT TO:<c@d.example>\r\n
		354	DATA\r\n
		250	a\n.\nb\r\n.\r\n
		221 eof	QUIT\r\n
	END
	came 'a\n.\nb\n' toy@x.example c@d.example
}

@test "a sensor without a clock: SMTP_COMPLETE gives its message what a message must have" {
	unserve
	serve_replay SMTP_COMPLETE=1
	says <<-'END'
		220	
		250	HELO sensor\r\n
		250	MAIL FROM:<sensor@x.example>\r\n
		250	RCPT TO:<c@d.example>\r\n
		354	DATA\r\n
		250	Subject: 21 C\r\n\r\n.\r\n
		221 eof	QUIT\r\n
	END
	until_true no_sessions
	run -0 cat came/*[!o]
	assert_line --regexp '^Date: [A-Z][a-z]{2}, '
	assert_line --regexp '^Message-ID: <[^ ]+@[^ ]+>$'
	assert_line --regexp '^From: <?sensor@x\.example>?$'
	assert_line 'Subject: 21 C'
}
