#!/usr/bin/env bats
# HELO, EHLO, MAIL, RCPT, RSET and their order: RFC 5321 3.3, 4.1.1, 4.1.2.

setup() { load helper; }

# ask line...: the lines between EHLO and QUIT; any recipient may.
ask() { SMTP_ANY=1 talk smtp-session true -- 'EHLO c' "$@" QUIT >/dev/null; }

@test "HELO is one line, and the enhanced codes are gone after it" {
	SMTP_NAME=mx.example talk smtp-session true -- 'HELO c' NOOP QUIT >said
	run -0 cat said
	assert_line --index 1 '250 mx.example'
	assert_line --index 2 '250 OK'
	assert_line --index 3 '221 Bye'
}

@test "names that devices give are taken: none, blanks, _, (none), host:port, 8-bit" {
	for name in '' ' ' ' _' ' (none)' ' host:25' $' caf\xe9' ' [127.0.0.1]' ' FE80::1'; do
		talk smtp-session true -- "HELO$name" QUIT >/dev/null
		assert_equal "$(codes)" '220 250 221 '
	done
}

@test "SMTP_STRICT wants a name" {
	SMTP_STRICT=1 talk smtp-session true -- EHLO QUIT >/dev/null
	assert_equal "$(codes)" '220 501 221 '
}

@test "MAIL before EHLO is 503" {
	talk smtp-session true -- 'MAIL FROM:<>' QUIT >/dev/null
	assert_equal "$(codes)" '220 503 221 '
}

@test "RCPT before MAIL and DATA before RCPT are 503" {
	ask 'RCPT TO:<a@b.example>' 'MAIL FROM:<>' DATA
	assert_equal "$(codes)" '220 250 503 250 503 221 '
}

@test "MAIL inside a transaction is 503 and RSET ends it" {
	ask 'MAIL FROM:<a@b>' 'MAIL FROM:<c@d>' RSET 'MAIL FROM:<c@d>'
	assert_equal "$(codes)" '220 250 250 503 250 250 221 '
}

@test "EHLO again forgets the transaction" {
	ask 'MAIL FROM:<a@b>' 'EHLO c' 'RCPT TO:<x@y>'
	assert_equal "$(codes)" '220 250 250 250 503 221 '
}

@test "whatever ended a transaction, the next one needs a recipient of its own" {
	export SMTP_ANY=1 DATABYTES=10
	# begin_again program codes line...: the codes are those of the lines
	begin_again() {
		local program=$1 want=$2
		shift 2
		talk smtp-session sh -c "$program" -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b.example>' "$@" \
			'MAIL FROM:<>' DATA 'BDAT 0 LAST' QUIT >/dev/null
		assert_equal "$*: $(codes)" "$*: 220 250 250 250 ${want} 250 503 503 221 "
	}
	begin_again true 250 RSET
	begin_again true 250 'EHLO c'
	begin_again true 250 'HELO c'
	begin_again true '354 250' DATA a .
	begin_again 'exit 100' '354 554' DATA a .
	begin_again 'exit 111' '354 451' DATA a .
	begin_again true '354 552' DATA 0123456789 .
	begin_again true '250' $'BDAT 2 LAST\r\n'
	begin_again true '250 250' $'BDAT 2\r\n' RSET
	begin_again true '552' "BDAT 11 LAST"$'\r\n012345678'
}

@test "a recipient of a transaction that ended without its message gets none of the next one" {
	local end
	export SMTP_ANY=1 DATABYTES=10
	for end in RSET 'EHLO c' 'HELO c' $'DATA\r\n0123456789\r\n.' $'BDAT 1\r\n\r\nRSET' $'BDAT 11 LAST\r\n012345678\r\n'; do
		rm -f to
		talk smtp-session sh -c 'echo "$SENDER $NRECIPIENT $RECIPIENTS" >to' -- 'EHLO c' 'MAIL FROM:<s@x>' \
			'RCPT TO:<one@b.example>' "$end" 'MAIL FROM:<s@x>' 'RCPT TO:<two@b.example>' DATA a . QUIT >/dev/null
		assert_equal "$end: $(cat to)" "$end: s@x 1 two@b.example"
	done
}

@test "no file of a message stays open when its transaction has ended" {
	local end
	for end in $'DATA\r\n.' $'BDAT 0\r\nRSET' $'BDAT 0\r\nEHLO c' $'BDAT 0 LAST'; do
		yes $'MAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\n'"$end"$'\r' | head -n $(($(wc -l <<<"$end") * 40 + 80)) >many
		{ printf 'EHLO c\r\n' && cat many && printf 'QUIT\r\n'; } >sent
		(ulimit -n 20 && SMTP_ANY=1 timeout 10 smtp-session true <sent >got 2>log)
		run -0 codes
		refute_output --regexp '4[0-9][0-9] |50[0-9] '
	done
}

@test "DATA after only refused recipients is 554 and not 354" {
	talk smtp-session true -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b.example>' DATA QUIT >/dev/null
	assert_equal "$(codes)" '220 250 250 554 554 221 '
}

@test "verbs are taken in any case" {
	ask 'mail from:<a@b>' 'rCpT To:<c@d>'
	assert_equal "$(codes)" '220 250 250 250 221 '
}

@test "nobody's mail is taken by default: 554 5.7.1" {
	talk smtp-session true -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b.example>' 'RCPT TO:<postmaster>' QUIT >said
	run -0 grep -c '^554 5.7.1' said
	assert_output 2
}

@test "RCPTHOSTS names domains, .suffixes and spares postmaster" {
	printf '# ours\nb.example\n.sub.example \n' >hosts
	RCPTHOSTS=$PWD/hosts talk smtp-session true -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@B.Example>' \
		'RCPT TO:<a@x.sub.example>' 'RCPT TO:<a@sub.example>' 'RCPT TO:<a@c.example>' \
		'RCPT TO:<PostMaster>' QUIT >/dev/null
	assert_equal "$(codes)" '220 250 250 250 250 554 554 250 221 '
}

@test "RCPTHOSTS as a cdb, with whole mailboxes" {
	
	python3 "$DATA/make-cdb.py" hosts.cdb b.example x@c.example .d.example
	RCPTHOSTS=hosts.cdb talk smtp-session true -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b.example>' \
		'RCPT TO:<x@c.example>' 'RCPT TO:<y@c.example>' QUIT >/dev/null
	assert_equal "$(codes)" '220 250 250 250 250 554 221 '
}

@test "a RCPTHOSTS that cannot be read is 451, not a refusal" {
	RCPTHOSTS=/nonexistent/hosts talk smtp-session true -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b.example>' QUIT >/dev/null
	assert_equal "$(codes)" '220 250 250 451 221 '
}

@test "a recipient with a slash, an empty one and one without domain are refused" {
	ask 'MAIL FROM:<>' 'RCPT TO:<../../etc/passwd@b>' 'RCPT TO:<>' 'RCPT TO:<a>'
	assert_equal "$(codes)" '220 250 250 550 501 501 221 '
}

@test "RELAYCLIENT takes any recipient and is appended" {
	RELAYCLIENT=.relay talk smtp-session sh -c 'echo "2.0.0 for $RECIPIENT"' -- 'EHLO c' 'MAIL FROM:<>' \
		'RCPT TO:<x%y@b.example>' DATA 'a: b' . QUIT >said
	run -0 cat said
	assert_line --partial 'for x%y@b.example.relay'
}

@test "DEFAULTDOMAIN completes a recipient" {
	DEFAULTDOMAIN=d.example SMTP_ANY=1 talk smtp-session sh -c 'echo "$RECIPIENT"' -- 'EHLO c' 'MAIL FROM:<>' \
		'RCPT TO:<joe>' DATA 'a: b' . QUIT >said
	run -0 cat said
	assert_line --partial 'joe@d.example'
}

@test "one recipient too many is 452 and the others stay" {
	SMTP_MAXRCPT=2 SMTP_ANY=1 talk smtp-session sh -c 'echo "n=$NRECIPIENT"' -- 'EHLO c' 'MAIL FROM:<>' \
		'RCPT TO:<a@b>' 'RCPT TO:<a@b>' 'RCPT TO:<c@d>' 'RCPT TO:<e@f>' DATA x . QUIT >said
	assert_equal "$(codes)" '220 250 250 250 250 250 452 354 250 221 '
	run -0 grep -c 'n=2' said
}

@test "one message too many is 421 and ends the session" {
	SMTP_MAXMAIL=1 SMTP_ANY=1 talk smtp-session true -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' DATA x . \
		'MAIL FROM:<>' NOOP >/dev/null || true
	assert_equal "$(codes)" '220 250 250 250 354 250 421 '
}

@test "VRFY tells nothing, EXPN and TURN are 502, HELP lists the verbs" {
	ask 'VRFY root' 'EXPN list' TURN HELP
	assert_equal "$(codes)" '220 250 252 502 502 214 221 '
	run -0 grep '^214' got
	for verb in HELO EHLO MAIL RCPT DATA NOOP QUIT RSET HELP; do assert_output --partial "$verb"; done
}

@test "every verb of HELP answers with and without an argument, before and after EHLO" {
	talk smtp-session true -- HELP QUIT >/dev/null
	for verb in $(sed -n 's/^214 //p' got | tr -d '\r'); do
		# These end the session: QUIT, and BDAT with nothing that says how much follows.
		case $verb in QUIT | BDAT) continue ;; esac
		for before in NOOP 'EHLO c'; do
			for line in "$verb" "$verb x"; do
				talk smtp-session true -- "$before" "$line" QUIT >/dev/null
				run -0 codes
				assert_output --regexp '^220 250 [2-5][0-9][0-9] 221 $'
			done
		done
	done
}

@test "a hundred recipients get their message, and the reply says so" {
	mapfile -t to < <(printf 'RCPT TO:<u%d@b>\n' {1..250})
	SMTP_ANY=1 talk smtp-session sh -c 'echo "n=$NRECIPIENT" >>ran' -- 'EHLO c' 'MAIL FROM:<>' "${to[@]}" DATA x . QUIT >/dev/null
	assert_equal "$(codes)" "220 250 250 $(printf '250 %.0s' {1..100})$(printf '452 %.0s' {1..150})354 250 221 "
	assert_equal "$(cat ran)" n=100
}

@test "a TAB inside quotes is no address: 501, and the session goes on" {
	ask $'MAIL FROM:<"a\tb"@c>' 'MAIL FROM:<>' $'RCPT TO:<"a\tb"@c>'
	assert_equal "$(codes)" '220 250 501 250 501 221 '
}

@test "a name of digits and dots is greeted with" {
	SMTP_NAME=192.0.2.1 talk smtp-session true -- QUIT >said
	run -0 head -n 1 said
	assert_output '220 192.0.2.1 ESMTP'
}
