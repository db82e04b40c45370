#!/usr/bin/env bats
# mime-unpack -@: many messages in one run; and the limit of bytes, the sum.

setup() {
	load helper
	mkdir -p Maildir/new in
	local n
	for n in 1 2 3; do
		printf 'Message-ID: <%d@x>\nMIME-Version: 1.0\nContent-Type: application/pdf; name=a.pdf\n\ntext %d\n' "$n" "$n" >"Maildir/new/$n"
	done
}

list() { find Maildir/new -type f | LC_ALL=C sort; }

@test "the file name is the first field; each message has its last record, and the list has one" {
	run -0 mime-unpack -@ -L < <(list)
	assert_equal "$(cut -f 1-3 <<<"$output")" "$(
		for n in 1 2 3; do printf 'Maildir/new/%s\t%s\n' "$n" $'1\tattach' "$n" $'.\t0'; done
		printf -- '-\t.\t0\n'
	)"
	assert_line --index -1 $'-\t.\t0\t'"$(cat Maildir/new/* | wc -c)"
}

@test "-K over a Maildir: a second run makes nothing" {
	find Maildir/new -type f | mime-unpack -@ -d in/ -K >/dev/null
	assert_equal "$(cat in/* | LC_ALL=C sort)" $'text 1\ntext 2\ntext 3'
	tree in >first
	find Maildir/new -type f | mime-unpack -@ -d in/ -K >/dev/null
	tree in | cmp - first
	find Maildir/new -type f | mime-unpack -@ -d in/ -K -N '%m-%n%e' -t application/pdf >/dev/null
	[ -f "in/$(printf '<2@x>' | sha256sum | head -c 16)-a.pdf" ]
}

@test "-0: names and records end in NUL; an empty name and a missing end do no harm" {
	mv Maildir/new/2 $'Maildir/new/2\n\t\\'
	find Maildir/new -type f -print0 | LC_ALL=C sort -z >names
	printf '\0Maildir/new/1' >>names
	run -0 mime-unpack -@ -0 -q -j <names
	mime-unpack -@ -0 -q -j <names | tr '\0' '\n' >objects
	python3 -c 'import json; print([o.get("file") for o in map(json.loads, open("objects")) if "end" in o])' >got
	assert_equal "$(cat got)" "['Maildir/new/1', 'Maildir/new/2\\n\\t\\\\', 'Maildir/new/3', 'Maildir/new/1', None]"
	mime-unpack -@ -0 -q -L <names | tr '\0' '\n' | grep -qF $'Maildir/new/2\\n\\t\\\\\t.\t0'
}

@test "a file that is not there, or cannot be read: 111, and the others are done" {
	printf '%s\n' Maildir/new/1 Maildir/gone Maildir/new Maildir/new/3 >names
	run -111 --separate-stderr mime-unpack -@ -c <names
	assert_output $'text 1\ntext 3'
	# shellcheck disable=SC2154 # bats sets it
	assert_equal "$stderr" "$(printf 'mime-unpack: warning: %s\n' 'Maildir/gone: unable to open it: No such file or directory' \
		'Maildir/new: unable to read it: Is a directory')"
	{
		printf 'x%.0s' {1..5000}
		printf '\nMaildir/new/3\n'
	} >names
	run -111 mime-unpack -@ -c <names
	assert_line 'text 3'
}

@test "a name that is too long is reported as far as it fits, and the next name is the next line" {
	local length
	for length in 4095 4096 5000 8191 8192; do
		{
			printf 'x%.0s' $(seq "$length")
			printf '\nMaildir/new/3\n'
		} >names
		run -111 --separate-stderr mime-unpack -@ -c <names
		assert_output 'text 3'
		[[ $stderr =~ ^mime-unpack:\ warning:\ x{4095,4096}:\ unable\ to\ open\ it:\ File\ ?name\ too\ long$ ]] || fail "$stderr"
	done
	{
		printf './%.0s' {1..2041}
		echo Maildir/new/3
		echo Maildir/new/1
	} >names
	[ "$(head -n 1 names | wc -c)" = 4096 ]
	run -0 mime-unpack -@ -c <names
	assert_output $'text 3\ntext 1'
}

@test "the status is the highest of all; warnings name the file, and are counted for each" {
	printf 'Content-Transfer-Encoding: q\n\nx\n' >Maildir/new/2
	run -2 --separate-stderr mime-unpack -@ -q -L < <(list)
	[[ $stderr == 'mime-unpack: warning: Maildir/new/2: section 1 offset 0: unk-cte'* ]]
	assert_equal "$(grep -c unk-cte <<<"$stderr")" 1
	assert_equal "$(grep -P '\t\.\t' <<<"$output" | cut -f 1,3)" $'Maildir/new/1\t0\nMaildir/new/2\t2\nMaildir/new/3\t0\n-\t2'
	run -1 mime-unpack -@ -c -s 1.1 < <(list | head -n 1)
}

@test "the list for people names each message" {
	run -0 mime-unpack -@ < <(list | head -n 1)
	assert_line --index 0 'Maildir/new/1:'
	assert_line --index 1 --partial application/pdf
}

@test "nothing of one message is left for the next: what it is, what is wanted of it" {
	{
		printf 'Content-Type: multipart/signed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <in@x>\nContent-Type: multipart/mixed; boundary=c\n\n--c\n'
	} >Maildir/new/1
	for action in -L -j -R -H -S -c -V; do
		mime-unpack -@ -qq "$action" < <(printf 'Maildir/new/1\nMaildir/new/3\n') >both || true
		mime-unpack -@ -qq "$action" < <(printf 'Maildir/new/3\n') >alone || true
		sed -i '/^-\t/d; /^{"end":true/d' both alone
		tail -c "$(stat -c %s alone)" both | cmp - alone
	done
}

@test "-x bytes: a file that would be larger is not made, what follows is not either, and it is 3" {
	printf '%s\n' 'Content-Type: multipart/mixed; boundary=b' '' '--b' 'Content-Type: a/b' '' 12345 '--b' \
		'Content-Type: a/b' '' 6789012345 '--b--' >message
	run -3 --separate-stderr mime-unpack -q -x bytes=14 -d in <message
	assert_equal "$(ls -A in)" part-1.bin
	assert_equal "$(cut -f 12,14 <<<"${lines[1]}")" $'limit-bytes\t-'
	run -0 --separate-stderr mime-unpack -q -x bytes=15 -d in -K <message
	assert_equal "$(cat in/*)" 123456789012345
	run -3 --separate-stderr mime-unpack -q -x bytes=14 -a -c <message
	assert_output 12345
	run -4 --separate-stderr mime-unpack -q -x bytes=14 -- cat <message
}

@test "-x sum=1: the last record has the SHA-256 of the message" {
	run -0 mime-unpack -q -x sum=1 -L <Maildir/new/1
	assert_line --index -1 $'.\t0\t'"$(stat -c %s Maildir/new/1)"$'\t'"$(sha256sum <Maildir/new/1 | cut -c 1-64)"
	run -0 mime-unpack -q -x sum=1 -j <Maildir/new/1
	assert_line --index -1 --partial ",\"sha256\":\"$(sha256sum <Maildir/new/1 | cut -c 1-64)\"}"
	run -0 mime-unpack -@ -q -x sum=1 -L < <(list)
	assert_line --index 3 --partial "$(sha256sum <Maildir/new/2 | cut -c 1-64)"
}
