#!/usr/bin/env bats
# Transfer encodings and charsets of names, damaged and whole: RFC 2045 6.7 and 6.8.

setup() { load helper; }

# decode cte line...: the body that mime-unpack makes of these lines.
decode() {
	local cte=$1
	shift
	{
		printf 'MIME-Version: 1.0\nContent-Type: application/x-test\nContent-Transfer-Encoding: %s\n\n' "$cte"
		printf '%b\n' "$@"
	} >message
	mime-unpack -qq -c -a <message
}

# codes: the codes of the only part of message.
codes_of() { mime-unpack -qq -L <message | head -n 1 | cut -f 12; }

@test "R18: junk is skipped, padding ends a group and not the data" {
	run -2 decode base64 'QU*JD' 'RE VG'
	assert_output ABCDEF
	run -0 decode base64 'QUI=' 'Q0Q='
	assert_output ABCD
}

@test "R18: much junk is damage and exit 2, a little is a notice" {
	run -2 decode base64 'QU*JD'
	assert_equal "$(codes_of)" b64-junk
	run -0 decode base64 "$(head -c 300 /dev/zero | base64 -w 0)*"
	assert_equal "$(codes_of)" b64-junk
}

@test "R18: a short last group gives what it holds, one character is lost" {
	run -0 decode base64 'QUJDRA'
	assert_output ABCD
	run -2 decode base64 'QUJDR'
	assert_output ABC
	assert_equal "$(codes_of)" b64-short
}

@test "R18: a footer after the data is no data, exit 2" {
	run -2 decode base64 'QUJDREVG' 'QUJD' '' '____' 'list list list list'
	assert_output ABCDEFABC
	assert_equal "$(codes_of)" b64-trailer
	run -0 decode base64 'QUJDREVG' 'QUJD' '' 'QUJD'
	assert_output ABCDEFABCABC
	run -2 decode base64 'QUI=' '' 'list list'
	assert_output AB
	assert_equal "$(codes_of)" b64-trailer
	run -0 decode base64 'QUI=' '' 'QUI='
	assert_output ABAB
	run -2 decode base64 'QUI=QUJD' '' 'QUI*'
	assert_output ABABCAB
}

@test "R18: lines of every length, LF and CRLF, agree with base64(1)" {
	local width
	head -c 400000 /dev/urandom >raw
	for width in 4 16 20 32 60 64 72 76 77 100 1000 0; do
		{
			printf 'Content-Transfer-Encoding: base64\n\n'
			base64 -w "$width" raw
		} >message
		mime-unpack -qq -c -a <message | cmp - raw
		sed 's/$/\r/' message >crlf
		mime-unpack -qq -c -a <crlf | cmp - raw
	done
}

@test "R18: a bad character deep in a large body costs nothing but itself" {
	head -c 1000000 /dev/urandom >raw
	{
		printf 'Content-Transfer-Encoding: base64\n\n'
		base64 raw | sed '5000s/^./&\xff/; 9000s/$/=/; 9001s/$/ /'
	} >message
	mime-unpack -qq -c -a <message | cmp - raw
}

@test "R19: soft breaks, lower case, blanks before a line end" {
	run -0 decode quoted-printable 'a=' 'b=  ' 'c=3d=3D' 'blank=20 \t' 'x'
	assert_output $'abc==\nblank \nx'
}

@test "R19: an equals sign that is no escape is literal, exit 2" {
	run -2 decode quoted-printable '1=2 =zz =4'
	assert_output '1=2 =zz =4'
	assert_equal "$(codes_of)" bad-qp
}

@test "R19: a large text agrees with Python" {
	python3 - <<-'END'
		import quopri, random
		random.seed(5)
		text = b"".join(bytes(random.choices(b" \t=abcdefghij.\xe9\xff\n", k=random.randrange(200))) + b"\n" for _ in range(3000))
		open("raw", "wb").write(text)
		open("message", "wb").write(b"Content-Transfer-Encoding: quoted-printable\nContent-Type: a/b\n\n" + quopri.encodestring(text))
	END
	mime-unpack -q -c -a <message | cmp - <(head -c -0 raw)
}

@test "the encoding is the first token, whatever stands around it" {
	run -0 decode '"base64 "' 'QUJD'
	assert_output ABC
	run -0 decode '(really) BASE64; x=y' 'QUJD'
	assert_output ABC
}

@test "an unknown encoding is taken as it is, exit 2" {
	run -2 decode x-rot13 'QUJD'
	assert_output QUJD
	assert_equal "$(mime-unpack -qq -L <message | head -n 1 | cut -f 5,12)" $'?x-rot13\tunk-cte'
}

@test "R19: blanks that were dropped are a notice, those that stay are none" {
	local text cpus=scalar head='MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n'
	if grep -q '^flags.* avx2 ' /proc/cpuinfo; then cpus='scalar avx2'; fi
	if grep -q '^flags.* avx512bw .*avx512vbmi ' /proc/cpuinfo; then cpus='scalar avx2 avx512'; fi
	# shellcheck disable=SC2059 # the format is what is tested
	notice() { printf "$head$1" | MIME_CPU=$cpu mime-unpack -V | sed '$d' | cut -f 3,4; }
	for cpu in $cpus; do
		for text in 'a \nb' 'a\t \r\nb' 'a= \nb' 'a=\t\r\nb' 'a '; do
			assert_equal "$(notice "$text$(printf '%080d' 0)\n$text")" $'notice\tqp-space'
		done
		for text in 'a=20\nb' 'a b\nc' 'a=\r\nb' 'a\r\nb' ' \rb'; do
			assert_equal "$(notice "$text$(printf '%080d' 0)\n$text")" ''
		done
	done
}

@test "R20: 7bit, 8bit and binary bodies pass with every byte there is, and lines of any length" {
	python3 -c 'import sys; sys.stdout.buffer.write(b"x\r\n" + bytes(range(256)) * 300 + b"\0y\rz" * 50000 + b"\r\n")' >raw
	local cte
	for cte in 7bit 8bit binary; do
		{
			printf 'Content-Type: a/b\nContent-Transfer-Encoding: %s\n\n' $cte
			cat raw
		} >message
		mime-unpack -q -c -a <message | cmp - raw
	done
}

@test "R21: line ends of text become LF, CRLF or stay; base64 text stays" {
	printf 'Content-Type: text/plain\n\na\r\nb\nc\r' >message
	mime-unpack -q -c -a <message | cmp - <(printf 'a\nb\nc\r')
	mime-unpack -q -c -a -e crlf <message | cmp - <(printf 'a\r\nb\r\nc\r')
	mime-unpack -q -c -a -e keep <message | cmp - <(printf 'a\r\nb\nc\r')
	printf 'Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nYQ0KYg0K\n' >message
	mime-unpack -q -c -a <message | cmp - <(printf 'a\r\nb\r\n')
}

@test "names in the charsets that are built in" {
	local charset
	for charset in utf-8 iso-8859-1 iso-8859-15 windows-1252; do
		printf "Content-Disposition: attachment; filename*=%s''%s\n\n" "$charset" \
			"$(printf 'é' | iconv -t "$charset" | od -An -tx1 | tr -d '\n' | tr ' ' '%')" >message
		assert_equal "$(mime-unpack -q -L <message | head -n 1 | cut -f 13)" é
	done
	printf "Content-Disposition: attachment; filename=\"=?koi8-r?B?%s?=\"\n\n" \
		"$(printf 'Привет' | iconv -t koi8-r | base64)" >message
	assert_equal "$(mime-unpack -q -L <message | head -n 1 | cut -f 13)" Привет
}

@test "an unknown charset loses no name, exit 2" {
	printf "Content-Disposition: attachment; filename*=x-klingon''a%%ffb.txt\n\n" >message
	mkdir out
	run -2 mime-unpack -qq -d out <message
	assert_equal "$(ls out)" a_b.txt
}

@test "a line of a body of more than 998 characters is a notice, where it begins" {
	local n end size
	lines() { printf 'MIME-Version: 1.0\n\nab\n' && printf "%0${1}d$2" 0 && printf 'cd\n'; }
	for end in '\n' '\r\n'; do
		run -0 mime-unpack -V < <(lines 998 "$end")
		refute_line --partial long-line
		for n in 999 1000 5000; do
			lines "$n" "$end" >message
			run -0 mime-unpack -V <message
			assert_line $'1\t22\tnotice\tlong-line\ta line of the body has more than 998 characters'
			for size in 1 2 61 997; do
				run -0 python3 "$DATA/mime/cut.py" "$size" message "$BIN/mime-unpack" -V
				assert_line --partial $'1\t22\tnotice\tlong-line'
			done
		done
	done
	# The line end belongs to the delimiter; binary bodies have no lines.
	for n in 998 999; do
		printf '%s\n' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=b' '' '--b' '' \
			"$(printf "%0${n}d" 0)" '--b' 'Content-Transfer-Encoding: binary' '' "$(printf '%02000d' 0)" '--b--' |
			mime-unpack -V >found || true
		assert_equal "$(grep -c long-line found)" $((n - 998))
	done
}

@test "bodies of several decoded pieces come out whole, however much they grow" {
	cat >large.py <<-'END'
		import base64, random, subprocess
		random.seed(3)
		def send(cte, body):
		    text = b"MIME-Version: 1.0\nContent-Type: application/x-test\nContent-Transfer-Encoding: " + cte + b"\n\n" + body
		    open("message", "wb").write(text)
		    got = subprocess.run(["mime-unpack", "-qq", "-c", "-a"], stdin=open("message", "rb"), capture_output=True).stdout
		    assert got == subprocess.run(["mime-unpack", "-qq", "-c", "-a"], input=text, capture_output=True).stdout
		    return got
		for n in (24000, 32767, 98304, 132000, 132097, 400001):
		    raw = random.randbytes(n)
		    assert send(b"base64", base64.encodebytes(raw)) == raw, n
		    assert send(b"base64", base64.b64encode(raw)) == raw, n
		    assert send(b"quoted-printable", b"=\n".join(b"".join(b"=%02X" % c for c in raw[i:i + 25]) for i in range(0, n, 25))) == raw, n
		    assert send(b"binary", raw) == raw, n
		lines = b"\n" * 300000
		text = b"MIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: %s\n\n" + lines
		for cte in b"8bit", b"quoted-printable":
		    got = subprocess.run(["mime-unpack", "-qq", "-c", "-a", "-e", "crlf"], input=text % cte, capture_output=True)
		    assert got.stdout == b"\r\n" * 300000, (cte, got.stderr, len(got.stdout))
		print("whole")
	END
	run -0 timeout 60 python3 large.py
	assert_output whole
}
