#!/usr/bin/env bats
# The header mime-pack writes: addresses, fields given, names, folding.

setup() { load helper; }

pack() { mime-pack -f a@b -t c@d "$@"; }

judge() { python3 "$DATA/mime/judge.py"; }

@test "fields of addresses given by -H are composed as addresses, and checked" {
	pack -T '' -H 'Sender: Ünï Code <u@v>' -H 'Resent-To: Jürgen <j@k>, l@m' -H 'X-Other: Ünï <u@v>' >message
	grep -q '^Sender: =?UTF-8?.*?= <u@v>$' message
	grep -q '^Resent-To: =?UTF-8?.*?= <j@k>, l@m$' message
	grep -q '^X-Other: =?UTF-8?.*?=$' message
	run -100 pack -T '' -H 'Sender: Ünï Code'
}

@test "an address without a domain is a name and nothing that means something else" {
	run -0 pack -T '' -c 'root, a.b-c'
	assert_line 'Cc: root, a.b-c'
	run -100 pack -T '' -c '<:>'
	run -100 pack -T '' -c 'x <[>'
	run -100 pack -T '' -c '<a"b>'
}

@test "a field that can be there only once is refused twice" {
	run -100 pack -T '' -s one -H 'subject: two'
	run -100 pack -T '' -H 'To: e@f'
	run -100 pack -T '' -H 'References: <a@b>' -H 'References: <c@d>'
	run -0 pack -T '' -H 'X-Test: 1' -H 'X-Test: 2'
	run -0 mime-pack -f a@b -T '' -H 'To: undisclosed-recipients:;'
	assert_line 'To: undisclosed-recipients:;'
}

@test "a message id has a left and a right, with or without brackets" {
	pack -T '' -j x@y | grep -q '^Message-ID: <x@y>$'
	run -100 pack -T '' -j 'x y@z'
	run -100 pack -T '' -j '<x>'
	run -100 pack -T '' -j 'é@z'
}

@test "of a name, paths of either kind and control characters are left out" {
	echo x >f
	name() { pack -T '' -n "$1" -a f | mime-unpack -L | sed -n 2p | cut -f 13; }
	assert_equal "$(name 'a/b/c.txt')" c.txt
	assert_equal "$(name 'C:\temp\x.doc')" x.doc
	assert_equal "$(name $'a\tb\177c\302\205d.txt')" abcd.txt
	assert_equal "$(name 'say "hi" 100%.txt')" 'say "hi" 100%.txt'
	assert_equal "$(name $'\351t\351.txt')" 'été.txt'
}

@test "lists of addresses are folded, also inside long display names and before a bracket" {
	cat >lists.py <<-'END'
		import email, email.policy, email.utils, random, subprocess
		from email.header import decode_header, make_header
		r = random.Random(1)
		words = "Größer und noch plain words, again (and) more. \\ \"quoted\" Jürgen 漢字 a@b x".split(" ")
		for i in range(60):
		    names = [" ".join(r.choices(words, k=r.choice([0, 1, 2, 3, 9, 30]))) for _ in range(r.choice([1, 2, 5, 20]))]
		    spec = ["local-part-%s@example.org" % ("x" * r.randrange(30)) for n in names]
		    quoted = [n.replace("\\", "\\\\").replace('"', '\\"') for n in names]
		    given = ", ".join('"%s" <%s>' % x if x[0] else x[1] for x in zip(quoted, spec))
		    out = subprocess.run(["mime-pack", "-f", "a@b", "-t", given, "-T", ""], capture_output=True, check=True).stdout
		    head = out.split(b"\n\n")[0].split(b"\n")
		    assert max(map(len, head)) <= 78, head
		    assert all(x.strip() for x in head)
		    m = email.message_from_bytes(out, policy=email.policy.default)
		    assert not m["To"].defects, (given, m["To"].defects)
		    # display_name of this Python puts a blank between two encoded words.
		    raw = email.message_from_bytes(out)["To"].replace("\n", "")
		    got = [(str(make_header(decode_header(n))), a) for n, a in email.utils.getaddresses([raw])]
		    assert got == list(zip(names, spec)), (got, names)
	END
	run -0 python3 lists.py
}

@test "no line of a header is over 998, whatever was given" {
	local blanks word
	printf -v blanks '%3000s' ''
	printf -v word '%3000s' ''
	word=${word// /x}
	pack -T '' -s "a${blanks}b" -H "$(printf 'X-%097d: %s' 0 "${word:0:890}")" -H "X-Word: $word" -D "$word" -a /dev/null >message
	assert_equal "$(awk 'length > 998' message)" ''
	run -0 judge <message
	assert_line "Subject: a${blanks}b"
}
