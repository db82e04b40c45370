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
