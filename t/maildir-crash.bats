#!/usr/bin/env bats
# What was acknowledged is there after a crash: the device as it was written so
# far is copied right after exit 0, and what its journal gives back is looked at.

setup() {
	load helper
	load maildir
	mkdir a b
	truncate -s 64M img
	mkfs.ext4 -q -F img
	mount -o loop img a
	box a/M a/N
	sync -f a
	message 20000 m
}

teardown() {
	umount "$BATS_TEST_TMPDIR/a" 2>/dev/null || :
	umount "$BATS_TEST_TMPDIR/b" 2>/dev/null || :
}

# crash: from now on ./b is what a crash at this moment would have left of ./a.
crash() {
	cp --sparse=always img img2
	umount a
	mount -o loop img2 b
}

# kept n maildir: n whole messages are in new of the maildir.
kept() {
	local f n=0
	for f in "$2"/new/*; do
		cmp m "$f" || return
		n=$((n + 1))
	done
	assert_equal "$n" "$1"
}

@test "every message acknowledged before a crash is whole and in new" {
	local i
	for i in 1 2 3 4 5; do echo "$i" && maildir-deliver a/M < <(cat m); done
	crash
	kept 5 b/M
}

@test "every copy for several maildirs survives a crash" {
	maildir-deliver a/M a/N < <(cat m)
	crash
	kept 1 b/M
	kept 1 b/N
}

@test "an adopted file survives a crash" {
	python3 "$DATA/maildir/adopt.py" a m "$(command -v maildir-deliver)" a/M a/N
	crash
	kept 1 b/M
	kept 1 b/N
}

@test "a renamed file survives a crash" {
	strace -o trace -e inject=linkat:error=EPERM maildir-deliver a/M < <(cat m)
	crash
	kept 1 b/M
}

@test "a test that syncs nothing would fail here" {
	cp m a/M/tmp/x
	mv a/M/tmp/x a/M/new/x
	crash
	run ! kept 1 b/M
}
