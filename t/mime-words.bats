#!/usr/bin/env bats
# Encoded words, RFC 2047, and parameters, RFC 2045 and 2231: what is read, and how long it takes.

setup() { load helper; }

word() { printf '%b' "$1" | "$PROBE/mime-value" word; }

# named field...: the name of a part with these header lines, as -L shows it.
named() {
	printf '%b\n' "$@" '' x >message
	mime-unpack -qq -L -a <message | head -n 1 | cut -f 13
}

# quick bytes...: listing a message of standard input takes less than 0.3 s of processor.
quick() {
	cat >message
	bash -c 'TIMEFORMAT="%U %S"; time mime-unpack -qq -L <message >/dev/null' 2>spent || [ $? -eq 3 ]
	awk '{ exit !($1 + $2 < 0.3) }' spent || { cat spent && return 1; }
}

@test "R23: words become text, and the blanks between two of them go" {
	assert_equal "$(word '=?utf-8?q?a=C3=A9?= =?iso-8859-1?Q?=E9b?=')" aééb
	assert_equal "$(word '=?utf-8?q?a?=\r\n  \t =?utf-8?b?w6k=?= c')" 'aé c'
	assert_equal "$(word 'x =?utf-8?q?a_b?= y =?utf-8?q?c?=')" 'x a b y c'
	assert_equal "$(word '=?utf-8*de?q?a?=')" a
	assert_equal "$(word '"=?utf-8?q?J=C3=B6rg?= X" <a@b>')" '"Jörg X" <a@b>'
}

@test "R23: words glued to text, and B without its padding, are words" {
	assert_equal "$(word 'x=?utf-8?q?a?=y')" xay
	assert_equal "$(word '(=?utf-8?b?w6k?=)')" '(é)'
	assert_equal "$(word '=?utf-8?b?w6n?==?utf-8?b?w6n?=')" éé
}

@test "R23: a character cut in two between words survives, in Q, in B and from one to the other" {
	assert_equal "$(word '=?utf-8?q?=E2=82?= =?utf-8?q?=AC?=')" €
	assert_equal "$(word '=?UTF-8?B?4oI=?= =?utf-8?q?=AC?=')" €
	assert_equal "$(word '=?gb2312?B?1g==?=\n =?gb2312?B?0M7E?=')" 中文
	assert_equal "$(word '=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?B?S1wbKEI=?=')" 日本
	assert_equal "$(word '=?utf-7?Q?+AOk?= =?utf-7?Q?abc?=')" éabc
}

@test "a character cut in two by the four thousandth byte survives too" {
	python3 -c 'print("=?utf-8?B?" + "w6nDqcOp" * 700 + "?= =?utf-8?q?" + "=C3=A9" * 2000 + "?=", end="")' >long
	"$PROBE/mime-value" word <long >got
	python3 -c 'print("é" * 4100, end="")' | cmp - got
}

@test "what is no word stays as it is" {
	local text
	for text in '=?utf-8?x?a?=' '=?utf-8?q?a' '=?utf 8?q?a?=' '=?' '=?utf-8?q?=' '=??=' 'a=?b' '=?utf-8??a?='; do
		assert_equal "$(word "$text")" "$text"
	done
}

@test "R17: raw 8-bit text is UTF-8 or else windows-1252" {
	assert_equal "$(word 'a\xc3\xa9 \xe2\x82\xac')" 'aé €'
	assert_equal "$(word 'a\xe9 \x80')" 'aé €'
	printf 'Content-Type: a/b; name=\xe9\n\nx\n' >message
	run -0 mime-unpack -qq -L <message
	assert_equal "$(head -n 1 <<<"$output" | cut -f 12,13)" $'8bit-hdr,no-mime-version\té'
}

@test "R25: an extended value without charset or with a bad escape is taken literally" {
	assert_equal "$(named 'Content-Disposition: attachment; filename*='"''"'a%C3%A9.txt')" aé.txt
	assert_equal "$(named 'Content-Disposition: attachment; filename*=a%zz%4.txt')" a%zz%4.txt
	assert_equal "$(named 'Content-Disposition: attachment; filename*="utf-8'"''"'%C3%A9.txt"')" é.txt
	assert_equal "$(named 'Content-Disposition: attachment; filename*=gb2312'"''"'%D6%D0.txt')" 中.txt
}

@test "R24: segments: a gap ends them, order does not matter, the first may be plain" {
	assert_equal "$(named 'Content-Disposition: attachment; filename*2=c; filename*0=a; filename*1=b')" abc
	assert_equal "$(named 'Content-Disposition: attachment; filename*0=a; filename*1=b; filename*3=d')" ab
	assert_equal "$(named 'Content-Disposition: attachment; filename*0=a; filename*1*=%20b')" 'a b'
	assert_equal "$(named 'Content-Disposition: attachment; filename*1=b; filename=c')" c
	assert_equal "$(named 'Content-Disposition: attachment; filename*0="=?utf-8?q?a=C3"; filename*1="=A9?="')" aé
}

@test "R24: a quote or a comment that does not end goes to the end of the field" {
	assert_equal "$(named 'Content-Type: a/b; name="a b.txt')" 'a b.txt'
	assert_equal "$(named 'Content-Type: a/b; name=a.txt (x')" a.txt
	assert_equal "$(named 'Content-Type: a/b; name = My Paper.pdf ; x=y')" 'My Paper.pdf'
}

@test "comments around an equals sign are passed over, a name may begin with a parenthesis" {
	assert_equal "$(named 'Content-Type: a/b; (c) name (d) (e) = (f) x.txt (g)')" '(f) x.txt'
	printf '%s\n' 'Content-Type: a/b; charset (c) = (d (e)) koi8-r (f); name(g)=x' '' y >message
	run -0 mime-unpack -qq -L <message
	assert_equal "$(head -n 1 <<<"$output" | cut -f 4,13)" $'koi8-r\tx'
}

@test "R24: the first of two equal parameters counts, and the record says so" {
	local twice
	for twice in 'name=one; name=two' "name*=''one; name*=''two" 'name*0=o; name*1=ne; name*1=ther'; do
		printf '%s\n' "Content-Type: a/b; $twice" '' x >message
		run -2 mime-unpack -qq -L <message
		assert_line --index 0 --regexp $'dup-param.*\tone\t-$'
	done
	printf '%s\n' 'Content-Type: multipart/mixed; boundary*0=b; boundary*0=c' '' --b '' x --b-- >message
	run -2 mime-unpack -qq -L <message
	assert_line --index 0 --partial dup-param
}

@test "of two charsets, dispositions and Content-IDs the first counts, and the record says so" {
	printf '%s\n' 'MIME-Version: 1' 'Content-Type: text/plain; charset=one; charset=two' '' x >message
	run -2 mime-unpack -qq -L <message
	assert_line --index 0 --regexp $'\tone\t.*\tdup-param\t'
	printf '%s\n' 'MIME-Version: 1' 'Content-Disposition: inline; filename=one' 'Content-Disposition: attachment; filename=two' '' x >message
	run -2 mime-unpack -qq -L <message
	assert_line --index 0 --regexp $'\tinline\t.*\tdup-param\tone\t-$'
	printf '%s\n' 'MIME-Version: 1' 'Content-ID: <one>' 'Content-ID: <two>' '' x >message
	run -2 mime-unpack -qq -L <message
	assert_line --index 0 --regexp $'\tone\tdup-param\t'
	printf '%s\n' 'MIME-Version: 1' 'Content-ID: <>' 'Content-ID: <two>' '' x >message
	run -0 mime-unpack -qq -L <message
	assert_line --index 0 --regexp $'\ttwo\t-\t'
}

@test "R24: a name that is empty is none: the next one counts" {
	assert_equal "$(named 'Content-Disposition: attachment; filename=""' 'Content-Type: a/b; name=a.txt')" a.txt
	assert_equal "$(named 'Content-Type: a/b; name=a.txt' 'Content-Disposition: attachment; filename=')" a.txt
	assert_equal "$(named "Content-Disposition: attachment; filename=a.txt; filename*=utf-8''")" a.txt
	assert_equal "$(named "Content-Disposition: attachment; filename*=; filename=a.txt")" a.txt
	assert_equal "$(named "Content-Disposition: attachment; filename*=''")" -
}

@test "R15: a type that is none does not hide the name" {
	assert_equal "$(named 'Content-Type: name="a.txt"')" a.txt
	assert_equal "$(named 'Content-Type: ; name="a.txt"')" a.txt
	assert_equal "$(named 'Content-Type:; charset=x; name=a.txt')" a.txt
}

# long_name count piece: the status and codes of a name in so many segments of that piece.
long_name() {
	{
		printf 'MIME-Version: 1\nContent-Type: a/b'
		local i
		for ((i = 0; i < $1; i++)); do printf '; name*%d=%s' "$i" "$2"; done
		printf '\n\nx\n'
	} >message
	mime-unpack -qq -L <message >records
	echo "$? $(head -n 1 records | cut -f 12) $(head -n 1 records | cut -f 13 | tr -d '\n' | wc -c)"
}

@test "R25: a name of more than 100 segments or 4096 bytes is cut, limit-field, exit 3" {
	assert_equal "$(long_name 100 x)" '0 - 100'
	assert_equal "$(long_name 101 x)" '3 limit-field 100'
	assert_equal "$(long_name 64 "$(printf 'x%.0s' {1..64})")" '0 - 4096'
	assert_equal "$(long_name 65 "$(printf 'x%.0s' {1..64})")" '3 limit-field 4096'
	printf 'Content-Type: a/b; name="%s"\n\nx\n' "$(printf 'x%.0s' {1..4096})" | mime-unpack -qq -L >/dev/null
	printf 'Content-Type: a/b; name="%s"\n\nx\n' "$(printf 'x%.0s' {1..4097})" >message
	run -3 mime-unpack -qq -L <message
	assert_line --index 0 --partial limit-field
	printf 'Content-Type: a/b; name="x%s"\n\nx\n' "$(printf 'é%.0s' {1..2048})" >message
	run -3 mime-unpack -qq -L <message
	assert_equal "$(head -n 1 <<<"$output" | cut -f 13 | tr -d '\n' | wc -c)" 4095
}

@test "R24: how long the parameters before it are takes nothing from a name with blanks" {
	local n x
	for n in {355..385}; do
		x=$(printf "%0${n}d" 0)
		assert_equal "$(named "Content-Type: a/b; x=$x; name=Meeting notes  of   May.pdf")" 'Meeting notes  of   May.pdf'
	done
	assert_equal "$(named "Content-Disposition: attachment; filename=$(printf '%0383d' 0) report.pdf" | tail -c 12)" ' report.pdf'
}

@test "comments within comments take no time to speak of" {
	python3 -c 'print("Content-Type: a/b; name=a" + " (" * 16000 + " )" * 16000 + " x\n\nx")' | quick
	python3 -c 'print("Content-Type: a/b; name=a" + " (b)" * 16000 + " x\n\nx")' | quick
	python3 -c 'print("Content-Type: a/b; x=" + "(" * 60000 + "\n\nx")' | quick
}

@test "words without end, and words without number, take no time to speak of" {
	python3 -c 'print("Content-Type: a/b; name=\"" + "=?a?q?x" * 9000 + "\"\n\nx")' | quick
	python3 -c 'print("Content-Type: a/b; name=\"" + "=?a?q?x?= " * 6500 + "\"\n\nx")' | quick
	python3 -c 'print("Subject: " + "=?utf-8?q?x?=\n " * 2000000 + "\n\nx")' | quick
}

@test "a hundred thousand parameters or segments take no time to speak of" {
	python3 -c 'print("Content-Type: a/b" + "".join("; a%d=b" % i for i in range(200000)) + "\n\nx")' | quick
	python3 -c 'print("Content-Type: a/b" + "".join("; name*%d=b" % i for i in range(100000)) + "\n\nx")' | quick
	python3 -c 'print("Content-Type: a/b" + "; name*1=b" * 6500 + "\n\nx")' | quick
}
