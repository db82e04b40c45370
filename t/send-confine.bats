#!/usr/bin/env bats
# The walls around smtp-send: the build in .build/probe tries to get through them
# when the server's EHLO says so (t/probe).

setup() {
	load helper
	load send
	letter
	script
	PATH=${PROBE:-$BIN/../.build/probe}:$PATH
}
teardown() {
	unserve
	unscript
}

# try text: what smtp-send did of it; its log in log.
try() {
	script "EHLO=250-server\\r\\n250 X-PROBE $1"
	local code=0
	hand a@b.example c@d.example <letter 2>log || code=$?
	return "$code"
}

@test "the probe itself works: asked for nothing it sends" {
	run -0 try nothing
}

# ended: after each try of standard input, by the call behind its colon.
ended() {
	local what call
	while IFS=: read -r what call; do
		run -111 try "$what"
		run -0 grep -cE "^smtp-send: forbidden call=($call)$" log
		run ! grep -q probe log
		run ! grep -q MAIL heard
	done
}

@test "smtp-send that opens or makes a file is ended, and the log names the call" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer itself opens files: Landlock alone refuses'
	ended <<-'END'
		open /etc/passwd:openat|open
		make ./made:openat|open
	END
	assert_file_not_exists made
}

@test "smtp-send that runs, connects, kills or forks is ended, and the log names the call" {
	ended <<-'END'
		exec /bin/true:execve
		connect 25:socket
		kill:kill|getppid
		fork:clone|fork
	END
}
