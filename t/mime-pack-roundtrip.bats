#!/usr/bin/env bats
# Random sets of files through mime-pack and mime-unpack; the message of the source document.

setup() { load helper; }

@test "300 random sets come back byte for byte, and nobody finds a defect" {
	mkdir kept
	run -0 timeout 100 python3 "$DATA/mime/roundtrip.py" 300 1 kept
	assert_line '300 ok'
	# What GMime's parser warns of, in what must be most of them.
	run -0 /usr/bin/python3 "$DATA/mime/gmime-warns.py" kept/*
	assert_output --regexp '^2[0-9][0-9] messages$'
}

@test "the message of the source document: a text shown inline in quoted-printable, and s.zip" {
	printf 'PK\003\004the zip' >s.zip
	printf 'Voilà la pièce jointe, en français.\n' >text
	mime-pack -f 'Cristian <versari@free.fr>' -t l.noe@gimeil.com -s 'Titre du curriel' -T '' \
		-e quoted-printable -y text/plain -n '' -I text -a s.zip >message
	run -0 mime-unpack -L <message
	assert_equal "$(printf '%s\n' "${lines[@]}" | sed '$d' | cut -f 1,3-6,12,13 | tr '\t' ' ')" "$(
		cat <<-'END'
			0 multipart/mixed - 7bit - - -
			1 text/plain utf-8 qp inline - -
			2 application/zip - b64 attachment - s.zip
		END
	)"
	run -0 python3 "$DATA/mime/judge.py" <message
	refute_output --partial defect
	assert_equal "$(tail -n 1 message)" "$(sed -n 's/^ boundary="\(.*\)"$/--\1--/p' message)"
	# And what the document shows, cut before its end, is repaired by packing it again.
	mkdir out
	mime-unpack -q -d out <"$DATA/mime/course.eml" >listed
	mime-pack -f 'Cristian <versari@free.fr>' -T '' -a out/s.zip | mime-unpack -c -t application/zip | cmp - out/s.zip
}

@test "binary that ends with CR is sent in base64, because LF and a delimiter follow" {
	printf 'a\nb\r' >bin
	mime-pack -f a@b -T '' -B -y application/x -a bin | mime-unpack -c -t application/x | cmp - bin
	run -100 mime-pack -f a@b -T '' -e binary -y application/x -a bin
}
