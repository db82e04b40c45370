#!/usr/bin/env bats
# A nameless file on descriptor 0 becomes the message without being copied.

setup() {
	load helper
	load maildir
	box M N
	message 300000 m
	DELIVER=$(command -v maildir-deliver)
}

teardown() {
	umount "$BATS_TEST_TMPDIR/other" 2>/dev/null || :
}

# adopt dir file program...: see its file.
adopt() { HOW=${HOW:-} AT=${AT:-0} python3 "$DATA/maildir/adopt.py" "$@"; }

# traced where maildir...: deliver a nameless copy of m made in where.
traced() {
	local where=$1
	shift
	adopt "$where" m strace -o trace "$DELIVER" "$@"
}

@test "a nameless file on the same filesystem is synced, linked, and new is synced" {
	traced . M
	holds M m
	assert_equal "$(calls trace fsync linkat write copy_file_range sendfile)" 'fsync( linkat( fsync( '
	run ! grep -E '^p?read(64)?\(0,' trace
	assert_regex "$(one M/new)" ',S=300000$'
	assert_equal "$(stat -c %a:%h "$(one M/new)")" 600:1
}

@test "its position does not matter" {
	AT=1000 traced . M
	holds M m
	assert_equal "$(calls trace write)" ''
}

@test "-m sets the mode of an adopted file" {
	traced . -m 640 M
	assert_equal "$(stat -c %a "$(one M/new)")" 640
	assert_equal "$(calls trace fchmod fsync linkat)" 'fchmod( fsync( linkat( fsync( '
}

@test "several maildirs share it" {
	traced . M N
	holds M m
	holds N m
	assert_equal "$(calls trace write copy_file_range)" ''
	assert_equal "$(stat -c %h "$(one N/new)")" 2
}

@test "one from another filesystem is copied" {
	mkdir other
	mount -t tmpfs tmpfs other
	traced other M
	holds M m
	assert_equal "$(calls trace linkat)" 'linkat( '
	assert_equal "$(calls trace write | wc -w)" 5
}

@test "one that cannot be linked is copied" {
	HOW=excl traced . M
	holds M m
	rm M/new/*
	HOW=unlinked traced . M N
	holds M m
	holds N m
}

@test "any refusal of the link leads to a copy" {
	local e
	for e in EXDEV EPERM EMLINK EOPNOTSUPP ENOENT; do
		adopt . m strace -o trace -e inject=linkat:error=$e:when=1 "$DELIVER" M
		holds M m
		rm M/new/*
	done
}

@test "one of another user is copied" {
	chown 12345 . m
	chown -R 12346 M
	chmod 755 "$BATS_TEST_TMPDIR"
	python3 -c '
import os, sys
fd = os.open(".", os.O_TMPFILE | os.O_RDWR, 0o644)
os.write(fd, open("m", "rb").read())
os.fchown(fd, 12345, 12345)
os.dup2(fd, 0)
os.setgroups([])
os.setuid(12346)
os.execvp(sys.argv[1], sys.argv[1:])' strace -o M/trace "$DELIVER" M
	cmp m "$(one M/new)"
	assert_equal "$(calls M/trace write | wc -w)" 5
}

@test "a failed sync of the nameless file is final" {
	run -111 adopt . m strace -o trace -e inject=fsync:error=EIO:when=1 "$DELIVER" M
	assert_line '4.3.0 Mail system problem'
	assert_equal "$(calls trace fsync write linkat)" 'fsync( write( '
	bare M
}

@test "limits and empties hold for a nameless file too" {
	run -100 adopt . m "$DELIVER" -s 299999 M
	: >empty
	run -111 adopt . empty "$DELIVER" M
	bare M
	run -0 adopt . empty "$DELIVER" -E M
	holds M empty
}

@test "a file with a name is copied and stays" {
	strace -o trace "$DELIVER" M <m
	holds M m
	assert_equal "$(stat -c %h "$(one M/new)")" 1
}
