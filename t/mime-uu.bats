#!/usr/bin/env bats
# uuencode as a transfer encoding: POSIX uuencode(1), historical algorithm.

setup() { load helper; }

# encoded file: its lines without begin and end.
encoded() {
	python3 -c 'import binascii, sys
data = open(sys.argv[1], "rb").read()
for i in range(0, len(data), 45): sys.stdout.buffer.write(binascii.b2a_uu(data[i : i + 45], backtick=len(sys.argv) > 2))' "$@"
}

# message cte: a message whose body is standard input.
message() { printf 'MIME-Version: 1.0\nContent-Type: a/b\nContent-Transfer-Encoding: %s\n\n' "$1" && cat; }

codes_of() { mime-unpack -qq -L <"$1" | head -n 1 | cut -f 5,7,12; }

@test "R22: files of every length up to 200 come out as they went in, with LF and CRLF" {
	local n cte=x-uuencode
	for n in {0..200..7} 45 90 135; do
		head -c "$n" /dev/urandom >raw
		{ echo 'begin 644 raw' && encoded raw tick && printf '`\nend\n'; } | message $cte >m
		mime-unpack -qq -c -a <m | cmp - raw
		assert_equal "$(codes_of m)" "uu"$'\t'"$n"$'\t-'
		sed 's/$/\r/' m >crlf
		mime-unpack -qq -c -a <crlf | cmp - raw
	done
}

@test "R22: it is known as uuencode and x-uue too" {
	local cte
	for cte in uuencode X-UUE; do
		printf '%s\n' 'begin 755 a' '#0V%T' '`' end | message $cte >m
		run -0 mime-unpack -qq -c -a <m
		assert_output Cat
	done
}

@test "R22: zeros written as blanks that were lost on the way come back" {
	head -c 200 /dev/zero >raw
	{ echo 'begin 644 raw' && encoded raw && printf ' \nend\n'; } | sed 's/ *$//; s/^begin.*/& raw/' | message uuencode >m
	grep -qx M m
	mime-unpack -qq -c -a <m | cmp - raw
}

@test "what does not belong there is skipped and reported, exit 2" {
	printf '%s\n' 'Hello!' '' 'begin 644 a' $'#0V\x7f%T' 'see below' '#0V%Textra' '`' 'end' | message uuencode >m
	run -2 mime-unpack -qq -c -a <m
	assert_output CatCat
	assert_equal "$(codes_of m)" $'uu\t6\tbad-uu'
	printf '%s\n' 'begin 644 a' '#0V%T' '`' 'end' 'Yours' | message uuencode >m
	run -2 mime-unpack -qq -c -a <m
	assert_output Cat
}

@test "a file without its end line is damage, and what there is of it comes out" {
	printf '%s\n' 'begin 644 a' '#0V%T' '#0V' | message uuencode >m
	run -2 mime-unpack -qq -c -a <m
	assert_output --partial CatC
	assert_equal "$(codes_of m)" $'uu\t6\tbad-uu'
	printf '%s\n' 'begin 644 a' '#0V%T' | message uuencode >m
	printf 'M0V%%T0V' >>m
	run -2 mime-unpack -qq -c -a <m
	assert_output CatCatC
	assert_equal "$(codes_of m)" $'uu\t7\tbad-uu'
}

@test "a small body that stands for many zeros comes out, cut anywhere" {
	{ echo 'begin 644 a' && for _ in {1..3000}; do echo M; done && echo end; } | message uuencode >m
	head -c 135000 /dev/zero >raw
	mime-unpack -qq -c -a <m | cmp - raw
	python3 "$DATA/mime/cut.py" 7 m "$BIN/mime-unpack" -qq -c -a | cmp - raw
}
