#!/usr/bin/env bats
# -q: the program has the interface of qmail-queue(8).
# shellcheck disable=SC2154 # run sets stderr

setup() {
	load helper
	export SMTP_ANY=1 QUEUE=queue
	mkdir queue
	printf '%s\r\n' 'EHLO c' 'MAIL FROM:<al@x.example>' 'RCPT TO:<a@b.example>' DATA 'S: t' '' b . QUIT >one
}

# hand file program...: the reply to the end of data.
hand() {
	local file=$1
	shift
	timeout 20 smtp-session -q "$@" <"$file" 2>log | tr -d '\r' | sed -n '/^354/{n;p;}'
}

@test "the message is on descriptor 0 and the envelope on 1" {
	printf '%s\r\n' 'EHLO c' 'MAIL FROM:<al@x.example>' 'RCPT TO:<a@b.example>' 'RCPT TO:<c@d.example>' \
		'RCPT TO:<a@b.example>' DATA 'S: t' '' b . QUIT >three
	run -0 hand three "$DATA/qmail-queue.py"
	assert_output --regexp '^250 2\.0\.0 OK id=[0-9A-Z-]+$'
	run -0 cat queue/*.envelope
	assert_output $'al@x.example\na@b.example\nc@d.example'
	run -0 tail -n 3 queue/*.message
	assert_output $'S: t\n\nb'
}

@test "the envelope is F, T and 0 bytes, as documented, and ends" {
	run -0 hand one sh -c 'cat <&1 >envelope'
	printf 'Fal@x.example\0Ta@b.example\0\0' | cmp - envelope
	sed 's/<al@x.example>/<>/' one >null
	run -0 hand null sh -c 'cat <&1 >envelope'
	printf 'F\0Ta@b.example\0\0' | cmp - envelope
}

@test "a thousand recipients are in the envelope" {
	{
		printf '%s\r\n' 'EHLO c' 'MAIL FROM:<>'
		printf 'RCPT TO:<recipient.number.%d@b.example>\r\n' {1..1000}
		printf '%s\r\n' DATA x . QUIT
	} >many
	export SMTP_MAXRCPT=1000
	run -0 hand many "$DATA/qmail-queue.py"
	assert_output --regexp '^250 '
	run -0 grep -c '^recipient.number.' queue/*.envelope
	assert_output 1000
}

@test "the exit codes are those of qmail-queue" {
	while read -r code reply; do
		run -0 hand one sh -c "exit $code"
		assert_equal "$code ${output:0:9}" "$code $reply"
	done <<-'END'
		11 554 5.1.3
		115 554 5.1.3
		31 554 5.6.0
		12 554 5.3.0
		40 554 5.3.0
		41 451 4.3.0
		51 451 4.3.0
		53 451 4.3.0
		65 451 4.3.0
		71 451 4.3.0
		91 451 4.3.0
		99 451 4.3.0
		100 451 4.3.0
		111 451 4.3.0
		120 451 4.3.0
	END
}

@test "a program that dies, is not there, or takes too long is 451" {
	run -0 hand one sh -c 'kill -9 $$'
	assert_output --regexp '^451 4\.3\.0 '
	run -0 hand one ./nowhere
	assert_output --regexp '^451 4\.3\.0 '
	ARRIVAL_TIMEOUT=1 run -0 hand one sleep 1234
	assert_output --regexp '^451 4\.3\.0 '
}

@test "only descriptors 0, 1 and 2 are open, and the environment is there too" {
	exec 7</dev/null
	# shellcheck disable=SC2016 # for the program
	run -0 hand one sh -c 'i=3; while [ $i -lt 40 ]; do [ -e /proc/$$/fd/$i ] && echo "$i is open" >>seen; i=$((i + 1)); done; echo "$SENDER $RECIPIENT $ARRIVAL" >>seen'
	assert_equal "$(cat seen)" 'al@x.example a@b.example smtp'
}

@test "without -q exit 31 is temporary" {
	run -0 bash -c "smtp-session sh -c 'exit 31' <one 2>log | sed -n '/^354/{n;p;}'"
	assert_output --regexp '^451 4\.3\.0 '
}
