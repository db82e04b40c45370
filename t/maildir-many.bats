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
	box disk/M disk/N disk/N/.Sub
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

# round name: 140 deliveries, twenty of every kind: 80 messages in M, 20 of these in N
# too, 20 in its folder
round() {
	local i
	for i in {1..20}; do
		maildir-deliver -i "$1.$i" disk/M <m
		ATTEMPT=2 maildir-deliver -i "$1.$i" disk/M < <(cat m)
		maildir-deliver disk/M disk/N < <(cat m)
		python3 "$DATA/maildir/adopt.py" disk m maildir-deliver -m 640 disk/M
		maildir-deliver -F S -N disk/M < <(printf '3:abc,0:,')
		maildir-deliver -cf .Sub disk/N <m
		run -111 maildir-deliver -N disk/M < <(printf '3:ab')
	done
}

# DELIVERIES=10000 in the environment is the whole of it.
@test "deliveries of every kind leave their messages, and no other file and no process" {
	local before n
	before=$(inodes)
	for ((n = 0; n * 140 < ${DELIVERIES:-140}; n++)); do round "$n"; done
	assert_equal "$(find disk/M/new disk/M/cur -type f | wc -l)" $((n * 80))
	assert_equal "$(find disk/N/new -type f | wc -l)" $((n * 20))
	assert_equal "$(find disk/N/.Sub/new -type f | wc -l)" $((n * 20))
	assert_equal "$(find disk/{M,N,N/.Sub}/tmp -type f)" ''
	# Deleted files that something holds open have their inodes still.
	assert_equal "$(($(inodes) - before))" $((n * 100))
	# Those of another file of tests, which may run at the same time, are elsewhere.
	run ! grep -F "$PWD" <(for p in $(pgrep -x maildir-deliver); do readlink "/proc/$p/cwd"; done)
	find disk/M disk/N -type f -delete
	assert_equal "$(inodes)" "$before"
	umount disk
}
