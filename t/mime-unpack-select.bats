#!/usr/bin/env bats
# Which parts mime-unpack takes.

setup() { load helper; }

# sections option...: those that are selected of the nested message, in one line.
sections() { mime-unpack -q -L "$@" <"$DATA/mime/nested.eml" | sed '$d' | cut -f 1 | paste -sd ' '; }

@test "-s: a part, and with a star what is below it, without itself" {
	assert_equal "$(sections -s 1)" 1
	assert_equal "$(sections -s 1.2)" 1.2
	assert_equal "$(sections -s '1.*')" '1.1 1.2'
	assert_equal "$(sections -s '4.*')" '4.0 4.1 4.2'
	assert_equal "$(sections -s '4.0.*')" '4.1 4.2'
	assert_equal "$(sections -s '0.*')" '1 1.1 1.2 2 3 4 4.0 4.1 4.2'
	assert_equal "$(sections -s '2.*')" ''
}

@test "-s 1 is not 10, and 1.* is not below 10" {
	{
		printf 'Content-Type: multipart/mixed; boundary=b\n\n'
		for i in {1..9}; do printf -- '--b\n\n%d\n' "$i"; done
		printf -- '--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nten\n--c--\n--b--\n'
	} >message
	run -0 mime-unpack -q -c -s 1 <message
	assert_output 1
	run -0 mime-unpack -q -c -s '10.*' <message
	assert_output ten
	run -1 mime-unpack -q -c -s '1.*' <message
}

@test "-t: a type, all of one kind, in any case" {
	assert_equal "$(sections -t application/pdf)" 2
	assert_equal "$(sections -t APPLICATION/Pdf)" 2
	assert_equal "$(sections -t 'text/*')" '1.1 1.2 3 4.1'
	assert_equal "$(sections -t text)" '1.1 1.2 3 4.1'
	assert_equal "$(sections -t multipart)" '0 1 4.0'
	assert_equal "$(sections -t tex)" ''
}

@test "-n: a pattern for the decoded name, in any case of ASCII" {
	assert_equal "$(sections -n '*.PDF')" 2
	assert_equal "$(sections -n 'rechnung März.pdf')" 2
	assert_equal "$(sections -n '[az].*')" '3 4.2'
	assert_equal "$(sections -n '*')" '2 3 4.2'
}

@test "-n: a question mark and a set stand for one character" {
	assert_equal "$(sections -n 'rechnung m?rz.pdf')" 2
	assert_equal "$(sections -n 'rechnung m[àä]rz.pdf')" 2
}

@test "-n: a question mark and a set do not stand for one byte of a character" {
	[ -z "${SANITIZED:-}" ] || skip 'fnmatch of the GNU C library tries bytes where characters do not match'
	assert_equal "$(sections -n 'rechnung m??rz.pdf')" ''
	assert_equal "$(sections -n 'rechnung m[!ä]rz.pdf')" ''
}

@test "-i: a Content-ID with and without angle brackets, as it is spelt" {
	printf '%s\n' 'Content-Type: multipart/related; boundary=b' '' '--b' '' x '--b' 'Content-ID: <Logo@x>' 'Content-Type: image/png' '' y '--b--' >message
	run -0 mime-unpack -q -c -i Logo@x <message
	assert_output y
	run -0 mime-unpack -q -c -i '<Logo@x>' <message
	assert_output y
	run -1 mime-unpack -q -c -i logo@x <message
}

@test "-k: classes, and a class there is not" {
	assert_equal "$(sections -k attach)" '2 3 4.2'
	assert_equal "$(sections -k body -k alt)" '1.1 1.2 4.1'
	assert_equal "$(sections -k multi)" '0 1 4.0'
	run -100 mime-unpack -k nonsense </dev/null
}

@test "-a: all leaves; a message itself only with -m" {
	assert_equal "$(sections -a)" '1.1 1.2 2 3 4.1 4.2'
	assert_equal "$(sections -a -m)" '1.1 1.2 2 3 4'
	assert_equal "$(sections -k msg)" 4
}

@test "the same letter twice: or; different letters: and" {
	assert_equal "$(sections -s 2 -s 3 -t text)" 3
	assert_equal "$(sections -t text -k body -s '4.*')" 4.1
	assert_equal "$(sections -n '*.csv' -n '*.zip' -k attach)" '3 4.2'
}

@test "nothing selected: 1, though the message is damaged 2" {
	run -1 mime-unpack -q -c -s 9 <"$DATA/mime/nested.eml"
	printf 'Content-Transfer-Encoding: q\n\nx\n' >message
	run -2 mime-unpack -qq -c -s 9 <message
}

@test "more than 64 of a letter are refused" {
	local -a many=()
	for i in {1..64}; do many+=(-s "$i"); done
	assert_equal "$(sections "${many[@]}")" '1 2 3 4'
	run -100 mime-unpack "${many[@]}" -s 65 </dev/null
}
