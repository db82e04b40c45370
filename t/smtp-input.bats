#!/usr/bin/env bats
# What no honest client sends: a clear reply or a clean close, and a log line.

setup() { load helper; }

# say bytes: as printf %b has them, to a session; replies in got, log in log.
say() {
	printf '%b' "$1" >sent
	timeout 20 smtp-session true <sent >got 2>log
}

@test "NOOP LF NOOP CRLF has two replies, 500 and 250" {
	say 'NOOP\nNOOP\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 500 250 221 '
}

@test "NUL in an address is 501" {
	say 'EHLO c\r\nMAIL FROM:<a@b\000c>\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 501 221 '
}

@test "unknown verbs and empty lines are 500" {
	say 'XYZZY\r\n\r\n \r\n NOOP\r\nNOOP:\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 500 500 500 500 500 221 '
}

@test "HTTP and TLS clients are closed without a reply and logged" {
	for hello in 'GET / HTTP/1.1\r\n' 'get\r\n' 'POST / HTTP/1.1\r\n' 'Host: x\r\n' "GET /$(printf '%05000d' 0) HTTP/1.1\\r\\n" '\026\003\001\002\r\n'; do
		run -1 say "${hello}EHLO c\r\nQUIT\r\n"
		run -0 codes
		refute_output --regexp '[345]'
		run -0 grep -c '^smtp ev=junk ' log
	done
}

@test "ten thousand random bytes get replies or a close, and no crash" {
	local seed pid pids=()
	for seed in 1 2 3 4 5; do
		python3 -c "
import random, sys
random.seed($seed)
sys.stdout.buffer.write(bytes(random.randrange(256) for _ in range(10000)))" >"sent.$seed"
		timeout 30 smtp-session true <"sent.$seed" >"got.$seed" 2>>log &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		status=0
		wait "$pid" || status=$?
		assert [ "$status" -le 1 ]
	done
	run -0 grep -la '^220 ' got.?
	assert_equal "${#lines[@]}" 5
	run ! grep -c 'killed\|forbidden\|foul' log
}

@test "a bad value of a variable is 421 to the client, one clear line in the log, exit 100" {
	echo >sent
	while IFS=$'\t' read -r set why; do
		run -100 --separate-stderr env "$set" smtp-session true <sent
		assert_output --regexp '^421 '
		# shellcheck disable=SC2154 # run --separate-stderr sets it
		assert_equal "${#stderr_lines[@]}" 1
		# shellcheck disable=SC2154
		[[ "$stderr" == "smtp-session: fatal: $why"* ]] || fail "$stderr"
	done <<-'END'
		SMTP_ANY=maybe	SMTP_ANY=maybe: not 0 or 1
		SMTP_TIMEOUT=0	SMTP_TIMEOUT=0: not a number from 1 to 86400
		SMTP_TIMEOUT=soon	SMTP_TIMEOUT=soon: not a number from 1 to 86400
		DATABYTES=12q	DATABYTES=12q: not a size
		DATABYTES=99999999999999999999	DATABYTES=
		SMTP_EXT=+SIZE,FOO	SMTP_EXT: not +name, -name or =list of our keywords: FOO
		CONFINE=maybe	CONFINE=maybe: not one of try require
	END
}

@test "an unknown SMTP_ variable is warned about and ignored" {
	run -0 --separate-stderr env SMTP_ANNY=1 smtp-session true < <(printf 'QUIT\r\n')
	assert_equal "${stderr_lines[0]}" 'smtp-session: warning: unknown variable ignored: SMTP_ANNY=1'
}

@test "usage errors are exit 100" {
	run -100 smtp-session
	run -100 smtp-session -z true
}

@test "-h prints every variable of the page and no other, with the values in force" {
	run -0 env SMTP_ANY=1 smtp-session -h
	assert_line --regexp '^  SMTP_ANY=1 '
	smtp-session -h | sed -n 's/^  \([A-Z_]*\)=.*/\1/p' | sort >printed
	sed -n '/^\.Sh ENVIRONMENT/,/^\.Sh EXIT/s/^\.It Ev \([A-Z_]*\).*/\1/p' "$HERE/../src/smtp/smtp-session.8" | sort >page
	diff printed page
}

@test "the deadline of a silent client is 421 and exit 1" {
	mkfifo in
	sleep 20 >in &
	run -1 --separate-stderr env SMTP_TIMEOUT=1 timeout 10 smtp-session true <in
	kill $!
	assert_line --index 1 $'421 Timeout\r'
}

@test "input buffered behind DATA on a socket is 554 and the end; on a pipe it is the message" {
	printf 'EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n' >sent
	python3 "$DATA/on-socket.py" sent env SMTP_ANY=1 smtp-session touch ran >got
	assert_equal "$(codes)" '220 250 250 250 554 '
	assert_file_not_exists ran
}
