#!/usr/bin/env bats
# smtp-send's command line, what it says to whoever called, and its other ways to be called.

setup() {
	load helper
	load send
	letter
	script
}
teardown() {
	unserve
	unscript
}

# refused argument...: a usage error: 100, no report, one line of log, nothing said to the server.
refused() {
	run -100 hand "$@" <letter 2>log
	assert_equal "$(cat report)" ''
}

@test "addresses with control characters, open blanks, brackets or quotes, or a leading - are usage errors" {
	script
	for a in $'a\nb@c' $'a\tb@c' $'a\rb@c' $'a\x7fb@c' 'a b@c' 'a@b c' 'a<b@c' 'a@b>' '<a@b>' '"a@b' '"a\"@b' 'a\"> SIZE=1 "@b' 'a\b@c' -a@b "$(printf '%0512d' 0)"; do
		refused -- "$a" c@d.example
		refused -- a@b.example "$a"
		refused -- a@b.example c@d.example "$a"
	done
	refused a@b.example ''
	run ! grep -q MAIL heard
}

@test "quoted local parts, literals, addresses without domain and whatever a server may judge are passed on" {
	script
	for a in '"a b"@c' '"a\"<\\>"@c' 'a@[127.0.0.1]' 'a@[IPv6:::1]' postmaster '#@[]' "o'b+x@c" 'a%b@c' "$(printf '%0511d' 0)"; do
		rm -f heard
		run -0 hand "$a" "$a" <letter
		assert_equal "$(grep -F "MAIL FROM:<$a>" heard)" "MAIL FROM:<$a>"
		assert_equal "$(grep -F "RCPT TO:<$a>" heard)" "RCPT TO:<$a>"
		assert_equal "$(cut -f 1 report)" "$a"
	done
}

@test "addresses beyond US-ASCII need -u, UTF-8, and a server with SMTPUTF8" {
	script 'EHLO=250-server\r\n250 SMTPUTF8'
	refused a@b.example jörg@d.example
	refused -u a@b.example $'j\xf6rg@d.example'
	refused -u $'j\xed\xa0\x80rg@d.example' c@d.example
	run -0 hand -u a@b.example jörg@d.example <letter
	run -0 grep -c '^MAIL FROM:<a@b.example> SMTPUTF8$' heard
	run -0 grep -c '^RCPT TO:<jörg@d.example>$' heard
	rm heard
	run -0 hand -u a@b.example c@d.example <letter
	run ! grep -q SMTPUTF8 heard
	script
	for who in 'jörg@b.example c@d.example' 'a@b.example jörg@d.example'; do
		# shellcheck disable=SC2086 # two words
		run -100 hand -u $who <letter
		assert_equal "$(cut -f 2,3 report)" $'553\t5.6.7'
	done
	run ! grep -q MAIL heard
}

@test "no recipient, unknown options and bad values are usage errors" {
	script
	refused
	refused a@b.example
	refused -x a@b.example c@d.example
	for o in '-8 maybe' '-c lf' '-h' '-m x' '-m -1' '-n some' '-n never,success' '-n success,' '-p maybe' '-R none' '-t 0' '-t x' '-t 86401' '-z maybe' '-s sometimes' '-s require'; do
		# shellcheck disable=SC2086 # an option and its value
		refused $o a@b.example c@d.example
	done
	refused -h 'a b' a@b.example c@d.example
	refused -e '' a@b.example c@d.example
	refused -e "$(printf '%0101d' 0)" a@b.example c@d.example
	run -0 hand -s never a@b.example c@d.example <letter
}

@test "without a connection on descriptors 6 and 7 there is a plain word and 100" {
	run -100 timeout 5 smtp-send a@b.example c@d.example <letter 6>&- 7>&-
	assert_output --partial tcpclient
}

@test "EHLO says -h, else TCPLOCALHOST, else the address in brackets" {
	script
	hand -h mx.example a@b.example c@d.example <letter
	tcpclient -RHl home.example 127.0.0.1 "$PORT" smtp-send a@b.example c@d.example <letter
	hand a@b.example c@d.example <letter
	assert_equal "$(grep EHLO heard | tr '\n' ' ')" 'EHLO mx.example EHLO home.example EHLO [127.0.0.1] '
	rm heard
	mkfifo there back
	server() { python3 "$DATA/send/server.py" <there >back; }
	server &
	PROTO=TCP TCPLOCALIP=2001:db8::1 timeout 10 smtp-send a@b.example c@d.example <letter 7>there 6<back
	run -0 grep -c '^EHLO \[IPv6:2001:db8::1\]$' heard
}

@test "what a report should be goes into MAIL and RCPT where the server offers DSN, and nowhere else" {
	script 'EHLO=250-server\r\n250 dsn'
	run -0 hand -n failure,SUCCESS -R hdrs -e 'a+b=c d' a@b.example c@d.example <letter
	assert_equal "$(grep : heard)" 'MAIL FROM:<a@b.example> RET=HDRS ENVID=a+2Bb+3Dc+20d
RCPT TO:<c@d.example> NOTIFY=SUCCESS,FAILURE'
	run -0 hand -n never -R full a@b.example c@d.example <letter
	run -0 grep -c 'NOTIFY=NEVER$' heard
	run -0 grep -c 'RET=FULL$' heard
	run -0 hand -e "$(printf '%0100d' 0)" a@b.example c@d.example <letter
	run -0 hand -e "$(printf '%097d=' 0)" a@b.example c@d.example <letter
	assert_equal "$(grep -c -e ' ENVID=0*$' -e ' ENVID=0*+3D$' heard)" 2
	refused -e "$(printf '%098d=' 0)" a@b.example c@d.example
	script
	run -0 hand -n never -R full -e x a@b.example c@d.example <letter
	assert_equal "$(grep : heard)" 'MAIL FROM:<a@b.example>
RCPT TO:<c@d.example>'
}

@test "our own smtp-session understands every parameter" {
	sink
	run -0 hand -n delay,failure -R full -e id1 -u 'a b@c' x@y <letter || true
	run -0 hand -n delay,failure -R full -e id1 '"a b"@c.example' x@y.example <letter
	assert_equal "$(cat from)" 'a b@c.example'
}

@test "with -i the connection is descriptors 0 and 1, the message on 3 and the report on 2" {
	mkfifo there back
	python3 "$DATA/send/server.py" <there >back &
	timeout 10 smtp-send -i a@b.example c@d.example >there <back 3<letter 2>report
	assert_equal "$(cut -f 1,2 report)" $'c@d.example\t250'
	sed 's/$/\r/' letter | cmp - body
	wait "$!" # or the next would talk to the one that leaves
	python3 "$DATA/send/server.py" <there >back &
	timeout 10 smtp-send -i -f letter a@b.example c@d.example >there <back 2>report
	assert_equal "$(cut -f 1,2 report)" $'c@d.example\t250'
	smtp-send -i -Q mx a@b $'x\n@d' >there.said </dev/null 2>report
	assert_equal "$(tr '\0\n' '| ' <report)" 'Da control character in an address. (#5.3.5) |'
	assert_equal "$(wc -c <there.said)" 0
}

@test "-v copies the dialogue to the log, made safe, and not the message" {
	script 'RCPT=250 \x1b[2J'
	hand -v a@b.example c@d.example <letter 2>log
	run -0 grep -c '^smtp-send: > RCPT TO:<c@d.example>$' log
	run -0 grep -cF 'smtp-send: < 250 ?[2J' log
	run ! grep -q body log
}

# qmail argument...: with -Q; the report with | for NUL.
qmail() {
	hand -Q "$@" <letter || return
	tr '\0\n' '| ' <report
}

@test "with -Q it is qmail-remote: r and K" {
	script 'DOT=250 2.0.0 queued'
	assert_equal "$(qmail mx.example a@b.example c@d.example e@f.example)" \
		'r|r|Kmx.example accepted message. Remote host said: 250 2.0.0 queued |'
}

@test "with -Q refusals are h or s, and the message D or Z when nobody has it" {
	script 'RCPT=550 5.1.1 no' 'RCPT=450 4.2.1 later' 'RCPT=250 x'
	assert_equal "$(qmail mx a@b x@d y@d z@d)" \
		'hmx does not like recipient. Remote host said: 550 5.1.1 no |smx does not like recipient. Remote host said: 450 4.2.1 later |r|Kmx accepted message. Remote host said: 250 2.0.0 taken |'
	script 'RCPT=550 5.1.1 no' 'RCPT=450 4.2.1 later'
	assert_equal "$(qmail mx a@b x@d y@d)" \
		'hmx does not like recipient. Remote host said: 550 5.1.1 no |smx does not like recipient. Remote host said: 450 4.2.1 later |Zmx cannot take the message now. Remote host said: 450 4.2.1 later |'
}

@test "with -Q what befalls the message is no recipient's fault, and what is ours the host has not said" {
	script 'DOT=554 5.6.0 no'
	assert_equal "$(qmail mx a@b x@d)" 'r|Dmx does not take the message. Remote host said: 554 5.6.0 no |'
	script 'RCPT=550 5.1.1 no' 'RCPT=250 ok' 'DATA=452 4.3.1 full'
	assert_equal "$(qmail mx a@b x@d y@d)" \
		'hmx does not like recipient. Remote host said: 550 5.1.1 no |r|Zmx cannot take the message now. Remote host said: 452 4.3.1 full |'
	script 'GREETING=421 4.3.2 busy;close'
	assert_equal "$(qmail mx a@b x@d)" 'r|Zmx cannot take the message now. Remote host said: 421 4.3.2 busy |'
	script DOT=close
	assert_equal "$(qmail mx a@b x@d)" \
		'r|Zmx cannot take the message now. smtp-send: the connection was lost: the end of the message. (#4.4.2) |'
	script 'EHLO=250-s\r\n250 LIMITS RCPTMAX=1' 'DOT=250 one' 'DOT=554 5.6.0 no'
	assert_equal "$(qmail mx a@b x@d y@d)" \
		'r|hmx does not take the message. Remote host said: 554 5.6.0 no |Kmx accepted message. Remote host said: 250 2.0.0 one |'
}

@test "with -Q addresses are bare, and quoted where they must be" {
	script
	assert_equal "$(qmail mx a@b '')" 'Dan empty address. (#5.3.5) |'
	qmail mx 'a b@c' 'x"y\@d' plain@d a..b@d 'u@v@d'
	assert_equal "$(grep : heard)" 'MAIL FROM:<"a b"@c>
RCPT TO:<"x\"y\\"@d>
RCPT TO:<plain@d>
RCPT TO:<"a..b"@d>
RCPT TO:<"u@v"@d>'
	assert_equal "$(qmail mx $'a\nb@c' x@d)" 'Da control character in an address. (#5.3.5) |'
}

@test "with -Q a mistake in its use is for now, not for good: it must bounce no mail" {
	assert_equal "$(qmail mx)" 'Zno recipient. (#4.3.5) |'
	assert_equal "$(qmail -x mx a@b c@d)" 'Zan unknown option or a bad value. (#4.3.5) |'
	smtp-send -Q mx a@b c@d <letter 6>&- 7>&- >report
	run -0 grep -c '^Zno connection on descriptors 6 and 7' report
}
