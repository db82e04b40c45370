#!/usr/bin/env bats
# The one end of the data, in one piece and in two, cut anywhere: RFC 5321 4.1.1.4.

setup() {
	load helper
	cat "$DATA"/smtp-data/{no-end,end}.tsv >all.tsv
	assert_equal "$(wc -l <all.tsv)" 15
}

# splits transport: every variant of the end of data over it, cut at every byte.
splits() {
	run -0 timeout 60 python3 "$DATA/smtp-data/splits.py" "$1" all.tsv
	assert_output --regexp '^[0-9]{3,4} messages are what they have to be$'
}

@test "over a pipe only CRLF . CRLF ends the data, wherever the reads part it" { splits pipe; }

@test "over a TCP connection only CRLF . CRLF ends the data, wherever the reads part it" { splits tcp; }

# half_closed bytes: after the envelope, on a TCP connection whose
# writing side is then closed; replies to got. Exits as the session does.
half_closed() {
	timeout 20 python3 - "$1" <<-'END' >got
		import socket, subprocess, sys
		server = socket.create_server(("127.0.0.1", 0))
		client = socket.create_connection(server.getsockname())
		theirs = server.accept()[0]
		p = subprocess.Popen(["smtp-session", "touch", "ran"], stdin=theirs, stdout=theirs, stderr=open("log", "w"))
		theirs.close()
		f = client.makefile("rb")
		def reply():
		    while True:
		        got = f.readline()
		        sys.stdout.buffer.write(got)
		        if not got or got[3:4] == b" ": return
		reply()
		for line in b"EHLO c", b"MAIL FROM:<>", b"RCPT TO:<a@b.example>":
		    client.sendall(line + b"\r\n")
		    reply()
		if not sys.argv[1].startswith("BDAT"):
		    client.sendall(b"DATA\r\n")
		    reply()
		client.sendall(sys.argv[1].encode().decode("unicode_escape").encode("latin-1"))
		client.shutdown(socket.SHUT_WR)
		sys.stdout.buffer.write(f.read())
		sys.stdout.flush()
		sys.exit(p.wait(10))
	END
}

@test "a client that closes its side right behind the end of the message gets its answer, exit 0" {
	export SMTP_ANY=1
	for bytes in 'a\r\n.\r\n' 'BDAT 3 LAST\r\na\r\n' 'a\r\n.\r\nQUIT\r\n'; do
		run -0 half_closed "$bytes"
		run -0 codes
		assert_output --regexp '^220 250 250 250 (354 )?250 (221 )?$'
		assert_file_exists ran
		rm ran
	done
}

@test "a client that closes its side inside the message is told nothing, exit 1" {
	export SMTP_ANY=1
	for bytes in '' 'a' 'a\r\n.' 'a\r\n.\r' 'BDAT 3 LAST\r\na' 'BDAT 3\r\na\r\n'; do
		run -1 half_closed "$bytes"
		run -0 codes
		assert_output --regexp '^220 250 250 250 (354 |250 )?$'
		assert_file_not_exists ran
		run -0 grep -c 'abort' log
	done
}
