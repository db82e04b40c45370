#!/usr/bin/env bats
# The vector instructions of MIME_CPU: the same bytes with each of them.

setup() { load helper; }

# kinds: those that this machine has, by what the kernel says of it.
kinds() {
	local flags
	flags=" $(grep -m 1 '^flags' /proc/cpuinfo) "
	echo scalar
	[[ $(uname -m) != x86_64 ]] || echo sse2
	[[ $flags != *" ssse3 "* ]] || echo ssse3
	[[ $flags != *" avx2 "* ]] || echo avx2
	[[ $flags != *" avx512bw "* || $flags != *" avx512vbmi "* ]] || echo avx512
	[[ $(uname -m) != aarch64 ]] || echo neon
}

@test "each kind of vector gives what plain code gives, wherever the input is cut" {
	local kind
	for kind in $(kinds); do
		run -0 "$PROBE/codec-same" "$kind"
		assert_output --partial 'cuts agree'
	done
}

@test "long quoted-printable comes out the same with each of them, whatever its lines end with" {
	local eol kind text
	python3 - <<-'END'
		import random
		random.seed(11)
		words = [b"x", b"abcdefgh ijklmnopq rstuvwxyz", b"\n", b"=\n", b"\r\n", b"=\r\n", b"=3D", b"=c3=A9",
		         b" ", b"\t", b"\r", b"= \n", b"=", b"=g", b"=\t\r\n", b"\xe9"]
		for name, some in ("plain", 6), ("escaped", 8), ("blank", 10), ("damaged", 16):
		    body = b"".join(b"".join(random.choices(words[:random.randint(3, some)], k=600)) for _ in range(150))
		    head = b"MIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n"
		    open(name, "wb").write(head + body)
	END
	for text in plain escaped blank damaged; do
		for eol in keep lf crlf; do
			MIME_CPU=scalar mime-unpack -qq -c -a -e "$eol" <"$text" >want || true
			[ -s want ]
			for kind in $(kinds); do
				{ MIME_CPU=$kind mime-unpack -qq -c -a -e "$eol" <"$text" || true; } | cmp - want
			done
		done
	done
}

@test "base64 of every length of line comes out the same with each of them" {
	local kind width
	head -c 300000 /dev/urandom >raw
	for width in 0 16 20 60 64 72 76 77 100; do
		{
			printf 'Content-Transfer-Encoding: base64\n\n'
			base64 -w "$width" raw
		} >message.$width
	done
	for kind in $(kinds); do
		for width in 0 16 20 60 64 72 76 77 100; do
			MIME_CPU=$kind mime-unpack -qq -c -a <message.$width | cmp - raw
		done
	done
}

@test "what is packed is what base64(1) makes, with each of them" {
	local kind
	head -c 300001 /dev/urandom >raw
	base64 -w 76 raw >want
	for kind in $(kinds); do
		MIME_CPU=$kind mime-pack -f a@b.example -T '' -a raw >message
		sed -n '/^Content-Disposition/,$p' message | sed -n '/^$/,/^$/p' | sed '/^$/d' | cmp - want
	done
}

@test "quoted-printable is the same both ways with each of them, and Python reads it" {
	local kind
	python3 - <<-'END'
		import random
		random.seed(9)
		words = ["plain words, and a whole clause of them, ", "and yet another one of the same kind ", "déjà", "été", "à", "From", ".", "x=1", "\t", "château fort", " ", "\n", "\n.\n", "\nFrom a", " \n", "ÿ"]
		open("raw", "wb").write("".join(random.choice(words[: random.randrange(4, 18)]) for _ in range(100000)).encode())
	END
	for kind in $(kinds); do
		MIME_CPU=$kind mime-pack -f a@b.example -d 0 -j x@y <raw >"packed.$kind"
		cmp packed.scalar "packed.$kind"
		MIME_CPU=$kind mime-unpack -qq -c -a <"packed.$kind" >"raw.$kind"
		cmp raw.scalar "raw.$kind"
	done
	grep -q '^Content-Transfer-Encoding: quoted-printable' packed.scalar
	python3 - <<-'END'
		import email
		assert email.message_from_bytes(open("packed.scalar", "rb").read()).get_payload(decode=True).rstrip(b"\n") == open("raw", "rb").read().rstrip(b"\n")
	END
}

@test "MIME_CPU names a kind that there is, or nothing is done: exit 100" {
	MIME_CPU=mmx run -100 mime-unpack -l <<<x
	MIME_CPU='' run -100 mime-pack -f a@b.example
	[ "$(uname -m)" = aarch64 ] || MIME_CPU=neon run -100 mime-unpack -l <<<x
}

# long_part: the header and body of a part that is worth asking for.
long_part() { printf -- '--b\nContent-Type: a/b\nContent-Transfer-Encoding: base64\n\n' && base64 raw; }

@test "the processor is not asked what it can before a long body, and then once" {
	head -c 90000 /dev/zero >raw
	{
		printf 'Content-Type: multipart/mixed; boundary=b\n\n'
		long_part
		long_part
		printf -- '--b--\n'
	} >short
	"$PROBE/mime-unpack" -qq -c -a <short 2>said | cmp - <(cat raw raw)
	"$PROBE/mime-pack" -f a@b.example -T '' -a raw 2>>said >/dev/null
	assert_equal "$(cat said)" ''

	head -c 1000000 /dev/zero >raw
	{
		printf 'Content-Type: multipart/mixed; boundary=b\n\n'
		long_part
		long_part
		long_part
		printf -- '--b--\n'
	} >long
	"$PROBE/mime-unpack" -qq -c -a <long 2>said | cmp - <(cat raw raw raw)
	assert_equal "$(cat said)" asked
	"$PROBE/mime-pack" -f a@b.example -T '' -a raw -a raw 2>said >/dev/null
	assert_equal "$(cat said)" asked
}
