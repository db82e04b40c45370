#!/usr/bin/env bats
# Nobody relays through us who may not: RFC 5321 7.

setup() {
	load helper
	printf 'mx.example\n[192.0.2.1]\n' >hosts
	export RCPTHOSTS=$PWD/hosts SMTP_NAME=mx.example
}
teardown() { unserve; }

answers() { timeout 60 python3 "$DATA/smtp-envelope/answers.py" "$1" "$DATA/smtp-envelope/relay.tsv" smtp-session true 2>log; }

@test "every form of a foreign address is refused, and ours are taken" { DEFAULTDOMAIN=mx.example run -0 answers whole; }

@test "and the same when the line comes in two pieces, parted anywhere" { DEFAULTDOMAIN=mx.example run -0 answers cut; }

@test "SMTP_PERCENT lets the local part be anybody's own, where the domain is ours" {
	SMTP_PERCENT=1 talk smtp-session true -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<u%d.example@mx.example>' \
		'RCPT TO:<"u@d.example"@mx.example>' 'RCPT TO:<d.example!u@mx.example>' 'RCPT TO:<u%mx.example@d.example>' QUIT >/dev/null 2>log
	assert_equal "$(codes)" '220 250 250 250 250 250 554 221 '
}

@test "RELAYCLIENT takes them all, but no slash" {
	RELAYCLIENT='' talk smtp-session true -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<u%d.example@mx.example>' \
		'RCPT TO:<"u@d.example"@e.example>' 'RCPT TO:<d.example!u@e.example>' 'RCPT TO:<../u@mx.example>' QUIT >/dev/null 2>log
	assert_equal "$(codes)" '220 250 250 250 250 250 550 221 '
}

# scan: what nmap's script says of the server.
scan() {
	timeout 60 nmap -n -Pn -sT -p "$PORT" --script +smtp-open-relay --script-args smtp-open-relay.ip=192.0.2.1,smtp-open-relay.domain=d.example 127.0.0.1
}

@test "nmap finds no open relay, and finds one where the client may relay" {
	serve smtp-session true
	run -0 scan
	assert_output --partial "Server doesn't seem to be an open relay, all tests failed"
	unserve
	serve env RELAYCLIENT= smtp-session true
	run -0 scan
	assert_output --regexp 'Server is an open relay \(1[0-9]/16 tests\)'
}
