#!/usr/bin/env bats
# Rule R8: containers that are encoded, which RFC 2045 6.4 forbids. RFC 9051's sections
# are the same as if they were not.

setup() { load helper; }

# parts: section, type and decoded size of each part of the message on standard input.
parts() { mime-unpack -qq -L | sed '$d' | cut -f 1,3,7 | tr '\t' ' '; }

# message line...: these lines as a file called message.
message() { printf '%s\n' "$@" >message; }

# inner: a multipart of two parts.
inner() { printf '%s\n' '--b' '' one '--b' 'Content-Disposition: attachment; filename=a' '' two '--b--'; }

# same argument...: mime-unpack makes the same of message, however it is cut.
same() {
	local size
	mime-unpack "$@" <message >whole 2>&1 || true
	for size in 1 2 3 61 4096; do
		python3 "$DATA/mime/cut.py" "$size" message "$BIN/mime-unpack" "$@" >pieces 2>&1 || true
		cmp whole pieces
	done
}

@test "R8: a message in base64 is decoded and looked into" {
	{
		printf '%s\n' 'Content-Type: multipart/mixed; boundary=a' '' '--a' 'Content-Type: message/rfc822' \
			'Content-Transfer-Encoding: base64' ''
		{
			printf 'Content-Type: multipart/mixed; boundary=b\n\n'
			inner
		} | base64 -w 40
		printf '%s\n' '--a' '' three '--a--'
	} >message
	run -0 parts <message
	assert_output "$(
		cat <<-'PARTS'
			0 multipart/mixed -
			1 message/rfc822 -
			1.0 multipart/mixed -
			1.1 text/plain 3
			1.2 text/plain 3
			2 text/plain 5
		PARTS
	)"
	mkdir out
	mime-unpack -q -d out <message
	assert_equal "$(cat out/a)" two
	same -L
	same -c -a
}

@test "R8: with -m it is one decoded part" {
	{
		printf 'Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n'
		printf 'Subject: inner\n\nx\n' | base64
	} >message
	mime-unpack -q -m -d . <message
	assert_equal "$(cat part-1.eml)" $'Subject: inner\n\nx'
}

@test "R8: what is inside has no offsets of its own" {
	{
		printf 'Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n'
		printf 'Subject: inner\n\nx\n' | base64
	} >message
	run -0 mime-unpack -qq -L <message
	assert_equal "$(cut -f 1,8,9,10 <<<"${lines[1]}")" $'1.1\t-\t-\t-'
}

@test "R8: a message in quoted-printable, with CRLF" {
	printf '%s\r\n' 'Content-Type: message/rfc822' 'Content-Transfer-Encoding: quoted-printable' '' \
		'Content-Type: multipart/mixed; boundary=3D"=' '=3D_b"' '' '--=3D_b' '' 'a=3D3D=' 'b' '--=3D_b--' >message
	run -0 mime-unpack -qq -c -a <message
	assert_output 'a=3Db'
	same -L
}

@test "R8: a multipart in base64 is decoded if its first line is base64" {
	{
		printf '%s\n' 'Content-Type: multipart/mixed; boundary=b' 'Content-Transfer-Encoding: base64' '' ''
		inner | base64
	} >message
	run -0 parts <message
	assert_output $'0 multipart/mixed -\n1 text/plain 3\n2 text/plain 3'
	same -L
	same -c -a
	inner | base64 -w 0 >line
	{
		head -n 3 message
		cat line
	} >message2
	mv message2 message
	run -0 mime-unpack -qq -c -a <message
	assert_output onetwo
}

@test "R8: else the encoding of a multipart is ignored, notice cte-on-multi" {
	local cte
	for cte in base64 quoted-printable; do
		{
			printf '%s\n' 'Content-Type: multipart/mixed; boundary=b' "Content-Transfer-Encoding: $cte" ''
			inner
		} >message
		run -0 --separate-stderr mime-unpack -c -a <message
		assert_output onetwo
		# shellcheck disable=SC2154 # bats sets it
		[[ $stderr == *cte-on-multi* ]]
		sed -i '3a This is a message in many parts.' message
		run -0 mime-unpack -qq -c -a <message
		assert_output onetwo
		same -L
	done
}

@test "R8: two encoded messages within each other are looked into, the third is one part, exit 3" {
	printf 'Subject: x\n\npayload\n' >message
	for _ in 1 2; do
		{
			printf 'Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n'
			base64 message
		} >outer
		mv outer message
	done
	run -0 mime-unpack -qq -c -a <message
	assert_output payload
	same -L
	{
		printf 'Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n'
		base64 message
	} >outer
	run -3 mime-unpack -qq -c -a <outer
	assert_output $'Subject: x\n\npayload'
}

@test "R8: an outer delimiter ends what is decoded, and damage in it is reported" {
	message 'Content-Type: multipart/mixed; boundary=a' '' '--a' 'Content-Type: message/rfc822' \
		'Content-Transfer-Encoding: base64' '' 'Q29udGVudC1UeXBlOiBtdWx0aXBhcnQvbWl4ZWQ7IGJvdW5kYXJ5PWIKCi0t' \
		'YgoKb25lCi0tYgoKdHdvC' '--a' '' three '--a--'
	run -2 --separate-stderr mime-unpack -c -a <message
	assert_output onetwothree
	[[ $stderr == *b64-short* ]]
	same -L
}

@test "R8: a message in uuencode is one decoded part" {
	{
		printf 'Content-Type: message/rfc822\nContent-Transfer-Encoding: x-uuencode\n\n'
		printf 'Subject: inner\n\n%9000s\n' '' | python3 -c '
import binascii, sys
print("begin 644 m")
data = sys.stdin.buffer.read()
for i in range(0, len(data), 45): sys.stdout.write(binascii.b2a_uu(data[i : i + 45]).decode())
print("`\nend")'
	} >message
	run -0 mime-unpack -qq -L <message
	assert_equal "$(cut -f 1,3,7 <<<"${lines[0]}")" $'1\tmessage/rfc822\t9017'
}
