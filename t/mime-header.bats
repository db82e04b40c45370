#!/usr/bin/env bats
# mime-header: fields printed and changed, the body as it came.

setup() {
	load helper
	printf '%s\n' 'Received: from a' $'\tby b' 'Subject: one' 'To: x@y.example' 'SUBJECT : two' '' 'body' >message
}

# header file: its header.
header() { sed '/^$/q' "$1"; }

@test "-g prints values, unfolded and decoded" {
	printf '%s\n' 'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=' ' =?utf-8?b?4oKs?=  and' $'\t more  ' 'From: a@b' 'subject:' '' x >message
	assert_equal "$(mime-header -g sUbject <message && echo end)" $'Grüße€  and  more\n\nend'
	assert_equal "$(mime-header -g Subject -g From <message)" $'Subject: Grüße€  and  more\nFrom: a@b\nSubject: '
}

@test "-g prints nothing that moves a terminal, and one line for each value" {
	printf '%s\n' $'Subject: a\033[31m\x7f =?utf-8?q?b=0Ac=0D=C2=9B=E2=80=AE?= \xe2\x80\x8d\xff' '' x >message
	run -0 mime-header -g Subject <message
	assert_output $'a\ufffd[31m\ufffd b\ufffdc\ufffd\ufffd\ufffd \xc3\xa2\xe2\x82\xac\ufffd\xc3\xbf'
}

@test "-g without such a field is exit 1, a value that cannot be decoded 2, a cut one 3" {
	run -1 mime-header -g X-None <message
	assert_output ''
	printf 'Subject: =?utf-8?q?=FF?=\n\n' >bad
	run -2 --separate-stderr mime-header -q -g Subject <bad
	assert_output $'\ufffd'
	# shellcheck disable=SC2154 # by run
	assert_equal "$stderr" ''
	python3 -c 'print("Subject: " + "x" * 70000 + "\nSubject: y\n\n")' >long
	run -3 --separate-stderr mime-header -g Subject <long
	assert_equal "${#lines[0]} ${lines[1]}" '65535 y'
}

@test "-a adds at the end of the header, -A only what is not there" {
	mime-header -a 'X-A: 1' -A 'Subject: no' -A 'X-B: 2' -A 'x-a: no' -a 'X-A: 3' <message >got
	assert_equal "$(diff message got)" $'5a6,8\n> X-A: 1\n> X-B: 2\n> X-A: 3'
}

@test "-s puts the field where the first one was, the others go" {
	mime-header -s 'subject: new' -s 'X-New: x' <message >got
	assert_equal "$(header got)" $'Received: from a\n\tby b\nsubject: new\nTo: x@y.example\nX-New: x'
	mime-header -s 'Received: new' -s 'Received: two' <message >got
	assert_equal "$(head -n 3 got)" $'Received: new\nReceived: two\nSubject: one'
}

@test "-r renames, -d deletes with all lines of the field" {
	mime-header -r subject:X-Old -d Received <message >got
	assert_equal "$(header got)" $'X-Old: one\nTo: x@y.example\nX-Old : two'
	mime-header -r Subject:X-Subject -s 'Subject: new' -A 'X-Subject: no' <message >got
	assert_equal "$(tail -n +3 got | header /dev/stdin)" $'X-Subject: one\nTo: x@y.example\nX-Subject : two\nSubject: new'
}

@test "values that are not ASCII become encoded words, of addresses the names alone" {
	mime-header -s 'Subject: Grüße' -s 'To: Jörg Ä <j@x.example>, b@x.example' <message >got
	LC_ALL=C run ! grep -q '[^ -~]' <(grep -v Received got | tr -d '\t')
	assert_equal "$(mime-header -g Subject <got)" Grüße
	assert_equal "$(mime-header -g To <got)" 'Jörg Ä <j@x.example>, b@x.example'
	grep -q '<j@x.example>, b@x.example$' got
	run -100 mime-header -s 'To: Jörg' <message
}

@test "long values are folded within 78 columns" {
	mime-header -a "X-Long: $(printf 'word%.0s ' {1..60})end" -a "X-Words: $(printf 'wörd %.0s' {1..60})" <message >got
	[ "$(wc -L <got)" -le 78 ]
	assert_equal "$(mime-header -g X-Words <got)" "$(printf 'wörd %.0s' {1..60} | sed 's/ $//')"
}

@test "line breaks, names that are none and values too long are refused, nothing is written" {
	local field
	for field in $'X: a\nBcc: v@x' $'X: a\rb' 'no colon' 'a b: c' ': x' '' $'X\n: y' 'Ä: x' "X: $(printf 'x%.0s' {1..4097})"; do
		for option in -a -A -s -r; do run -100 --separate-stderr mime-header "$option" "$field" <message && assert_output ''; done
	done
	run -100 mime-header -r 'Subject:a b' <message
	run -100 mime-header -r 'Subject:' <message
	run -100 mime-header -d 'a:b' <message
	run -100 mime-header -g 'a b' <message
}

@test "options that do not go together are wrong usage" {
	run -100 mime-header <message
	run -100 mime-header -g a -d b <message
	run -100 mime-header -d b operand <message
	run -100 mime-header -w encode
	run -100 mime-header -w nothing x
	run -100 mime-header -z <message
}

@test "-w encodes and decodes words of the command line" {
	assert_equal "$(mime-header -w encode plain text)" 'plain text'
	assert_equal "$(mime-header -w decode "$(mime-header -w encode Grüße aus Köln)")" 'Grüße aus Köln'
	assert_equal "$(mime-header -w decode '=?iso-8859-1?q?=E9=0Ax?= y')" $'é\ufffdx y'
	run -100 mime-header -w encode $'a\nb'
}
