#!/usr/bin/env bats
# mime-unpack -- prog: a program for each part.

setup() { load helper; }

@test "the program gets each attached part decoded, one after the other" {
	run -0 mime-unpack -q -- sha256sum <"$DATA/mime/nested.eml"
	assert_output "$(for s in 2 3 4.2; do mime-unpack -q -c -s "$s" <"$DATA/mime/nested.eml" | sha256sum; done)"
	run -0 mime-unpack -q -t text/plain -- wc -c <"$DATA/mime/nested.eml"
	assert_output $'54\n11'
}

@test "the part is in the environment; what it does not have is unset" {
	printf '%s\n' 'Message-ID: <m@x>' 'Content-Type: multipart/mixed; boundary=b' '' '--b' \
		'Content-Type: image/png; name="../a;b.png"' 'Content-ID: <c@x>' 'Content-Disposition: inline' '' x \
		'--b' 'Content-Type: text/csv; charset=utf-8' '' x '--b--' >message
	export MIME_CID=other MIME_MSGID=other
	run -0 mime-unpack -qq -- sh -c 'env | grep ^MIME_ | LC_ALL=C sort' <message
	assert_output "$(
		cat <<-'END'
			MIME_CID=c@x
			MIME_CLASS=attach
			MIME_MSGID=<m@x>
			MIME_NAME=a;b.png
			MIME_SECTION=1
			MIME_TYPE=image/png
			MIME_CHARSET=utf-8
			MIME_CLASS=attach
			MIME_MSGID=<m@x>
			MIME_NAME=part-2.csv
			MIME_SECTION=2
			MIME_TYPE=text/csv
		END
	)"
}

@test "MIME_NAME is as -x ascii and -x name want names" {
	printf 'Content-Type: a/b; name="é %s.pdf"\n\nx\n' aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa >message
	# shellcheck disable=SC2016 # the inner shell's
	run -0 mime-unpack -qq -x ascii=1 -x name=32 -- sh -c 'echo "$MIME_NAME"' <message
	assert_output "__$(printf 'a%.0s' {1..26}).pdf"
	mkdir in
	mime-unpack -qq -x ascii=1 -x name=32 -d in <message
	assert_equal "$(ls in)" "$output"
}

@test "a hostile name reaches no shell" {
	printf 'Content-Type: a/b; name="$(touch evil)`touch evil`"\n\nx\n' >message
	mime-unpack -qq -- sh -c 'cat >"$MIME_NAME"' <message
	# shellcheck disable=SC2016 # the name has these characters
	assert_equal "$(ls)" "$(printf '%s\n' '$(touch evil)`touch evil`' message | LC_ALL=C sort)"
}

@test "a program that fails or is killed: 4, and standard error says where; the others still run" {
	run -4 --separate-stderr mime-unpack -q -- sh -c 'case $MIME_SECTION in 2) exit 7;; 3) kill -9 $$;; esac; echo $MIME_SECTION' \
		<"$DATA/mime/nested.eml"
	assert_output 4.2
	# shellcheck disable=SC2154 # bats sets it
	assert_equal "$stderr" $'mime-unpack: warning: section 2: sh exited 7\nmime-unpack: warning: section 3: sh was killed by signal 9'
}

@test "a program that reads nothing of a long body does no harm, and may die of SIGPIPE itself" {
	{
		printf 'Content-Type: a/b\n\n'
		head -c 3000000 /dev/zero
	} >message
	run -0 mime-unpack -q -- true <message
	run -0 mime-unpack -q -- sh -c 'yes | head -n 1' <message
	assert_output y
}

@test "the program has no descriptors of ours but 0, 1 and 2" {
	run -0 python3 -c 'import subprocess, sys; subprocess.run(sys.argv[1:])' \
		mime-unpack -q -s 2 -- sh -c 'ls /proc/$$/fd; true' <"$DATA/mime/nested.eml"
	assert_output $'0\n1\n2'
}

@test "with standard output and error closed no word of ours gets into a part" {
	printf '%s\n' 'Content-Type: application/x; name=x' 'Content-Transfer-Encoding: base64' '' 'QUJD!!!!!!QUJDRA' >message
	mkdir in
	mime-unpack -d in <message >&- 2>&- || true
	assert_equal "$(cat in/x)" ABCABCD
	mime-unpack -- sh -c 'cat >got' <message >&- 2>&- || [ "$?" = 2 ]
	assert_equal "$(cat got)" ABCABCD
}

@test "no part: 1; no such program: 111; a program without dashes or beside an action: 100" {
	run -1 mime-unpack -q -s 9 -- cat <"$DATA/mime/nested.eml"
	assert_output ''
	run -111 mime-unpack -q -- ./nothing <"$DATA/mime/nested.eml"
	assert_output 'mime-unpack: fatal: unable to run the program: No such file or directory'
	run -100 mime-unpack cat <"$DATA/mime/nested.eml"
	run -100 mime-unpack -c -- cat <"$DATA/mime/nested.eml"
}

@test "a message that cannot be read to its end: the program is terminated, it has not got all" {
	[ -z "${SANITIZED:-}" ] || skip 'the dynamic loader reads first'
	head -c 900 "$DATA/mime/nested.eml" >message
	run -111 strace -qq -o trace -e inject=read:error=EACCES:when=2+ mime-unpack -q -s 2 -- sh -c 'cat >/dev/null; touch ended' <message
	assert_output 'mime-unpack: fatal: unable to read the message: Permission denied'
	[ ! -e ended ]
}
