#!/usr/bin/env bats
# However the input is cut into reads, the result is the same.

setup() { load helper; }

# same file argument...: mime-unpack says and does the same for every size of read.
same() {
	local file=$1 size status again
	shift
	mime-unpack "$@" <"$file" >whole 2>&1 && status=0 || status=$?
	for size in 1 2 3 61 4096; do
		python3 "$DATA/mime/cut.py" "$size" "$file" "$BIN/mime-unpack" "$@" >pieces 2>&1 && again=0 || again=$?
		cmp whole pieces
		assert_equal "$again" "$status"
	done
}

@test "the message of the course, in pieces" {
	same "$DATA/mime/course.eml" -L
	same "$DATA/mime/course.eml" -c -a
}

@test "a nested message with CRLF, in pieces" {
	sed 's/$/\r/' "$DATA/mime/nested.eml" >crlf
	same crlf -L
	same crlf -c -a -e keep
}

@test "lines that end with CR, in pieces" {
	tr '\n' '\r' <"$DATA/mime/nested.eml" >cr
	same cr -c -a
}

@test "base64 and quoted-printable with every kind of damage, in pieces" {
	printf '%s\n' 'Content-Type: multipart/mixed; boundary=b' '' '--b' 'Content-Transfer-Encoding: base64' '' \
		'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=QUJD' 'QUJ*DREVG R0hJSktM' 'QUI=' '' 'QUJD' 'not base64' \
		'--b' 'Content-Transfer-Encoding: quoted-printable' '' \
		$'a  \t ' 'a=20 ' 'b=  ' 'c=3d=3D=zz=4' '=' '-' $'-\r' '--' ' = x' '==' '--b--' >message
	same message -c -a -e keep
	same message -L
}

@test "delimiters that are none, in pieces" {
	printf '%s\n' 'Content-Type: multipart/mixed; boundary=bound' '' pre '--boun' '--bound' '' '-' '--' '--b' \
		'--boundx' $'\r' '--bound-' $'--bound \r' 'junk line' 'X: y' '' x '' '--bound--' epi '--bound' >message
	same message -L
	same message -c -a -e keep
}

@test "fields of one line, and what only looks like one, in pieces" {
	local end
	printf '%s\n' 'Subject:' 'A:b' 'Content-Type: multipart/mixed;' 'boundary=b' 'Bcc: x' 'C : d' \
		$'D\t: e' 'F: g' ' h' 'I: j' $' \t' 'K: l' 'no field' 'M: n' ': o' 'P: q' '' '--b' \
		'Content-Type: text/plain; name=a' 'Content-Type: text/html' '' 'x' '--b' 'R: s' '--b' \
		$'T: \xe9\r' $'U: \r' $'V\x7f: w' '--b' "$(printf 'x%.0s' {1..20000}): y" 'Z: z' '' '--b--' >message
	for end in '' $'\r'; do
		sed "s/\$/$end/" message >sent
		same sent -L
		same sent -j
		same sent -R
		same sent -L -x header=40
		same sent -L -x field=12
	done
}

@test "every action and form, in pieces" {
	local action
	for action in -l -j -V -R -H -b '-c -u -a' '-R -s 4' '-S -s 0' '-m -c -k msg' '-- cksum'; do
		# shellcheck disable=SC2086 # words
		same "$DATA/mime/nested.eml" $action
	done
	same "$DATA/mime/signed.eml" -S
	same "$DATA/mime/signed.eml" -x sum=1 -L
}
