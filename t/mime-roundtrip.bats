#!/usr/bin/env bats
# What mime-pack packs, mime-unpack gives back; and neither grows with it.

setup() { load helper; }

@test "some MB of anything under a name with blanks and umlauts" {
	local name='Übergrößen und Maße.bin'
	head -c 5000001 /dev/urandom >"$name"
	echo text | mime-pack -f a@b -a "$name" >message
	mkdir out
	mime-unpack -d out <message
	cmp "$name" "out/$name"
	run -0 python3 "$DATA/mime/judge.py" <message
	assert_line --partial "|$name|$(sha256sum <"$name" | head -c 16)"
}

@test "the same through pipes on both sides" {
	head -c 3000000 /dev/urandom >raw
	mkdir out
	# shellcheck disable=SC2002 # a pipe is what is tested
	cat raw | mime-pack -f a@b -n x.bin -a - | mime-unpack -d out
	cmp raw out/x.bin
}

@test "a text of more than a pipe is looked at for comes back from a pipe" {
	python3 -c 'print("é word = x \t\n" * 200000, end="")' >raw
	mkdir out
	# shellcheck disable=SC2002 # a pipe is what is tested
	cat raw | mime-pack -f a@b -n x.txt -a - | mime-unpack -d out
	cmp raw out/x.txt
}

@test "60 random files of all kinds in one message" {
	python3 - <<-'END'
		import os, random
		random.seed(11)
		os.mkdir("in")
		kinds = [range(256), b" \tabc\n", b"abc \xc3\xa9=\n", b"abc\r\n", b".\nFrom F", b"\n", b"=", b"-\n"]
		for i in range(60):
		    n = random.choice([0, 1, 2, 56, 57, 58, 75, 76, 77, 1000, 4096, 8191, 65536, 100003])
		    name = "%d%s" % (i, random.choice([".bin", ".txt", "", " blank.html", "é.csv", "x" * 180]))
		    open("in/" + name, "wb").write(bytes(random.choices(random.choice(kinds), k=n)))
	END
	mkdir out
	args=()
	for f in in/*; do args+=(-a "$f"); done
	mime-pack -f a@b -T '' "${args[@]}" >message
	assert_equal "$(LC_ALL=C awk 'length > 998' message)" ''
	mime-unpack -q -d out <message
	diff -r in out
}

@test "unpacking 60 MB stays below 3 MB of memory" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer takes memory of its own'
	{
		printf 'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=a\n\n'
		head -c 45000000 /dev/zero | base64
		printf -- '--b--\n'
	} >message
	mkdir out
	run -0 python3 "$DATA/mime/peak.py" message "$BIN/mime-unpack" -q -d out
	((output < 3000))
	assert_equal "$(stat -c %s out/a)" 45000000
}

@test "headers of any size stay below 3 MB of memory" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer takes memory of its own'
	{
		printf 'Subject: x\n'
		yes ' folded' | head -n 1000000
		yes 'X-Field: y' | head -n 500000
		printf 'Content-Type: a/b'
		yes ';c=d' | head -n 200000 | tr -d '\n'
		printf '\n\n'
	} >message
	run -3 timeout 10 python3 "$DATA/mime/peak.py" message "$BIN/mime-unpack" -qq -L
	((output < 3000))
}

@test "packing 60 MB from a pipe stays below 4 MB of memory" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer takes memory of its own'
	head -c 60000000 /dev/zero >raw
	run -0 python3 "$DATA/mime/peak.py" raw "$BIN/mime-pack" -f a@b -n x.bin -a -
	((output < 4000))
}
