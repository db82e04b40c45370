#!/usr/bin/env bats
# The rule that makes a stranger's file name safe, and types from names and contents.

setup() { load helper; }

# becomes name want [...]: what names become.
becomes() {
	while [ $# -gt 0 ]; do
		assert_equal "$(printf '%b' "$1" | "$PROBE/mime-value" fname)" "$(printf '%b' "$2")"
		shift 2
	done
}

@test "what follows the last slash or backslash counts" {
	becomes ../../evil evil 'a\\\\..\\\\b.txt' b.txt 'a/b\\\\c/' '' '\\\\\\\\host\\\\share\\\\x' x / ''
}

@test "controls and what shells, terminals and Windows mind become underscores" {
	becomes 'a\001b\037c\177d' a_b_c_d 'a:b*c?d"e<f>g|h' a_b_c_d_e_f_g_h 'a\tb\nc\rd' a_b_c_d '__a__' __a__
	becomes 'a\u0085b\u009bc' a_b_c 'a\u061cb\u200bc\u200fd' a_b_c_d 'a\u2028b\u202ec\u2060d\u2069e' a_b_c_d_e
	becomes '\ufeffa\ufff9b\ufffbc\ufdd0d\uffffe\U0001fffef' _a_b_c_d_e_f 'a\U000e0001b\U000e007fc' a_b_c
	becomes 'a\xffb\xc3c\xed\xa0\x80d' a_b_c___d
}

@test "blanks of any script become one space, none at the ends" {
	becomes '  a  b  ' 'a b' 'a\u00a0\u3000\u2003b' 'a b' '\u1680a\u205f\u202f' a ' . a' '_. a' 'a . . ' a
}

@test "letters of all scripts and what is harmless stay" {
	becomes "Grüße, (1) [2] {3} #4 @5 %6 &7 +8 =9 '~.€" "Grüße, (1) [2] {3} #4 @5 %6 &7 +8 =9 '~.€" 日本語.txt 日本語.txt 'a~b-c.d' a~b-c.d 😀.png 😀.png
}

@test "a leading period, dash or tilde gets an underscore in front" {
	becomes .bashrc _.bashrc -rf _-rf '~root' '_~root' .mime-unpack.1 _.mime-unpack.1 '...a' '_...a' '  -a' _-a .. _ . _
}

@test "device names of Windows get an underscore, with any extension and case" {
	local name
	for name in CON prn Aux NUL COM0 com9 LPT1 COM¹ lpt² COM³ 'CONIN$' 'conout$'; do
		becomes "$name" "_$name" "$name.txt" "_$name.txt" "$name.a.b" "_$name.a.b"
	done
	becomes CONS CONS COM COM COM10 COM10 aCON aCON 'con .txt' '_con .txt' LPTx LPTx
}

@test "a long name is cut in its stem, at a character, and keeps a short extension" {
	local x a e
	x=$(printf 'x%.0s' {1..300})
	becomes "$x.pdf" "${x:0:196}.pdf (cut)" "$x" "${x:0:200} (cut)" "$x.abcdefghijklmnop" "${x:0:183}.abcdefghijklmnop (cut)"
	becomes "$x.abcdefghijklmnopq" "${x:0:200} (cut)" "$x.tar.gz" "${x:0:197}.gz (cut)" "${x:0:196}.pdf" "${x:0:196}.pdf"
	e=$(printf 'é%.0s' {1..150})
	becomes "x$e.pdf" "x${e:0:97}.pdf (cut)" "$e.p-f" "${e:0:100} (cut)"
	a="${x:0:198} . $x"
	becomes "$a" "${x:0:198} (cut)"
}

@test "what is left of nothing is nothing" {
	becomes '' '' '   ' '' '\u3000' '' '...' _ ' . ' _ '/' ''
}

@test "the rule leaves its own results alone, for a hundred thousand names of junk" {
	python3 - >junk <<-'END'
		import random, sys
		r = random.Random(7)
		parts = [c.encode("utf-8", "surrogatepass") for c in "/\\:*?\"<>|.-~ _aZ0\x01\x1b\x7f\u00a0\u0085\u200b\u202e\u3000é€\U0001f600\ufeff\U000e0041\ud800"]
		parts += [b"\xff", b"\xc3", b"CON", b"com1", b".txt", b"x" * 60, "é".encode() * 30, b".mime-unpack.", b"\n"]
		for _ in range(100000):
		    sys.stdout.buffer.write(b"".join(r.choice(parts) for _ in range(r.randrange(9))) + b"\0")
	END
	"$PROBE/mime-value" fname <junk | sed 's/ (cut)$//' >once
	tr '\n' '\0' <once | "$PROBE/mime-value" fname >twice
	cmp once twice
	# Nothing unsafe has come out, and nothing too long.
	LC_ALL=C run ! grep -q '[][:cntrl:]/\\:*?"<>|]\|^[-.~ ]\|[ .]$' <(tr -d ']' <once)
	LC_ALL=C run ! grep -q '.\{201\}' once
	iconv -f utf-8 -t utf-8 <once >/dev/null
}

@test "a nameless part is called after its section and type" {
	assert_equal "$("$PROBE/mime-value" nameless 1.2.3 text/html </dev/null)" part-1-2-3.html
	assert_equal "$("$PROBE/mime-value" nameless 1 image/x-what </dev/null)" part-1.bin
	for t in text/plain=txt message/rfc822=eml text/calendar=ics image/jpeg=jpg application/pdf=pdf application/octet-stream=bin \
		application/ms-tnef=dat application/tlsrpt+gzip=gz message/feedback-report=txt; do
		assert_equal "$("$PROBE/mime-value" nameless 1 "${t%=*}" </dev/null)" "part-1.${t#*=}"
	done
}

@test "the type of a name is that of its last extension" {
	local t
	for t in a.PDF=application/pdf a.tar.gz=application/gzip a.txt=text/plain a.eml=message/rfc822 a.bin=application/octet-stream \
		a.dat=application/octet-stream a.docx=application/vnd.openxmlformats-officedocument.wordprocessingml.document; do
		assert_equal "$("$PROBE/mime-value" type "${t%=*}" </dev/null)" "${t#*=}"
	done
	for t in a a. a.unknown .ts a.key; do run -1 "$PROBE/mime-value" type "$t" </dev/null; done
}

# shows bytes type
shows() { assert_equal "$(printf '%b' "$1" | "$PROBE/mime-value" type)" "$2"; }

@test "the first bytes show the type" {
	shows '%PDF-1.7\n' application/pdf
	shows '\x89PNG\r\n\x1a\n' image/png
	shows '\xff\xd8\xff\xe0' image/jpeg
	shows GIF89a image/gif
	shows 'RIFF\x01\x02\x03\x04WEBPVP8 ' image/webp
	shows 'II*\0' image/tiff
	shows '\x1f\x8b\x08\0' application/gzip
	shows '\xfd7zXZ\0' application/x-xz
	shows '\x28\xb5\x2f\xfd' application/zstd
	shows '\0\0\0\x20ftypisom' video/mp4
	shows 'ID3\x04' audio/mpeg
	shows OggS application/ogg
	shows '\x7fELF\x02' application/x-elf
	shows '\xef\xbb\xbf<?xml version="1.0"?><a/>' text/xml
	shows '<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns=' image/svg+xml
	shows '\n  <!DOCTYPE HTML>' text/html
	shows '<html><svg>' text/html
	run -1 "$PROBE/mime-value" type <<<'just text'
	run -1 "$PROBE/mime-value" type </dev/null
}

@test "documents are told from other archives by what they hold" {
	python3 - <<-'END'
		import zipfile
		def make(name, *files):
		    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
		        for f, data in files:
		            z.writestr(f, data, zipfile.ZIP_STORED if f == "mimetype" else None)
		make("docx", ("[Content_Types].xml", "x"), ("word/document.xml", "x"))
		make("xlsx", ("[Content_Types].xml", "x"), ("xl/workbook.xml", "x"))
		make("odt", ("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "x"))
		make("epub", ("mimetype", "application/epub+zip"), ("a", "x"))
		make("zip", ("a", "x" * 600), ("b", "x" * 600))
	END
	assert_equal "$("$PROBE/mime-value" type <docx)" application/vnd.openxmlformats-officedocument.wordprocessingml.document
	assert_equal "$("$PROBE/mime-value" type <xlsx)" application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
	assert_equal "$("$PROBE/mime-value" type <odt)" application/vnd.oasis.opendocument.text
	assert_equal "$("$PROBE/mime-value" type <epub)" application/epub+zip
	assert_equal "$("$PROBE/mime-value" type <zip)" application/zip
}

@test "a message shows by its fields, a note that has one does not" {
	shows 'Received: from a\n\tby b\nFrom: a@b\nSubject: x\n\ntext' message/rfc822
	shows 'Return-Path: <>\r\nMIME-Version: 1.0\r\n\r\n' message/rfc822
	run -1 "$PROBE/mime-value" type <<<$'From: my desk\nSubject: none\n\ntext'
	run -1 "$PROBE/mime-value" type <<<$'Date: today\nFrom: a\nwe write\n'
}
