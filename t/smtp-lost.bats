#!/usr/bin/env bats
# The client goes while the program runs: RFC 1047.
# shellcheck disable=SC2034 # helper.bash has SERVER

setup() {
	load helper
	SERVER='' # for unserve
	export SMTP_ANY=1
	mkfifo go
	printf '#!/bin/sh\necho "$ARRIVAL_ID" >begun.new; mv begun.new begun; read -r line <go; cat >kept\n' >deliver
	chmod +x deliver
	serve smtp-session ./deliver
}
teardown() { unserve; }

# client word...: python with a client s that has sent a message, whose program runs,
# and does the lines on standard input then. It prints what comes.
client() {
	{
		cat <<-'END'
			import os, socket, struct, sys, time
			s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
			f = s.makefile("rb")
			s.sendall(b"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\n")
			while not f.readline().startswith(b"354"): pass
			s.sendall(b"Subject: t\r\n\r\nx\r\n.\r\n" + b"NOOP\r\nQUIT\r\n" * ("more" in sys.argv))
			while not os.path.exists("begun"): time.sleep(0.02)
		END
		cat
	} >client.py
	timeout 20 python3 client.py "$PORT" "$@"
}

@test "a client that closed: the program finishes, and lost-reply names the message" {
	client <<<'s.close(); f.close()'
	echo >go
	until_true no_sessions
	run -0 tail -n 1 kept
	assert_output x
	run -0 grep -c "ev=lost-reply .*id=$(cat begun)" log
	assert_output 1
	run -0 grep -c 'ev=disc .*msgs=1 .*why=' log
}

@test "the same when it had sent QUIT already" {
	client more <<<'s.close(); f.close()'
	echo >go
	until_true no_sessions
	run -0 grep -c "ev=lost-reply .*id=$(cat begun)" log
	assert_output 1
}

@test "a client that reset the connection" {
	client <<<'f.close(); s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)); s.close()'
	echo >go
	until_true no_sessions
	run -0 tail -n 1 kept
	assert_output x
	run -0 grep -c "ev=lost-reply .*id=$(cat begun)" log
	assert_output 1
}

@test "a client killed by a signal" {
	client <<<'os.kill(os.getpid(), 9)' || true
	echo >go
	until_true no_sessions
	run -0 grep -c "ev=lost-reply .*id=$(cat begun)" log
	assert_output 1
}

@test "a client that only closed its side gets its replies, and nothing is lost" {
	SECONDS=0
	run -0 client more <<-'END'
		s.shutdown(socket.SHUT_WR)
		open("go", "w").write("go\n")
		for line in f: print(line.decode()[:3])
	END
	assert_output $'250\n250\n221'
	until_true no_sessions
	run ! grep -q lost-reply log
	[ "$SECONDS" -lt 5 ]
}

@test "a client that leaves without QUIT after its reply has lost nothing" {
	run -0 client <<-'END'
		open("go", "w").write("go\n")
		print(f.readline().decode()[:3])
	END
	assert_output 250
	until_true no_sessions
	run ! grep -q lost-reply log
}

@test "a client that goes on with what is no SMTP still gets the reply to its message" {
	for junk in 'GET / HTTP/1.1\r\n' '\x16\x03\x01'; do
		printf '%b' "EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\nx\r\n.\r\n$junk" >sent
		run -1 bash -c 'timeout 10 smtp-session true <sent >got 2>log'
		assert_equal "$(codes)" '220 250 250 250 354 250 '
		run -0 grep -c 'ev=junk ' log
	done
}

@test "a pipe nobody reads any more" {
	unserve
	printf '%s\r\n' 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' DATA x . QUIT >sent
	timeout 20 python3 - <<-'END'
		import subprocess
		p = subprocess.Popen(["smtp-session", "./deliver"], stdin=open("sent"), stdout=subprocess.PIPE, stderr=open("log", "w"))
		while not p.stdout.readline().startswith(b"354"): pass
		p.stdout.close()
		open("go", "w").write("go\n")
		p.wait()
	END
	run -0 grep -c "ev=lost-reply .*id=$(cat begun)" log
	assert_output 1
}
