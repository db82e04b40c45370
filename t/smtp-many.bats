#!/usr/bin/env bats
# Many commands and many messages in one session: nothing grows.

setup() {
	load helper
	export SMTP_ANY=1
}

@test "a session does not grow over a million commands and ten thousand messages" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer takes memory of its own'
	run -0 timeout 120 python3 "$DATA/smtp-data/many.py" 10000 1000000
	assert_line --index 0 --regexp '^commands [0-9]+ [0-9]+$'
	assert_line --index 1 --regexp '^messages [0-9]+ [0-9]+$'
	# A few pages may be touched late.
	while read -r _ tenth all; do [ $((all - tenth)) -le 16 ]; done <<<"$output"
}
