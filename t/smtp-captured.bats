#!/usr/bin/env bats
# Clients as they were captured on the wire, replayed a segment a line: those that
# are not at hand to be run, and the exact shape of some that are.

setup() {
	load helper
	load replay
	serve_replay
}
teardown() { unserve; }

@test "smtplib: small letters, the size as a parameter in small letters, an address literal" {
	says <<-'END'
		220	
		250	ehlo [127.0.0.1]\r\n
		250	mail FROM:<a@x.example> size=56\r\n
		250	rcpt TO:<c@d.example>\r\n
		354	data\r\n
		250	Subject: s\r\n\r\n..\r\n...x\r\n.\r\n
		221 eof	quit\r\n
	END
	came 'Subject: s\n\n.\n..x\n' a@x.example c@d.example
}

@test "Net::SMTP: the final dot in a segment of its own, or any other cut" {
	says <<-'END'
		220	
		250	EHLO localhost.localdomain\r\n
		250	MAIL FROM:<a@x.example>\r\n
		250	RCPT TO:<c@d.example>\r\n
		354	DATA\r\n
		-	Subject: s\r\n\r\n
		-	b\r
		-	\n
		-	.
		-	\r
		250	\n
		221 eof	QUIT\r\n
	END
	came 'Subject: s\n\nb\n' a@x.example c@d.example
}

@test "swaks and msmtp: MAIL, RCPT, RCPT and DATA in one segment" {
	says <<-'END'
		220	
		250	EHLO x\r\n
		250 250 250 354	MAIL FROM:<a@x.example>\r\nRCPT TO:<c@d.example>\r\nRCPT TO:<e@f.example>\r\nDATA\r\n
		250	Subject: s\r\n\r\nb\r\n\r\n\r\n.\r\n
		221 eof	QUIT\r\n
	END
	came 'Subject: s\n\nb\n\n\n' a@x.example c@d.example e@f.example
}

@test "nodemailer: the envelope in one segment, and no QUIT: not an error" {
	says <<-'END'
		220	
		250	EHLO [127.0.0.1]\r\n
		250 250 354	MAIL FROM:<a@x.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n
		250	Subject: s\r\n\r\nb\r\n.\r\n
		-	@close
	END
	came 'Subject: s\n\nb\n' a@x.example c@d.example
	run ! grep -E 'lost|abort|failed' log
}

@test "curl: the null sender with a size, lock-step" {
	says <<-'END'
		220	
		250	EHLO host\r\n
		250	MAIL FROM:<> SIZE=21\r\n
		250	RCPT TO:<c@d.example>\r\n
		354	DATA\r\n
		250	a\n.\nb\n\r\n.\r\n
		221 eof	QUIT\r\n
	END
	came 'a\n.\nb\n\n' '' c@d.example
}

@test "Postfix: pipelined with ORCPT, then the body, the dot and QUIT in one write" {
	says <<-'END'
		220	
		250	EHLO relay.example\r\n
		250 250 354	MAIL FROM:<a@x.example> SIZE=300\r\nRCPT TO:<c@d.example> ORCPT=rfc822;c@d.example\r\nDATA\r\n
		250 221 eof	Subject: s\r\n\r\nb\r\n.\r\nQUIT\r\n
	END
	came 'Subject: s\n\nb\n' a@x.example c@d.example
}

@test "Exim: MAIL, RCPT, RCPT, BDAT LAST and the content in one segment" {
	says <<-'END'
		220	
		250	EHLO exim.example\r\n
		250 250 250 250	MAIL FROM:<a@x.example> SIZE=1300\r\nRCPT TO:<c@d.example>\r\nRCPT TO:<e@f.example>\r\nBDAT 20 LAST\r\nSubject: s\r\n\r\n.\r\nb\r\n
		221 eof	QUIT\r\n
	END
	came 'Subject: s\n\n.\nb\n' a@x.example c@d.example e@f.example
}

@test "Gmail and Exchange: chunks with bare LF, and an empty last one" {
	says <<-'END'
		220	
		250	EHLO mail.example\r\n
		250 250	MAIL FROM:<a@x.example> SIZE=24\r\nRCPT TO:<c@d.example>\r\n
		250	BDAT 13\r\nSubject: s\r\n\r
		250	BDAT 11\r\n\na\n.\nb\r\nc\r\n
		250	BDAT 0 LAST\r\n
		250	RSET\r\n
		221 eof	QUIT\r\n
	END
	came 'Subject: s\n\na\n.\nb\nc\n' a@x.example c@d.example
}

@test "sendmail: From and To in mixed case, SIZE, BODY and ORCPT" {
	says <<-'END'
		220	
		250	EHLO mail.example\r\n
		250 250 354	MAIL From:<a@x.example> SIZE=30 BODY=8BITMIME\r\nRCPT To:<c@d.example> ORCPT=RFC822;c@d.example\r\nDATA\r\n
		250	\xc3\xbc\r\n.\r\n
		221 eof	QUIT\r\n
	END
	came '\xc3\xbc\n' a@x.example c@d.example
}

@test "qmail-remote and dma: HELO or EHLO, lock-step, no parameters" {
	for hello in HELO EHLO; do
		says <<-END
			220	
			250	$hello mx.example\r\n
			250	MAIL FROM:<a@x.example>\r\n
			250	RCPT TO:<c@d.example>\r\n
			354	DATA\r\n
			250	b\r\n.\r\n
			221 eof	QUIT\r\n
		END
		came 'b\n' a@x.example c@d.example
	done
}

@test "nullmailer: QUIT, and gone before the 221: the message is kept and nothing failed" {
	says <<-'END'
		220	
		250	EHLO h.example\r\n
		250	MAIL FROM:<a@x.example>\r\n
		250	RCPT TO:<c@d.example>\r\n
		354	DATA\r\n
		250	b\r\n.\r\n
		-	QUIT\r\n
		-	@reset
	END
	came 'b\n' a@x.example c@d.example
}

@test "a client that shuts its side down after the dot or after QUIT gets its replies" {
	says <<-'END'
		220	
		250	EHLO x\r\n
		250 250 354	MAIL FROM:<a@x.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n
		-	b\r\n.\r\n
		250 eof	@half
	END
	came 'b\n' a@x.example c@d.example
	says <<-'END'
		220	
		-	QUIT\r\n
		221 eof	@half
	END
}

@test "Go's net/smtp: 8BITMIME and SMTPUTF8 whatever the message is, and 221 to its QUIT" {
	says <<-'END'
		220	
		250	EHLO localhost\r\n
		250	MAIL FROM:<a@x.example> BODY=8BITMIME SMTPUTF8\r\n
		250	RCPT TO:<c@d.example>\r\n
		354	DATA\r\n
		250	b\r\n.\r\n
		221 eof	QUIT\r\n
	END
	came 'b\n' a@x.example c@d.example
}
