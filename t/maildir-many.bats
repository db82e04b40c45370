#!/usr/bin/env bats
# Many deliveries: at once, and one after another until something would be left.

setup() {
	load helper
	load maildir
	in_memory
	mkdir disk
	truncate -s 256M img
	mkfs.ext4 -q -F -N 65536 img
	mount -o loop img disk
	box disk/M disk/N
	message 3000 m
}

teardown() {
	umount disk 2>/dev/null || :
	leave_memory
}

@test "200 deliveries at once into one maildir are 200 whole files" {
	timeout 60 python3 "$DATA/maildir/crowd.py" 200 disk/M maildir-deliver
}

inodes() { df --output=iused disk | tail -n 1; }

# a hundred deliveries of every kind, 80 of which are stored, 20 of these twice
hundred() {
	local _
	for _ in {1..20}; do
		maildir-deliver disk/M <m
		maildir-deliver disk/M disk/N < <(cat m)
		python3 "$DATA/maildir/adopt.py" disk m maildir-deliver -m 640 disk/M
		maildir-deliver -F S -N disk/M < <(printf '3:abc,0:,')
		run -111 maildir-deliver -N disk/M < <(printf '3:ab')
	done
}

# DELIVERIES=10000 in the environment is the whole of it.
@test "hundreds of deliveries leave their messages, and no other file and no process" {
	local before round n=${DELIVERIES:-200}
	before=$(inodes)
	for ((round = 0; round < n; round += 100)); do hundred; done
	assert_equal "$(find disk/M/new disk/M/cur -type f | wc -l)" $((n * 8 / 10))
	assert_equal "$(find disk/N/new -type f | wc -l)" $((n * 2 / 10))
	assert_equal "$(find disk/M/tmp disk/N/tmp -type f)" ''
	# Deleted files that something holds open have their inodes still.
	assert_equal "$(($(inodes) - before))" $((n * 8 / 10))
	assert_equal "$(pgrep -x maildir-deliver -s 0)" ''
	find disk/M disk/N -type f -delete
	assert_equal "$(inodes)" "$before"
	umount disk
}
