#!/usr/bin/env bats
# Lists of addresses, RFC 5322 3.4 and 4.4, as mail has them.

setup() { load helper; }

# list text: an entry to a line, address|name.
list() { printf '%b' "$1" | "$PROBE/mime-value" addr; }

@test "addresses with and without brackets and names" {
	assert_equal "$(list 'a@b.example, <c@d.example>,Joe Q. Public <joe@x.example>')" \
		$'a@b.example|\nc@d.example|\njoe@x.example|Joe Q. Public'
	assert_equal "$(list '"Public, Joe \\"Q\\" <x>" <joe@x.example>')" 'joe@x.example|Public, Joe "Q" <x>'
	assert_equal "$(list '=?utf-8?q?J=C3=B6rg?= =?utf-8?q?_X?= <j@x.example>')" 'j@x.example|Jörg X'
	assert_equal "$(list 'a@b.example (Joe (Q) Public)')" 'a@b.example|Joe (Q) Public'
}

@test "groups, empty ones too, and lists with semicolons" {
	assert_equal "$(list 'Friends: a@b.example, C <c@d.example>;, e@f.example')" \
		$'group|Friends\na@b.example|\nc@d.example|C\nend|\ne@f.example|'
	assert_equal "$(list 'undisclosed-recipients:;')" $'group|undisclosed-recipients\nend|'
	assert_equal "$(list 'a@b.example; c@d.example;')" $'a@b.example|\nc@d.example|'
	assert_equal "$(list 'Open: a@b.example')" $'group|Open\na@b.example|\nend|'
}

@test "comments, folds and routes are no part of an address" {
	assert_equal "$(list 'a (x) @ (y)\r\n b.example')" 'a@b.example|y'
	assert_equal "$(list 'X <@one.example,@two.example:a@b.example>')" 'a@b.example|X'
	assert_equal "$(list 'X (note, <no@x>) <a@b.example>')" 'a@b.example|X'
	assert_equal "$(list '"a b@c"@d.example, e@[127.0.0.1], f@[IPv6:::1]')" $'"a b@c"@d.example|\ne@[127.0.0.1]|\nf@[IPv6:::1]|'
}

@test "brackets in a name swallow nothing" {
	assert_equal "$(list '[List Joe <a@b.example>, c@d.example')" $'a@b.example|[List Joe\nc@d.example|'
}

@test "what is no address is none, and its neighbours are" {
	assert_equal "$(list 'joe, @b, a@, a@b@c, <>, a@b.example')" $'-|\n-|\n-|\n-|\n-|\na@b.example|'
	assert_equal "$(list 'a b@c.example, a . b@c.example, a@c. example, a@c example')" $'-|\na.b@c.example|\na@c.example|\n-|'
	assert_equal "$(list '"a\001"@c.example')" '-|'
	assert_equal "$(list 'a@b.example <')" '-|a@b.example'
}

@test "what does not end, ends with the list" {
	local text
	for text in '"a' '(a' '<a@b' 'a@[b' 'x:' "a\\" ':' '<' '"' '(' ',,,;;;' 'a:b:c;'; do list "$text" >/dev/null; done
	assert_equal "$(list 'X <a@b.example')" 'a@b.example|X'
}

@test "of a million empty groups or addresses ten thousand are read, in no time to speak of" {
	python3 -c 'print("a:;" * 300000, end="")' >groups
	python3 -c 'print(";" * 1000000, end="")' >empty
	python3 -c 'print("a@b," * 300000, end="")' >many
	python3 -c 'print("(" * 500000 + "\"" * 500000, end="")' >open
	for f in groups empty many open; do
		timeout 2 "$PROBE/mime-value" addr <$f >got || [ $? -eq 2 ]
		[ "$(wc -l <got)" -le 20000 ]
	done
	run -2 "$PROBE/mime-value" addr <many
}

# to list: the To field mime-pack makes of it.
to() { mime-pack -f a@b.example -t "$1" -T '' | sed -n '/^To:/,/^[^ T]/p' | sed '$d'; }

@test "what is written is quoted and encoded as it needs, groups and comments too" {
	assert_equal "$(to 'Friends: a@b.example, Jörg <c@d.example>;, e@f.example')" \
		'To: Friends: a@b.example, =?UTF-8?B?SsO2cmc=?= <c@d.example>;, e@f.example'
	assert_equal "$(to 'undisclosed-recipients:;')" 'To: undisclosed-recipients:;'
	assert_equal "$(to 'a@b.example (Joe X.), "A, B" <c@d.example>')" 'To: "Joe X." <a@b.example>, "A, B" <c@d.example>'
	assert_equal "$(to '=?iso-8859-1?q?J=F6rg?= <c@d.example>')" 'To: =?UTF-8?B?SsO2cmc=?= <c@d.example>'
	assert_equal "$(to 'root, "a b"@c.example')" 'To: root, "a b"@c.example'
}
