#!/usr/bin/env bats
# The command line, and what is said.

setup() {
	load helper
	load maildir
	box M
}

teardown() {
	umount "$BATS_TEST_TMPDIR/other" 2>/dev/null || :
}

@test "without operands MAILDIR is used, without that it is a usage error" {
	MAILDIR=M run -0 maildir-deliver < <(echo x)
	one M/new
	run -100 env -u MAILDIR maildir-deliver < <(echo x)
	run -64 env -u MAILDIR maildir-deliver -e < <(echo x)
}

@test "unknown options, bad values and more than 64 maildirs are usage errors" {
	local -a many
	mapfile -t many < <(yes M | head -65)
	run -100 maildir-deliver -z M < <(echo x)
	run -100 maildir-deliver -m 999 M < <(echo x)
	run -100 maildir-deliver -m 10600 M < <(echo x)
	run -100 maildir-deliver -F X M < <(echo x)
	run -100 maildir-deliver -s 1k M < <(echo x)
	run -100 maildir-deliver -t '' M < <(echo x)
	run -100 maildir-deliver "${many[@]}" < <(echo x)
	run -64 maildir-deliver -z -e M < <(echo x)
	bare M
}

@test "-F sorts the flags and delivers to cur, -d alone with none" {
	run -0 maildir-deliver -F SFS M < <(echo x)
	assert_regex "$(one M/cur)" ',S=2,W=3:2,FS$'
	box N
	run -0 maildir-deliver -d N < <(echo x)
	assert_regex "$(one N/cur)" ',S=2,W=3:2,$'
	assert_equal "$(find M/new N/new -mindepth 1)" ''
}

@test "-v prints the name and nothing is printed without it" {
	run -0 --separate-stderr maildir-deliver M < <(echo x)
	# shellcheck disable=SC2154 # run sets it
	assert_equal "$output$stderr" ''
	rm M/new/*
	run -0 --separate-stderr maildir-deliver -v M < <(echo x)
	assert_equal "M/$output" "$(one M/new)"
	assert_regex "$stderr" '^maildir-deliver: info: delivered 2 bytes to M/new/.* ms'
}

@test "a failure is one line with status and reason for the sender" {
	run -111 --separate-stderr maildir-deliver nowhere < <(echo x)
	assert_equal "$output" '4.2.1 No such mailbox'
	assert_regex "$stderr" '^maildir-deliver: fatal: 4\.2\.1 No such mailbox: .* nowhere: '
	run -100 --separate-stderr maildir-deliver -s 1 M < <(echo x)
	assert_equal "$output" '5.3.4 Message too big'
}

@test "an empty message is refused unless -E" {
	run -111 maildir-deliver M </dev/null
	: >m
	run -111 maildir-deliver M <m
	bare M
	run -0 maildir-deliver -E M <m
	holds M m
}

@test "-s takes a message of that size, refuses one byte more, and 0 is no limit" {
	message 10000 m
	run -100 maildir-deliver -s 9999 M <m
	run -100 maildir-deliver -s 9999 M < <(cat m)
	run -69 maildir-deliver -e -s 9999 M < <(cat m)
	bare M
	run -0 maildir-deliver -s 10000 M < <(cat m)
	holds M m
	run -0 maildir-deliver -s 0 M < <(cat m)
}

@test "-t gives up on a producer that does not end" {
	run -111 timeout 10 maildir-deliver -t 1 M < <(echo x; exec timeout 10 tail -f /dev/null)
	assert_output --partial '4.3.0'
	bare M
}

@test "-N stores the data of the netstrings, however they are cut" {
	printf 'A: b\n\nhello\n' >m
	printf '3:A: ,9:b\n\nhello\n,0:,' >framed
	run -0 maildir-deliver -N M <framed
	holds M m
	box N
	run -0 maildir-deliver -N N < <(while IFS= read -rn1 -d '' c; do printf %s "$c"; done <framed)
	holds N m
}

@test "-N without the end mark stores nothing" {
	local cut
	for cut in '' '3' '3:' '3:ab' '3:abc' '3:abc,' '3:abc,0' '3:abc,0:'; do
		run -111 maildir-deliver -N M < <(printf %s "$cut")
		printf %s "$cut" >m
		run -111 maildir-deliver -N M <m
	done
	bare M
}

@test "-N refuses what is no netstring" {
	local bad
	for bad in '03:abc,0:,' ':,' '3abc' '3:abcd,0:,' '-1:,' '3 :abc,0:,' '00:,' \
		'1234567890123456789:a,0:,'; do
		run -111 maildir-deliver -N M < <(printf %s "$bad")
	done
	bare M
}

@test "-N refuses for good what follows the end mark" {
	run -100 maildir-deliver -N M < <(printf '1:a,0:,x')
	bare M
}

@test "-N limits and empties count the data, not the frames" {
	run -0 maildir-deliver -N -s 1 M < <(printf '1:a,0:,')
	run -111 maildir-deliver -N M < <(printf '0:,')
	run -100 maildir-deliver -N -s 1 M < <(printf '1:a,1:a,0:,')
	one M/new
}

@test "root is refused a maildir of another owner" {
	chown nobody M
	run -100 maildir-deliver M < <(echo x)
	assert_output --partial '5.3.5'
	bare M
	chown -R nobody M
	run -0 setpriv --reuid nobody --clear-groups "$(command -v maildir-deliver)" M < <(echo x)
	one M/new
}

@test "-n says whether a delivery would work, reads and stores nothing" {
	mkfifo silent # nobody will ever write to it
	run -0 timeout 10 maildir-deliver -n M <>silent
	assert_output ''
	bare M
	run -111 --separate-stderr maildir-deliver -n M nowhere </dev/null
	assert_output '4.2.1 No such mailbox'
	rmdir M/new
	run -111 maildir-deliver -n M </dev/null
	mkdir M/new
	chown -R 12345 M
	chmod 500 M/tmp
	run -111 --separate-stderr setpriv --reuid 12345 --clear-groups \
		"$(command -v maildir-deliver)" -n M </dev/null
	assert_output '4.2.1 No such mailbox'
}

@test "-n on a full disk is 4.3.1" {
	mkdir other
	mount -t tmpfs -o size=64k tmpfs other
	box other/M
	run -0 maildir-deliver -n other/M </dev/null
	head -c 70000 /dev/zero >other/fill || :
	run -111 --separate-stderr maildir-deliver -n other/M </dev/null
	umount other
	assert_output '4.3.1 Disk full'
}
