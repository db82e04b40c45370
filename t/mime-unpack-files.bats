#!/usr/bin/env bats
# mime-unpack -d: how files get their names, and what happens to those that are there.

setup() {
	load helper
	mkdir in
	printf '%s\n' 'Message-ID: <1@x>' 'Date: Tue, 24 Nov 2026 15:35:28 +0100' 'MIME-Version: 1.0' \
		'Content-Type: application/pdf; name="Scan 1.pdf"' 'Content-ID: <a/b@c>' '' data >message
}

# names: what is in the directory, in one line.
names() { (cd in && find . -mindepth 1 -printf '%P\n' | LC_ALL=C sort | paste -sd '|'); }

# unpacked name option...: unpack the message; the name it got is name.
unpacked() {
	mime-unpack -q -d in "${@:2}" <message >records
	assert_equal "$(head -n 1 records | cut -f 14)" "$1"
	[ -f "in/$1" ]
}

@test "-K: the same file is there already, and nothing is made; another one gets the next name" {
	unpacked 'Scan 1.pdf' -K
	unpacked 'Scan 1.pdf' -K
	sed -i s/data/more/ message
	unpacked 'Scan 1~2.pdf' -K
	unpacked 'Scan 1~2.pdf' -K
	assert_equal "$(names)" 'Scan 1.pdf|Scan 1~2.pdf'
}

@test "-K takes neither a link to the same bytes nor a pipe for the file" {
	echo data >same
	ln -s ../same 'in/Scan 1.pdf'
	mkfifo 'in/Scan 1~2.pdf'
	timeout 5 mime-unpack -q -K -d in <message >records
	assert_equal "$(cut -f 14 records | head -n 1)" 'Scan 1~3.pdf'
	[ -L 'in/Scan 1.pdf' ]
}

@test "-f replaces a file, and of a link the link" {
	echo old >in/a
	echo precious >target
	ln -s ../target 'in/Scan 1.pdf'
	unpacked 'Scan 1.pdf' -f
	[ ! -L 'in/Scan 1.pdf' ]
	assert_equal "$(cat target 'in/Scan 1.pdf')" $'precious\ndata'
	sed -i s/data/more/ message
	unpacked 'Scan 1.pdf' -f
	assert_equal "$(cat 'in/Scan 1.pdf')" more
	assert_equal "$(names)" 'Scan 1.pdf|a'
}

@test "-f: parts of one name are each a file, and the next run replaces each" {
	local n _
	printf 'Content-Type: multipart/mixed; boundary=b\n' >message
	for n in {1..40}; do printf '\n--b\nContent-Type: a/b; name=same.pdf\n\nbytes %d' "$n" >>message; done
	printf '\n--b--\n' >>message
	echo old >in/same.pdf
	for _ in 1 2; do
		run -0 mime-unpack -q -f -d in <message
		assert_equal "$(find in -type f | wc -l)" 40
		assert_equal "$(for n in in/*; do cat "$n"; echo; done | LC_ALL=C sort | uniq | grep -c '^bytes')" 40
	done
	printf 'message\nmessage\n' | mime-unpack -@ -q -f -d in >/dev/null
	assert_equal "$(find in -type f | wc -l)" 80
}

@test "-f -K leaves a file alone that is the same" {
	unpacked 'Scan 1.pdf'
	touch -d @1 'in/Scan 1.pdf'
	unpacked 'Scan 1.pdf' -f -K
	assert_equal "$(stat -c %Y 'in/Scan 1.pdf')" 1
}

@test "-N: every part of a template" {
	local id content
	id=$(printf '<1@x>' | sha256sum | head -c 16)
	content=$(echo data | sha256sum | head -c 16)
	unpacked "Scan 1_1_pdf_${id}_${content}_20261124-143528_%.pdf" -N '%n_%s_%t_%m_%h_%d_%%%e'
	unpacked a_b@c.pdf -N '%i%e'
	unpacked 'Scan 1~2.pdf' -N '%n~2%e'
}

@test "-N: a message without Message-ID and Date keeps the form of the name" {
	printf 'Content-Type: image/png\n\nx' >message
	unpacked 0000000000000000-00000000-000000-part-1.png -N '%m-%d-%n%e'
}

@test "-N: the message is the outermost one, also for what is in an attached one" {
	{
		printf 'Message-ID: <2@x>\nContent-Type: message/rfc822\n\n'
		cat message
	} >outer
	mv outer message
	unpacked "$(printf '<2@x>' | sha256sum | head -c 16).pdf" -N '%m%e'
}

@test "-N cannot lead out of the directory or make a hidden name" {
	sed -i 's,a/b@c,../../x@c,' message
	unpacked _.._.._x@c -N '%i'
	unpacked _.x -N .x
	unpacked part-1.pdf -N ' '
	for template in a/%n %x % ''; do
		run -100 mime-unpack -d in -N "$template" </dev/null
	done
}

@test "-N: a long name is cut and keeps its extension" {
	unpacked "$(printf 'x%.0s' {1..196}).pdf" -N "$(printf 'x%.0s' {1..300})%e"
	unpacked x -N "$(printf 'x%1021sé%%e' '')"
}

@test "-M writes an attached message and what is in it; the files are those of -m and of neither" {
	local file
	mkdir m n
	mime-unpack -q -m -a -d m <"$DATA/mime/nested.eml" >/dev/null
	mime-unpack -q -a -d n <"$DATA/mime/nested.eml" >/dev/null
	mime-unpack -q -M -a -d in <"$DATA/mime/nested.eml" >records
	assert_equal "$(names)" "$(find m n -type f -printf '%P\n' | LC_ALL=C sort -u | paste -sd '|')"
	for file in m/* n/*; do cmp "$file" "in/${file#*/}"; done
	assert_equal "$(grep -P '^4\t' records | cut -f 2,7,14)" $'msg\t462\tpart-4.eml'
}

@test "-M: messages within messages, and an encoded one as a file alone" {
	printf '%s\n' 'Content-Type: message/rfc822' '' 'Content-Type: message/rfc822' '' 'Content-Type: a/b' '' x >message
	mime-unpack -q -M -d in <message >/dev/null
	assert_equal "$(names)" 'part-1-1-1.bin|part-1-1.eml|part-1.eml'
	sed 1,2d message | cmp - in/part-1.eml
	sed 1,4d message | cmp - in/part-1-1.eml
	rm in/*
	{
		printf 'Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n'
		printf 'Content-Type: a/b\n\nx\n' | base64
	} >message
	mime-unpack -q -M -d in <message >/dev/null
	assert_equal "$(names)" part-1.eml
	assert_equal "$(cat in/part-1.eml)" $'Content-Type: a/b\n\nx'
}

# without call=error... -- option...: unpack where these system calls do not work.
without() {
	local -a inject=()
	while [ "$1" != -- ]; do
		inject+=(-e "inject=${1%%=*}:error=${1#*=}")
		shift
	done
	strace -qq -o trace "${inject[@]}" mime-unpack -d in "${@:2}" <message
}

@test "a directory without hard links: a rename that replaces nothing" {
	for error in EPERM EOPNOTSUPP ENOSYS; do
		run -0 --separate-stderr without linkat="$error" -- -q
		# shellcheck disable=SC2154 # bats sets it
		assert_equal "$stderr" ''
		grep -q INJECTED trace
	done
	assert_equal "$(names)" 'Scan 1.pdf|Scan 1~2.pdf|Scan 1~3.pdf'
}

@test "a directory without that either: the name is taken first, nothing is replaced, and it is said once" {
	ln -s ../nowhere 'in/Scan 1.pdf'
	run -0 --separate-stderr without linkat=EPERM renameat2=EINVAL -- -q
	[[ $stderr == 'mime-unpack: warning: names in this directory'* ]]
	assert_equal "$(names)" 'Scan 1.pdf|Scan 1~2.pdf'
	[ -L 'in/Scan 1.pdf' ]
	assert_equal "$(cat 'in/Scan 1~2.pdf')" data
}

@test "a full disk: 111, and nothing is left behind" {
	run -111 without write=ENOSPC:when=1 -- -q
	assert_output --partial 'unable to write a file'
	assert_equal "$(names)" ''
	run -111 without linkat=EPERM renameat2=EINVAL renameat=EIO -- -q
	assert_equal "$(names)" ''
	run -111 without linkat=ENOSPC -- -q
	assert_equal "$(names)" ''
	# The dynamic loader of the sanitizer's build opens files first.
	[ -z "${SANITIZED:-}" ] || return 0
	run -111 without openat=EACCES -- -q
	assert_equal "$(names)" ''
}

@test "-y brings file and directory to disk" {
	strace -qq -o trace -e trace=fsync mime-unpack -q -y -d in <message
	assert_equal "$(grep -c 'fsync(.* = 0' trace)" 2
}

@test "of ten thousand names the free one is found in a few calls; none left is damage" {
	printf '%s\n' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=b' '' --b \
		'Content-Type: a/b; name=a.b' '' last --b 'Content-Type: a/b; name=c.d' '' other --b-- >two
	python3 -c 'for i in range(9998): open("in/a%s.b" % ("~%d" % (i + 1) if i else ""), "x")'
	strace -qq -o trace -e trace=linkat,newfstatat mime-unpack -q -d in <two >records
	assert_equal "$(cut -f 14 records | head -n 2 | paste -sd ' ')" 'a~9999.b c.d'
	(($(wc -l <trace) < 60))
	# Now all are taken: what comes after it is not lost too.
	run -2 --separate-stderr mime-unpack -q -d in <two
	[[ $stderr == 'mime-unpack: warning: section 1 '*': name-lost: '* ]]
	assert_equal "$(cut -f 12,14 <<<"$output" | head -n 2 | paste -sd ' ')" $'name-lost\t- -\tc~2.d'
	# A gap in the numbers is found.
	rm in/a~5000.b
	run -0 mime-unpack -q -d in <two
	assert_equal "$(cat in/a~5000.b)" last
}

@test "thousands of parts of one name: each file is looked at once, also with -K" {
	python3 - >many <<-'END'
		print("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n")
		for i in range(4000): print(f"--b\nContent-Type: a/b; name=x.y\n\n{min(i, 999):06}")
		print("--b--")
	END
	# The last of them are like each other. The next run finds all that there are.
	for _ in first second; do
		run -0 timeout "${SANITIZED:+6}9" mime-unpack -qq -K -d in <many
		assert_equal "$(find in -type f | wc -l)" 1000
		awk 1 in/* | LC_ALL=C sort | cmp - <(seq -f %06g 0 999)
	done
	# Without -K as many as there are names, and then no search for each of the rest.
	python3 -c 'for i in range(1000, 9999): open("in/x~%d.y" % (i + 1), "x")'
	run -2 timeout "${SANITIZED:+6}9" mime-unpack -qq -d in <many
	assert_equal "$(cut -f 12 <<<"$output" | grep -c name-lost)" 4000
}

@test "a signal leaves no file that is not whole, and no program that takes half a part for all" {
	mkfifo pipe
	local code sig
	ulimit -c 0
	for sig in HUP INT QUIT ALRM TERM; do
		# Not started with INT and QUIT ignored, as a shell starts what is in the background,
		# nor with ALRM, as what runs tests at once does.
		python3 -c 'import os, signal, sys
signal.signal(2, signal.SIG_DFL); signal.signal(3, signal.SIG_DFL); signal.signal(14, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])' \
			mime-unpack -q -d in <pipe >records &
		exec 4>pipe
		printf 'Content-Type: a/b; name=x\n\nhalf' >&4
		timeout 5 sh -c 'until ls in/.mime-unpack.* >.seen 2>&1; do sleep 0.02; done'
		kill -s "$sig" $!
		code=0
		wait $! || code=$?
		assert_equal "$code" "$((128 + $(kill -l "$sig")))"
		exec 4>&-
		assert_equal "$(names)" ''
	done
	{ printf 'Content-Type: a/b; name=x\n\n' && head -c 300000 /dev/zero; } >large
	run sh -c 'ulimit -f 100; exec mime-unpack -q -d in <large'
	assert_equal "$(names)" ''
	mime-unpack -q -- sh -c 'echo >begun; trap "" PIPE; cat >/dev/null; echo all >ended' <pipe &
	exec 4>pipe
	printf 'Content-Type: a/b; name=x\n\nhalf' >&4
	timeout 5 sh -c 'until [ -e begun ]; do sleep 0.02; done'
	kill $!
	code=0
	wait $! || code=$?
	assert_equal "$code" 143
	exec 4>&-
	sleep 0.2
	[ ! -e ended ]
}
