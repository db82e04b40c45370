#!/usr/bin/env bats
# Command lines as bytes: verbs, blanks, limits, what may not be in them.
# RFC 5321 2.3.8, 2.4, 4.1.1, 4.5.3.1.4.

setup() {
	load helper
	export SMTP_NAME=mx.example SMTP_ANY=1
}

# say bytes: as printf %b has them, to a session; replies in got, log in log.
say() {
	printf '%b' "$1" >sent
	timeout 20 smtp-session sh -c 'cat >message' <sent >got 2>log
}

# table: from standard input, "codes<TAB>bytes": each in a session of its own with
# these replies between 220 and 221.
table() {
	local want bytes n=0
	while IFS=$'\t' read -r want bytes; do
		say "$bytes\r\nQUIT\r\n"
		assert_equal "$bytes: $(codes)" "$bytes: 220 $want 221 "
		n=$((n + 1))
	done
	assert [ "$n" -gt 0 ]
}

@test "verbs are taken in any case" {
	table <<-'END'
		250 250	eHLo x\r\nnoop
		250 250 250	HELO x\r\nmAIL From:<>\r\nrset
		250 250 250	helo x\r\nmail FROM:<a@b>\r\nrcpt to:<c@d>
		252	vrfy x
		502	ExPn x
	END
}

@test "blanks: any number of them before an argument, any behind it, none before a verb" {
	table <<-'END'
		250	HELO  \t x
		250	NOOP\tx
		250	NOOP   
		250	RSET \t
		500	 NOOP
		500	\tNOOP
		500	 
		250 250	HELO x\r\nMAIL \t FROM: \t <a@b> \t
		252	VRFY \t x \t
		501	VRFY \t
	END
}

@test "SMTP_STRICT wants one space, and takes blanks at the end" {
	export SMTP_STRICT=1
	table <<-'END'
		250	NOOP x
		501	NOOP  x
		501	NOOP\tx
		501	NOOP \tx
		501 503	HELO  x\r\nMAIL FROM:<>
		250 501 250	HELO x\r\nMAIL  FROM:<>\r\nMAIL FROM:<>  
		501	HELO
		501	EHLO 
		501	RSET x
		250	RSET  
	END
}

@test "what is no verb of ours is 500, whatever stands around it" {
	table <<-'END'
		500	XYZZY
		500	NOO
		500	NOOPS
		500	NOOP:
		500	MAIL:FROM:<>
		500	N OOP
		500	EHLO:x
		500	.
		500	<a@b>
		500	Subject: x
		500	\303\211HLO x
		500	GETTY x
		500	GETS /
	END
}

@test "control bytes in any command are 501, and it is not executed" {
	for byte in '\001' '\000' '\007' '\010' '\013' '\033' '\037' '\177' '\r' '\rx'; do
		table <<-END
			501	NOOP a${byte}b
			501	XYZZY a${byte}b
			501 503	HELO a${byte}b\r\nMAIL FROM:<>
			250 501 503	HELO x\r\nMAIL FROM:<a${byte}b@c>\r\nRCPT TO:<a@b>
		END
	done
}

@test "8-bit bytes are for names of clients; elsewhere they are 553, and 500 in no verb of ours" {
	table <<-'END'
		250	HELO caf\303\251
		250	EHLO \377\376
		553	NOOP \303\251
		553	VRFY \303\251
		553	HELP \200
		500	XYZZY \303\251
		250 553 503	HELO x\r\nMAIL FROM:<\303\251@b>\r\nRCPT TO:<a@b>
		250 553	HELO x\r\nMAIL FROM:<a@b\303>
	END
}

@test "a line ended by LF alone is 500, not executed, and the next one is a line" {
	table <<-'END'
		500 250	NOOP\nNOOP
		500 500 250	NOOP\n\nNOOP
		500 503	HELO x\nMAIL FROM:<>
		250 500 503	HELO x\r\nMAIL FROM:<>\nRCPT TO:<a@b>
		501	NOOP\r\r
		501 250	\r\r\nNOOP
	END
}

@test "4096 bytes are a line; 4097 are 500 and dropped to the line end; 65537 are 421" {
	say "NOOP $(printf '%04089d' 0)\r\nNOOP $(printf '%04090d' 0)\r\nNOOP $(printf '%065524d' 0)\r\nNOOP\r\nQUIT\r\n"
	assert_equal "$(codes)" '220 250 500 500 250 221 '
	run -1 say "NOOP $(printf '%065532d' 0)"
	run -0 codes
	assert_output '220 421 '
	run -0 grep -c '^421 Line without end' got
}

@test "no part of a line too long is a command, wherever a CR stands in it" {
	local n
	for n in {4086..4092}; do
		say "NOOP $(printf "%0${n}d" 0)\r0000000000\r\nQUIT\r\n"
		assert_equal "$n: $(codes)" "$n: 220 500 221 "
		run -0 grep -c '^500 Line too long' got
	done
}

@test "names in EHLO and HELO: empty, _, (none), host:port, literals, raw bytes, up to 255 of them" {
	for name in '' ' ' ' _' ' (none)' ' host:25' ' [127.0.0.1]' ' [IPv6:::1]' ' FE80::1' ' a b c' ' \351\377' \
		' <a@b>' " $(printf '%0255d' 0)"; do
		say "HELO$name\r\nEHLO$name\r\nMAIL FROM:<>\r\nQUIT\r\n"
		assert_equal "$name: $(codes)" "$name: 220 250 250 250 221 "
		run -0 grep -c '^250 mx.example.$' got
	done
	say "EHLO $(printf '%0256d' 0)\r\nMAIL FROM:<>\r\nQUIT\r\n"
	assert_equal "$(codes)" '220 501 503 221 '
}

@test "EHLO again, and HELO after it, begin anew; a refused one changes nothing" {
	table <<-'END'
		250 250 250 503	EHLO x\r\nMAIL FROM:<>\r\nEHLO y\r\nRCPT TO:<a@b>
		250 250 250 503	EHLO x\r\nMAIL FROM:<>\r\nHELO y\r\nRCPT TO:<a@b>
		250 250 501 250	EHLO x\r\nMAIL FROM:<>\r\nEHLO \001\r\nRCPT TO:<a@b>
	END
	say 'EHLO x\r\nNOOP\r\nHELO x\r\nNOOP\r\nEHLO x\r\nNOOP\r\nQUIT\r\n'
	run -0 sed -n '/ OK/s/\r//p' got
	assert_output $'250 2.0.0 OK\n250 OK\n250 2.0.0 OK'
}

@test "NOOP, RSET, HELP and QUIT ignore their argument; VRFY wants one" {
	table <<-'END'
		250 250 214 214	NOOP x y\r\nRSET x\r\nHELP\r\nHELP MAIL
		252 501	VRFY root\r\nVRFY
	END
	say 'QUIT now please\r\nNOOP\r\n'
	assert_equal "$(codes)" '220 221 '
}

@test "what is no step of a transaction changes nothing in it" {
	table <<-'END'
		250 250 252 250 354 250	HELO x\r\nMAIL FROM:<>\r\nVRFY x\r\nRCPT TO:<a@b>\r\nDATA\r\n.
		250 250 250 252 354 250	HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nVRFY x\r\nDATA\r\n.
		250 250 250 553 501 354 250	HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nVRFY \303\251\r\nVRFY\r\nDATA\r\n.
		250 250 250 250 214 502 354 250	HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nNOOP\r\nHELP\r\nEXPN x\r\nDATA\r\n.
		250 250 250 503 501 500 354 250	HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nMAIL FROM:<c@d>\r\nRCPT TO:<>\r\nXYZZY\r\nDATA\r\n.
	END
}

@test "what is known and not served is 502" {
	for verb in EXPN ETRN ATRN TURN SEND SOML SAML BURL; do
		say "$verb\r\n$verb x\r\nQUIT\r\n"
		assert_equal "$verb $(codes)" "$verb 220 502 502 221 "
	done
}

@test "HELP names the verbs there are, and each of them is one" {
	say 'EHLO c\r\nHELP\r\nQUIT\r\n'
	run -0 sed -n 's/^214 2\.0\.0 //p' got
	for verb in EHLO HELO MAIL RCPT DATA RSET NOOP QUIT VRFY HELP; do assert_output --regexp "(^| )$verb( |.\$)"; done
	for verb in $(tr -d '\r' <<<"$output"); do
		say "$verb\r\n" || assert_equal "$verb $?" 'BDAT 1' # without a size it ends the session
		run -0 codes
		refute_output --regexp '50[02]'
	done
}
