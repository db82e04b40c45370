#!/usr/bin/env bats
# FTP_DIGEST: the checksum of an upload in its 226 and in the log.

setup() {
	load helper
	mkdir root
	head -c 700000 /dev/urandom >file
	export FTP_MODE=rw FTP_DIGEST=1
}
teardown() { unserve; }

sum() { sha256sum <"$1" | cut -d ' ' -f 1; }

# client code: Python after t/data/ftp-client.py.
client() {
	{
		cat "$DATA/ftp-client.py"
		# shellcheck disable=SC2001
		sed $'s/^\t\t//' <<<"$1"
	} >client.py
	timeout 30 python3 client.py "$PORT"
}

put='
		def put(command, bytes):
		    d = data(command); assert reply()[:3] == "150"
		    d.sendall(bytes); d.close(); print(reply())
		file = open("file", "rb").read()
'

@test "226 ends with the SHA-256 of what was stored, and so does the line of the log" {
	serve ftp-session root
	run -0 client "$put"'
		put("STOR new", file)
		put("STOU", file)
		put("STOR empty", b"")
	'
	assert_line --index 0 "226 Transfer complete.; sha256=$(sum file)"
	assert_line --index 1 "226 Transfer complete (unique file name: ftp).; sha256=$(sum file)"
	assert_line --index 2 "226 Transfer complete.; sha256=$(sum /dev/null)"
	cmp file root/new
	run -0 grep -c " put .* path=/new .*code=226.* sha256=$(sum file)" log
	assert_output 1
}

@test "a file that is continued is summed up whole: REST and STOR, APPE, in one step or many" {
	serve ftp-session root
	head -c 600000 file >root/half
	head -c 10 file >root/begun
	run -0 client "$put"'
		cmd("REST 500000"); put("STOR half", file[500000:])
		put("APPE begun", file[10:])
		put("APPE fresh", file)
	'
	assert_equal "$(grep -c "sha256=$(sum file)" <<<"$output")" 3
	cmp file root/half
	cmp file root/begun
}

@test "with line ends converted it is that of the stored bytes" {
	FTP_ASCII=1 serve ftp-session root
	run -0 client "$put"'
		cmd("TYPE A"); put("STOR text", b"a\r\nb\r\n")
	'
	assert_output "226 Transfer complete.; sha256=$(printf 'a\nb\n' | sha256sum | cut -c 1-64)"
}

@test "a program has its word, the checksum comes behind it; a refusal has none" {
	serve ftp-session root sh -c 'echo welcome; [ "$FTP_NAME" != bad ] || exit 100; [ "$FTP_NAME" != mine ] || exit 99'
	run -0 client "$put"'
		put("STOR good", file)
		put("STOR mine", file)
		put("STOR bad", file)
	'
	assert_line --index 0 "226 welcome; sha256=$(sum file)"
	assert_line --index 1 "226 welcome; sha256=$(sum file)"
	assert_line --index 2 "553 welcome"
	run ! grep -q 'path=/bad .*sha256' log
}

@test "without FTP_DIGEST, and for what broke off, there is none; a get has none either" {
	serve ftp-session root
	run -0 client "$put"'
		put("STOR new", file)
		d = data("STOR half"); reply(); d.sendall(file); say("ABOR"); print(reply(), reply())
		d = data("RETR new"); reply(); read(d); print(reply())
	'
	assert_line --index 1 '426 Transfer aborted. 226 Abort successful.'
	assert_line --index 2 '226 Transfer complete.'
	run -0 grep -c sha256= log
	assert_output 1
	unserve
	FTP_DIGEST=0 serve ftp-session root
	run -0 client "$put"'
		put("STOR new", file)
	'
	assert_output '226 Transfer complete.'
}

@test "ABOR while the kept beginning is read leaves the file as it was" {
	truncate -s 64G root/large
	serve ftp-session root
	run -0 client '
		port = epsv()
		say("APPE large"); print(cmd("NOOP")); say("ABOR"); print(reply(), reply(), cmd("SIZE large"), sep="\n")
	'
	assert_output $'200 OK.\n425 Cannot open data connection.\n225 No transfer to abort.\n213 68719476736'
}
