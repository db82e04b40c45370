#!/usr/bin/env bats
# What mime-unpack can do with the parts that are wanted.

setup() { load helper; }

# mixed: a message of two leaves as a file called message; the second one is damaged.
mixed() {
	printf '%s\n' 'Subject: x' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=b' '' pre '--b' \
		'Content-Transfer-Encoding: quoted-printable' '' 'a=3Db' '' '--b' 'X-Y: z' \
		'Content-Transfer-Encoding: quoted-printable' '' 'c=zz' '--b--' epi >message
}

@test "-l is aligned, with full words; a part without a name shows its Content-ID" {
	head -c 1300 /dev/zero | tr '\0' x >long
	{
		printf '%s\n' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=a' '' '--a' \
			'Content-Type: multipart/alternative; boundary=b' '' '--b' 'Content-Type: text/plain; charset=utf-8' \
			'Content-Transfer-Encoding: quoted-printable' ''
		fold -w 70 long && printf '%s\n' '' '--b' 'Content-Type: text/html' '' '<p>' '--b--' '--a' \
			'Content-Type: application/pdf; name="Rechnung März.pdf"' 'Content-Transfer-Encoding: base64' '' eHh4 '--a' \
			'Content-Type: image/png' 'Content-Disposition: inline' 'Content-ID: <logo@x>' \
			'Content-Transfer-Encoding: base64' '' eHh4eA '--a--'
	} >message
	run -0 mime-unpack -q <message
	assert_output - <<-'END'
		0      multipart/mixed
		1        multipart/alternative
		1.1        text/plain                utf-8    qp        1.2k  body
		1.2        text/html                          7bit         3  alt
		2        application/pdf                      base64       3  attach  Rechnung März.pdf  !8bit-hdr
		3        image/png                            base64       4  inline  <logo@x>
	END
}

@test "-l is aligned where the type has to be escaped, and at any length of a section" {
	local open=
	printf '%s\n' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=a' '' '--a' 'Content-Type: te\xt/plain; name=x' '' \
		1 '--a--' >message
	run -0 mime-unpack -q <message
	assert_line --index 1 '1        te\\xt/plain                         7bit         1  attach  x'
	for ((n = 0; n < 60; n++)); do
		printf 'Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n' $n $n
		open="--b$n--\n$open"
	done >message
	printf '\nx\n%b' "$open" >>message
	run -0 mime-unpack -qq <message
	assert_line --index 60 --regexp '^1(\.1){59} {41}text/plain {10}7bit         1  body$'
}

@test "-R prints bodies as they came, without the line end of the delimiter" {
	mixed
	mime-unpack -q -R -s 1 <message | cmp - <(printf 'a=3Db\n')
	sed 's/$/\r/' message >crlf
	mime-unpack -qq -R -s 2 <crlf | cmp - <(printf 'c=zz')
}

@test "-R of a multipart prints all between its header and its end, once" {
	mixed
	run -2 mime-unpack -qq -R -a <message
	assert_output $'a=3Db\nc=zz'
	sed '1,/^$/d' message >want
	mime-unpack -qq -R <message | cmp - want
	mime-unpack -q -R -s 4 <"$DATA/mime/nested.eml" >inner
	mime-unpack -q -m -c -s 4 <"$DATA/mime/nested.eml" | cmp - inner
	mime-unpack -q -R -s '4' -s '4.*' <"$DATA/mime/nested.eml" | cmp - inner
}

@test "parts of an encoded container have no bytes as they came: nothing matched" {
	{
		printf 'Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n'
		printf 'Subject: inner\n\nx\n' | base64
	} >message
	run -0 mime-unpack -q -c -s 1.1 <message
	assert_output x
	run -1 mime-unpack -q -R -s 1.1 <message
	assert_output ''
	run -1 mime-unpack -q -H -s 1.1 <message
	assert_output ''
	run -0 mime-unpack -q -R -s 1 <message
	assert_output "$(printf 'Subject: inner\n\nx\n' | base64)"
}

@test "-H prints header blocks without the empty line, also of a multipart" {
	mixed
	head -n 3 message >want
	mime-unpack -qq -H -s 0 <message | cmp - want
	mime-unpack -qq -H -s 2 <message | cmp - <(printf 'X-Y: z\nContent-Transfer-Encoding: quoted-printable\n')
	sed 's/$/\r/' message >crlf
	head -n 3 crlf >want
	mime-unpack -qq -H -s 0 <crlf | cmp - want
	printf 'A: b\n' | mime-unpack -qq -H | cmp - <(printf 'A: b\n')
	printf '\n\nbody\n' | mime-unpack -qq -H | cmp - /dev/null
}

@test "-H keeps 1 MiB of a header and says that there was more" {
	{
		for ((i = 0; i < 18; i++)); do printf 'X-%d: %060000d\n' "$i" 0; done
		echo
	} >message
	run -3 --separate-stderr mime-unpack -H <message
	assert_equal "${#output}" 1048576
	# shellcheck disable=SC2154 # bats sets it
	[[ $stderr == *limit-header* ]]
}

@test "-V prints what is wrong, where, and nothing else" {
	mixed
	run -2 --separate-stderr mime-unpack -V <message
	assert_line --index 0 --regexp $'^2\t1[0-9][0-9]\tdamage\tbad-qp\tan equals sign'
	assert_line --index 1 $'.\t2\t'"$(stat -c %s message)"
	assert_equal "${#lines[@]}" 2
	assert_equal "$stderr" ''
	run -0 mime-unpack -V <"$DATA/mime/course.eml"
	assert_line --index 0 --partial $'\tnotice\tno-close\t'
	run -0 mime-unpack -q -V <"$DATA/mime/course.eml"
	assert_output $'.\t0\t827'
}

@test "what is wrong with the header of a multipart is said of its section, also in an attached message" {
	printf '%b' 'Content-Type: multipart/mixed; boundary=b\nX: \0351\n\n--b\nContent-Type: message/rfc822\n\n' \
		'X-Junk: y\njunk\nSubject: x\nContent-Type: multipart/mixed; boundary=c\n\n--c\nX: \0351\n\nx\n--c--\n' \
		'--b\nX: \0351\n\nx\n--b--\n' >message
	run -0 --separate-stderr mime-unpack -V <message
	assert_equal "$(cut -f 1,2,4 <<<"$output")" "$(
		printf '%s\t%s\t%s\n' 0 42 8bit-hdr 0 48 no-mime-version 1.0 92 hdr-junk 1.1 155 8bit-hdr 2 173 8bit-hdr
		printf '.\t0'
	)"
	printf 'X: \351\n\nx\n' | mime-unpack -V | grep -q $'^1\t0\tnotice\t8bit-hdr'
}

@test "-0 ends records with NUL" {
	mixed
	mime-unpack -qq -0 -L <message >records || [ $? = 2 ]
	tr '\0' '\n' <records | cmp - <(mime-unpack -qq -L <message)
	assert_equal "$(tr -dc '\0' <records | wc -c)" 4
}

@test "two actions at once are wrong usage" {
	run -100 mime-unpack -c -L </dev/null
	run -100 mime-unpack -x nonsense=1 </dev/null
	run -100 mime-unpack -x depth=0 </dev/null
}

@test "at most a hundred warnings are printed, then their number" {
	{
		printf 'Content-Type: multipart/mixed; boundary=b\n\n'
		for ((i = 0; i < 120; i++)); do printf -- '--b\nContent-Transfer-Encoding: q\n\nx\n'; done
		printf -- '--b--\n'
	} >message
	run -2 --separate-stderr mime-unpack -q -L <message
	assert_equal "$(grep -c unk-cte <<<"$stderr")" 100
	[[ ${stderr##*$'\n'} == 'mime-unpack: warning: 20 more of these not shown' ]]
	run -2 --separate-stderr mime-unpack -qq -L <message
	assert_equal "$stderr" ''
}

@test "standard output that cannot be written: 111" {
	local action
	mixed
	for action in -l -L -j -c -R -H -b; do
		run -111 bash -c 'mime-unpack -qq "$1" <message >/dev/full' - "$action"
		assert_output --partial 'unable to write to standard output'
	done
}
