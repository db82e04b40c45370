#!/usr/bin/env bats
# curl in every way people call it, on IPv4 and IPv6, passive and active.

setup() {
	load helper
	load ftp-clients
	mkdir -p root/pub/sub
	head -c 1500000 /dev/urandom >root/pub/big
	for n in 1 2 3 a b; do printf 'file %s\n' "$n" >"root/pub/file$n"; done
	touch -d '2021-02-03 04:05:06Z' root/pub/file1
	: >root/pub/empty
	printf 'x' >"root/pub/5 bytes.txt"
	export FTP_MODE=rw
	serve_both ftp-session root
}
teardown() { unserve_both; }

ftp() { curl -sS -g --max-time 20 "$@"; }

lists() {
	run -0 ftp "$URL/pub/"
	assert_line --regexp '^-rw-r--r-- +1 ftp +ftp +1500000 .* big'
	run -0 ftp --list-only "$URL/pub/"
	assert_line --regexp '^5 bytes.txt'
	run -0 ftp -P - --list-only "$URL/pub/sub/"
	assert_output ''
	run -0 ftp -X MLSD "$URL/pub/"
	assert_line --regexp '^type=file;size=0;.*; empty'
	run -9 ftp "$URL/none/"
}

@test "curl lists: LIST, NLST, MLSD, an empty directory, a missing one" { over_both lists; }

gets() {
	local way
	for way in '' '-P -' '--disable-epsv' '--disable-eprt -P -' '--ftp-method nocwd' \
		'--ftp-method singlecwd' '--ftp-method multicwd' '--ftp-pret' '--ftp-skip-pasv-ip'; do
		[ "$ADDRESS" = ::1 ] && [ "$way" = '--disable-eprt -P -' ] && continue # PORT has no room for it
		# shellcheck disable=SC2086
		ftp $way "$URL/pub/big" | cmp - root/pub/big || fail "$way"
	done
	ftp "$URL/pub/5%20bytes.txt" | cmp - "root/pub/5 bytes.txt"
	ftp -o back/empty "$URL/pub/empty"
	cmp back/empty root/pub/empty
	run -78 ftp "$URL/pub/none"
	run -9 ftp "$URL/none/none"
}

@test "curl gets, in every way to ask for it; what is missing is known as missing" { over_both gets; }

resumes() {
	head -c 1234567 root/pub/big >back/part
	ftp -C - -o back/part "$URL/pub/big"
	cmp back/part root/pub/big
	ftp -C - -o back/part "$URL/pub/big"
	cmp back/part root/pub/big
	ftp -r 10-19 "$URL/pub/big" | cmp - <(tail -c +11 root/pub/big | head -c 10)
	ftp -r -20 "$URL/pub/big" | cmp - <(tail -c 20 root/pub/big)
	head -c 1000000 root/pub/big >root/in/part
	ftp -C - -T root/pub/big "$URL/in/part"
	cmp root/in/part root/pub/big
	ftp -C - -T root/pub/file1 "$URL/in/fresh"
	cmp root/in/fresh root/pub/file1
}

@test "curl resumes both ways, also where nothing is left or nothing was there; and takes ranges" {
	over_both resumes
}

puts() {
	local way n=0
	for way in '' '-P -' '--ftp-create-dirs' '--ftp-method nocwd' '--ftp-method singlecwd' '--ftp-pret'; do
		n=$((n + 1))
		# shellcheck disable=SC2086
		ftp $way -T root/pub/big "$URL/in/up$n"
		cmp "root/in/up$n" root/pub/big
	done
	ftp --ftp-create-dirs -T root/pub/file1 "$URL/in/a%20b/c/d/file"
	cmp 'root/in/a b/c/d/file' root/pub/file1
	ftp -T 'root/pub/empty' "$URL/in/empty"
	cmp root/in/empty root/pub/empty
	printf 'from a pipe' | ftp -T - "$URL/in/pipe"
	assert_equal "$(cat root/in/pipe)" 'from a pipe'
	ftp -a -T root/pub/file1 "$URL/in/log"
	ftp -a -T root/pub/file2 "$URL/in/log"
	cat root/pub/file1 root/pub/file2 | cmp - root/in/log
	run -0 find root -name '.ftp-*'
	assert_output ''
}

@test "curl puts and appends, and makes the directories on its way" { over_both puts; }

several() {
	(cd back && curl -sS --max-time 20 -O "$URL/pub/file[1-3]" -O "$URL/pub/file{a,b}")
	run -0 ls back
	assert_output $'file1\nfile2\nfile3\nfilea\nfileb'
	cmp back/fileb root/pub/fileb
	curl -sS --max-time 20 -T "{root/pub/file1,root/pub/file2}" "$URL/in/"
	cmp root/in/file2 root/pub/file2
}

@test "curl with globs in its URLs uses one session for many files" {
	over_both several
	assert_equal "$(grep -c ' login ' log)" 4
	assert_equal "$(grep -c ' get ' log)" 10
}

quotes() {
	echo x >root/in/old
	ftp -Q 'MKD in/made' -Q '-RNFR in/old' -Q '-RNTO in/made/new' -Q '-SITE CHMOD 600 in/made/new' \
		--ftp-method nocwd "$URL/pub/file1" | cmp - root/pub/file1
	assert_equal "$(stat -c %a root/in/made/new)" 600
	ftp -Q '-DELE in/made/new' -Q '-RMD in/made' -Q '*DELE in/none' --ftp-method nocwd -I "$URL/"
	assert_not_exists root/in/made
	run -21 ftp -Q 'DELE in/none' "$URL/pub/file1"
}

@test "curl -Q before and after the transfer" { over_both quotes; }

conditions() {
	run -0 ftp -I "$URL/pub/file1"
	assert_line --regexp '^Last-Modified: Wed, 03 Feb 2021 04:05:06 GMT'
	assert_line --regexp '^Content-Length: 7'
	assert_line --regexp '^Accept-ranges: bytes'
	ftp -R -o back/file1 "$URL/pub/file1"
	assert_equal "$(stat -c %Y back/file1)" "$(stat -c %Y root/pub/file1)"
	run -0 ftp -z 'Thu, 04 Feb 2021 00:00:00 GMT' "$URL/pub/file1"
	assert_output ''
	run -0 ftp -z 'Mon, 01 Feb 2021 00:00:00 GMT' "$URL/pub/file1"
	assert_output 'file 1'
}

@test "curl asks for size and date: -I, -R, -z" { over_both conditions; }
