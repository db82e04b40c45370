#!/usr/bin/env bats
# Rules R9 to R17: where a header begins and ends, and what counts of it.

setup() { load helper; }

# parts: section, type, encoding and codes of each part of the message on standard
# input; all of them lack MIME-Version.
parts() { mime-unpack -qq -L | sed '$d' | cut -f 1,3,5,12 | tr '\t' ' ' | sed 's/no-mime-version,//; s/,no-mime-version//; s/no-mime-version/-/'; }

# message line...: these lines as a file called message.
message() { printf '%s\n' "$@" >message; }

@test "R9: a junk line is skipped if a field comes next, notice hdr-junk" {
	message 'X: y' 'no field' 'Content-Type: text/html' '' hello
	run -0 parts <message
	assert_output '1 text/html 7bit hdr-junk'
}

@test "R9: a junk line of 12,000 bytes is skipped too" {
	message 'X: y' "$(printf '%12000s' '' | tr ' ' x)" 'Content-Type: text/html' '' hello
	run -0 parts <message
	assert_output '1 text/html 7bit hdr-junk'
}

@test "R9: two junk lines, or one before an empty line, begin the body: no-blank, exit 2" {
	message 'X: y' 'no field' 'nor this' 'Content-Type: text/html' '' hello
	run -2 --separate-stderr mime-unpack -c -a <message
	assert_output $'no field\nnor this\nContent-Type: text/html\n\nhello'
	# shellcheck disable=SC2154 # bats sets it
	[[ $stderr == *'offset 5: no-blank'* ]]
	message 'X: y' 'no field' '' hello
	run -2 mime-unpack -qq -c -a <message
	assert_output $'no field\n\nhello'
}

@test "R9: a line of 100,000 bytes that is no field is body, whole" {
	message 'X: y' "$(printf '%100000s' '' | tr ' ' x)" 'Content-Type: text/html' '' hello
	run -2 mime-unpack -qq -c -a <message
	tail -c +6 message | cmp - <(mime-unpack -qq -c -a <message)
}

@test "R9: a delimiter ends a header, of a part and of the multipart itself" {
	message 'Content-Type: multipart/mixed; boundary=b' '--b' 'Content-Type: text/html' '--b' '' two '--b--'
	run -2 mime-unpack -qq -L <message
	assert_equal "$(printf '%s\n' "${lines[@]}" | cut -f 1,3 | tr '\t\n' ' ,')" \
		'0 multipart/mixed,1 text/html,2 text/plain,. 85,'
}

@test "R10: a mark, empty lines and one mbox line come before the first field" {
	local start
	for start in '\xef\xbb\xbf' '\n\n' 'From a@b Thu Jan  1 00:00:00 1970\n' '>From a@b Thu\n' '\r\n\n' \
		'\xef\xbb\xbf\n' '\n\xef\xbb\xbfFrom a@b\n'; do
		printf '%b' "${start}Content-Type: text/html\n\nhello\n" >message
		run -0 parts <message
		assert_output --regexp '^1 text/html 7bit (-|mbox-from)$'
	done
	{
		printf '\xef\xbb\xbfSubject:'
		head -c 70000 /dev/zero | tr '\0' x
		printf '\nContent-Type: text/html\n\nx\n'
	} >message
	run -0 parts <message
	assert_output '1 text/html 7bit limit-field'
}

@test "R10: a second mbox line is data, mboxes are not split" {
	message 'From a@b Thu' 'X: y' '' one '' 'From c@d Fri' 'X: z' '' two
	run -0 mime-unpack -q -c -a <message
	assert_output $'one\n\nFrom c@d Fri\nX: z\n\ntwo'
}

@test "R11: LF, CRLF and any mix of them end lines" {
	printf 'Content-Type: multipart/mixed;\n boundary=b\r\n\n--b\r\n\r\none\n--b\n\ntwo\r\n--b--' >message
	run -0 mime-unpack -q -e keep -c -a <message
	assert_output onetwo
}

@test "R11: a bare CR is data where there are LFs" {
	printf 'X: y\n\na\rb\n' >message
	mime-unpack -q -c -a <message | cmp - <(printf 'a\rb\n')
}

@test "R11: CR ends lines if 8 KiB hold CR and no LF, damage bare-cr" {
	printf 'Content-Type: multipart/mixed; boundary=b\r\r--b\r\rone\r--b\rContent-Transfer-Encoding: quoted-printable\r\ra=\rb  \rc\r--b--\r' >message
	run -2 --separate-stderr mime-unpack -c -s 1 <message
	assert_output one
	[[ $stderr == *bare-cr* ]]
	mime-unpack -qq -c -s 2 <message | cmp - <(printf 'ab\nc') || [ "${PIPESTATUS[0]}" = 2 ]
}

@test "R12: a continuation of blanks only, blanks before the colon, names in any case" {
	printf 'X: y\n  \t\ncOnTeNt-tYpE \t: text/html\n\nhello\n' >message
	run -0 parts <message
	assert_output '1 text/html 7bit obs-fold'
}

@test "R13: of several Content-Type the first valid one, damage dup-ctype" {
	message 'Content-Type: text/html' 'Content-Type: image/png' '' x
	run -0 parts <message
	assert_output '1 text/html 7bit dup-ctype'
	message 'Content-Type: nonsense; charset=a' 'Content-Type: image/png' '' x
	run -0 parts <message
	assert_output --regexp '^1 image/png 7bit .*dup-ctype'
}

@test "R13: but a later one that is a multipart with boundary" {
	message 'Content-Type: text/plain; charset=utf-8; name=x' 'Content-Type: multipart/mixed; boundary=b' '' \
		'--b' '' one '--b--'
	run -0 parts <message
	assert_output $'0 multipart/mixed 7bit dup-ctype\n1 text/plain 7bit -'
	message 'Content-Type: multipart/mixed; boundary=b' 'Content-Type: multipart/mixed; boundary=c' '' \
		'--b' '' one '--b--'
	run -0 parts <message
	assert_output $'0 multipart/mixed 7bit dup-ctype\n1 text/plain 7bit -'
}

@test "R13: of two encodings that differ base64 and quoted-printable beat none, then the last one" {
	local cte
	for cte in base64:7bit 7bit:base64 quoted-printable:base64; do
		message "Content-Transfer-Encoding: ${cte%:*}" "Content-Transfer-Encoding: ${cte#*:}" '' QUJD
		run -0 parts <message
		assert_output '1 text/plain b64 dup-cte'
		run -2 mime-unpack -qq -c -a <message
		assert_output ABC
	done
	message 'Content-Transfer-Encoding: base64' 'Content-Transfer-Encoding: Base64' '' QUJD
	run -0 parts <message
	assert_output '1 text/plain b64 -'
}

@test "R14: comments, quotes, blanks and case of an encoding do not matter" {
	local cte
	for cte in 'base64 ' '"base64"' '(x) base64 (y)' 'BASE64;' $'base64\t' 'base64 x' ' ( a (b) ) "Base64" '; do
		message "Content-Transfer-Encoding:$cte" '' QUJD
		run -0 mime-unpack -q -c -a <message
		assert_output ABC
	done
	message 'Content-Transfer-Encoding: base-64' '' QUJD
	run -0 parts <message
	assert_output '1 text/plain ?base-64 unk-cte'
}

@test "R15: what cannot be read is octets, but text if it says text" {
	local type
	for type in 'text:text/plain' 'nonsense:application/octet-stream' \
		'image/:application/octet-stream' '/x:application/octet-stream' 'a/b/c:application/octet-stream'; do
		message "Content-Type: ${type%:*}" '' x
		run -0 parts <message
		assert_output --partial "1 ${type#*:} 7bit"
		run -0 mime-unpack -q -c -a <message
		assert_output x
	done
}

@test "R15: a part of a digest is a message unless it says otherwise" {
	message 'Content-Type: multipart/digest; boundary=b' '' '--b' '' 'Subject: x' '' one \
		'--b' 'Content-Type: text/html' '' two '--b--'
	run -0 mime-unpack -qq -L <message
	assert_equal "$(printf '%s\n' "${lines[@]}" | cut -f 1,3 | tr '\t\n' ' ,')" \
		'0 multipart/digest,1 message/rfc822,1.1 text/plain,2 text/html,. 0,' || true
	assert_equal "$(printf '%s\n' "${lines[@]}" | cut -f 1 | tr '\n' ' ')" '0 1 1.1 2 . '
}

@test "R17: NUL in a header, notice nul-hdr: no field or name ends with it" {
	printf 'Content-Disposition: attachment; filename="a\0b.txt"\nContent-Type: text/html\0\n\nx\n' >message
	run -0 mime-unpack -qq -L <message
	assert_equal "$(head -n 1 <<<"$output" | cut -f 3,12,13)" $'text/html\tnul-hdr,no-mime-version\ta\\x00b.txt'
	mime-unpack -q -d . <message
	assert_equal "$(cat a_b.txt)" x
}

@test "R16: MIME-Version is not asked for" {
	message 'Content-Type: multipart/mixed; boundary=b' '' '--b' '' one '--b--'
	run -0 --separate-stderr mime-unpack -c -a <message
	assert_output one
	[[ $stderr == *no-mime-version* ]]
}
