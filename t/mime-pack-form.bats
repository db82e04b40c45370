#!/usr/bin/env bats
# The form of the messages mime-pack builds: line ends, UTF-8 headers, parts, nothing random.

setup() { load helper; }

pack() { mime-pack -f a@b.example -t c@d "$@"; }

# python code: with m, the message in the file message.
python() { python3 -c "import email, email.policy; m = email.message_from_bytes(open('message', 'rb').read(), policy=email.policy.default); $1"; }

@test "-z gives the same bytes for the same input, and others for another seed" {
	echo text >t
	echo '<p>' >h
	pack -z one -T t -W h -i t -a t >a
	pack -z one -T t -W h -i t -a t >b
	pack -z two -T t -W h -i t -a t >c
	cmp a b
	run ! cmp -s a c
	assert_equal "$(grep -c '^--=_' a)" 9
	assert_equal "$(grep '^--=_' a | sed 's/--$//' | sort -u | wc -l)" 3
	grep -q '^Date: Thu, 1 Jan 1970 00:00:00 +0000$' a
	grep -q '^Message-ID: <.*@b.example>$' a
	SOURCE_DATE_EPOCH=1795531528 pack -z one -T t | grep -q '^Date: Tue, 24 Nov 2026 14:45:28 +0000$'
	SOURCE_DATE_EPOCH=1 pack -z one -d 1795531528 -T t | grep -q '^Date: Tue, 24 Nov 2026'
	SOURCE_DATE_EPOCH=soon run -100 pack -z one -T t
}

@test "no boundary stands in a part: a message in one with the same seed is told apart" {
	echo text >t
	pack -z seed -a t </dev/null >inner.eml
	pack -z seed -m inner.eml -T '' >outer.eml
	pack -z seed -m outer.eml -P <(pack -N -z seed -T '' -a t) -T '' >message
	run -0 mime-unpack -L <message
	assert_equal "$(printf '%s\n' "${lines[@]}" | sed '$d' | cut -f 1,3 | tr '\t' ' ')" "$(
		cat <<-'END'
			0 multipart/mixed
			1 message/rfc822
			1.0 multipart/mixed
			1.1 message/rfc822
			1.1.0 multipart/mixed
			1.1.1 text/plain
			1.1.2 text/plain
			2 multipart/mixed
			2.1 text/plain
		END
	)"
	assert_equal "$(printf '%s\n' "${lines[@]}" | cut -f 12 | sort -u)" "$(printf '%s\n' '' -)"
}

@test "boundaries are =_ and 128 random bits, all of one length and no two the same" {
	echo x >f
	for _ in {1..20}; do pack -T '' -a f; done >messages
	assert_equal "$(grep -c '^ boundary="=_[A-Za-z0-9_-]\{22\}"$' messages)" 20
	assert_equal "$(grep '^ boundary' messages | sort -u | wc -l)" 20
}

@test "-L crlf ends every line with CRLF, and what is in it comes out the same" {
	printf 'Grüße\n.\nFrom me\n' >u.txt
	printf 'a\nb' >a.txt
	head -c 10000 /dev/urandom >bin
	echo '<p>' >h.html
	echo text | pack -L crlf -T u.txt -W h.html -a a.txt -a bin -a u.txt >message
	run ! grep -n -v $'\r$' message
	run ! grep -q $'\r\r' message
	mkdir out
	mime-unpack -q -d out <message
	cmp a.txt out/a.txt
	cmp bin out/bin
	cmp u.txt out/u.txt
	python 'assert m.get_body(("plain",)).get_content() == open("u.txt").read(); assert m.get("Date")'
	run -100 pack -L cr -T ''
}

@test "-L crlf leaves the line ends of a message alone that has CRLF, and those in binary" {
	printf 'Subject: x\r\n\r\nbody\r\n' >m.eml
	printf 'one\ntwo\0' >bin
	pack -B -L crlf -T '' -m m.eml -a bin >message
	run ! grep -q $'\r\r' message
	mime-unpack -c -t application/octet-stream <message | cmp - bin
	assert_equal "$(mime-unpack -c -s 1.1 <message)" body
}

@test "-u writes UTF-8 in the header as it is" {
	echo x >'Füße.txt'
	mime-pack -u -f 'Jürgen Größer <jürgen@köln.example>' -t c@d -s "Grüße aus Köln" -T '' -D 'Überblick' -a 'Füße.txt' >message
	grep -q '^From: Jürgen Größer <jürgen@köln.example>$' message
	grep -q '^Subject: Grüße aus Köln$' message
	grep -q '^Content-Description: Überblick$' message
	run ! grep -q '=?' message
	assert_equal "$(mime-unpack -L <message | sed -n 2p | cut -f 13)" 'Füße.txt'
	# What came in windows-1252 is UTF-8 as well.
	pack -u -s $'Gr\374\337e' -T '' >message
	grep -q '^Subject: Grüße$' message
}

@test "an address that is not ASCII needs -u" {
	run -100 mime-pack -f 'jürgen@köln.example' -T ''
	run -100 mime-pack -u -f $'j\374rgen@x' -T ''
	run -0 mime-pack -u -f 'jürgen@köln.example' -T ''
}

@test "-N makes a part, with or without a sender" {
	echo text >t
	mime-pack -N -T t >part
	run ! grep -q -i -E '^(Date|Message-ID|MIME-Version|From):' part
	echo '<p>' >h
	mime-pack -N -T t -W h | pack -T '' -P - >message
	run -0 mime-unpack -L <message
	assert_line --index 1 --regexp $'^1\tmulti\tmultipart/alternative'
	run -100 mime-pack -T t
}
