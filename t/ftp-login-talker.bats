#!/usr/bin/env bats
# A talker that somebody has taken over before a login gains nothing by it: what
# it can do itself, what its monitor answers, what the second stage believes.

setup() {
	load helper
	mkdir home pub
	printf 'bob:secret:%s/home\n' "$PWD" >users
	export FTP_LOGIN="$DATA/checker.py users"
	PROBE=${PROBE:-$BIN/../.build/probe}
}

# ended: after each try of standard input, by the call behind its colon.
ended() {
	local try call
	while IFS=: read -r try call; do
		printf 'NOOP %s\r\nNOOP\r\n' "$try" >sent
		run -111 bash -c '"$0" pub <sent >got 2>log' "$PROBE/ftp-session"
		run -0 grep -cE "^ftp-session: forbidden pid=.* call=($call) " log
		run ! grep -q 'probe' got
	done
}

@test "before the login the talker can open and make no file" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer itself opens files'
	ended <<-'END'
		open /etc/passwd:openat|open
		make ./made:openat|open
	END
}

@test "before the login the talker can remove, rename, connect, run and signal nothing" {
	ended <<-'END'
		remove ./users:unlinkat
		rename ./users:renameat|renameat2
		connect 25:socket
		exec /bin/true:execve
		kill:kill|getppid
	END
	assert_file_exists users
}

# asks word...: a talker that has been taken over asks its monitor, and is ended
# for the last of it. NOOPs of the probe stand for the takeover.
asks() {
	{ printf 'NOOP ask %s\r\n' "$@" && printf 'QUIT\r\n'; } >sent
	run -111 bash -c '"$0" pub true <sent >got 2>log' "$PROBE/ftp-session"
	run -0 grep -c '^ftp-session: foul ' log
}

@test "before the login the talker may ask about three passwords, and nothing else" {
	asks 'login eve|x|' 'login bob|x|' 'login bob|secretx|' 'login bob|secret|'
	assert_equal "$(grep -c ' loginfail .*why=password' log)" 3
	local what
	for what in 'connect ' 'arrival FTP_PATH=/x|' 'name root|' 'login bob|' 'login bob|x|y|' 'login |' 'login bob' \
		'tls TLSv1.3' 'tls TLSv1.3|x|' "tls $(printf '%064d' 0)|"; do
		asks "$what"
		run ! grep 'login' log
	done
}

@test "a talker that keeps the socket to the second stage to itself gets no session" {
	asks 'login bob|secret|' 'login bob|secret|'
	run ! grep 'login' log
	run ! pgrep -f "$PROBE/ftp-session -s"
}

@test "what the talker hands over is checked: anything foul ends the second stage" {
	cat >monitor.py <<-'END'
		import array, os, socket, struct, subprocess, sys
		READY, NAME, CONTROL = 7, 8, 9
		def message(kind, number, text): return struct.pack("=4I", kind, number, 0, len(text)) + text
		def run(*packets):
		    a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
		    mine, theirs = socket.socketpair()
		    p = subprocess.Popen(["ftp-session", "-s"], stdin=b, stdout=2)
		    b.close()
		    assert struct.unpack("=4I", a.recv(9999)) == (READY, 0, 0, 0)
		    for data, fds in packets:
		        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [theirs.fileno()] * fds))] if fds else []
		        try: a.sendmsg([data], rights)
		        except OSError: pass
		    a.close(); theirs.close()
		    mine.settimeout(5)
		    got = mine.recv(99)
		    mine.close()
		    return got[:3], p.wait(5)
		def settled(*v, tls=b"TLSv1.3"): return struct.pack("=10I64s", *v, tls) + b"\0"
		good = settled(0, 63, 0, 0, 0, 0, 0, 0, 0, 0)
		name = (message(NAME, 7, b"bob\0"), 0)
		first = (message(CONTROL, 0, good), 1)
		last = (message(CONTROL, 1, b"NOOP\r\n\0"), 1)
		assert run(name, first, last)[0] == b"230", run(name, first, last)
		foul = [
		    [first, last],                                       # no name
		    [(message(NAME, 7, b"b\0b\0"), 0), first, last],     # two
		    [(message(NAME, 7, b"b\nb\0"), 0), first, last],     # not one
		    [(message(NAME, 7, b"x" * 600 + b"\0"), 0), first, last],
		    [name, name, last],
		    [name, (first[0], 0), last],                         # no descriptor
		    [name, (first[0], 2), last],                         # two
		    [name, first, (last[0], 0)],
		    [name, first, first],
		    [name, last, first],
		    [name, (message(CONTROL, 0, good[:-5] + b"\0"), 1), last],
		    [name, (message(CONTROL, 0, good + b"\0"), 1), last],
		    [name, first, (message(CONTROL, 1, b"x" * 9000 + b"\0"), 1)],
		    [name, first, (message(CONTROL, 1, b""), 1)],
		    [name, first, (message(CONTROL, 1, b"xx"), 1)],      # no end
		    [name, (b"garbage", 1), last],
		    [name, (struct.pack("=4I", CONTROL, 0, 0, 99), 1), last],
		]
		foul += [[name, (message(CONTROL, 0, settled(*[2 ** 32 - 1 if i == j else 0 for i in range(10)])), 1), last]
		         for j in range(10) if j != 6]                    # one is only counted on
		foul += [[name, (message(CONTROL, 0, settled(*[0] * 10, tls=b"x" * 64)), 1), last]]
		for packets in foul:
		    got = run(*packets)
		    assert got == (b"", 111), (packets, got)
		assert run() == (b"", 0)
		assert run(name) == (b"", 0)
		assert run(name, first) == (b"", 0)
	END
	run -0 timeout 30 python3 monitor.py
}
