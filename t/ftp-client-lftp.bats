#!/usr/bin/env bats
# lftp: trees of names nobody should give, and its word for every verb.

setup() {
	load helper
	load ftp-clients
	mkdir root
	export FTP_MODE=rw
	serve_both ftp-session root
}
teardown() { unserve_both; }

# With the length told by ALLO an upload need not wait for the end of its client.
session() { timeout 60 lftp -e "set cmd:fail-exit yes; set net:max-retries 1; set ftp:use-allo yes; $1; quit" "$URL"; }
names() { python3 "$DATA/odd-names.py" "$@"; }

# there_and_back settings: bytes and times are the same on the other side and back here.
there_and_back() {
	names tree >want
	session "$1; mirror -R --parallel=4 tree in; mirror --parallel=4 in back"
	names root/in | diff want -
	names back | diff want -
	run -0 find root -name '.ftp-*'
	assert_output ''
}

@test "10,000 odd names there and back, passive: bytes and times are kept" {
	names tree 10000
	URL=${URLS[0]}
	there_and_back ''
}

@test "1,000 odd names there and back, active, with LIST for MLSD" {
	names tree 1000
	URL=${URLS[0]}
	there_and_back 'set ftp:passive-mode no; set ftp:use-mlsd no; set ftp:list-options -a'
}

@test "1,000 odd names there and back over IPv6" {
	names tree 1000
	URL=${URLS[1]}
	there_and_back ''
}

words() {
	head -c 300000 /dev/urandom >file
	session 'mkdir -p in/a/b; put -O in/a file; mv in/a/file in/a/b/moved; chmod 640 in/a/b/moved; get in/a/b/moved -o back/file'
	cmp back/file root/in/a/b/moved
	assert_equal "$(stat -c %a root/in/a/b/moved)" 640
	head -c 100000 file >root/in/part
	head -c 200000 file >back/part
	session 'reput -O in file -o part; reget in/a/b/moved -o back/part'
	cmp root/in/part file
	cmp back/part file
	run -0 session 'cls -1 in/a/b; nlist in/a/b; rels in/a/b; glob echo in/p*'
	assert_line 'in/a/b/moved'
	assert_line --regexp '^-rw-r----- .* 300000 .* moved$'
	assert_line 'in/part'
	session 'pget -n 3 in/a/b/moved -o back/segments; cd in; du -s; rm -r a; glob rm p*'
	cmp back/segments file
	run -0 ls -A root/in
	assert_output ''
}

@test "lftp: put, reput, get, reget, pget, mv, chmod, cls, nlist, glob, du, rm -r" { over_both words; }
