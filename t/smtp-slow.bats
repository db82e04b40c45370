#!/usr/bin/env bats
# The slowest a message may come, and the longest a lost one is drained. The session
# has a clock that runs two hundred times as fast: fifty pieces a second are one in
# four seconds.

setup() {
	load helper
	export SMTP_ANY=1
	envelope='EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\n'
}

# trickle begin bytes chunk end: the bytes of begin at once, more in pieces, then end.
trickle() {
	printf '%b' "$envelope$1" >sent
	{
		python3 "$DATA/smtp-data/trickle.py" sent "$2" "$3"
		printf '%b' "$4"
	} 2>/dev/null | timeout 20 "$PROBE/fast-smtp-session" touch ran >got 2>log
}

@test "a message of less than 100 bytes a second is cut after the first minute" {
	# 50 bytes a second, for up to 400 seconds.
	run -1 trickle 'DATA\r\n' 20000 200 '\r\n.\r\n'
	run -0 codes
	assert_output '220 250 250 250 354 421 '
	run -0 grep -c 'abort .*stage=data .*why=slow' log
	assert_file_not_exists ran
	[[ $(sed -n 's/.*abort .*bytes=\([0-9]*\).*/\1/p' log) -ge 2000 ]]
}

@test "a chunk of less than 100 bytes a second is cut after the first minute" {
	run -1 trickle 'BDAT 20000 LAST\r\n' 20000 200 'QUIT\r\n'
	run -0 codes
	assert_output '220 250 250 250 421 '
	run -0 grep -c 'abort .*stage=bdat .*why=slow' log
	assert_file_not_exists ran
}

# chunks begin count: the bytes of begin at once, more in chunks of 1024 octets, each
# in one piece with its command, three in four hundred seconds.
chunks() {
	printf '%b' "$envelope$1" >sent
	python3 "$DATA/smtp-data/chunks.py" sent "$2" 0.66 2>/dev/null \
		| timeout 20 "$PROBE/fast-smtp-session" touch ran >got 2>log
}

@test "chunks that come whole but too seldom are cut after the first minute" {
	run -1 chunks '' 8
	run -0 codes
	assert_output '220 250 250 250 250 421 '
	run -0 grep -c 'abort .*stage=bdat .*bytes=1024 why=slow' log
	assert_file_not_exists ran
}

@test "chunks of a message that was lost are no way to stay, whole and seldom" {
	DATABYTES=3000 run -1 chunks "BDAT 3001\\r\\n$(printf '%03001d' 0)" 8
	run -0 codes
	assert_output --regexp '^220 250 250 250 552 (503 ){1,2}421 $'
	assert_file_not_exists ran
}

@test "a chunk that is thrown away is no way to stay" {
	run -1 trickle 'RSET\r\nBDAT 20000 LAST\r\n' 20000 200 'QUIT\r\n'
	run -0 codes
	assert_output '220 250 250 250 250 421 '
}

@test "a message of 150 bytes a second is taken, however long it takes" {
	# 400 seconds.
	trickle 'DATA\r\n' 60000 600 '\r\n.\r\nQUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 354 250 221 '
	rm ran
	trickle 'BDAT 60000 LAST\r\n' 60000 600 'QUIT\r\n'
	assert_equal "$(codes)" '220 250 250 250 250 221 '
	assert_file_exists ran
}

@test "a message that is too big is drained for ten minutes and no longer" {
	export DATABYTES=300000
	# 150 bytes a second, for 800 seconds, and not twice the limit in all.
	run -1 trickle "DATA\\r\\n$(printf '%0300100d' 0)" 120000 600 '\r\n.\r\n'
	run -0 codes
	assert_output '220 250 250 250 354 552 '
	run -0 grep -c 'abort .*stage=data .*why=big' log
	[[ $(sed -n 's/.*abort .*bytes=\([0-9]*\).*/\1/p' log) -ge 380000 ]]
}

@test "a full disk stays 452 when the rest of the message takes too long" {
	mkdir small
	mount -t tmpfs -o size=64k tmpfs small
	# 150 bytes a second, for 800 seconds.
	ARRIVAL_SPOOL=small run -1 trickle "DATA\\r\\n$(printf '%0400000d' 0)" 120000 600 '\r\n.\r\n'
	umount small
	run -0 codes
	assert_output '220 250 250 250 354 452 '
	assert_file_not_exists ran
}

# stop bytes: they come at once behind the envelope, and then nothing more.
stop() {
	mkfifo in
	printf '%b' "$envelope$1" >in &
	SMTP_TIMEOUT=1 timeout 10 smtp-session touch ran <>in >got 2>log
}

@test "a client that stops inside the data is 421 after SMTP_TIMEOUT" {
	run -1 stop 'DATA\r\nhalf a'
	run -0 codes
	assert_output '220 250 250 250 354 421 '
	run -0 grep -c 'abort .*stage=data .*why=timeout' log
	assert_file_not_exists ran
}

@test "a client that stops inside a chunk is 421 after SMTP_TIMEOUT" {
	run -1 stop 'BDAT 10\r\nhalf a'
	run -0 codes
	assert_output '220 250 250 250 421 '
	run -0 grep -c 'abort .*stage=bdat .*why=timeout' log
	assert_file_not_exists ran
}
