#!/usr/bin/env bats
# How the bytes of an upload get into the file: read and written, or, long ones,
# through a pipe. What arrives must not show which.

setup() {
	load helper
	load ftp
	mkdir root
}

teardown() { unserve; }

# both: Python: sizes around what a read, a pipe and its beginning hold, sent in
# pieces of odd sizes; each stored byte for byte.
BOTH='
import random
random.seed(959)
def put(name, content, verb="STOR"):
    d = data(verb + " " + name); first = reply(); at = 0
    while at < len(content):
        n = random.choice((1, 700, 4096, 65537, 1 << 20, 3 << 20))
        d.sendall(content[at:at + n]); at += n
    d.close(); r = reply(); assert r[:3] == "226", r
cmd("TYPE I")
M = 1 << 20
for n in (0, 1, 262144, 262145, M - 1, M, M + 1, 2 * M - 1, 2 * M, 5 * M + 12345):
    content = random.randbytes(n); put("f", content)
    assert open("root/f", "rb").read() == content, n
'

@test "an upload is stored byte for byte, whether it goes through a pipe or is read" {
	serve env FTP_MODE=rw ftp-session root
	run -0 client "$BOTH"
	unserve
	# To take a checksum is to see the bytes.
	serve env FTP_MODE=rw FTP_DIGEST=1 ftp-session root
	run -0 client "$BOTH"
}

@test "a long upload goes through a pipe, and not if its bytes must be seen" {
	local digest
	for digest in 0 1; do
		serve env FTP_MODE=rw "FTP_DIGEST=$digest" strace -f -o "trace$digest" -e trace=splice ftp-session root
		run -0 client 'store("STOR f", bytes(5000000)); cmd("QUIT")'
		until_true no_sessions
		unserve
	done
	grep -q splice trace0
	run ! grep splice trace1
}

@test "a file that takes no pages from a pipe gets the bytes all the same" {
	serve env FTP_MODE=rw "${PROBE:-$BIN/../.build/probe}/old-ftp-session" root
	run -0 client "$BOTH"
}

@test "APPE and REST go on byte for byte where a long file ends" {
	serve env FTP_MODE=rw ftp-session root
	run -0 client "$BOTH"'
		a, b = random.randbytes(3 * M + 1), random.randbytes(4 * M + 3)
		put("g", a); put("g", b, "APPE"); assert open("root/g", "rb").read() == a + b
		assert cmd("REST 2000001")[:3] == "350"; put("g", b)
		assert open("root/g", "rb").read() == a[:2000001] + b
	'
}

@test "FTP_MAXFILE and FTP_RATE_UP hold through the pipe too" {
	serve env FTP_MODE=rw FTP_MAXFILE=3000000 FTP_RATE_UP=20M FTP_PARTIAL=discard ftp-session root
	run -0 client '
		import threading
		t = time.time(); r = store("STOR fits", bytes(3000000)); t = time.time() - t
		assert r[1][:3] == "226" and 0.04 <= t, (r, t)
		d = data("STOR more"); reply()
		def push():
		    try: d.sendall(bytes(9000000))
		    except OSError: pass
		p = threading.Thread(target=push); p.start(); assert reply()[:3] == "552"; p.join(); d.close()
	'
	assert_equal "$(ls -A root)" fits
	assert_equal "$(stat -c %s root/fits)" 3000000
}
