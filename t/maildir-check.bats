#!/usr/bin/env bats
# maildir-check: a line for each finding, and nothing is changed.

setup() {
	load helper
	load maildir
	box M
	printf 'Subject: x\n\nline\r\nline\n' >m
}

# found line...: M has these findings, in any order, and no others.
found() {
	run -1 maildir-check M
	assert_equal "$(sort <<<"$output")" "$(printf 'M/%s\n' "$@" | sort)"
}

@test "what we and Python deliver is clean, in folders too" {
	maildir-make -q 100000S -f .Sub.Two M
	maildir-deliver M <m
	maildir-deliver -F SF M < <(cat m)
	maildir-deliver -i key M/.Sub.Two <m
	python3 "$DATA/maildir/adopt.py" . m maildir-deliver M
	run -0 maildir-check M M/.Sub.Two M/
	assert_output ''
	box P
	python3 -c 'import mailbox; b = mailbox.Maildir("P"); k = b.add(b"x"); b.add_folder("a").add(b"y"); m = b[k]; m.set_flags("RS"); m.set_subdir("cur"); b[k] = m'
	run -0 maildir-check P
	assert_output ''
}

@test "S and W that are not true, and numbers that are none" {
	cp m 'M/new/1.a.h,S=23,W=26'
	cp m 'M/new/2.a.h,S=24,W=26'
	cp m 'M/cur/3.a.h,S=23,W=23:2,S'
	cp m 'M/cur/4.a.h,W=26:2,'
	cp m 'M/cur/5.a.h,S=1x,W=:2,'
	cp m 'M/cur/6.a.h,S=9999999999999999999:2,'
	truncate -s 23 'M/new/7.a.h,S=99,S=23'
	cp m 'M/new/8.a.h,W=24,S=23'
	found 'new/2.a.h,S=24,W=26: S in its name is not its size, 23' \
		'cur/3.a.h,S=23,W=23:2,S: W in its name is not its size, 26' \
		'cur/5.a.h,S=1x,W=:2,: the S in its name is no number' \
		'cur/6.a.h,S=9999999999999999999:2,: the S in its name is no number' \
		'new/8.a.h,W=24,S=23: W in its name is not its size, 26'
}

@test "names that are not those of messages, shown safely" {
	touch M/new/{1,1.a,.1.a.h,.nfs001,1..h,x.a.h,1.a.h,2.a.h:2,3.a.h:2,S} M/cur/{1.a.h,2.a.h:2,SF,3.a.h:2,SS,4.a.h:2,Sa,5.a.h:1,6.a.h:2,7} \
		M/new/$'1.\e[31m.\nh' 'M/new/1. .h' M/new/1.é.h
	rm -f M/cur/{SF,SS,Sa} M/new/S M/cur/[0-9]
	touch M/cur/{2.a.h:2\,SF,3.a.h:2\,SS,4.a.h:2\,Sa,7.a.h:2\,S7,8.a.h:2\,DFPRST,9.a.h\,U=7:2\,FSab} M/new/4.a.h:2,S
	found 'new/1: its name is not time.unique.host' 'new/1.a: its name is not time.unique.host' \
		'new/.1.a.h: no reader shows a name with a period in front' \
		'new/1..h: its name is not time.unique.host' 'new/x.a.h: its name is not time.unique.host' \
		'new/2.a.h:2: what follows the colon is not 2,' 'new/3.a.h:2: what follows the colon is not 2,' \
		'cur/1.a.h: in cur, but without :2,' 'cur/2.a.h:2: what follows the colon is not 2,' \
		'cur/3.a.h:2: what follows the colon is not 2,' 'cur/4.a.h:2: what follows the colon is not 2,' \
		'cur/5.a.h:1: what follows the colon is not 2,' 'cur/6.a.h:2: what follows the colon is not 2,' \
		'cur/2.a.h:2,SF: its flags are not letters in order' 'cur/3.a.h:2,SS: its flags are not letters in order' \
		'cur/7.a.h:2,S7: its flags are not letters in order' \
		'new/1.?[31m.?h: bytes in its name that are not printable ASCII' \
		'new/1. .h: bytes in its name that are not printable ASCII' \
		'new/1.??.h: bytes in its name that are not printable ASCII'
}

@test "what is no regular file, what lies elsewhere, what was left behind" {
	box other
	cp m 'other/new/1.a.h,S=1'
	mkdir M/new/1.a.h M/.index
	mkfifo M/cur/2.a.h:2,
	ln -s "$PWD/m" M/tmp/3.a.h
	ln -s ../other M/.Link
	touch M/4.a.h M/subscriptions M/dovecot-uidlist M/tmp/5.a.h
	touch -d '40 hours ago' M/tmp/5.a.h
	mkdir M/6.a.h
	found 'new/1.a.h: is not a regular file' 'cur/2.a.h:2,: is not a regular file' \
		'tmp/3.a.h: is not a regular file' '4.a.h: a message that is neither in new nor in cur'
	rm -r M/new/1.a.h M/cur/* M/tmp/3.a.h M/4.a.h
	LATER=35 run -0 "$PROBE/maildir-check" M
	LATER=37 run -1 "$PROBE/maildir-check" M
	assert_output 'M/tmp/5.a.h: left behind by a delivery 36 hours ago or more'
}

@test "directories that are missing or no directories, and folders without their mark" {
	box M/.Sub M/.a..b other
	touch M/.a..b/maildirfolder M/.Sub/maildirsize M/.Sub/7.a.h
	rmdir M/cur && ln -s ../other/cur M/cur
	rmdir M/tmp && : >M/tmp
	rmdir M/new M/.Sub/new
	found 'new: is missing' 'cur: is not a directory' 'tmp: is not a directory' '.Sub/new: is missing' \
		'.Sub/maildirfolder: is missing' '.a..b: not the name of a folder' \
		'.Sub/maildirsize: has no meaning in a folder' \
		'.Sub/7.a.h: a message that is neither in new nor in cur'
	rm M/.Sub/maildirsize && ln -s x M/.Sub/maildirfolder
	run maildir-check M
	assert_line 'M/.Sub/maildirfolder: is not a regular file'
}

@test "a maildirsize that says something else than is there" {
	maildir-deliver -q 1000S M <m
	run -0 maildir-check M
	printf '1000S\n 20 1\n 5 1\n' >M/maildirsize
	found 'maildirsize: says 25 bytes in 2 messages, there are 23 bytes in 1 messages'
	printf '1000S\n 20\n' >M/maildirsize
	found 'maildirsize: has lines that do not add up'
	printf '1000S\n 20 -1\n' >M/maildirsize
	found 'maildirsize: has lines that do not add up'
	echo x >M/maildirsize
	found 'maildirsize: has no quota that can be read'
	{ echo 1000S && yes 1 1 | head -n 2000; } >M/maildirsize
	run -0 maildir-check M
	rm M/maildirsize && mkfifo M/maildirsize
	run -1 timeout 10 maildir-check M
	rm M/maildirsize && ln -s ../m M/maildirsize
	run -111 maildir-check M
}

@test "a delivery meanwhile is no finding" {
	maildir-deliver -q 1000S M <m
	cp m 'M/new/1.a.h,S=23'
	(
		timeout 10 strace -qq -o trace -e trace=openat,poll -e inject=poll:delay_enter=1500000:when=1 maildir-check M >said
		echo $? >code
	) &
	local pid=$!
	until_true grep -qs maildirsize trace
	echo '23 1' >>M/maildirsize
	wait "$pid"
	assert_equal "$(cat code said)" 0
}

# times: every file and directory and what stat says, but for the directories' and maildirsize's atime.
times() { find M \( -type d -o -name maildirsize \) -printf '%p %T@ %C@ %i %s\n' -o -printf '%p %A@ %T@ %C@ %i %s\n' | sort; }

@test "nothing is changed, not even when a message was read, and nothing waited for" {
	maildir-make -q 1000S -f .Sub M
	maildir-deliver M <m
	cp m 'M/.Sub/cur/1.a.h,W=1:2,'
	find M -type f -exec touch -a -d '2 days ago' {} +
	times >before
	run -1 strace -f -o trace maildir-check M
	times | diff before -
	# The sanitizer writes a file of its own.
	[ -n "${SANITIZED:-}" ] || run ! grep -E '^[0-9]+ +(mkdir|unlink|rename|link|ftruncate|chmod|utime)|O_(CREAT|WRONLY|RDWR)' trace
}

@test "what cannot be looked at is told and exit 111, the rest is looked at" {
	touch M/new/x
	run -111 maildir-check missing M
	assert_line 'M/new/x: its name is not time.unique.host'
	assert_line --partial 'unable to open missing: No such file'
	run -111 --separate-stderr strace -o trace -e inject=getdents64:error=EIO:when=3 maildir-check M
	# shellcheck disable=SC2154 # run sets it
	assert_regex "$stderr" 'unable to read M'
	run -111 bash -c 'maildir-check M >/dev/full'
	run -100 maildir-check
	run -100 maildir-check -x M
}

# asked: how often the program asks for memory.
asked() {
	strace --seccomp-bpf -f -o trace -e trace=brk,mmap,mremap maildir-check M
	grep -c '(' trace
}

@test "20,000 files take no more memory than one" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer takes memory of its own'
	local few
	maildir-deliver -q 0S M <m
	few=$(asked)
	python3 - <<-'EOF'
		for i in range(20000):
		    with open("M/%s/%d.a.h,S=1,W=1%s" % (("new", i, "") if i % 2 else ("cur", i, ":2,S")), "w") as f:
		        f.write("x")
	EOF
	maildir-make -q 0S M
	assert_equal "$(asked)" "$few"
}
