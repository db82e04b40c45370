#!/usr/bin/env bats
# Command lines as bytes: RFC 959 5.3, RFC 854, RFC 1123 4.1.2.12.

setup() { load helper; }

# bytes text: what ftp-session answers to these bytes, as printf %b has them, in final codes.
bytes() {
	printf '%b' "$1" >"$BATS_TEST_TMPDIR/sent"
	timeout 10 ftp-session <"$BATS_TEST_TMPDIR/sent" >"$BATS_TEST_TMPDIR/got"
	codes
}

@test "a line ends with LF; a CR before it is dropped" {
	assert_equal "$(bytes 'NOOP\nNOOP\r\nQUIT\n')" '220 200 200 221 '
}

@test "telnet commands are taken out and every option refused" {
	bytes 'N\xff\xf1OO\xff\xfd\x01P\r\n\xff\xfb\x03QUIT\r\n'
	printf '220 FTP server ready.\r\n\xff\xfc\x01\xff\xfe\x03200 OK.\r\n221 Goodbye.\r\n' >want
	cmp want "$BATS_TEST_TMPDIR/got"
}

@test "a subnegotiation is taken out; a long one makes its line invalid" {
	assert_equal "$(bytes 'NO\xff\xfa\x01abc\xff\xf0OP\r\nQUIT\r\n')" '220 200 221 '
	local long
	printf -v long '%0300d' 0
	assert_equal "$(bytes "NO\\xff\\xfa$long"'\r\nNOOP\r\nQUIT\r\n')" '220 501 200 221 '
}

@test "what urgent data leaves before ABOR does not spoil it" {
	assert_equal "$(bytes 'USER ftp\r\nPASS x\r\n\xff\xf4\xff\xf2ABOR\r\n\xf4\xf2abor\r\nQUIT\r\n')" \
		'220 331 230 225 225 221 '
}

@test "a NUL makes the line 501, and the next is served" {
	assert_equal "$(bytes 'NO\0OP\r\nNOOP\r\nQUIT\r\n')" '220 501 200 221 '
}

@test "a line of 4096 bytes is served, one of 4097 is 500 once" {
	local x
	printf -v x '%04089d' 0
	assert_equal "$(bytes "NOOP $x"'\r\nQUIT\r\n')" '220 200 221 '
	assert_equal "$(bytes "NOOP 0$x"'\r\nQUIT\r\n')" '220 500 221 '
}

@test "a line without end is given up with 421" {
	head -c 100000 /dev/zero | tr '\0' x >flood
	timeout 10 ftp-session <flood >"$BATS_TEST_TMPDIR/got"
	assert_equal "$(codes)" '220 421 '
}

@test "TAB does not separate verb and argument" {
	assert_equal "$(bytes 'USER\tftp\r\nQUIT\r\n')" '220 530 221 '
}

@test "ten thousand random bytes end in an orderly way" {
	for _ in 1 2 3 4 5; do
		head -c 10000 /dev/urandom >sent
		run -0 timeout 10 ftp-session <sent
		(printf 'USER ftp\r\nPASS x\r\n'; cat sent) >sent2
		run -0 timeout 10 ftp-session <sent2
	done
}

@test "a pipelined batch is answered in one write" {
	printf 'USER ftp\r\nPASS x\r\nPWD\r\nNOOP\r\nQUIT\r\n' >sent
	strace -f -e trace=write,writev -o trace ftp-session <sent >/dev/null
	assert_equal "$(grep -cE 'writev?\(1,' trace)" 1
}

# closed bytes: the session ends without a word but the greeting.
closed() {
	printf '%b' "$1" >"$BATS_TEST_TMPDIR/sent"
	timeout 10 ftp-session <"$BATS_TEST_TMPDIR/sent" 2>log | diff - <(printf '220 FTP server ready.\r\n') || fail "$1"
}

@test "HTTP is closed without a reply: each method, and a header before login" {
	local method
	for method in GET HEAD POST PUT DELETE OPTIONS CONNECT TRACE PATCH PRI get; do
		closed "$method / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\nNOOP\\r\\n"
		run -0 grep -c 'refuse.* why=http' log
		assert_output 1
	done
	closed 'Host: x\r\nNOOP\r\n'
	closed 'User-Agent:x\r\nNOOP\r\n'
	assert_equal "$(bytes 'USER ftp\r\nPASS x\r\nGET / HTTP/1.1\r\nNOOP\r\n')" '220 331 230 '
	assert_equal "$(bytes 'USER ftp\r\nPASS x\r\nHost: x\r\nNOOP\r\nQUIT\r\n')" '220 331 230 500 200 221 '
}

@test "TLS is closed without a reply, byte by byte too; its bytes later are junk" {
	closed '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03NOOP\r\n'
	run -0 grep -c 'refuse.* why=tls-on-plain' log
	python3 -c 'import socket, subprocess
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
p = subprocess.Popen(["ftp-session"], stdin=b); b.close()
try:
    for x in b"\x16", b"\x03\x01\r\n", b"NOOP\r\n": a.send(x)
except BrokenPipeError: pass # it has gone before the last one
p.wait(10)' >got 2>log
	assert_equal "$(wc -l <got)" 1
	run -0 grep -c 'refuse.* why=tls-on-plain' log
	assert_equal "$(bytes 'NOOP\r\n\x16\x03\r\nQUIT\r\n')" '220 200 530 221 '
	assert_equal "$(bytes '\x16NOOP\r\nQUIT\r\n')" '220 530 221 '
}

@test "IAC and a byte below 240 stay, IAC IAC is one 0xFF, and a path gets both back" {
	mkdir -p root/$'\xff\xe9' root/$'\xff'
	printf 'USER ftp\r\nPASS x\r\nCWD \xff\xe9\r\nCWD /\xff\xff\r\nQUIT\r\n' >sent
	ftp-session root <sent | sed -n 4,5p >got
	printf '250 Directory changed to "/\xff\xff\xe9".\r\n250 Directory changed to "/\xff\xff".\r\n' | cmp - got
}

@test "sixteen options are refused, the next ones silently; the other commands vanish" {
	local i all=
	for ((i = 0; i < 20; i++)); do all+='\xff\xfb\x03'; done
	bytes "${all}"'N\xff\xf3\xff\xf4\xff\xf5\xff\xf6\xff\xf7\xff\xf8\xff\xf9OOP\r\nQUIT\r\n'
	run -0 grep -ao $'\xff\xfe\x03' "$BATS_TEST_TMPDIR/got"
	assert_equal "${#lines[@]}" 16
	run -0 grep -ac '200 OK' "$BATS_TEST_TMPDIR/got"
	assert_output 1
}

@test "only one blank separates the argument, and an empty argument is none" {
	mkdir -p 'root/ a ' root/b
	printf '%s\r\n' 'USER ftp' 'PASS x' 'CWD  a ' 'CWD ' 'CWD b' 'CDUP ' 'NOOP ' >sent
	run -0 --separate-stderr ftp-session root <sent
	assert_line --index 3 $'250 Directory changed to "/ a ".\r'
	assert_line --index 4 $'250 Directory changed to "/".\r'
	assert_line --index 6 $'250 Directory changed to "/".\r'
	assert_line --index 7 $'200 OK.\r'
}

@test "a client that only listens any more gets the replies to what it said" {
	assert_equal "$(bytes 'NOOP\r\nNOOP\r\nNO')" '220 200 200 '
}

@test "fifty bad commands are forgiven after login, the next is 421" {
	local all='USER ftp\r\nPASS x\r\n' i
	for ((i = 0; i < 51; i++)); do all+='X\r\n'; done
	bytes "${all}NOOP\\r\\n"
	assert_equal "$(grep -c '^500' "$BATS_TEST_TMPDIR/got")" 50
	run -0 tail -n 1 "$BATS_TEST_TMPDIR/got"
	assert_output $'421 Too many errors.\r'
}
