#!/usr/bin/env bats
# What waits behind DATA on a socket may be a message: it is never read as commands.

setup() {
	load helper
	envelope='EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\n'
}

# refused before data code: DATA is refused with code. On a pipe the next command
# is answered; on a socket, where it came with DATA, it is 554 and the end.
refused() {
	printf '%b' "$1$2NOOP\r\nQUIT\r\n" >sent
	timeout 10 smtp-session touch ran <sent >got 2>log
	run -0 codes
	assert_output --regexp "^220 ([0-9]+ )*$3 250 221 $"
	python3 "$DATA/on-socket.py" sent smtp-session touch ran >got 2>log
	run -0 codes
	assert_output --regexp "^220 ([0-9]+ )*554 $"
	run -0 grep -c '^554 .*Wait for 354' got
	assert_file_not_exists ran
}

@test "input behind a DATA out of order is 554 and the end" {
	refused '' 'DATA\r\n' 503
	refused 'EHLO c\r\n' 'DATA\r\n' 503
	refused 'EHLO c\r\nMAIL FROM:<>\r\n' 'DATA\r\n' 503
}

@test "input behind a DATA without a good recipient is 554 and the end" {
	refused "$envelope" 'DATA\r\n' 554
}

@test "input behind a DATA that is no good line is 554 and the end" {
	export SMTP_ANY=1
	refused "$envelope" 'DATA x\r\n' 501
	refused "$envelope" 'DATA\n' 500
	refused "$envelope" 'DATA \x01\r\n' 501
	refused "$envelope" 'data \0\r\n' 501
}

@test "input behind what others may take for DATA is 554 and the end" {
	SMTP_ANY=1 refused "$envelope" ' DATA\r\n' 500
	SMTP_ANY=1 refused "$envelope" 'DATA:\r\n' 500
}

@test "input behind a DATA line that is too long is 554 and the end" {
	SMTP_ANY=1 refused "$envelope" "DATA$(printf '%05000d' 0 | tr 0 ' ')\\r\\n" 500
}

@test "input behind a DATA that would have to be BDAT is 554 and the end" {
	export SMTP_ANY=1 SMTP_EXT=+BINARYMIME
	refused "${envelope}BDAT 0\r\n" 'DATA\r\n' 503
	refused "${envelope/<>/<> BODY=BINARYMIME}" 'DATA\r\n' 503
}

@test "input behind a DATA with which a read ends is 554 and the end" {
	# All is there when the session begins, and reads 65536 bytes.
	run -0 --separate-stderr timeout 20 python3 - <<-'END'
		import socket, subprocess
		server = socket.create_server(("127.0.0.1", 0))
		server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
		client = socket.create_connection(server.getsockname())
		accepted = server.accept()[0]
		long = b"NOOP ".ljust(4094, b"x") + b"\r\n"
		client.sendall(long * 15 + long[-4090:] + b"DATA\r\n" + b"VRFY x\r\nQUIT\r\n")
		while len(accepted.recv(1 << 20, socket.MSG_PEEK)) < 65550: pass
		subprocess.run(["smtp-session", "true"], stdin=accepted, stdout=accepted)
		accepted.close()
		for line in client.makefile("rb"): print(line.decode()[:3], end=" ")
	END
	assert_output "220 $(printf '250 %.0s' {1..15})500 554 "
}

@test "input behind a DATA that would be taken is 554 and the end, and nothing runs" {
	export SMTP_ANY=1
	printf '%b' "${envelope}DATA\r\nx\r\n.\r\nQUIT\r\n" >sent
	python3 "$DATA/on-socket.py" sent smtp-session touch ran >got 2>log
	assert_equal "$(codes)" '220 250 250 250 554 '
	assert_file_not_exists ran
}

@test "a message sent in spite of a refusal, where nothing tells, is stopped by the error budget" {
	printf '%b' "${envelope}DATA\r\n$(printf 'Text %d\\r\\n' {1..40}).\r\nQUIT\r\n" >sent
	run -1 bash -c 'timeout 20 "$PROBE/hasty-smtp-session" touch ran <sent >got 2>log'
	run -0 codes
	assert_output --regexp '^220 250 250 554 554 (500 ){20}421 $'
	assert_file_not_exists ran
}
