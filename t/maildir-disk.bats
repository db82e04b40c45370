#!/usr/bin/env bats
# Disks that are full, closed or sealed, as ext4 has them: blocks are found late,
# at fsync, and a directory can be immutable.

setup() {
	load helper
	load maildir
	in_memory
	mkdir disk
	truncate -s 4M img
	mkfs.ext4 -q -F -b 1024 -N 32 -m 0 img
	mount -o loop img disk
	box disk/M disk/N
	message 20000 m
}

teardown() {
	chattr -i disk/M/new disk/M/tmp 2>/dev/null || :
	umount disk
	leave_memory
}

adopt() { python3 "$DATA/maildir/adopt.py" disk m maildir-deliver "$@"; }

# refused text maildir...: from a pipe and from a file, 111 and nothing is stored
refused() {
	local text=$1
	shift
	run -111 --separate-stderr maildir-deliver "$@" < <(cat m)
	assert_output "$text"
	run -111 --separate-stderr maildir-deliver "$@" <m
	assert_output "$text"
	bare "$@"
}

@test "a full disk is 4.3.1 and nothing, also for the second of two maildirs" {
	head -c 4M /dev/zero >disk/filler 2>/dev/null || :
	refused '4.3.1 Disk full' disk/M
	box M
	run -111 --separate-stderr maildir-deliver M disk/N < <(cat m)
	assert_output '4.3.1 Disk full'
	bare M disk/N
	rm disk/filler
	maildir-deliver M disk/N < <(cat m)
	holds M m
	holds disk/N m
}

@test "a disk without inodes is 4.3.1, but an adopted file needs none" {
	local i=0
	exec 5>disk/spool && rm disk/spool # for the file that is adopted
	while : >"disk/f$i"; do i=$((i + 1)); done 2>/dev/null
	refused '4.3.1 Disk full' disk/M
	exec 5>&-
	adopt disk/M disk/N
	holds disk/M m
	holds disk/N m
}

@test "a directory nothing can be made in is refused, and nothing stays" {
	chattr +i disk/M/new
	refused '4.3.0 Mail system problem' disk/M
	run -111 adopt disk/M
	run -111 maildir-deliver disk/N disk/M < <(cat m)
	bare disk/M disk/N
	chattr -i disk/M/new
	chattr +i disk/M/tmp
	refused '4.3.0 Mail system problem' disk/M
	maildir-deliver disk/N < <(cat m)
	holds disk/N m
}

@test "a disk that was made read-only is 4.3.0" {
	mount -o remount,ro disk
	refused '4.3.0 Mail system problem' disk/M
}

@test "the umask changes nothing" {
	local mask
	for mask in 0 077 0777; do
		(umask $mask && maildir-deliver disk/M < <(cat m) && adopt disk/N)
		run -0 find disk/M/new disk/N/new -type f -perm 600
		assert_equal "${#lines[@]}" 2
		rm disk/*/new/*
	done
}

@test "the file size limit is 4.3.1 for a pipe, and none for what is adopted" {
	run -111 --separate-stderr bash -c 'ulimit -f 8; exec maildir-deliver disk/M' < <(cat m)
	assert_output '4.3.1 Disk full'
	bare disk/M
	# ulimit counts from the program on: what the session wrote is not written again
	python3 "$DATA/maildir/adopt.py" disk m bash -c 'ulimit -f 8; exec maildir-deliver disk/M'
	holds disk/M m
}
