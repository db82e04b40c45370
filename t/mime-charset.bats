#!/usr/bin/env bats
# Charsets: the labels of the WHATWG Encoding standard, and what their bytes become.

setup() { load helper; }

# utf8 label: standard input in UTF-8.
utf8() { "$PROBE/mime-value" charset "$1" "${2:-0}"; }

# same codec label...: all of its characters that Python's codec has come out as they should, by each label.
same() {
	local codec=$1 label
	shift
	python3 -c '
import sys
codec = sys.argv[1]
text = "".join(c for c in map(chr, range(32, int(sys.argv[3], 16))) if not 0xd800 <= ord(c) < 0xf900 and not 0x7f <= ord(c) < 0xa0)
chars = [c for c in text if c.encode(codec, "ignore") and c.encode(codec, "ignore").decode(codec, "ignore") == c]
chars = [c for c in chars if c not in sys.argv[2] and c.encode(sys.argv[4], "ignore")] * (1 if len(chars) > 5000 else 9)
chars = "".join(c if i % 60 else c + "\n" for i, c in enumerate(chars))
open("bytes", "wb").write(chars.encode(codec))
open("want", "wb").write(chars.encode())
' "$codec" "${EXCEPT:-}" "${MOST:-10000}" "${ALSO:-utf-8}"
	for label in "$@"; do
		utf8 "$label" <bytes >got
		cmp want got
	done
}

@test "single bytes are what Python makes of them" {
	local n
	for n in 2 3 4 5 6 7 8 10 13 14 15 16; do same "iso8859_$n" "iso-8859-$n"; done
	for n in 1250 1251 1252 1253 1254 1256 1257 1258; do same "cp$n" "windows-$n" "cp$n"; done
	EXCEPT=$'\u05ba' same cp1255 windows-1255
	same koi8_r koi8-r KOI8
	same koi8_u koi8-u
	same cp866 ibm866
	same mac_roman macintosh
	same cp874 windows-874
}

@test "R26: the old names of Latin mean what is sent under them" {
	same cp1252 us-ascii iso-8859-1 latin1 ASCII iso_8859-1:1987 ' "ISO-8859-1" '
	same cp1254 iso-8859-9 latin5
	same cp874 tis-620 iso-8859-11
}

@test "R26: the multibyte charsets of East Asia come out of iconv" {
	EXCEPT=$'\u2015\u30fb' same gb2312 gb2312 GBK gb18030 cp936
	EXCEPT=$'\u00b7\u2014' same gbk gb18030
	assert_equal "$(printf '\x81\x30\x89\x37\x94\x39\xfc\x36' | utf8 gb18030)" $'\u00de\U0001f600'
	same cp949 ks_c_5601-1987 euc-kr windows-949
	EXCEPT=$'\u00a5\u203e\uff3c\u2014\u2015\u2016\u2225\u2212\uff0d\uff5e\u301c\u00a2\u00a3\u00ac' same shift_jis shift_jis sjis windows-31j
	ALSO=shift_jis EXCEPT=$'\u00a5\u203e\uff3c' same euc_jp euc-jp
	ALSO=shift_jis EXCEPT=$'\u00a5\u203e\uff3c' same iso2022_jp iso-2022-jp
	assert_equal "$(printf '\xc1\x63\xc5\xe9\xa4\xa4\xa4\xe5\xa1\x41\x87\xa5' | utf8 big5)" $'\u7e41\u9ad4\u4e2d\u6587\uff0c\U00024161'
}

@test "UTF-16 has the order of its mark, else of its name" {
	local text=$'a\u00e9\u20ac\U0001f600z'
	printf %s "$text" | iconv -t utf-16le >le
	printf %s "$text" | iconv -t utf-16be >be
	assert_equal "$(utf8 utf-16 <le)" "$text"
	assert_equal "$(utf8 utf-16le <le)" "$text"
	assert_equal "$(utf8 UTF-16BE <be)" "$text"
	assert_equal "$({ printf '\xfe\xff' && cat be; } | utf8 utf-16)" "$text"
	assert_equal "$({ printf '\xff\xfe' && cat le; } | utf8 utf-16be)" "$text"
	assert_equal "$(printf 'x\xd8y\0' | utf8 utf-16le || true)" $'\ufffdy'
	run -2 utf8 utf-16le <<<ab
}

@test "UTF-7 is read where it is declared" {
	assert_equal "$(printf 'Hi Mom -+Jjo--!' | utf8 utf-7)" $'Hi Mom -\u263a-!'
	assert_equal "$(printf 'A+ImIDkQ.' | utf8 unicode-1-1-utf-7)" $'A\u2262\u0391.'
	assert_equal "$(printf '1 +- 1+2D3eAA-' | utf8 UTF-7)" $'1 + 1\U0001f600'
	assert_equal "$(printf '+2D0-x' | utf8 utf-7 || true)" $'\ufffdx'
	assert_equal "$(printf '+Jjo-' | utf8 us-ascii)" '+Jjo-'
}

@test "R26: no label, or one that says nothing, is UTF-8 if it can be and else windows-1252" {
	local label
	for label in '' ' ' x-unknown unknown-8bit default ANSI_X3.4-1968 ';'; do
		assert_equal "$(printf '\xc3\xa9\xe2\x82\xac' | utf8 "$label")" é€
		assert_equal "$(printf '\xe9\x80' | utf8 "$label")" é€
	done
	assert_equal "$(printf '\xc3\xa9' | utf8 'UTF-8;')" é
}

@test "R26: an unknown label leaves what is UTF-8, the rest is a replacement" {
	local label
	for label in x-klingon utf-9 'a b' 'utf-8 utf8' "$(printf 'x%.0s' {1..5000})" $'utf-8\033' '../../etc/passwd' ISO-8859-1//TRANSLIT; do
		assert_equal "$(printf 'a\xc3\xa9' | utf8 "$label")" aé
		run -2 utf8 "$label" <<<$'a\xe9b'
		assert_output $'a\ufffdb'
	done
}

@test "R26: what cannot be decoded becomes a replacement, nothing else is lost" {
	run -2 utf8 utf-8 <<<$'a\xc3\xe2\x82b\xed\xa0\x80\xf8c'
	assert_output $'a\ufffd\ufffd\ufffdb\ufffd\ufffd\ufffd\ufffdc'
	run -2 utf8 gb18030 <<<$'a\xffb\xc4'
	assert_output --partial $'a\ufffdb\ufffd'
	run -2 utf8 euc-jp <<<$'a\xb0<b>'
	assert_output $'a\ufffd<b>'
}

@test "Korean that would make a library write out of bounds is refused before" {
	local pair
	for pair in c7A c9a feA ffA c6S 80A; do
		run -2 utf8 euc-kr < <(printf '%b' "\xb0\xa1\x$pair\xb0\xa1")
		assert_output --regexp $'^\uac00\ufffd.*\uac00$'
	done
	run -0 utf8 euc-kr < <(printf '\x81A\xc6R\xb0\xa1')
	assert_output $'\uac02\ud7a3\uac00'
}

@test "a line end is never half of a character" {
	local label
	for label in shift_jis euc-jp euc-kr gb18030 big5; do
		printf 'a\x84\nb' | utf8 "$label" >got || [ $? -eq 2 ]
		assert_equal "$(tail -n 1 got)" b
	done
}

@test "pieces of any size become the same text" {
	local label size seed
	for seed in 1 2 3; do
		python3 -c "import random,sys; r=random.Random($seed); sys.stdout.buffer.write(b''.join(r.choice([bytes([r.randrange(256)]),b'\xc3\xa9',b'\xf0\x9f\x98\x80',b'\x1b\$B',b'\x1b(B',b'+2D3eAA-',b'\x81\x30\x81\x30',b'\xb0\xa1',b'\x3d\xd8\x00\xde',b'abc']) for _ in range(3000)))" >random
		for label in utf-8 '' koi8-r utf-16 utf-16be utf-7 gb18030 big5 euc-jp iso-2022-jp shift_jis euc-kr utf-32le nonsense; do
			utf8 "$label" 100000 <random >whole || [ $? -eq 2 ]
			for size in 1 2 3 61 4096; do
				utf8 "$label" $size <random >pieces || [ $? -eq 2 ]
				cmp whole pieces
			done
			iconv -f utf-8 -t utf-8 <whole >/dev/null
		done
	done
}
