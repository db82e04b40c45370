#!/usr/bin/env bats
# Hostile file names in one message, against others that write in the same directory.

setup() {
	load helper
	mkdir -p box/in
	echo precious >box/evil
}

teardown() {
	# Whatever a test did: nothing outside box/in.
	assert_equal "$(cat box/evil)" precious
	assert_equal "$(ls -A box)" $'evil\nin'
}

# parts line...: a message of parts with these lines as their Content-Disposition,
# and the number of each, from 1, as its data.
parts() {
	local n=0 line
	printf 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n'
	for line; do printf '\n--b\nContent-Type: a/b\nContent-Disposition: attachment; %b\n\n%d' "$line" $((++n)); done
	printf '\n--b--\n'
}

@test "of hostile names none is lost, none leads outside, each is as the rule says" {
	local long
	long=$(printf 'x%.0s' {1..300})
	local -a rows=(
		'filename="../../evil"' evil
		'filename="a/../../../evil2"' evil2
		'filename="sub/dir/x.txt"' x.txt
		'filename=".."' _
		'filename="."' _~2
		'filename=".bashrc"' _.bashrc
		'filename="-rf"' _-rf
		'filename="|id"' _id
		'filename="a\0033[31mb"' 'a_[31mb'
		"filename*=us-ascii''a%0Ab" a_b
		"filename*=us-ascii''a%00b.txt" a_b.txt
		"filename*=utf-8''a%E2%80%AEgpj.exe" a_gpj.exe
		"filename=\"$long.pdf\"" "${long:0:196}.pdf"
		'filename="My Paper final.pdf"' 'My Paper final.pdf'
		'filename="=?utf-8?Q?=C3=A9=E2=82=AC.pdf?="' é€.pdf
		"filename*=utf-8''%C3%A9%E2%82%AC.pdf" é€~2.pdf
		'filename="a\\\0042b.txt"' a_b~2.txt
		'filename="CON"' _CON
		'filename="*"' _~3
		'filename="a.txt. "' a.txt
		'filename="/"' part-21.bin
		'filename=""' part-22.bin
		'filename="~root"' _~root
		'filename="/etc/passwd"' passwd
		'filename="C:\\\\x\\\\y.doc"' y.doc
		"filename*=utf-8''..%2F..%2Fevil" evil~2
		"filename*=utf-8''%2e%2e%5cevil" evil~3
		'filename=".mime-unpack.1.2"' _.mime-unpack.1.2
	)
	local -a lines=() names=()
	local i
	for ((i = 0; i < ${#rows[@]}; i += 2)); do
		lines+=("${rows[i]}")
		names+=("${rows[i + 1]}")
	done
	parts "${lines[@]}" >message
	mime-unpack -q -d box/in <message >records
	assert_equal "$(sed '$d' records | cut -f 14)" "$(printf '%s\n' "${names[@]}")"
	for ((i = 0; i < ${#names[@]}; i++)); do assert_equal "$(cat "box/in/${names[i]}")" $((i + 1)); done
	assert_equal "$(find box/in -mindepth 1 -type f | wc -l)" ${#names[@]}
	assert_equal "$(find box/in -mindepth 1 | wc -l)" ${#names[@]}
}

@test "what has the name, of whatever kind, is left alone: file, link, dangling link, directory, pipe, link to oneself" {
	echo old >box/in/file
	ln -s ../evil box/in/link
	ln -s ../none box/in/dangling
	mkdir box/in/dir
	mkfifo box/in/pipe
	ln -s loop box/in/loop
	parts filename={file,link,dangling,dir,pipe,loop} >message
	timeout 10 mime-unpack -q -d box/in <message >records
	assert_equal "$(sed '$d' records | cut -f 14 | tr '\n' ' ')" 'file~2 link~2 dangling~2 dir~2 pipe~2 loop~2 '
	assert_equal "$(cat box/in/{file,link,dangling,dir,pipe,loop}~2)" 123456
	assert_equal "$(cat box/in/file)" old
	assert_equal "$(ls -A box/in/dir)" ''
	assert_equal "$(readlink box/in/link box/in/dangling box/in/loop)" $'../evil\n../none\nloop'
}

@test "-f replaces links and files, and not a directory" {
	ln -s ../evil box/in/link
	mkdir box/in/dir
	parts filename=link >message
	mime-unpack -q -f -d box/in <message
	assert_equal "$(stat -c %F box/in/link)" 'regular file'
	parts filename=dir >message
	run -111 mime-unpack -q -f -d box/in <message
	assert_equal "$(ls -A box/in)" $'dir\nlink'
}

@test "the directory itself may be a link" {
	ln -s box/in here
	parts filename=a >message
	mime-unpack -q -d here <message
	assert_equal "$(cat box/in/a)" 1
}

@test "eight at once, and one who puts links where they will write: every file is there" {
	parts filename={,,,,}{a.txt,a.txt,a.txt,a.txt} >message
	python3 - <<-'PYTHON' &
		import os
		for i in range(2, 400):
		    try: os.symlink("../evil" if i % 2 else "../none", f"box/in/a~{i}.txt")
		    except FileExistsError: pass
	PYTHON
	local attacker=$! pids=() i
	for i in {1..8}; do
		mime-unpack -q -d box/in <message >records."$i" &
		pids+=($!)
	done
	for i in "${pids[@]}"; do wait "$i"; done
	wait "$attacker"
	assert_equal "$(find box/in -type f | wc -l)" 160
	cat records.* | grep '^[1-9]' | cut -f 14 | sort -u >names
	assert_equal "$(wc -l <names)" 160
	assert_equal "$(cd box/in && find . -type f | sed 's|^./||' | sort)" "$(cat names)"
	for i in {1..8}; do
		assert_equal "$(sed '$d' records."$i" | cut -f 14 | while read -r name; do cat "box/in/$name"; done)" "$(printf %s {1..20})"
	done
}
