#!/usr/bin/env bats
# Whether the connection is TLS, which others see to, and what depends on it.

setup() {
	load helper
	unset "${!SSL_@}" SSLREADFD
	export SMTP_ANY=1
}

teardown() { unserve; }

# said variable=value...: the protocol by which a message came, and the rest of that line.
said() {
	env "$@" timeout 10 smtp-session sh -c 'echo "$SMTPPROTO"; tee message | sed -n "s/^.*with //p" >with' \
		< <(printf '%s\r\n' 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b.example>' DATA . QUIT) >got 2>log
	cat with
}

@test "the connection is TLS where SMTP_TLS or SSL_PROTOCOL says so, and not where TLS waits to be asked" {
	run -0 said SMTP_TLS=offer
	assert_output --regexp '^ESMTP id '
	run -0 said SMTP_TLS=active
	assert_output --regexp '^ESMTPS id '
	run -0 said SSL_PROTOCOL=TLSv1.3
	assert_output --regexp '^ESMTPS id '
	run -0 said SSL_PROTOCOL= SSL_CIPHER=
	assert_output --regexp '^ESMTP id '
	run -0 said SSL_PROTOCOL=TLSv1.3 SSL_CIPHER=X SSLREADFD=5
	assert_output --regexp '^ESMTP id '
}

@test "over TCP itself nothing of TLS is believed, or told to the program" {
	export SSL_PROTOCOL=TLSv1.3 SSL_CIPHER=X SSL_PEER_CERT_HASH=stolen SSL_CERT_FILE=/ca
	serve smtp-session sh -c 'env | grep "^SSL_\|^SMTPPROTO" >seen'
	printf 'S: t\r\n\r\nb\r\n' >letter
	curl -sS --max-time 10 "smtp://127.0.0.1:$PORT" --mail-from a@b --mail-rcpt c@d -T letter
	unserve
	assert_equal "$(sort seen)" $'SMTPPROTO=ESMTP\nSSL_CERT_FILE=/ca'
}

@test "REQUIRETLS is taken where SMTP_EXT names it, in TLS, and passed on" {
	local from='MAIL FROM:<> REQUIRETLS'
	run -0 talk smtp-session true -- 'EHLO c' "$from" QUIT
	assert_line --partial '555 5.5.4'
	export SMTP_EXT=+REQUIRETLS
	run -0 talk smtp-session true -- 'EHLO c' "$from" QUIT
	assert_line --partial '555 5.5.4'
	refute_output --regexp '250[- ]REQUIRETLS'
	export SMTP_TLS=active
	run -0 talk smtp-session sh -c 'echo $SMTPREQUIRETLS >told' -- 'EHLO c' "$from" 'RCPT TO:<a@b.example>' 'BDAT 0 LAST' QUIT
	assert_line 250-REQUIRETLS
	assert_equal "$(cat told)" 1
	run -0 talk smtp-session true -- 'EHLO c' "$from=1" "$from REQUIRETLS" QUIT
	assert_equal "$(codes)" '220 250 501 501 221 '
	SMTPREQUIRETLS=1 run -0 talk smtp-session sh -c 'echo "$SMTPREQUIRETLS" >told' -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b.example>' 'BDAT 0 LAST' QUIT
	assert_equal "$(cat told)" ''
}

@test "what the TLS server says of itself adds no field and no length to Received" {
	run -0 said SSL_PROTOCOL=$'TLS\nX: y' SSL_CIPHER="$(printf 'c%.0s' {1..5000})"
	assert_output --regexp '^ESMTPS \(TLS\?X:\?y$'
	run -0 sed -n 2,3p message
	assert_output --regexp $'^\tby .*\n\tc{63}\)$'
	run -0 said SSL_PROTOCOL=T SSL_CIPHER="a)b(c;d e"
	assert_output --regexp '^ESMTPS \(T a\?b\?c\?d\?e\) id '
}

@test "SMTP_TLS=require refuses MAIL with 530 without TLS, and takes it in TLS" {
	export SMTP_TLS=require
	talk smtp-session touch ran -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b.example>' NOOP 'HELO c' 'MAIL FROM:<>' QUIT
	assert_equal "$(codes)" '220 250 530 503 250 250 530 221 '
	run -0 grep -c '^530 5\.7\.0 Must issue a STARTTLS command first' got
	SSL_PROTOCOL=TLSv1.2 talk smtp-session touch ran -- 'EHLO c' 'MAIL FROM:<>' QUIT
	assert_equal "$(codes)" '220 250 250 221 '
	SMTP_TLS=never run -100 --separate-stderr smtp-session true </dev/null
}
