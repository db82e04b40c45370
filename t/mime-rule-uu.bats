#!/usr/bin/env bats
# Rule R22: uuencoded files in text. POSIX uuencode(1).

setup() {
	load helper
	python3 - <<-'PYTHON'
		import binascii
		data = bytes(range(256)) * 20
		open("data", "wb").write(data)
		lines = [binascii.b2a_uu(data[i : i + 45]).decode() for i in range(0, len(data), 45)]
		open("block", "w").write("begin 644 a picture.JPG\n" + "".join(lines) + "`\nend\n")
	PYTHON
}

# text [line...]: a message whose text is before, the file, between, the file, after.
text() {
	{
		printf '%s\n' 'Subject: x' "$@" '' 'before' ''
		cat block
		printf '%s\n' between 'begin at the beginning' 'begin 64 x' 'beg'
		cat block
		printf '%s\n' '' after
	} >message
}

@test "R22: a uuencoded file in text is a part of class attach, section S.u1" {
	text
	run -0 mime-unpack -qq -L <message
	assert_equal "$(printf '%s\n' "${lines[@]}" | cut -f 1,2,3,5,7,13 | tr '\t' ' ')" "$(
		cat <<-'PARTS'
			1.u1 attach image/jpeg uu 5120 a picture.JPG
			1.u2 attach image/jpeg uu 5120 a picture.JPG
			1 body text/plain 7bit 61 -
			. 0 14245
		PARTS
	)"
	mime-unpack -c -s 1.u2 <message | cmp - data
}

@test "R22: the text is what is around it" {
	text
	run -0 mime-unpack -c -s 1 <message
	assert_output $'before\n\nbetween\nbegin at the beginning\nbegin 64 x\nbeg\n\nafter'
}

@test "R22: -d writes the files, and with -a the text as well" {
	text
	mkdir out all
	mime-unpack -q -d out <message
	assert_equal "$(ls out)" $'a picture.JPG\na picture~2.JPG'
	cmp data 'out/a picture.JPG'
	cmp data 'out/a picture~2.JPG'
	mime-unpack -q -a -d all <message
	assert_equal "$(ls -A all)" $'a picture.JPG\na picture~2.JPG\npart-1.txt'
	cmp data 'all/a picture~2.JPG'
	mime-unpack -c -s 1 <message | cmp - all/part-1.txt
}

@test "R22: -w leaves it in the text, and so does an encoding, or html" {
	text
	run -0 mime-unpack -w -c -a <message
	sed 1,2d message | cmp - <(mime-unpack -w -c -a <message)
	text 'Content-Type: text/html'
	sed 1,3d message | cmp - <(mime-unpack -q -c -a <message)
	text 'Content-Transfer-Encoding: quoted-printable'
	run mime-unpack -qq -L <message
	refute_output --partial 1.u1
}

@test "R22: what begins a file and has no data after it is text" {
	local next
	for next in '' 'begin 644 x' 'some prose that follows' 'THIS IS SOME PROSE IN CAPITALS'; do
		printf 'Subject: x\n\nbegin 644 x\n%s\nlast\n' "$next" >message
		sed 1,2d message | cmp - <(mime-unpack -c -a <message)
	done
	printf 'Subject: x\n\nbegin 644 x' >message
	sed 1,2d message | cmp - <(mime-unpack -c -a <message)
	printf 'Subject: x\n\nbegin 644 x\n#86)C' >message
	sed 1,2d message | cmp - <(mime-unpack -c -a <message)
}

@test "R22: a file that does not end is damage, exit 2, and has what is there" {
	{
		printf 'Content-Type: multipart/mixed; boundary=b\n\n--b\n\n'
		head -n 5 block
		printf '\n--b\n\ntwo\n--b--\n'
	} >message
	run -2 --separate-stderr mime-unpack -L <message
	assert_equal "$(printf '%s\n' "${lines[@]}" | cut -f 1,7 | tr '\t\n' ' ,')" '0 -,1.u1 180,1 0,2 3,.,'
	# shellcheck disable=SC2154 # bats sets it
	[[ $stderr == *'section 1.u1'*bad-uu* ]]
	head -c 180 data | cmp - <(mime-unpack -qq -c -s 1.u1 <message)
}

@test "R22: files count as parts, past the limit they stay text, exit 3" {
	text
	run -3 mime-unpack -qq -L -x parts=2 <message
	refute_output --partial 1.u2
	assert_output --partial 1.u1
}

@test "R22: however it is cut, and with CRLF" {
	local size way
	for way in 's/x/x/' 's/$/\r/'; do
		text
		sed -i "$way" message
		mime-unpack -qq -c -a <message >whole
		for size in 1 2 3 61 4096; do
			python3 "$DATA/mime/cut.py" "$size" message "$BIN/mime-unpack" -qq -c -a | cmp - whole
		done
	done
}

@test "R22: a program for each part has the file while that of the text waits" {
	text
	run -0 mime-unpack -q -a -- sh -c 'cat >"got.$MIME_SECTION"' <message
	cmp data got.1.u1
	cmp data got.1.u2
	mime-unpack -c -s 1 <message | cmp - got.1
}
