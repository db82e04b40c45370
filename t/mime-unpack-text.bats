#!/usr/bin/env bats
# mime-unpack -b, -u and -U: text for people and for grep.

setup() { load helper; }

# alternative first second [more]: a message of these two parts in an alternative, inside a mixed.
alternative() {
	printf '%b\n' 'Content-Type: multipart/mixed; boundary=m' '' '--m' \
		'Content-Type: multipart/alternative; boundary=a' '' '--a' "$1" '--a' "$2" '--a--' '--m' "${3:-X: y\n\nfooter}" '--m--' >message
}

plain='Content-Type: text/plain\n\nplain text'
html='Content-Type: text/html\n\n<p>html'

@test "-b prints the plain text of an alternative, whichever comes first" {
	alternative "$plain" "$html"
	run -0 mime-unpack -q -b <message
	assert_output 'plain text'
	alternative "$html" "$plain"
	run -0 mime-unpack -q -b <message
	assert_output 'plain text'
}

@test "-b prints HTML where there is no plain text beside it, and no footer, no file, no attachment" {
	alternative "$html" 'Content-Type: image/png\n\nx'
	run -0 mime-unpack -q -b <message
	assert_output '<p>html'
	alternative "$html" 'Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nx'
	run -0 mime-unpack -q -b <message
	assert_output '<p>html'
	printf '%s\n\n%s\n' 'Content-Type: text/html' '<p>alone' >message
	run -0 mime-unpack -q -b <message
	assert_output '<p>alone'
}

@test "-b gives HTML of more than 1 MiB without waiting, whole" {
	alternative "Content-Type: text/html\n\n$(head -c 1500000 /dev/zero | tr '\0' x | fold -w 900 | sed ':a; N; s/\n/\\n/; ta')" "$plain"
	mime-unpack -q -c -t text/html <message >want
	assert_equal "$(stat -c %s want)" 1501666
	mime-unpack -q -b <message | cmp - want
}

@test "-b finds nothing in a message without text: 1" {
	printf 'Content-Type: image/png\n\nx\n' >message
	run -1 mime-unpack -q -b <message
	assert_output ''
}

@test "-b is UTF-8 with LF, whatever the mail was" {
	printf 'Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=CD=C9=D2\r\n' >message
	mime-unpack -q -b <message | cmp - <(printf 'мир\n')
}

@test "-u converts text and nothing else, in files too" {
	printf '%s\n' 'Content-Type: multipart/mixed; boundary=b' '' '--b' 'Content-Type: text/csv; charset=iso-8859-1; name=a.csv' '' $'\xe9' '--b' \
		'Content-Type: application/x; charset=iso-8859-1; name=b' '' $'\xe9' '--b--' >message
	mkdir in
	mime-unpack -q -u -d in <message
	assert_equal "$(cat in/a.csv)" é
	cmp in/b <(printf '\xe9')
	mime-unpack -q -c -n a.csv <message | cmp - <(printf '\xe9')
}

@test "-U is for text that declares no charset, else the bytes decide" {
	printf 'X: y\n\n\xe4\n' >bare
	printf 'Content-Type: text/plain; charset=utf-8\n\n\xc3\xa4\n' >declared
	run -0 mime-unpack -q -c -U iso-8859-5 <bare
	assert_output ф
	run -0 mime-unpack -q -c -U iso-8859-5 <declared
	assert_output ä
	run -0 mime-unpack -q -c -u <bare
	assert_output ä
}

@test "text that does not fit its charset is converted as far as it goes, and is damage" {
	printf 'Content-Type: text/plain; charset=utf-8\n\na\xff b\xc3\n' >message
	run -2 --separate-stderr mime-unpack -u -c <message
	assert_output $'a\xef\xbf\xbd b\xef\xbf\xbd'
	# shellcheck disable=SC2154 # bats sets it
	[[ $stderr == *bad-utf8* && $stderr != *bad-charset* ]]
	run -0 mime-unpack -q -c <message
	printf 'Content-Type: text/plain; charset=koi-8\n\na\xff\n' >message
	run -2 --separate-stderr mime-unpack -U utf-8 -c <message
	[[ $stderr == *bad-charset* && $stderr != *bad-utf8* ]]
	printf 'Content-Type: text/plain; charset=koi-8\n\na\xc3\xa4\n' >message
	run -0 mime-unpack -q -u -c <message
	printf 'X: y\n\n\xff\n' >message
	run -2 --separate-stderr mime-unpack -U utf-8 -c <message
	[[ $stderr == *bad-utf8* ]]
}

@test "characters cut by a read come out whole" {
	{
		printf 'Content-Type: text/plain; charset=gb18030\n\n'
		for ((i = 0; i < 3000; i++)); do printf '\xd6\xd0\xce\xc4'; done
	} >message
	mime-unpack -q -b <message >whole
	assert_equal "$(grep -o 中文 whole | wc -l)" 3000
	for size in 1 3 4096; do python3 "$DATA/mime/cut.py" "$size" message "$BIN/mime-unpack" -q -b | cmp - whole; done
}

@test "all text of a mail through grep" {
	run -0 grep -c hello < <(alternative 'Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\naGVsbG8=' "$html" '\nhello again' && mime-unpack -q -c -t text/plain <message)
	assert_output 1
}
