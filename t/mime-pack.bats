#!/usr/bin/env bats
# Messages that mime-pack builds, as Python's email module and mime-unpack read them.

setup() { load helper; }

# pack argument...: a message from a@b to c@d; its standard input is the text.
pack() { mime-pack -f a@b -t c@d "$@"; }

judge() { python3 "$DATA/mime/judge.py"; }

@test "a text alone is a plain message with the fields RFC 5322 wants" {
	echo hello | pack -s Test >message
	run -0 judge <message
	assert_output --partial $'From: a@b\nTo: c@d\nSubject: Test\ntext/plain|-|-|'
	refute_output --partial defect
	assert_equal "$(grep -c -E '^(Date|Message-ID|MIME-Version): .' message)" 3
	assert_equal "$(sed '1,/^$/d' message)" hello
}

@test "text and attachments are multipart/mixed, correctly closed" {
	printf 'PK\003\004zip' >s.zip
	printf 'Voilà la pièce.\n\nCordialement\n' | pack -a s.zip >message
	run -0 --separate-stderr mime-unpack -L <message
	assert_equal "$(printf '%s\n' "${lines[@]}" | sed '$d' | cut -f 1-5,12,13 | tr '\t' ' ')" "$(
		cat <<-'END'
			0 multi multipart/mixed - 7bit - -
			1 body text/plain utf-8 qp - -
			2 attach application/zip - b64 - s.zip
		END
	)"
	# shellcheck disable=SC2154 # bats sets it
	assert_equal "$stderr" ''
	run -0 judge <message
	refute_output --partial defect
	assert_line "application/zip|attachment|s.zip|$(sha256sum <s.zip | head -c 16)"
}

@test "the line of the README: an upload on standard input becomes an attachment" {
	head -c 70000 /dev/urandom >raw
	mime-pack -f camera@lan -t me@example.org -s '/in/a b.jpg' -n 'a b.jpg' -a - <raw >message
	run -0 mime-unpack -L <message
	assert_line --index 1 --regexp $'^1\tattach\timage/jpeg\t'
	assert_equal "${#lines[@]}" 3
	mime-unpack -d . <message
	cmp raw 'a b.jpg'
}

@test "-T and -W are two readings of one text" {
	echo plain >p
	echo '<p>html' >h
	pack -T p -W h >message
	run -0 mime-unpack -L <message
	assert_equal "$(printf '%s\n' "${lines[@]}" | sed '$d' | cut -f 1-3 | tr '\t' ' ')" "$(
		cat <<-'END'
			0 multi multipart/alternative
			1 body text/plain
			2 alt text/html
		END
	)"
	pack -T p -W h -a p >message
	run -0 judge <message
	refute_output --partial defect
	assert_line --partial multipart/alternative
}

@test "names that are not ASCII are in name= and in filename*=" {
	echo x >'Füße mit Blank.txt'
	pack -T '' -a 'Füße mit Blank.txt' >message
	assert_equal "$(grep -c 'filename\*=UTF-8' message)" 1
	assert_equal "$(grep -c 'name="=?UTF-8?' message)" 1
	run -0 judge <message
	assert_line --partial '|Füße mit Blank.txt|'
	assert_equal "$(mime-unpack -L <message | sed -n 2p | cut -f 13)" 'Füße mit Blank.txt'
}

@test "no quote is in an encoded name, for readers that decode it before they look for quotes" {
	pack -T '' -n 'é"; name="evil.exe' -a /dev/null >message
	assert_equal "$(python3 -c 'import email, email.header; m = email.message_from_file(open("message"))
print(str(email.header.make_header(email.header.decode_header(m.get_payload()[0].get_param("name")))))')" 'é_; name=_evil.exe'
	assert_equal "$(mime-unpack -L <message | sed -n 2p | cut -f 13)" 'é"; name="evil.exe'
}

@test "fields that are not ASCII are encoded words, none over 75, lines at most 78" {
	local long
	long=$(printf 'Grüße aus Köln %.0s' {1..20})
	mime-pack -f "Jürgen Größer <j@b>" -t 'a@b, "Doe, John" <d@e>, Ünï Code <u@v>' -s "$long" -H "X-Test: $long" -T '' >message
	run -0 judge <message
	assert_line "From: Jürgen Größer <j@b>"
	assert_line 'To: a@b, "Doe, John" <d@e>, Ünï Code <u@v>'
	assert_line "Subject: $long"
	assert_line "X-Test: $long"
	refute_output --partial defect
	assert_equal "$(awk 'length > 78' message)" ''
	assert_equal "$(grep -o '=?[^ ]*?=' message | awk 'length > 75')" ''
}

@test "a long ASCII field is folded at blanks and reads the same" {
	local long
	long=$(printf 'word%d ' {1..60})end
	pack -s "$long" -T '' >message
	assert_equal "$(awk 'length > 78' message)" ''
	run -0 judge <message
	assert_line "Subject: $long"
}

@test "a line break in anything given for a header is refused before a byte is written" {
	local bad=$'x\nBcc: victim@example.org' option
	for option in -f -t -c -b -s -r -j -n -y -H -D -C -x -e -k; do
		run -100 mime-pack -f a@b "$option" "$bad" -a /dev/null
		refute_output --partial 'MIME-Version'
		run -100 mime-pack -f a@b "$option" $'x\r' -a /dev/null
	done
	run -100 pack -H $'X-A: b\nBcc: c@d'
	run -100 pack -H 'X A: b'
	run -100 pack -H 'Content-Type: text/html'
	run -100 pack -H 'Bcc: x@y'
}

@test "a line break in the name of a file is not in the message" {
	local name=$'a\nBcc: victim@example.org'
	echo x >"$name"
	pack -T '' -a "$name" >message
	run ! grep -q '^Bcc' message
	run -0 judge <message
	assert_line --partial 'aBcc: victim@example.org'
}

@test "addresses that are none, and a missing sender, are 100" {
	run -100 mime-pack -f a@b -t 'a b c' -T ''
	run -100 mime-pack -f 'x <a@b' -T ''
	run -100 mime-pack -f a@b -t '<a@b> c' -T ''
	run -100 mime-pack -f a@b -t 'a@b@c' -T ''
	run -100 mime-pack -t a@b -T ''
	run -100 pack -n lonely -T ''
	run -100 pack -a - -T -
}

@test "a file that cannot be opened is 111 before a byte is written" {
	echo text >t
	run -111 --separate-stderr pack -a t -a missing </dev/null
	assert_output ''
	run -111 --separate-stderr pack -a . </dev/null
	assert_output ''
}

@test "a source that fails on the way is 111, and the message is not closed" {
	mkfifo fifo
	# /proc/self/mem opens and then fails to be read.
	run -111 bash -c 'echo text | mime-pack -f a@b -y application/x -a /proc/self/mem >message'
	run ! grep -q -- '^--=_.*--$' message
}

@test "text is sent as it is when it can be, else as quoted-printable or base64" {
	cte() { pack >message && sed -n 's/^Content-Transfer-Encoding: //p' message; }
	assert_equal "$(printf 'ascii\n' | cte)" 7bit
	assert_equal "$(printf 'h\303\251las, two of many words\n' | cte)" quoted-printable
	assert_equal "$(printf 'привет мир привет мир\n' | cte)" base64
	assert_equal "$(head -c 2000 /dev/zero | tr '\0' x | cte)" quoted-printable
	assert_equal "$(printf 'nul\0\n' | cte)" quoted-printable
}

@test "quoted-printable guards From, a lone period and blanks at the end" {
	printf 'é un\nFrom me\n.\nend \n \n' | pack >message
	sed '1,/^$/d' message >body
	run ! grep -q -e '^From ' -e '^\.$' -e ' $' body
	mime-unpack -c -a <message | cmp - <(printf 'é un\nFrom me\n.\nend \n \n')
}

@test "a body that is not UTF-8 stays a text" {
	printf 'h\351las\n' | pack >message 2>said
	run -0 judge <message
	assert_line --partial 'text/plain|-|-|'
	assert_equal "$(grep -c 'charset=windows-1252' message)" 1
	grep -q 'windows-1252' said
}

@test "an attached message is never encoded; with 8-bit text that is exit 2" {
	echo hello | pack -s inner >inner.eml
	pack -T '' -a inner.eml >message
	run -0 mime-unpack -L <message
	assert_line --index 1 --regexp $'^1\tmsg\tmessage/rfc822'
	assert_line --index 2 --regexp $'^1.1\tbody\ttext/plain'
	printf 'Subject: é\n\nx\n' >inner.eml
	run -2 pack -T '' -m inner.eml
	assert_line 'Content-Transfer-Encoding: 8bit'
}

@test "a file of text with CRLF comes out as it went in" {
	printf 'a\r\nb\r\n' >dos.txt
	printf 'no end' >noend.txt
	pack -T '' -a dos.txt -a noend.txt >message
	mkdir out
	mime-unpack -q -d out <message
	cmp dos.txt out/dos.txt
	cmp noend.txt out/noend.txt
}

@test "-d and -j make the date and the message id" {
	pack -d 1795531528 -j '<x@y>' -T '' >message
	grep -q '^Date: Tue, 24 Nov 2026 14:45:28 +0000$' message
	grep -q '^Message-ID: <x@y>$' message
}

@test "of quoted-printable and base64 it is the shorter one, to the byte" {
	run -0 python3 - <<-'END'
		import random, re, subprocess
		random.seed(7)
		seen = {}
		for i in range(60):
		    line = random.choice([3, 20, 40, 70, 75, 100])
		    start, end = random.choice(["", "From ", "."]), random.choice(["", " ", "\t"])
		    text = "".join(start + "".join(random.choices("aé", [random.choice([70, 85, 90]), 10], k=line)) + end + "\n"
		                   for _ in range(random.choice([1, 5, 50]))) + "é\n"
		    size = {}
		    for cte in "qp", "b64", None:
		        args = ["mime-pack", "-f", "a@b", "-z", "1"] + random.choice([[], ["-L", "crlf"]] if cte == "qp" else [form])
		        form = args[5:]
		        message = subprocess.run(args + (["-e", cte] if cte else []), input=text.encode(), stdout=-1, check=True).stdout
		        head, body = re.split(rb"\r?\n\r?\n", message, maxsplit=1)
		        size[cte] = len(body)
		    chosen = b"base64" if b"\nContent-Transfer-Encoding: base64" in head else b"quoted"
		    assert size[None] == min(size["qp"], size["b64"]), (text, size)
		    seen[chosen] = seen.get(chosen, 0) + 1
		print(sorted(seen))
	END
	assert_output "[b'base64', b'quoted']"
}
