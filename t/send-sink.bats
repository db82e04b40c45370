#!/usr/bin/env bats
# smtp-send with Postfix's smtp-sink, in all the ways that can misbehave.

setup() {
	load helper
	load send
	letter
	POSTFIX=${PEERS:-$HERE/../.build/peers}-postfix/usr
	SINK=
}
teardown() { sink_stop; }

# sink_start option...: on PORT, each message to a file below got.
sink_start() {
	rm -rf got && mkdir got && chmod 777 got
	PORT=$(free_port)
	LD_LIBRARY_PATH=$POSTFIX/lib/postfix "$POSTFIX/sbin/smtp-sink" -u nobody -d got/%M. "$@" "inet:127.0.0.1:$PORT" 100 2>sinklog 3>&- 4>&- &
	SINK=$!
	until_true listening "$PORT"
}

sink_stop() {
	[ -n "$SINK" ] || return 0
	kill "$SINK" 2>/dev/null || true
	wait "$SINK" 2>/dev/null || true
	SINK=
}

# against option... -- code columns: what smtp-send makes of a sink with these options.
against() {
	local -a options=()
	while [ "$1" != -- ]; do
		options+=("$1")
		shift
	done
	sink_start "${options[@]}"
	local code=0
	hand -t 3 a@b.example c@d.example e@f.example <letter || code=$?
	assert_equal "$code $(cut -f 2 report | tr '\n' ' ')" "$2"
	sink_stop
}

# arrived: the body of the one message that is there.
arrived() { sed '1,/^$/d' got/*; }

@test "a sink with every set of extensions has the message as it was" {
	printf 'Subject: t\n\n.\n..\nbody' >letter
	for o in '' -8 -e -E -p '-8 -e -p' -N -a; do
		# shellcheck disable=SC2086 # options
		sink_start $o
		run -0 hand a@b.example c@d.example <letter
		until_true grep -qs body got/*
		assert_equal "$(arrived | tr '\n' '|')" '.|..|body||'
		sink_stop
	done
}

@test "a sink that refuses a command for good or for now is reported so" {
	against -f ehlo -- '0 250 250 '
	for command in mail rcpt data .; do
		against -f "$command" -- '100 500 500 '
		against -r "$command" -- '111 450 450 '
	done
	against -f connect -- '100 500 500 '
	against -r helo,ehlo -- '111 450 450 '
}

@test "a sink that disconnects at a command leaves it to be tried again" {
	for command in connect ehlo mail rcpt data .; do
		against -q "$command" -- '111 421 421 '
		against -Q "$command" -- '111 421 421 '
	done
	against -q quit -- '0 250 250 '
}

@test "a sink that speaks LMTP has an answer for each" {
	sink_start -L
	run -0 hand -L a@b.example c@d.example e@f.example <letter
	assert_equal "$(cut -f 2 report | tr '\n' ' ')" '250 250 '
}

@test "20 clients at once, each with its message" {
	sink_start -m 50
	for i in {1..20}; do
		printf 'Subject: t\n\nnumber %s\n' "$i" |
			timeout 20 tcpclient -RHl0 127.0.0.1 "$PORT" smtp-send a@b.example c@d.example >"report.$i" &
	done
	until_true eval '[ "$(cut -f 2 report.* | grep -c 250)" -eq 20 ]'
	assert_equal "$(cat got/* | grep -c '^number ')" 20
}

@test "a sink that dies before it has answered the end of the message leaves it to be tried again" {
	sink_start -W .:30
	hand -v a@b.example c@d.example <letter 2>log &
	sender=$!
	until_true grep -qs '< 354' log
	kill -9 "$SINK"
	code=0
	wait "$sender" || code=$?
	assert_equal "$code $(cut -f 2 report)" '111 421'
}
