#!/usr/bin/env bats
# AUTH PLAIN and LOGIN: RFC 4954, RFC 4616; who may log in where, and how.

# shellcheck disable=SC2154 # run sets stderr

setup() {
	load helper
	# Failed logins without their delays.
	HASTY=${PROBE:-$BIN/../.build/probe}/hasty-smtp-session
	printf 'bob:secret:%s\nzoë:p w:%s\n' "$PWD" "$PWD" >users
	export SMTP_AUTH="$DATA/checker.py users" SMTP_AUTH_CLEAR=1
	unset "${!SSL_@}" SSLREADFD "${!TCP@}" PROTO
}

teardown() { unserve; }

# shellcheck disable=SC2059 # the caller's bytes
b() { printf "$@" | base64 -w0; }
# session line...: what is said to a session, and nothing of it but the codes.
session() {
	talk "$HASTY" true -- "$@" >/dev/null 2>log || true
	codes
}
# auth line...: the codes between EHLO's and QUIT's.
auth() { session 'EHLO c' "$@" QUIT | sed 's/^220 250 //; s/ 221 $//'; }

@test "PLAIN and LOGIN log in, with the first answer in the command or after 334" {
	local right
	right=$(b '\0bob\0secret')
	assert_equal "$(auth "AUTH PLAIN $right")" 235
	assert_equal "$(auth 'auth plain' "$right")" '334 235'
	assert_equal "$(auth "AUTH PLAIN $(b 'bob\0bob\0secret')")" 235
	assert_equal "$(auth "AUTH login $(b bob)" "$(b secret)")" '334 235'
	assert_equal "$(auth 'AUTH LOGIN' "$(b bob)" "$(b secret)")" '334 334 235'
	assert_equal "$(auth "AUTH  PLAIN  $(b '\0zoë\0p w') ")" 235
}

@test "the prompts are exactly these, and PLAIN's is 334 and a blank" {
	auth 'AUTH LOGIN' "$(b bob)" "$(b secret)" >/dev/null
	run -0 sed -n '/^334/p' got
	assert_output $'334 VXNlcm5hbWU6\r\n334 UGFzc3dvcmQ6\r'
	auth 'AUTH PLAIN' '*' >/dev/null
	run -0 grep -c $'^334 \r$' got
	run -0 grep '^501' got
	assert_output --regexp '^501 5\.5\.2 '
}

@test "what is no base64, or not what the mechanism wants, is 501 and no login" {
	local what
	for what in = '*' '====' 'AGJvYgBzZWNyZXQ' 'AGJv YgBzZWNyZXQ=' 'AGJvYgBzZWNyZXQ=AAAA' 'AGJvYgBzZWNyZX=0' 'A===' \
		$'AGJvYgBzZWNyZX\xff=' "$(b bob)" "$(b 'bob\0')" "$(b '\0bob')" "$(b '\0bob\0secret\0')" "$(b '\0\0bob\0secret')"; do
		assert_equal "$what $(auth "AUTH PLAIN $what")" "$what 501"
		assert_equal "$what $(auth 'AUTH PLAIN' "$what")" "$what 334 501"
	done
	for what in '*' '=' 'c2Vj cmV0' 'c2VjcmV0=' "$(b 'sec\0ret')"; do
		assert_equal "$what $(auth "AUTH LOGIN $(b bob)" "$what")" "$what 334 501"
	done
	assert_equal "$(auth "AUTH LOGIN $(b 'bo\0b')")" 501
	assert_equal "$(auth 'AUTH LOGIN' '*' 'AUTH LOGIN' '*')" '334 501 334 501'
	run ! grep -q 'ev=auth' log
}

@test "no mechanism is 501, another one 504" {
	assert_equal "$(auth AUTH 'AUTH CRAM-MD5' 'AUTH PLAIN-X abc' 'AUTH LOGINX' 'AUTH =')" '501 504 504 504 504'
}

@test "a wrong login is 535, three of them end the session with 421, in whatever way they are wrong" {
	local long wrong
	wrong=$(b '\0bob\0wrong')
	long=$(printf '%0510d' 0)
	assert_equal "$(session 'EHLO c' "AUTH PLAIN $wrong" RSET "AUTH LOGIN $(b eve)" "$(b secret)" 'EHLO c' "AUTH PLAIN $wrong" NOOP)" \
		'220 250 535 250 334 535 250 421 '
	run -0 grep -c '^421 4\.7\.0 ' got
	run -0 grep -c '^535 5\.7\.8 ' got
	run -0 sed -n 's/.*ev=auth-fail sid=[0-9]* ip=unknown port=0 //p' log
	assert_output "$(printf 'mech=%s user=%s why=password\n' PLAIN bob LOGIN eve PLAIN bob)"
	assert_equal "$(auth "AUTH PLAIN $(b 'eve\0bob\0secret')" "AUTH PLAIN $(b "\0bob\0$long")")" '535 535'
	assert_equal "$(auth "AUTH PLAIN $(b '\0bob\0')" "AUTH PLAIN $(b '\0\0secret')")" '535 535'
	assert_equal "$(auth "AUTH LOGIN =" "$(b secret)" "AUTH PLAIN $(b '\0b\nb\0x')")" '334 535 535'
	run -0 sed -n 's/.*ev=auth-fail .*mech=\([A-Z]*\) user=.* why=/\1 /p' log
	assert_output $'LOGIN name\nPLAIN name'
}

@test "a failed login costs a second, the next one two" {
	local began=$EPOCHREALTIME
	talk smtp-session true -- 'EHLO c' "AUTH PLAIN $(b '\0bob\0x')" "AUTH PLAIN $(b '\0bob\0y')" QUIT
	assert_equal "$(codes)" '220 250 535 535 221 '
	((${EPOCHREALTIME/./} - ${began/./} >= 3000000))
}

@test "AUTH in a transaction, after a login, before EHLO and after HELO is 503" {
	local right
	right="AUTH PLAIN $(b '\0bob\0secret')"
	assert_equal "$(session "$right" 'HELO c' "$right" 'EHLO c' 'MAIL FROM:<>' "$right" RSET "$right" "$right" QUIT)" \
		'220 503 250 503 250 250 503 250 235 503 221 '
	assert_equal "$(SMTP_EXT=+AUTHHELO session "$right" 'HELO c' "$right" QUIT)" '220 503 250 235 221 '
	run ! grep -q '2\.7\.0' got
}

@test "AUTH is offered, and taken, in TLS or where SMTP_AUTH_CLEAR lets it; else it is 502, or 530 where TLS is a must" {
	local right
	right="AUTH PLAIN $(b '\0bob\0secret')"
	unset SMTP_AUTH_CLEAR
	assert_equal "$(auth HELP "$right")" '214 502'
	run ! grep -q AUTH got
	assert_equal "$(SMTP_TLS=require auth "$right")" 530
	assert_equal "$(SMTP_TLS=active auth HELP "$right" 'EHLO c' HELP)" '214 235 250 214'
	assert_equal "$(grep -c '^250-AUTH PLAIN LOGIN' got)" 1
	assert_equal "$(SSL_PROTOCOL=TLSv1.3 auth "$right")" 235
	assert_equal "$(SSL_PROTOCOL=TLSv1.3 SMTP_EXT=-AUTH auth "$right")" 502
	run ! grep -q AUTH got
	assert_equal "$(SMTP_TLS=active SMTP_AUTH='' auth "$right")" 502
}

@test "where STARTTLS is offered AUTH and RCPT in the clear are 530, and TLS opens the way" {
	load tls
	certificate localhost
	unset SMTP_AUTH_CLEAR
	local right
	right="AUTH PLAIN $(b '\0bob\0secret')"
	export TLS_CERT=localhost.pem TLS_KEY=localhost.key
	talk tls-session smtp-session true -- 'EHLO c' "$right" 'MAIL FROM:<>' 'RCPT TO:<a@b>' QUIT >/dev/null 2>log
	assert_equal "$(codes)" '220 250 530 250 530 221 '
	assert_equal "$(grep -c '^530 5\.7\.0 Must issue a STARTTLS command first' got)" 2
	serve tls-session smtp-session true
	printf '%s\r\n' 'EHLO c' "$right" 'MAIL FROM:<>' 'RCPT TO:<a@b>' QUIT | timeout 10 openssl s_client -quiet -starttls smtp \
		-connect "127.0.0.1:$PORT" -CAfile localhost.pem -verify_return_error >got 2>shown
	unserve
	run -0 grep -E '^(235|250 2|221)' got
	assert_output --regexp $'^235 .*\n250 2\\.1\\.0 .*\n250 2\\.1\\.5 .*\n221 '
	run -0 grep -c 'ev=auth-ok' log
}

@test "a login in the clear is forgotten when TLS begins, failed ones are not" {
	load tls
	certificate localhost
	export TLS_CERT=localhost.pem TLS_KEY=localhost.key
	serve tls-session "$HASTY" true
	cat >client.py <<-'END'
		import smtplib, ssl, sys
		s = smtplib.SMTP("127.0.0.1", int(sys.argv[1]))
		def auth(password):
		    import base64
		    return s.docmd("AUTH", "PLAIN " + base64.b64encode(b"\0bob\0" + password).decode())[0]
		s.ehlo()
		said = [auth(b"wrong"), auth(b"secret"), auth(b"secret")]
		s.starttls(context=ssl.create_default_context(cafile="localhost.pem"))
		s.ehlo()
		said += [s.has_extn("auth"), s.docmd("MAIL", "FROM:<>")[0], s.docmd("RCPT", "TO:<a@b>")[0], s.docmd("RSET")[0]]
		said += [auth(b"wrong"), auth(b"wrong")]
		print(said)
	END
	run -0 timeout 20 python3 client.py "$PORT"
	unserve
	assert_output '[535, 235, 503, True, 250, 530, 250, 535, 421]'
}

@test "a response may have 12288 bytes with its end, one more is 500 and asked nobody" {
	local line
	line=$(printf '%012286d' 0 | sed 's/..$/==/')
	assert_equal "$(auth 'AUTH PLAIN' "$line" NOOP)" '334 501 250'
	assert_equal "$(auth 'AUTH PLAIN' "${line}0" NOOP)" '334 500 250'
	run -0 grep -c '^500 5\.5\.6 ' got
	line=$(b "\0bob\0$(printf '%09000d' 0)")
	assert_equal "$(auth 'AUTH PLAIN' "$line" NOOP)" '334 535 250'
	assert_equal "$(auth "AUTH LOGIN" "$line" "$(b x)" NOOP)" '334 501 500 250'
}

@test "a bare LF, a NUL, or the end of the input instead of a response is no login" {
	local right
	right=$(b '\0bob\0secret')
	for end in '\n:334 500 250 221 ' '\0\r\n:334 501 250 221 '; do
		printf "EHLO c\r\nAUTH PLAIN\r\n%s${end%:*}NOOP\r\nQUIT\r\n" "$right" | "$HASTY" true >got 2>log
		assert_equal "$(codes)" "220 250 ${end#*:}"
	done
	printf 'EHLO c\r\nAUTH PLAIN\r\n%s' "$right" | "$HASTY" true >got 2>log
	assert_equal "$(codes)" '220 250 334 '
	run ! grep -q auth-ok log
	printf 'EHLO c\nAUTH PLAIN\n%s\nQUIT\n' "$right" | SMTP_LATCH=1 "$HASTY" true >got 2>log
	assert_equal "$(codes)" '220 250 334 235 221 '
}

@test "a login counts as RELAYCLIENT, unless SMTP_AUTH_RELAY=0; before it the reply says to log in" {
	local mail=('MAIL FROM:<bob@b.example> AUTH=<>' 'RCPT TO:<x%y@far.example>' 'RCPT TO:<x@far.example>' RSET)
	export RBLSMTPD=listed
	assert_equal "$(auth "${mail[@]}" "AUTH PLAIN $(b '\0bob\0secret')" "${mail[@]}")" '250 554 530 250 235 250 250 250 250'
	run -0 grep -c '^530 5\.7\.0 Authentication required' got
	assert_equal "$(SMTP_AUTH_RELAY=0 auth "AUTH PLAIN $(b '\0bob\0secret')" "${mail[@]}")" '235 250 554 554 250'
}

@test "the program knows who logged in, and how; the protocol has an A; nobody else says who" {
	export SMTP_ANY=1 SMTPAUTHUSER=eve SMTPAUTHMETHOD=NTLM ARRIVAL_USER=eve
	local mail=('MAIL FROM:<>' 'RCPT TO:<x@y>' DATA .)
	# shellcheck disable=SC2016 # for the program
	local program=(sh -c 'echo "$ARRIVAL_USER $SMTPAUTHUSER $SMTPAUTHMETHOD $SMTPPROTO"; sed -n "s/^.*with \([^ ]*\) id.*/\1/p" >>with')
	talk "$HASTY" "${program[@]}" -- 'EHLO c' "${mail[@]}" "AUTH LOGIN $(b zoë)" "$(b 'p w')" "${mail[@]}" QUIT 2>log
	run -0 sed -n 's/^250 2\.0\.0 OK id=[^ ]* *\(.*\)\r/\1/p' got
	assert_output $'ESMTP\nzo?? zo?? LOGIN ESMTPA'
	SSL_PROTOCOL=T talk "$HASTY" "${program[@]}" -- 'EHLO c' "AUTH PLAIN $(b '\0bob\0secret')" "${mail[@]}" QUIT 2>log
	run -0 sed -n 's/^250 2\.0\.0 OK id=[^ ]* *\(.*\)\r/\1/p' got
	assert_output 'bob bob PLAIN ESMTPSA'
	SSL_PROTOCOL=T talk "$HASTY" -l "${program[@]}" -- 'LHLO c' "AUTH PLAIN $(b '\0bob\0secret')" "${mail[@]}" QUIT 2>log
	run -0 tr '\n' ' ' <with
	assert_output 'ESMTP ESMTPA ESMTPSA LMTPSA '
	run -0 grep -c 'ev=auth-ok .*mech=PLAIN user=bob$' log
}

@test "RCPTCHECK knows who has logged in, and is asked again after the login" {
	printf '#!/bin/sh\n[ "$SMTPAUTHUSER" = bob ] || exit 100\n' >check
	chmod +x check
	export RCPTCHECK=$PWD/check SMTP_ANY=1 SMTPAUTHUSER=bob
	local mail=('MAIL FROM:<>' 'RCPT TO:<x@y>' RSET)
	assert_equal "$(auth "${mail[@]}" "AUTH PLAIN $(b '\0bob\0secret')" "${mail[@]}")" '250 550 250 235 250 250 250'
}

@test "no password is in a log, right, wrong or refused, whatever is logged" {
	local level
	for level in 1 2 3; do
		export SMTP_LOG=$level
		auth "AUTH PLAIN $(b '\0bob\0wrong')" 'AUTH LOGIN' "$(b bob)" "$(b secret)" "AUTH LOGIN $(b bob)" "$(b secret)" \
			'AUTH NTLM' "$(b secret)" "AUTH PLAIN $(b '\0bob\0secret') x" >/dev/null
		run ! grep -E "$(b secret)|$(b '\0bob\0')|$(b '\0bob\0secret' | cut -c1-12)|secret|wrong" log
	done
}

@test "SMTP_AUTH that names no program is misconfigured: 421 and exit 100" {
	run -100 --separate-stderr env SMTP_AUTH='  ' smtp-session true </dev/null
	assert_output $'421 Server misconfigured, try later\r'
	assert_regex "$stderr" 'SMTP_AUTH names no program'
}
