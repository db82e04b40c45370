#!/usr/bin/env bats
# One message, several maildirs: all or none.

setup() {
	load helper
	load maildir
	box A B C
	message 20000 m
}

teardown() {
	umount "$BATS_TEST_TMPDIR/other" 2>/dev/null || :
}

# other: a second filesystem, mounted at ./other.
other() {
	mkdir other
	mount -t tmpfs -o size=1m tmpfs other
}

@test "maildirs on one device share one body, written and synced once" {
	strace -o trace maildir-deliver A B C < <(cat m)
	holds A m
	holds B m
	holds C m
	assert_equal "$(stat -c %h "$(one A/new)")" 3
	assert_equal "$(calls trace write fsync)" 'write( fsync( fsync( fsync( fsync( '
}

@test "every file is published before the first directory is synced" {
	strace -o trace maildir-deliver A B < <(cat m)
	assert_equal "$(calls trace linkat fsync)" 'fsync( linkat( linkat( fsync( fsync( '
}

@test "a maildir on another device gets a copy" {
	other
	box other/D
	run -0 maildir-deliver A other/D B < <(cat m)
	holds A m
	holds B m
	holds other/D m
	assert_equal "$(stat -c %h "$(one A/new)")" 2
}

@test "a maildir of another owner gets a copy" {
	chown 0:0 A
	chown 12345 B
	chmod 777 B/tmp B/new
	chown -R 12345 A
	run -0 setpriv --reuid 12345 --clear-groups "$(command -v maildir-deliver)" A B < <(cat m)
	holds A m
	assert_equal "$(stat -c %h "$(one A/new)")" 2
	chown 0 B
	rm A/new/* B/new/*
	run -0 setpriv --reuid 12345 --clear-groups "$(command -v maildir-deliver)" A B < <(cat m)
	holds B m
	assert_equal "$(stat -c %h "$(one B/new)")" 1
}

@test "when one maildir is missing none has the message" {
	rmdir C/new
	run -111 maildir-deliver A B C < <(cat m)
	bare A B C
}

@test "when the disk of one is full none has the message" {
	other
	box other/D
	head -c 2000000 /dev/zero >big
	run -111 maildir-deliver A other/D B <big
	assert_line '4.3.1 Disk full'
	bare A B other/D
}

@test "when a later link fails the names published before are withdrawn" {
	local k
	for k in 1 2 3; do
		run -111 strace -o trace -e inject=linkat:error=EIO:when=$k maildir-deliver A B C < <(cat m)
		bare A B C
	done
}

@test "when the second directory cannot be synced the first name is withdrawn" {
	run -111 strace -o trace -e inject=fsync:error=EIO:when=3 maildir-deliver A B < <(cat m)
	assert_line '4.3.0 Mail system problem'
	bare A B
}

@test "when sharing is refused the body is copied" {
	local e
	for e in EPERM EXDEV EMLINK EOPNOTSUPP; do
		strace -o trace -e inject=linkat:error=$e:when=1 maildir-deliver A B < <(cat m)
		holds A m
		holds B m
		rm A/new/* B/new/*
	done
}
