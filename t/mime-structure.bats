#!/usr/bin/env bats
# Parts, sections, delimiters: RFC 2046 5.1 and RFC 9051 6.4.5.1.

setup() { load helper; }

# parts: section, class, type and name of each part of the message on standard input.
parts() { mime-unpack -qq -L | sed '$d' | cut -f 1,2,3,13 | tr '\t' ' '; }

# message line...: these lines as a file called message.
message() { printf '%s\n' "$@" >message; }

@test "sections are IMAP part numbers, also inside an attached message" {
	run -0 parts <"$DATA/mime/nested.eml"
	assert_output "$(
		cat <<-'END'
			0 multi multipart/mixed -
			1 multi multipart/alternative -
			1.1 body text/plain -
			1.2 alt text/html -
			2 attach application/pdf Rechnung März.pdf
			3 attach text/csv a.csv
			4 msg message/rfc822 -
			4.0 multi multipart/mixed -
			4.1 body text/plain -
			4.2 attach application/zip z.zip
		END
	)"
}

@test "the last record is a period, the exit status and the bytes read" {
	run -0 mime-unpack -L <"$DATA/mime/nested.eml"
	assert_line --index -1 $'.\t0\t'"$(stat -c %s "$DATA/mime/nested.eml")"
}

@test "a record has 14 fields and its offsets give the body" {
	mime-unpack -L -s 1.1 <"$DATA/mime/nested.eml" >records
	assert_equal "$(head -n 1 records | awk -F '\t' '{ print NF }')" 14
	IFS=$'\t' read -r _ _ _ _ _ _ _ _ body end _ <records
	tail -c +$((body + 1)) "$DATA/mime/nested.eml" | head -c $((end - body)) >raw
	mime-unpack -c -s 1.1 <"$DATA/mime/nested.eml" | cmp - raw
}

@test "-m delivers an attached message as it is and does not look inside" {
	mkdir out
	mime-unpack -q -m -k msg -d out <"$DATA/mime/nested.eml"
	assert_equal "$(ls out)" part-4.eml
	run -0 parts <out/part-4.eml
	assert_line '2 attach application/zip z.zip'
}

@test "the message of the course: both parts, the archive, the text, and the missing end" {
	run -0 --separate-stderr mime-unpack -L <"$DATA/mime/course.eml"
	assert_equal "$(printf '%s\n' "${lines[@]}" | cut -f 1-3,13 | tr '\t' ' ')" "$(
		cat <<-'END'
			0 multi multipart/mixed -
			1 body text/plain -
			2 attach application/zip s.zip
			. 0 827
		END
	)"
	# shellcheck disable=SC2154 # bats sets it
	[[ $stderr == *no-close* ]]
	mime-unpack -q -d . <"$DATA/mime/course.eml"
	sed -n '/^UEsD/,/=$/p; /^UESD/,/=$/p' "$DATA/mime/course.eml" | base64 -d | cmp - s.zip
	assert_equal "$(mime-unpack -q -c -s 1 <"$DATA/mime/course.eml")" $'Voila la piece.\n\nCordialement'
}

@test "the message of the course with CRLF, and cut inside its base64: exit 2" {
	sed 's/$/\r/' "$DATA/mime/course.eml" >crlf
	mime-unpack -q -c -s 2 <crlf | cmp - <(mime-unpack -q -c -s 2 <"$DATA/mime/course.eml")
	head -c 590 "$DATA/mime/course.eml" >short
	run -2 mime-unpack -qq -L <short
	assert_line --index 2 --regexp '^2.*no-close'
}

@test "a delimiter is a whole line: prefixes, text before it and after it are data" {
	message 'Content-Type: multipart/mixed; boundary=b' '' '--b' '' \
		'x --b' '--bb' '--b x' ' --b' '--b--x' '--b-' '' '--b--'
	run -0 mime-unpack -q -c -s 1 <message
	assert_output $'x --b\n--bb\n--b x\n --b\n--b--x\n--b-'
}

@test "blanks after a delimiter do not matter" {
	message 'Content-Type: multipart/mixed; boundary="b "' '' $'--b \t ' '' 'x' '--b-- '
	run -0 mime-unpack -q -c -s 1 <message
	assert_output x
}

@test "R2: exactly one line end before a delimiter belongs to it" {
	printf 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n\r\n--b--\r\n' >message
	mime-unpack -q -e keep -c -s 1 <message | cmp - <(printf 'x\r\n')
	mime-unpack -q -c -s 1 <message | cmp - <(printf 'x\n')
}

@test "an outer delimiter closes what is open inside" {
	message 'Content-Type: multipart/mixed; boundary=a' '' '--a' \
		'Content-Type: multipart/alternative; boundary=b' '' '--b' '' one '--a' '' two '--a--'
	run -0 parts <message
	assert_output $'0 multi multipart/mixed -\n1 multi multipart/alternative -\n1.1 body text/plain -\n2 body text/plain -'
}

@test "the same boundary inside: the innermost one until it is closed" {
	message 'Content-Type: multipart/mixed; boundary=a' '' '--a' \
		'Content-Type: multipart/mixed; boundary=a' '' '--a' '' one '--a--' '--a' '' two '--a--'
	run -0 parts <message
	assert_line --index -1 '2 body text/plain -'
	assert_line --index -2 '1.1 body text/plain -'
}

@test "a multipart without boundary takes the first one it meets, exit 2" {
	message 'Content-Type: multipart/mixed' '' '--xyz' 'Content-Type: text/html' '' one '--xyz--'
	run -2 --separate-stderr mime-unpack -L <message
	assert_line --index 1 --regexp '^1.body.text/html'
	[[ $stderr == *boundary-guessed* ]]
}

@test "parts after the closing delimiter are not parts, exit 2" {
	message 'Content-Type: multipart/mixed; boundary=b' '' '--b' '' one '--b--' '--b' '' evil '--b--'
	run -2 --separate-stderr mime-unpack -c -a <message
	assert_output one
	[[ $stderr == *epilogue-parts* ]]
}

@test "a message without MIME fields is one text" {
	message 'Subject: x' '' hello
	run -0 parts <message
	assert_output '1 body text/plain -'
}

@test "a junk line among the fields is skipped, before the body it is body" {
	message 'Subject: x' 'no field at all' 'Content-Type: text/html' '' hello
	run -0 parts <message
	assert_output '1 body text/html -'
	message 'Subject: x' 'no field at all' 'hello'
	run -2 --separate-stderr mime-unpack -c -a <message
	assert_output $'no field at all\nhello'
}

@test "a byte order mark, empty lines and an mbox line before the header are skipped" {
	printf '\xef\xbb\xbf\n\nFrom a@b Thu\nContent-Type: text/html\n\nx\n' >message
	run -0 parts <message
	assert_output '1 body text/html -'
}

@test "lines that end with CR alone are lines, exit 2" {
	tr '\n' '\r' <"$DATA/mime/course.eml" >message
	run -2 mime-unpack -qq -c -s 1 <message
	assert_output $'Voila la piece.\n\nCordialement'
}

@test "deeper than the limit, and more parts: nothing is lost, exit 3" {
	message 'Content-Type: multipart/mixed; boundary=a' '' '--a' \
		'Content-Type: multipart/mixed; boundary=b' '' '--b' '' one '--b--' '--a' '' two '--a--'
	run -3 mime-unpack -qq -x depth=1 -c -s 1 <message
	assert_output $'--b\n\none\n--b--'
	run -3 mime-unpack -qq -x parts=1 -c -s 2 <message
	assert_output $'two\n--a--'
}

@test "10000 levels of nesting do no harm" {
	local i
	for ((i = 0; i < 10000; i++)); do
		printf 'Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n' $i $i
	done >message
	printf '\npayload\n' >>message
	run -3 timeout 10 mime-unpack -qq -c -a <message
	assert_line payload
}

@test "nothing selected is exit 1, no attachment at all is not" {
	run -1 mime-unpack -L -s 7 <"$DATA/mime/course.eml"
	message 'Subject: x' '' hello
	run -0 mime-unpack -d . <message
	assert_output $'.\t0\t18'
}

@test "a selection by type, class, name and subtree" {
	run -0 mime-unpack -L -t text -k body -k alt <"$DATA/mime/nested.eml"
	assert_equal "$(printf '%s\n' "${lines[@]}" | cut -f 1 | tr '\n' ' ')" '1.1 1.2 4.1 . '
	run -0 mime-unpack -L -s '4.*' -n '*.ZIP' <"$DATA/mime/nested.eml"
	assert_equal "$(printf '%s\n' "${lines[@]}" | cut -f 1 | tr '\n' ' ')" '4.2 . '
}

@test "wrong usage is 100, an unwritable directory 111" {
	run -100 mime-unpack -Z
	run -100 mime-unpack -l -L
	run -111 mime-unpack -d ./missing <"$DATA/mime/course.eml"
}

@test "a full disk is 111 and leaves no file behind" {
	mkdir out
	run -111 bash -c 'ulimit -f 1; trap "" XFSZ; mime-unpack -d out <"$1"' _ <(
		printf 'Content-Disposition: attachment; filename=a\n\n'
		head -c 100000 /dev/zero
	)
	assert_equal "$(ls -A out)" ''
}
