#!/usr/bin/env bats
# Many commands and messages in one session, and many behind one: nothing grows.

setup() {
	load helper
	export SMTP_ANY=1
}

@test "a session does not grow over a million commands and ten thousand messages" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer takes memory of its own'
	run -0 timeout 120 python3 "$DATA/smtp-data/many.py" 10000 1000000
	assert_line --index 0 --regexp '^commands [0-9]+ [0-9]+$'
	assert_line --index 1 --regexp '^messages [0-9]+ [0-9]+$'
	# A few pages may be touched late.
	while read -r _ tenth all; do [ $((all - tenth)) -le 16 ]; done <<<"$output"
}

@test "64 KiB of commands wait behind a message while its program runs, then all are answered" {
	mkfifo go
	timeout 20 python3 - <<-'END' >got
		import select, socket, subprocess
		server = socket.create_server(("127.0.0.1", 0))
		client = socket.create_connection(server.getsockname())
		theirs = server.accept()[0]
		p = subprocess.Popen(["smtp-session", "sh", "-c", "read -r x <go; echo $x"], stdin=theirs, stdout=theirs, stderr=open("log", "w"))
		theirs.close()
		f = client.makefile("rb")
		def reply():
		    while True:
		        got = f.readline()
		        if not got or got[3:4] == b" ": return got
		def say(line):
		    client.sendall(line + b"\r\n")
		    return reply()
		reply()
		for line in b"EHLO c", b"MAIL FROM:<>", b"RCPT TO:<a@b.example>", b"DATA": say(line)
		pairs = 65536 // len(b"MAIL FROM:<>\r\nRSET\r\n") + 1
		client.sendall(b"x\r\n.\r\n" + b"MAIL FROM:<>\r\nRSET\r\n" * pairs)
		# The program has opened the other end of go: it runs, and nothing is answered.
		go = open("go", "wb", buffering=0)
		assert not select.select([client], [], [], 0.2)[0]
		go.write(b"went\n")
		assert reply().endswith(b"went\r\n")
		for _ in range(2 * pairs): assert reply()[:3] == b"250"
		assert say(b"QUIT")[:3] == b"221"
		assert p.wait(10) == 0
		print(pairs)
	END
	assert_equal "$(cat got)" 3277
}
