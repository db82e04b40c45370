#!/usr/bin/env bats
# The walls around the talkers: the builds in .build/probe have a NOOP that
# tries to get through them (t/probe).

setup() {
	load helper
	PROBE=${PROBE:-$BIN/../.build/probe}
}

teardown() { unserve; }

# smtp try: what a confined SMTP talker gets; replies in got, log in log.
smtp() { printf 'EHLO c\r\nNOOP %s\r\nNOOP\r\nQUIT\r\n' "$1" | SMTP_ANY=1 timeout 10 "$PROBE/smtp-session" true >got 2>log; }

# ftp try: the same after a login.
ftp() { printf 'USER ftp\r\nPASS x\r\nNOOP %s\r\nNOOP\r\nQUIT\r\n' "$1" | FTP_MODE=rw timeout 10 "$PROBE/ftp-session" "${@:2}" >got 2>log; }

@test "the probe itself works: unconfined it gets through" {
	run -0 smtp nothing
	assert_equal "$(codes)" '220 250 250 250 221 '
}

# smtp_is_ended: after each try of standard input, by the call behind its colon.
smtp_is_ended() {
	local try call
	while IFS=: read -r try call; do
		run -111 smtp "$try"
		run -0 grep -cE "^smtp ev=forbidden sid=.* call=($call) " log
		run ! grep -q 'probe' got
	done
}

@test "an SMTP talker that opens or makes a file is ended, and the log names the call" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer itself opens files: Landlock alone refuses'
	smtp_is_ended <<-'END'
		open /etc/passwd:openat|open
		make ./made:openat|open
	END
	assert_file_not_exists made
}

@test "an SMTP talker that runs, connects, kills or forks is ended, and the log names the call" {
	smtp_is_ended <<-'END'
		exec /bin/true:execve
		connect 25:socket
		kill:kill|getppid
		fork:clone|fork
	END
}

@test "an SMTP talker that would take back what the log has is ended" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer itself sets flags'
	smtp_is_ended <<-'END'
		cut:ftruncate
		rewrite:fcntl
	END
}

@test "an FTP talker cannot open or make a file outside its root" {
	mkdir root
	for try in 'open /etc/passwd' 'make ../made' "make $PWD/made" 'open /proc/self/status'; do
		ftp "$try" root true || true
		run -0 grep -c 'The probe failed' got
	done
	assert_file_not_exists made
}

@test "an FTP talker makes symbolic links only where FTP_LINKS_CREATE lets it, and below its root" {
	mkdir root
	run -111 ftp 'link root/made' root
	run -0 grep -c '^ftp-session: forbidden .*call=symlinkat' log
	run ! grep probe got
	export FTP_LINKS_CREATE=1
	ftp 'link made' root
	run -0 grep -c 'The probe failed' got
	ftp 'link root/made' root
	run -0 grep -c 'The probe got through' got
	assert_link_exists root/made
}

@test "an FTP talker that runs, connects, speaks SCTP or MPTCP, kills or forks is ended, and the log names the call" {
	mkdir root
	while IFS=: read -r try call; do
		run -111 ftp "$try" root true
		run -0 grep -cE "^ftp-session: forbidden pid=.* call=($call) " log
		run ! grep -q 'probe' got
	done <<-'END'
		exec /bin/true:execve
		connect 25:connect
		socket 132:socket
		socket 262:socket
		kill:kill|getppid
		fork:clone|fork
	END
}

@test "an FTP talker connects nowhere by sending, either" {
	mkdir root
	LISTEN=0 serve true
	run -111 ftp "fastopen $PORT" root true
	run -0 grep -cE "^ftp-session: forbidden pid=.* call=sendto " log
	run ! grep -q 'got through' got
	unserve
}

@test "an FTP talker types nothing into the terminal it was started from" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer itself asks terminals'
	mkdir root
	run -111 ftp 'type x' root
	run -0 grep -c 'forbidden.*call=ioctl' log
}

@test "one process, without a monitor, is confined and logged alike" {
	mkdir root
	export FTP_ACTIVE=0
	run -111 ftp 'connect 25' root
	run -0 grep -c 'forbidden.*call=connect' log
}

@test "the talker dies with its monitor, and the monitor with its talker" {
	mkfifo in
	SMTP_ANY=1 smtp-session true <in >got 2>log &
	monitor=$!
	exec 8>in
	for _ in {1..100}; do
		[ -s got ] && break
		read -rt 0.05 _ <> <(:) || true
	done
	talker=$(pgrep -P "$monitor")
	kill -9 "$monitor"
	wait "$monitor" || true
	for _ in {1..100}; do
		kill -0 "$talker" 2>/dev/null || break
		grep -q zombie "/proc/$talker/status" 2>/dev/null && break
		read -rt 0.05 _ <> <(:) || true
	done
	run grep -c 'State:.*[SR] ' "/proc/$talker/status"
	refute_output 1
	exec 8>&-
}

@test "a talker has sixteen descriptors and leaves no core" {
	local p found=0
	mkdir root
	for program in 'ftp-session root true' 'env SMTP_ANY=1 smtp-session true'; do
		# shellcheck disable=SC2086
		serve $program
		exec 5<>"/dev/tcp/127.0.0.1/$PORT"
		read -ru 5 _
		for p in $(sessions); do
			[ "$(pgrep -cP "$p")" = 0 ] || continue
			run -0 grep -cE '^Max (open files +16 +16|core file size +0 +0) ' "/proc/$p/limits"
			assert_output 2
			found=$((found + 1))
		done
		exec 5>&-
		unserve
	done
	assert_equal "$found" 2
}

# reach address: what a talker that was taken over gets when it asks its monitor to connect there.
reach() {
	exec 5<>"/dev/tcp/127.0.0.1/$PORT"
	printf 'USER ftp\r\nPASS x\r\nNOOP reach %s\r\nQUIT\r\n' "$1" >&5
	timeout 10 cat <&5 >got || true
	exec 5>&-
}

@test "S1: a monitor connects to the client and to nobody else, whatever its talker asks, but for FTP_FXP" {
	mkdir root
	serve "$PROBE/ftp-session" root
	reach 127.0.0.1
	run -0 grep -c 'The probe got through' got
	for address in 127.0.0.2 192.0.2.1 ::1 127.0.0.1x; do
		reach "$address"
		run ! grep -E 'got through|^221' got
	done
	unserve
	serve env FTP_FXP=1 "$PROBE/ftp-session" root
	reach 127.0.0.2
	run -0 grep -c 'The probe got through' got
	unserve
	serve env FTP_ACTIVE=0 "$PROBE/ftp-session" root true
	reach 127.0.0.1
	run ! grep -E 'got through|^221' got
}
