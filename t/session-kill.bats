#!/usr/bin/env bats
# A client or a session killed anywhere: nothing delivered, nothing visible,
# no process, no temporary file left; the next client is served.

setup() {
	load helper
	mkdir root
	echo old >root/name
	export SMTP_ANY=1 FTP_MODE=rw
	# Fifty offsets of the 262144 bytes, another fifty each run.
	offsets=$(python3 -c 'import random; print(*sorted(random.sample(range(0, 262144), 46)), 0, 1, 262143, 262144)')
}
teardown() { unserve; }

# kill_in protocol how: fifty times; then all sessions must have gone.
kill_in() {
	# shellcheck disable=SC2086
	run -0 timeout 100 python3 "$DATA/killer.py" "$1" "$PORT" "$2" $offsets
	until_true no_sessions
}

nothing_stored() {
	assert_file_not_exists ran
	run -0 find . -name '.arrival*' -o -name '.ftp-*' ! -name .ftp-part.name
	assert_output ''
}

mail_is_served() {
	printf 'S: t\r\n\r\nb\r\n' >letter
	curl -sS --max-time 10 "smtp://127.0.0.1:$PORT" --mail-from a@b --mail-rcpt c@d -T letter
	assert_file_exists ran
}

upload_is_served() {
	assert_equal "$(cat root/name)" old
	echo new >fresh
	curl -sS --max-time 10 -T fresh "ftp://127.0.0.1:$PORT/name"
	cmp fresh root/name
}

@test "a client killed at fifty offsets of DATA delivers nothing" {
	serve smtp-session touch ran
	kill_in smtp client
	nothing_stored
	mail_is_served
}

@test "an SMTP session killed at fifty offsets of DATA delivers nothing" {
	serve smtp-session touch ran
	kill_in smtp "kill:$SERVER"
	nothing_stored
	mail_is_served
}

# kill_uploads whom count: see there. The next client is served.
kill_uploads() {
	rm root/name
	run -0 timeout 100 python3 "$DATA/kill-uploads.py" "$1" "$2" ftp-session root 2>log
	echo old >root/name
	serve ftp-session root
	upload_is_served
}

@test "a client killed at a thousand offsets of STOR: the old file, and a partial that can be continued" {
	# A busy machine may take longer than the default to close all a client had.
	export FTP_EOF_WAIT=300
	kill_uploads client 1000
}

@test "a talker killed at two hundred offsets of STOR leaves the old file and nothing else" {
	kill_uploads talker 200
}

@test "a monitor killed at a hundred offsets of STOR takes its talker with it" {
	kill_uploads monitor 100
}

@test "a client killed at fifty offsets of STOR runs no program" {
	serve ftp-session root touch ran
	kill_in ftp client
	nothing_stored
}
