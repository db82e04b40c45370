#!/usr/bin/env bats
# The greeting, and who is not greeted: RFC 5321 3.1, 4.3.1.

setup() {
	load helper
	export SMTP_NAME=mx.example
}

# wait_and seconds line...: say the lines after so many seconds.
wait_and() {
	read -rt "$1" <> <(:) || true
	shift
	printf '%s\r\n' "$@"
}

@test "the greeting is one line, with our name and no enhanced code" {
	for name in mx.example 192.0.2.1 1.2.3 localhost; do
		SMTP_NAME=$name talk smtp-session true -- QUIT >said
		run -0 head -n 1 said
		assert_output "220 $name ESMTP"
	done
}

@test "GREETDELAY: who waits is greeted when the time has come" {
	local began=$EPOCHREALTIME
	GREETDELAY=1 run -0 --separate-stderr smtp-session true < <(wait_and 1.3 'EHLO c' QUIT)
	assert_line --index 0 $'220 mx.example ESMTP\r'
	assert_line --index -1 $'221 2.0.0 Bye\r'
	assert [ "$((${EPOCHREALTIME/./} - ${began/./}))" -ge 1000000 ]
}

@test "GREETDELAY: who speaks before the greeting is 554, closed, exit 1, and nothing it said is executed" {
	printf '%s\r\n' 'HELO c' 'MAIL FROM:<>' QUIT >sent
	GREETDELAY=1 run -1 --separate-stderr smtp-session true <sent
	assert_output $'554 Spoke before the greeting\r'
	# shellcheck disable=SC2154 # run --separate-stderr sets it
	assert_regex "$stderr" '^smtp ev=junk sid=[0-9]+ ip=unknown port=0 what=early$'
	GREETDELAY=1 run -0 --separate-stderr python3 "$DATA/on-socket.py" sent smtp-session true
	assert_line --index 0 $'554 Spoke before the greeting\r'
	assert_equal "${#lines[@]}" 1
}

@test "GREETDELAY: TLS before the greeting gets no text, and who has gone none either" {
	printf '\026\003\001' >sent
	GREETDELAY=1 run -1 --separate-stderr smtp-session true <sent
	assert_output ''
	GREETDELAY=1 run -0 --separate-stderr smtp-session true </dev/null
	assert_output ''
	# shellcheck disable=SC2154
	assert_regex "$stderr" '^smtp ev=probe .* why=eof$'
}

@test "GREETDELAY: SIGTERM is 421 instead of the greeting" {
	mkfifo in
	exec 5<>in
	GREETDELAY=30 smtp-session true <in >got 2>log &
	local pid=$! status=0
	until_true pgrep -P "$pid" >/dev/null
	kill "$pid"
	wait "$pid" || status=$?
	assert_equal "$status" 1
	assert_equal "$(cat got)" $'421 Shutting down\r'
}

@test "SMTP_REFUSE: 554 with its text, 503 to everything but QUIT, which is 221" {
	SMTP_ANY=1 SMTP_REFUSE='5.7.1 Not from %there' talk smtp-session touch ran -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' \
		DATA XYZZY NOOP QUIT >said 2>log
	assert_equal "$(codes)" '554 503 503 503 503 503 503 221 '
	run -0 head -n 1 said
	assert_output '554 Not from %there'
	assert_file_not_exists ran
	assert_regex "$(cat log)" '^smtp ev=refused sid=[0-9]+ ip=unknown port=0 cmds=7 dur=0\.[0-9]+ why=quit$'
}

@test "a session that cannot be served is 421 without an enhanced code" {
	for set in SMTP_TIMEOUT=soon GREETDELAY=301; do
		run -100 --separate-stderr env "$set" smtp-session true </dev/null
		assert_output --regexp '^421 [A-Z].*'
	done
}

@test "a session that never reaches MAIL has opened no file and run nothing" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer itself opens files'
	printf '%s\r\n' 'EHLO c' NOOP RSET 'VRFY x' HELP QUIT >sent
	printf 'b.example\n' >hosts
	RCPTHOSTS=hosts run -0 --separate-stderr strace -qqfo trace \
		-e trace=open,openat,openat2,execve,fork,vfork,clone,clone3,connect smtp-session true <sent
	sed 's/^[0-9]* *//' trace >calls
	# The execve is strace's own, the fork makes the talker.
	run ! grep '^open\|^connect' calls
	run -0 grep -c '^execve' calls
	assert_output 1
	run -0 grep -c '^v\{0,1\}fork\|^clone' calls
	assert_output 1
}
