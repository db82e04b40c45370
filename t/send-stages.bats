#!/usr/bin/env bats
# Every way a server can say no, or go, at every stage of the dialogue.

setup() {
	load helper
	load send
	letter
	script
	STAGES='GREETING EHLO MAIL RCPT DATA DOT'
}
teardown() {
	unserve
	unscript
}

# outcome stage action [STAGE=ACTION...]: the exit code and the columns of the report.
# Behind a refused MAIL there is nothing to be accepted.
outcome() {
	[ "$1" != MAIL ] || set -- "$@" 'RCPT=503 5.5.1 what' 'DATA=503 5.5.1 what'
	script "$1=$2" "${@:3}"
	local code=0
	hand -t 3 a@b.example c@d.example <letter || code=$?
	echo "$1 $code $(cut -f 2,3 report)"
}

@test "a server that closes at any stage leaves the recipients to be tried again" {
	for stage in $STAGES; do
		assert_equal "$(outcome "$stage" close)" "$stage 111 421"$'\t'4.4.2
	done
}

@test "a connection reset at any stage leaves the recipients to be tried again" {
	# After a while: tcpclient itself gives up a connection that is gone at once.
	assert_equal "$(outcome GREETING 'slow:220-server;reset')" $'GREETING 111 421\t4.4.2'
	for stage in ${STAGES#* }; do
		assert_equal "$(outcome "$stage" reset)" "$stage 111 421"$'\t'4.4.2
	done
}

@test "421 at any stage is the answer for all, and QUIT is not sent behind it" {
	for stage in $STAGES; do
		assert_equal "$(outcome "$stage" '421 4.3.2 later;close')" "$stage 111 421"$'\t'4.3.2
		run ! grep -q QUIT heard
	done
}

@test "4yz at any stage is to be tried again, with that code" {
	for stage in $STAGES; do
		assert_equal "$(outcome "$stage" '450 4.2.1 not now')" "$stage 111 450"$'\t'4.2.1
		run -0 grep -c QUIT heard
	done
}

@test "5yz at any stage is for good, with that code; EHLO refused is followed by HELO" {
	for stage in GREETING MAIL RCPT DATA DOT; do
		assert_equal "$(outcome "$stage" '554 5.7.1 no')" "$stage 100 554"$'\t'5.7.1
		run -0 grep -c QUIT heard
	done
	for code in 500 502 504 550; do
		assert_equal "$(outcome EHLO "$code what")" "EHLO 0 250"$'\t'2.0.0
		assert_equal "$(tr '\n' '|' <heard)" \
			'EHLO [127.0.0.1]|HELO [127.0.0.1]|MAIL FROM:<a@b.example>|RCPT TO:<c@d.example>|DATA|QUIT|'
	done
	assert_equal "$(outcome EHLO '502 what' 'HELO=550 5.7.1 no')" "EHLO 100 550"$'\t'5.7.1
}

@test "an answer of a kind that does not belong there is never an acceptance" {
	assert_equal "$(outcome GREETING '250 x')" "GREETING 111 421"$'\t'4.5.0
	for stage in EHLO MAIL RCPT DOT; do
		assert_equal "$(outcome "$stage" '354 x')" "$stage 111 421"$'\t'4.5.0
	done
	for code in 250 220 334; do
		assert_equal "$(outcome DATA "$code x")" "DATA 111 421"$'\t'4.5.0
	done
}

@test "a server that says nothing is given up after the time of -t, at any stage" {
	for stage in $STAGES; do
		script "$stage=hang"
		run -111 hand -t 1 a@b.example c@d.example <letter
		assert_equal "$(cut -f 2,3 report)" $'421\t4.4.2'
		run -0 grep -c 'no answer in time' report
	done
}

@test "nothing listens behind tcpclient: no report and 111" {
	# shellcheck disable=SC2034 # hand uses it
	PORT=$(free_port)
	run -111 hand a@b.example c@d.example <letter
	assert_equal "$(cat report)" ''
}

@test "at every stage of BDAT too: closed is later, refused is as it says" {
	chunky='EHLO=250-server\r\n250-PIPELINING\r\n250 CHUNKING'
	head -c 3000000 /dev/zero | tr '\0' 'x' >letter
	for stage in BDAT LAST; do
		assert_equal "$(outcome "$stage" close "$chunky")" "$stage 111 421"$'\t'4.4.2
		assert_equal "$(outcome "$stage" '421 4.3.2 bye;close' "$chunky")" "$stage 111 421"$'\t'4.3.2
		assert_equal "$(outcome "$stage" '452 4.3.1 full' "$chunky")" "$stage 111 452"$'\t'4.3.1
		assert_equal "$(outcome "$stage" '554 5.6.0 no' "$chunky")" "$stage 100 554"$'\t'5.6.0
		run -0 grep -c QUIT heard
	done
}
