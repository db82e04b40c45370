#!/usr/bin/env bats
# What a client may do wrong, or in vain, before it has to go.

setup() {
	load helper
	export SMTP_ANY=1
}

# say bytes: as printf %b has them, to a session; replies in got, log in log.
say() {
	printf '%b' "$1" >sent
	timeout 20 smtp-session true <sent >got 2>log
}

@test "twenty errors are answered, from the tenth on a second late each; the next is 421, exit 1" {
	local began=$EPOCHREALTIME
	run -1 say "$(printf 'XYZZY\\r\\n%.0s' {1..30})"
	run -0 codes
	assert_output "220 $(printf '500 %.0s' {1..20})421 "
	assert [ "$((${EPOCHREALTIME/./} - ${began/./}))" -ge 11000000 ]
	run -0 grep -c ' errors=21 .* why=errors$' log
}

@test "errors are unknown verbs, syntax and order; not what was refused, nor what a program says" {
	say 'NOOP\r\nXYZZY\r\nHELO \001\r\nVRFY\r\nRCPT TO:<a@b>\r\nHELO c\r\nMAIL FROM\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 500 501 501 503 250 501 221 '
	run -0 grep -c ' errors=5 ' log
	unset SMTP_ANY
	say 'HELO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nRCPT TO:<c@d>\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 554 554 221 '
	run -0 grep -c ' rej=2 .* errors=0 ' log
}

@test "a hundred commands without mail are answered, the next is 421, exit 1" {
	run -1 say "$(printf 'NOOP\\r\\n%.0s' {1..120})"
	run -0 codes
	assert_output "220 $(printf '250 %.0s' {1..100})421 "
}

@test "SMTP_MAXMAIL counts MAIL, also of messages that never came; the next is 421" {
	export SMTP_MAXMAIL=3
	say 'EHLO c\r\nMAIL FROM:<>\r\nRSET\r\nMAIL FROM:<>\r\nMAIL FROM:<>\r\nEHLO c\r\nMAIL FROM:<x\r\nMAIL FROM:<>\r\nRSET\r\nMAIL FROM:<>\r\nNOOP\r\n'
	assert_equal "$(codes)" '220 250 250 250 250 503 250 501 250 250 421 '
	run -0 grep -c '^421 4\.7\.0 ' got
}

@test "MAIL and a recipient begin the count of them anew" {
	local noops
	noops=$(printf 'NOOP\\r\\n%.0s' {1..90})
	say "HELO c\r\n${noops}MAIL FROM:<>\r\n${noops}RCPT TO:<a@b>\r\n${noops}QUIT\r\n"
	run -0 codes
	refute_output --partial 421
}

@test "one command too many is refused before it runs, in one piece" {
	run -1 say "$(printf 'NOOP\\r\\n%.0s' {1..100})EHLO c\r\n"
	run -0 grep -c . got
	assert_output 102
}
