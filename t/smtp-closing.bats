#!/usr/bin/env bats
# How a session ends: QUIT, the end of input, deadlines, SIGTERM. RFC 5321 3.8, 4.1.1.10.

setup() {
	load helper
	export SMTP_NAME=mx.example SMTP_ANY=1
}

# hand code [program...]
hand() {
	local code=$1
	shift
	[ $# -gt 0 ] || set -- true
	timeout 30 python3 "$DATA/hand.py" "$code" smtp-session "$@"
}

@test "QUIT: 221, the end of the connection at once, exit 0" {
	run -0 hand 'hear(); say("QUIT"); t = time.time(); print(*hear()); print(f.read(), time.time() - t < 0.9)'
	assert_output $'221 Bye\nb\'\' True\nexit 0'
}

@test "QUIT with more behind it: 221 arrives, and no reset comes before it" {
	run -0 hand 'hear(); c.sendall(b"QUIT\r\n" + b"NOOP\r\n" * 5000); time.sleep(0.2); print(*hear()); print(f.read())'
	assert_output $'221 Bye\nb\'\'\nexit 0'
}

@test "a client that goes on talking after QUIT is left after a second" {
	run -0 hand '
hear(); say("QUIT"); t = time.time(); hear()
while p.poll() is None and time.time() - t < 5:
    try: say("NOOP")
    except OSError: break
    time.sleep(0.05)
p.wait(5); print(time.time() - t < 2.5)'
	assert_output $'True\nexit 0'
}

@test "QUIT and gone: that nobody takes the 221 is no error" {
	run -0 hand 'hear(); say("QUIT"); c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0"); f.close(); c.close()'
	assert_output 'exit 0'
	run -0 grep -c ' why=quit$' log
}

@test "who closes its side after QUIT, or after the end of the data, gets all replies; exit 0" {
	run -0 hand 'hear(); say("EHLO c"); say("QUIT"); c.shutdown(socket.SHUT_WR); print(f.read().decode().split("\r\n")[-2])'
	assert_output $'221 2.0.0 Bye\nexit 0'
	run -0 hand '
hear(); say("HELO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA"); print(*hear(4)); say("x\r\n."); c.shutdown(socket.SHUT_WR)
print(*hear()); print(f.read())' sh -c 'sleep 0.3; echo kept'
	assert_line --index 1 --regexp '^250 OK id=.* kept$'
	assert_line --index 2 "b''"
	assert_line --index 3 'exit 0'
}

@test "the end of input is exit 0 outside of a transaction and 1 inside" {
	run -0 hand 'hear(); c.shutdown(socket.SHUT_WR); print(f.read())'
	assert_output $'b\'\'\nexit 0'
	run -0 hand 'hear(); say("HELO c\r\nMAIL FROM:<>"); hear(2); c.shutdown(socket.SHUT_WR)'
	assert_output 'exit 1'
	run -0 hand 'hear(); say("HELO c\r\nMAIL FROM:<>\r\nRSET"); hear(3); c.shutdown(socket.SHUT_WR)'
	assert_output 'exit 0'
}

@test "a connection that is reset is exit 1, and the log says lost" {
	run -0 hand '
hear(); say("NOOP\r\nNOOP\r\nNOOP"); hear(3); c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
f.close(); c.close()'
	assert_output 'exit 1'
	run -0 grep -c '^smtp ev=disc .* why=lost$' log
}

@test "a client that takes no replies is given up after SMTP_TIMEOUT, and the log says timeout" {
	SMTP_TIMEOUT=1 SMALL=1 run -0 hand '
say("EHLO c\r\nMAIL FROM:<>"); say("RCPT TO:<a@b>\r\n" * 20000); t = time.time()
while p.poll() is None and time.time() - t < 8: time.sleep(0.1)'
	assert_output 'exit 1'
	run -0 grep -c '^smtp ev=disc .* why=timeout$' log
}

@test "the deadline is for the whole line, not for each byte of it; then 421 4.4.2, exit 1" {
	export SMTP_TIMEOUT=1
	run -0 hand '
hear(); say("EHLO c"); hear(2 + len(f.peek().split(b"\n")) - 3); t = time.time()
while p.poll() is None and time.time() - t < 5:
    try: c.sendall(b"N")
    except OSError: break
    time.sleep(0.1)
print(f.read().decode().split("\r\n")[-2]); print(0.8 < time.time() - t < 3)'
	assert_output $'421 4.4.2 Timeout\nTrue\nexit 1'
}

# after words: SIGTERM for the session the super-server started, or for both.
after() { hand "hear(); $1; time.sleep(0.1); os.kill(p.pid, signal.SIGTERM); print(f.read().decode().split('\\r\\n')[-2])" "${@:2}"; }

@test "SIGTERM: 421 4.3.2, exit 1, wherever the client was" {
	run -0 after 'pass'
	assert_output $'421 Shutting down\nexit 1'
	run -0 after 'say("EHLO c")'
	assert_output $'421 4.3.2 Shutting down\nexit 1'
	run -0 after 'say("EHLO c"); c.sendall(b"MAIL FR")'
	assert_output $'421 4.3.2 Shutting down\nexit 1'
	run -0 grep -c ' why=terminated$' log
	run -0 after 'say("EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA"); time.sleep(0.1); say("half")' touch ran
	assert_output $'421 4.3.2 Shutting down\nexit 1'
	run -0 grep -c '^smtp ev=abort .* stage=data bytes=6 .*why=terminated$' log
	assert_file_not_exists ran
	run -0 after 'say("EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nBDAT 9\r\nhalf")' touch ran
	assert_output $'421 4.3.2 Shutting down\nexit 1'
}

@test "SIGTERM: a client that never lets a moment pass between its lines is told within two seconds" {
	run -0 hand '
hear(); say("EHLO c"); os.kill(p.pid, signal.SIGTERM); t = time.time()
for i in range(90):
    try: say("NOOP")
    except OSError: break
    time.sleep(0.04)
print(f.read().decode().split("\r\n")[-2], time.time() - t < 2.5)'
	assert_output $'421 4.3.2 Shutting down True\nexit 1'
}

@test "SIGTERM in the second that an error costs: the error is answered, then 421" {
	run -0 after 'say("X\r\n" * 9 + "X"); hear(9)'
	assert_output $'421 Shutting down\nexit 1'
}

@test "SIGTERM for all processes of a session at once is no different" {
	run -0 hand '
hear(); say("EHLO c"); time.sleep(0.1)
for pid in (talker(), p.pid): os.kill(pid, signal.SIGTERM)
print(f.read().decode().split("\r\n")[-2])'
	assert_output $'421 4.3.2 Shutting down\nexit 1'
}

@test "SIGTERM while the program runs: it ends, the client is told, then 421" {
	run -0 hand '
hear(); say("EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA"); time.sleep(0.2); say("x\r\n.")
while not os.path.exists("started"): time.sleep(0.02)
os.kill(p.pid, signal.SIGTERM); print(*f.read().decode().split("\r\n")[-3:-1], sep="\n")' sh -c '>started; sleep 0.5; echo kept; cat >message'
	assert_line --index 0 --regexp '^250 2\.0\.0 OK id=[^ ]+ kept$'
	assert_line --index 1 '421 4.3.2 Shutting down'
	assert_line --index 2 'exit 1'
	assert_file_exists message
}

@test "SIGTERM: a client that does not read its replies has a second, not SMTP_TIMEOUT" {
	SMALL=1 run -0 hand '
def steps(): return re.search(r"^voluntary.*", open(f"/proc/{talker()}/status").read(), re.M)[0]
say("EHLO c\r\nMAIL FROM:<>"); say("RCPT TO:<a@b>\r\n" * 20000)
before = None
while before != (before := steps()): time.sleep(0.3)
os.kill(p.pid, signal.SIGTERM); t = time.time()
while p.poll() is None and time.time() - t < 4: time.sleep(0.1)
print(p.poll()); p.kill()'
	assert_line --index 0 1
	run -0 grep -c ' why=terminated$' log
}

# bounded seconds program...: the session's pid is in the file session. A signal
# that timeout should pass on kills timeout itself as long as its fork(2) has not
# returned, and its child may have run for long by then.
bounded() {
	timeout --foreground -s KILL "$1" sh -c 'echo $$ >session; exec smtp-session "$@"' sh "${@:2}"
}

@test "SIGTERM: a client that sends without a pause is told within a moment" {
	mkdir small
	mount -t tmpfs -o size=64k tmpfs small
	printf '%s\r\n' 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' DATA >sent
	truncate -s 1T sent
	ARRIVAL_SPOOL=small DATABYTES=0 bounded 9 touch ran <sent >got 2>log &
	pid=$!
	until_true grep -q ^354 got
	kill "$(<session)"
	status=0
	wait "$pid" || status=$?
	umount small
	assert_equal "$status" 1
	assert_equal "$(codes)" '220 250 250 250 354 421 '
	run -0 grep -c 'ev=abort .*why=terminated$' log
}

@test "SIGTERM: a client that has sent all its messages at once gets the reply to the present one" {
	printf 'EHLO c\r\n' >sent
	printf 'MAIL FROM:<>\r\nRCPT TO:<a@b>\r\nBDAT 3 LAST\r\nx\r\n%.0s' {1..900} >>sent
	bounded 20 sh -c 'echo >>ran; sleep 0.02' <sent >got 2>log &
	pid=$!
	until_true test -s ran
	kill "$(<session)"
	status=0
	wait "$pid" || status=$?
	assert_equal "$status" 1
	run -0 codes
	assert_output --regexp '^220 250 (250 )+421 $'
	assert_equal "$(grep -c '^250 .*id=' got)" "$(wc -l <ran)"
	[ "$(wc -l <ran)" -lt 300 ]
}
