#!/usr/bin/env bats
# Rules R1 to R8: delimiters, and multiparts that lack them. RFC 2046 5.1.1.

setup() { load helper; }

# parts: section, type and codes of each part of the message on standard input; all
# of them lack MIME-Version.
parts() { mime-unpack -qq -L | sed '$d' | cut -f 1,3,12 | tr '\t' ' ' | sed 's/no-mime-version,//; s/no-mime-version/-/'; }

# message line...: these lines as a file called message.
message() { printf '%s\n' "$@" >message; }

@test "R1: what stands before or after a delimiter makes it data, but for blanks" {
	message 'Content-Type: multipart/mixed; boundary=section' '' '--section' '' \
		'x --section' '--section_boundary' '--section x' ' --section' '--section-' $'--section\r \r' \
		$'--section \t' '' two '--section--x' '--section-- '
	run -0 mime-unpack -q -e keep -c -s 1 <message
	assert_output $'x --section\n--section_boundary\n--section x\n --section\n--section-\n--section\r '
	run -0 mime-unpack -q -c -s 2 <message
	assert_output $'two\n--section--x'
}

@test "R1: a delimiter is found behind a body of any length, also one of dashes and line ends" {
	# Each body, a name and its length: letters, or dashes, or lines like a delimiter that is none.
	awk 'BEGIN {
		print "Content-Type: multipart/mixed; boundary=b\n"
		for (i = 0; i < 600; i++) {
			body = ""
			piece = i % 3 == 0 ? "x" : i % 3 == 1 ? "-" : "\n--c"
			while (length(body) < int(i / 3)) body = body piece
			print "--b\nContent-Type: application/x; name=" length(body) "\n\n" body
		}
		print "--b--"
	}' >message
	run -0 mime-unpack -qq -L <message
	assert_equal "$(printf '%s\n' "${lines[@]}" | awk -F '\t' '$2 == "attach" && $7 == $13' | wc -l)" 600
}

@test "R1: a boundary of one dash" {
	message 'Content-Type: multipart/mixed; boundary="-"' '' '---' '' one '----' '--' '---' '' two '-----'
	run -0 mime-unpack -q -c -s 1 <message
	assert_output $'one\n----\n--'
	run -0 mime-unpack -q -c -s 2 <message
	assert_output two
}

@test "R1: a delimiter that the end of the input cuts before its line end" {
	printf 'Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--' >message
	run -0 mime-unpack -q -c -a <message
	assert_output one
}

@test "R3: the same boundary inside is the inner one's until it is closed, notice dup-boundary" {
	message 'Content-Type: multipart/mixed; boundary=a' '' '--a' \
		'Content-Type: multipart/mixed; boundary=a' '' '--a' '' one '--a' '' two '--a--' '--a' '' three '--a--'
	run -0 parts <message
	assert_output "$(
		cat <<-'END'
			0 multipart/mixed -
			1 multipart/mixed dup-boundary
			1.1 text/plain -
			1.2 text/plain -
			2 text/plain -
		END
	)"
}

@test "R3: an outer delimiter closes everything inside, and each is reported" {
	message 'Content-Type: multipart/mixed; boundary=a' '' '--a' \
		'Content-Type: multipart/mixed; boundary=b' '' '--b' \
		'Content-Type: message/rfc822' '' 'Content-Type: multipart/mixed; boundary=c' '' '--c' '' in \
		'--a' '' out '--a--'
	run -0 --separate-stderr mime-unpack -L <message
	assert_line --index 4 --regexp '^1\.1\.1.'
	assert_line --index 5 --regexp '^2.body'
	# shellcheck disable=SC2154 # bats sets it
	assert_equal "$(grep -o 'section [0-9.]* .*no-close' <<<"$stderr" | cut -d ' ' -f 2 | tr '\n' ' ')" '1.1.0 1 '
}

@test "R4: the end of the input closes everything, and what is there is delivered" {
	message 'Content-Type: multipart/mixed; boundary=a' '' '--a' '' one
	run -0 mime-unpack -q -c -a <message
	assert_output one
	printf 'Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--b' >message
	run -0 mime-unpack -q -c -a <message
	assert_output $'one\n--b'
	message 'Content-Type: multipart/mixed; boundary=a' '' '--a' 'Content-Transfer-Encoding: base64' '' QUJDRA
	run -2 mime-unpack -qq -c -a <message
	assert_output ABCD
}

@test "R5: preambles and epilogues are no parts" {
	message 'Content-Type: multipart/mixed; boundary=b' '' pre '--b' '' one '--b--' epi
	run -0 mime-unpack -qq -c -a <message
	assert_output one
}

@test "R5: parts after the closing delimiter are reported, and with -E they are parts, exit 2" {
	message 'Content-Type: multipart/mixed; boundary=b' '' '--b' '' one '--b--' epi '--b' '' two \
		'--b--' '--b' 'Content-Type: text/html' '' three
	run -2 mime-unpack -qq -c -a <message
	assert_output one
	run -2 mime-unpack -qq -E -c -a <message
	assert_output onetwothree
	mime-unpack -qq -E -L <message >records || true
	assert_equal "$(cut -f 1,3 <records | tr '\t\n' ' ,')" \
		'0 multipart/mixed,1 text/plain,2 text/plain,3 text/html,. 112,'
}

@test "R6: a boundary on an unindented line, or without semicolon, or quote, in segments, with comments" {
	local type
	for type in $'multipart/mixed;\nboundary="b"' 'multipart/mixed boundary=b' 'multipart/mixed; boundary="b' \
		'multipart/mixed; boundary*0=""; boundary*1=b' 'multipart/mixed (b); boundary = "b" (c)' \
		'multipart/mixed; boundary (a) = (c) b' 'multipart/mixed; boundary="b  "'; do
		message "Content-Type: $type" '' '--b' '' one '--b--'
		run -0 parts <message
		assert_line --index 1 '1 text/plain -'
	done
	message 'Content-Type: multipart/mixed; boundary="a\"b\\c"' '' '--a"b\c' '' one '--a"b\c--'
	run -0 parts <message
	assert_line --index 1 '1 text/plain -'
}

@test "R6: a boundary of 2048 bytes, and one that is empty" {
	local long
	long=$(printf '%2048s' '' | tr ' ' x)
	message "Content-Type: multipart/mixed; boundary=$long" '' "--$long" '' one "--$long--"
	run -0 parts <message
	assert_output $'0 multipart/mixed boundary-long\n1 text/plain -'
	message 'Content-Type: multipart/mixed; boundary=""' '' '--' '' one '--' '' two '----'
	run -0 parts <message
	assert_output $'0 multipart/mixed -\n1 text/plain -\n2 text/plain -'
}

@test "R7: without a usable boundary the first line --X before a field is one, exit 2" {
	message 'Content-Type: multipart/mixed' '' 'text' '--no' 'delimiter' '-- ' 'Sig: nature' \
		'--xyz' 'Content-Type: text/html' '' one '--other' 'X: y' '' '--xyz' '' two '--xyz--'
	run -2 mime-unpack -qq -c -s 1 <message
	assert_output $'one\n--other\nX: y'
	run -2 mime-unpack -qq -c -s 2 <message
	assert_output two
}

@test "R7: a line --X at the end, or before another one, is not before a field" {
	message 'Content-Type: multipart/mixed' '' '--a' '--b' 'X: y' '' one '--b--'
	run -0 parts <message
	assert_output $'0 multipart/mixed -\n1 text/plain -'
	run -2 --separate-stderr mime-unpack -c -a <message
	assert_output one
	[[ $stderr == *'offset 35: boundary-guessed'* ]]
	message 'Content-Type: multipart/mixed' '' '--a'
	run -2 --separate-stderr mime-unpack -c -a <message
	assert_output ''
	[[ $stderr == *no-boundary* ]]
}

@test "R7: a boundary of more than 2048 bytes is not usable" {
	message "Content-Type: multipart/mixed; boundary=$(printf '%2049s' '' | tr ' ' x)" '' '--b' 'X: y' '' one '--b--'
	run -2 mime-unpack -qq -c -s 1 <message
	assert_output one
}

@test "R7: a message that starts with --X and a field is a multipart, one with text is text" {
	message '--xyz' 'Content-Type: text/html' '' one '--xyz' '' two '--xyz--'
	run -0 parts <message
	assert_output $'0 multipart/mixed -\n1 text/html -\n2 text/plain -'
	message '--xyz' 'is my mail' '' 'X: y'
	run -2 mime-unpack -qq -c -a <message
	cmp message <(mime-unpack -qq -c -a <message)
	message 'Subject: x' '--xyz' 'Content-Type: text/html' '' one
	run -0 mime-unpack -qq -c -a <message
	assert_output one
}

@test "900 open multiparts and 300,000 lines with dashes are read in a moment" {
	python3 - >message <<-'END'
		for i in range(900): print(f"Content-Type: multipart/mixed; boundary=b{i:04}\n\n--b{i:04}")
		print()
		for i in range(300000): print(f"--b{i:x}")
	END
	run -0 timeout 2 mime-unpack -qq -L -x depth=1000 <message
	assert_equal "${#lines[@]}" 902
}
