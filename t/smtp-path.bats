#!/usr/bin/env bats
# Reverse-paths and forward-paths: RFC 5321 4.1.2, and what people type.

setup() {
	load helper
	printf 'gimeil.com\nlocal\n' >hosts
	export RCPTHOSTS=$PWD/hosts
}

# answers how table: of addresses.
answers() { timeout 60 python3 "$DATA/smtp-envelope/answers.py" "$1" "$DATA/smtp-envelope/$2" smtp-session true 2>log; }

@test "every row of the table of addresses is answered as it says" { run -0 answers whole addresses.tsv; }

@test "and the same when it comes in two pieces, parted anywhere" { run -0 answers cut addresses.tsv; }

@test "the forms that MAIL takes RCPT takes too, whole and parted" {
	export SMTP_ANY=1
	run -0 answers whole recipients.tsv
	run -0 answers cut recipients.tsv
}

@test "SMTP_STRICT takes only the form of the RFC, whole and parted" {
	export SMTP_ANY=1 SMTP_STRICT=1
	run -0 answers whole strict.tsv
	run -0 answers cut strict.tsv
}

@test "the program gets the mailbox that was meant, and the path as it was typed" {
	# want, what was typed
	rows=(
		'versari@free.fr' ' Cristian <versari@free.fr>'
		'a@b.example' '<a@B.Example.>'
		'A.b@c' 'A.b@C'
		'a@b' ' a@b AUTH=<>'
		'a@b' '<@h1,@[IPv6:::1]:a@b>'
		'a b@d' '<"a b"@D>'
		'a"b\@d' '<"\a\"b\\"@d>'
		'a@b@c' '<"a@b"@c>'
		'a' '<a>'
		'' '<>'
		'#@[]' '<#@[]>'
		'a@[ipv6:2001:db8::1]' '"A <b>" <a@[IPv6:2001:DB8::1]>'
		'a@b' $'A\tB <a@b>'
	)
	lines=()
	for ((i = 0; i < ${#rows[@]}; i += 2)); do
		lines+=("MAIL FROM:${rows[i + 1]}" 'RCPT TO:<postmaster>' DATA x .)
		typed=${rows[i + 1]# }
		typed=${typed//$'\t'/?} # a TAB is no byte for an environment
		printf '%s|%s\n' "${rows[i]}" "${typed% AUTH=<>}" >>want
	done
	talk smtp-session sh -c 'printf "%s|%s\n" "$SENDER" "$SMTPMAILFROM" >>given' -- 'EHLO c' "${lines[@]}" QUIT >/dev/null 2>log
	run -0 diff want given
}

@test "a display name has at most 256 bytes" {
	name() { printf '%*s' "$1" '' | tr ' ' x; }
	talk smtp-session true -- 'EHLO c' "MAIL FROM:$(name 256) <a@b>" RSET "MAIL FROM:$(name 257) <a@b>" QUIT >/dev/null
	assert_equal "$(codes)" '220 250 250 250 501 221 '
}

@test "a display name and missing brackets are logged, the RFC's form is not" {
	talk smtp-session true -- 'EHLO c' 'MAIL FROM: A <a@b>' 'RCPT TO:a@local' RSET 'MAIL FROM:<a@b>' QUIT >/dev/null 2>log
	run -0 grep -o 'verb=.*odd=.*' log
	assert_output $'verb=MAIL odd=name\nverb=RCPT odd=nobracket'
}

@test "a domain has at most 255 bytes, a label 63" {
	l=$(printf '%*s' 63 '' | tr ' ' l)
	for domain in "$l.$l.$l.$l" "$l.$l.$l.$l." ; do
		talk smtp-session true -- 'EHLO c' "MAIL FROM:<a@$domain>" QUIT >/dev/null
		assert_equal "$(codes)" '220 250 250 221 '
	done
	for domain in "x$l" "$l.$l.$l.$l.x" "x$l.b"; do
		talk smtp-session true -- 'EHLO c' "MAIL FROM:<a@$domain>" QUIT >/dev/null
		assert_equal "$(codes)" '220 250 501 221 '
	done
}

# sender n: the answer to a local part of n bytes, quotes not counted
sender() {
	local x
	x=$(printf '%*s' $(($1 - 1)) '' | tr ' ' x)
	talk smtp-session true -- 'EHLO c' "MAIL FROM:<a$x@b>" RSET "MAIL FROM:<\"\\ $x\"@b>" QUIT >/dev/null 2>log
	codes
}

@test "a local part has at most 64 bytes, 255 with LONGLOCAL" {
	assert_equal "$(sender 64)" '220 250 250 250 250 221 '
	assert_equal "$(sender 65)" '220 250 501 250 501 221 '
	export SMTP_EXT=+LONGLOCAL
	assert_equal "$(sender 255)" '220 250 250 250 250 221 '
	assert_equal "$(sender 256)" '220 250 501 250 501 221 '
}
