#!/usr/bin/env bats
# The parts mime-pack builds: multiparts, and what is said of each part.

setup() { load helper; }

pack() { mime-pack -f a@b -t c@d "$@"; }

# sound: print the structure of the message on standard input. Fails, and prints
# why, if Python finds a defect in it or mime-unpack has a code for it.
sound() {
	cat >message
	python3 "$DATA/mime/judge.py" <message >judged && mime-unpack -L <message >listed || return
	cut -f 1-3,12 listed | sed '$d' | tr '\t' ' '
	if grep '^defect' judged || cut -f 12 listed | sed '$d' | grep -v '^-$'; then return 1; fi
}

@test "images of a page are in multipart/related with the page, named by Content-ID" {
	printf '\211PNG\r\n\032\n' >'my logo.png'
	echo '<img src="cid:my_logo.png">' >page.html
	echo text >text
	assert_equal "$(pack -T text -W page.html -i 'my logo.png' -a text | sound)" "$(
		cat <<-'END'
			0 multi multipart/mixed -
			1 multi multipart/alternative -
			1.1 body text/plain -
			1.2 multi multipart/related -
			1.2.1 alt text/html -
			1.2.2 inline image/png -
			2 attach text/plain -
		END
	)"
	assert_equal "$(sed -n 6p listed | cut -f 11)" my_logo.png
	grep -q '^Content-Type: multipart/related;$' message
	grep -q '^ type="text/html";$' message
	assert_equal "$(pack -W page.html -i 'my logo.png' | sound | cut -d ' ' -f 1,3 | tr '\n' ' ')" '0 multipart/related 1 text/html 2 image/png '
}

@test "an image without a page, two with one name, and an unknown multipart are 100" {
	mkdir d
	touch a.png d/a.png p.html
	run -100 pack -T '' -i a.png
	run -100 pack -W p.html -i a.png -i d/a.png
	run -0 pack -W p.html -i a.png -x other -i d/a.png
	run -100 pack -x 'a b' -a a.png
	run -100 pack -x same -a a.png -x same -a d/a.png
	run -100 pack -k chimera
}

@test "-x -D -C -n -y are said of the next part only" {
	printf 'h\351\n' >t.txt
	pack -T '' -n other.txt -y 'text/x-log; a=b' -C iso-8859-1 -D 'Grüße' -x 'id@x' -a t.txt -a t.txt 2>said | sound
	assert_equal "$(sed -n 2p listed | cut -f 3,4,11,13 | tr '\t' ' ')" 'text/x-log iso-8859-1 id@x other.txt'
	assert_equal "$(sed -n 3p listed | cut -f 3,4,11,13 | tr '\t' ' ')" 'application/octet-stream - - t.txt'
	python3 -c 'import email, email.policy; m = email.message_from_file(open("message"), policy=email.policy.default); assert [str(p["Content-Description"]) for p in m.iter_parts()] == ["Grüße", "None"]'
	assert_equal "$(cat said)" ''
	grep -q '^Content-Type: text/x-log; a=b; charset=iso-8859-1;$' message
}

@test "-y is a type and its parameters, and no more: nothing that swallows what is added" {
	local bad
	echo x >t.txt
	for good in 'a/b;x=y' "a/b; x=\"y;\\\"z\" ; q='1'" "a/b; x*=utf-8''%20"; do
		pack -T '' -y "$good" -a t.txt | sound
		assert_equal "$(sed -n 2p listed | cut -f 3,13)" $'a/b\tt.txt'
	done
	for bad in 'a/b; x="y' 'a/b;' 'a/b; x' 'a/b; x=' 'a/b; x=y z' 'a/b (c)' a a/ /b 'a b/c' a/b/c 'a/b; =y' \
		'a/b; name=z' "a/b; name*=utf-8''z"; do
		run -100 --separate-stderr pack -T '' -y "$bad" -a t.txt
		assert_output ''
	done
	run -100 pack -T '' -y 'text/plain; charset=x' -C y -a t.txt
}

@test "4,000 images, each of another name, are compared in no time to speak of" {
	mkdir many
	(cd many && touch {1..4000})
	printf -- '-i\nmany/%s\n' {1..4000} >options
	timeout "${SANITIZED:+2}2" mime-pack -f a@b -W /dev/null -S -@ options
}

@test "-C without a part is about the text on standard input" {
	printf 'h\351\n' | pack -C iso-8859-15 2>said | sound
	assert_equal "$(sed -n 1p listed | cut -f 2-4 | tr '\t' ' ')" 'body text/plain iso-8859-15'
	assert_equal "$(cat said)" ''
}

@test "-e chooses the encoding, and refuses what does not fit it" {
	echo plain >t.txt
	printf 'h\303\251\n' >u.txt
	for e in 7bit 8bit binary quoted-printable base64; do
		pack -T '' -e "$e" -a t.txt >message
		assert_equal "$(sed -n 's/^Content-Transfer-Encoding: //p' message)" "$e"
		mime-unpack -c -a <message | cmp - t.txt
	done
	for e in 8bit binary qp b64; do
		pack -T '' -e "$e" -a u.txt | mime-unpack -c -a | cmp - u.txt
	done
	run -100 pack -T '' -e 7bit -a u.txt
	refute_output --partial MIME-Version
	printf 'a\0b' >n.txt
	run -100 pack -T '' -e 8bit -a n.txt
	run -100 pack -T '' -e rot13 -a t.txt
	echo 'Subject: x' >m.eml
	run -100 pack -T '' -e base64 -m m.eml
}

@test "-8 and -B send as it is what the transport carries" {
	cte() { pack -T '' "$@" >message && sed -n 's/^Content-Transfer-Encoding: //p' message && mime-unpack -qq -c -a <message | cmp - "${@: -1}"; }
	printf 'h\303\251las\n' >u.txt
	printf 'a\r\nb\r\n' >dos.txt
	printf 'one\0two\n--x\n' >bin
	printf 'ascii\n' >a.txt
	assert_equal "$(cte -8 -a u.txt)" 8bit
	assert_equal "$(cte -8 -a a.txt)" 7bit
	assert_equal "$(cte -8 -a dos.txt)" base64
	assert_equal "$(cte -8 -a bin)" base64
	assert_equal "$(cte -B -a u.txt)" 8bit
	assert_equal "$(cte -B -a dos.txt)" base64
	assert_equal "$(cte -B -a bin)" binary
	assert_equal "$(cte -8 -7 -a u.txt)" quoted-printable
}

@test "a message with 8-bit text is exit 2 for a transport of 7 bits only" {
	printf 'Subject: é\n\nx\n' >m.eml
	run -2 pack -T '' -m m.eml
	run -0 pack -8 -T '' -m m.eml
	assert_line 'Content-Transfer-Encoding: 8bit'
}

@test "what -m names and is no message is sent as a file" {
	echo 'no field here' >m.eml
	pack -T '' -m m.eml >message 2>said
	grep -q '^Content-Type: application/octet-stream' message
	assert_equal "$(wc -l <said)" 1
}

@test "-P takes a part with its header, verbatim" {
	printf 'Content-Type: text/x-mine\n\nmine\n' >part
	printf '\nbare\n' >bare
	assert_equal "$(pack -T '' -P part -P bare | sound | cut -d ' ' -f 1,3 | tr '\n' ' ')" '0 multipart/mixed 1 text/x-mine 2 text/plain '
	assert_equal "$(mime-unpack -c -a <message)" $'mine\nbare'
	echo 'no header' >none
	run -100 pack -T '' -P none
	run -100 pack -T '' -n x -P part
}

@test "-k names the outer multipart" {
	echo text >text
	echo '<p>' >h.html
	for kind in mixed digest related alternative; do
		assert_equal "$(pack -k $kind -T text -y text/x-y -a text | sound | head -n 1)" "0 multi multipart/$kind -"
	done
	pack -k alternative -T text -W h.html -a text | sound >structure
	assert_equal "$(cut -d ' ' -f 1,3 structure | tr '\n' ' ')" '0 multipart/alternative 1 text/plain 2 text/html 3 text/plain '
	printf 'Reporting-MTA: dns; x\n' >status
	pack -k report -T text -y message/delivery-status -a status | sound
	grep -q '^ report-type="delivery-status";$' message
	assert_equal "$(sed -n 3p listed | cut -f 2)" report
	pack -k form -T text -n upload -a text | sound
	grep -q '^ name="upload";$' message
	grep -q '^ filename="text";$' message
}
