#!/usr/bin/env bats
# -c makes what is missing, -f goes to a folder.

setup() {
	load helper
	load maildir
	message 3000 m
}

teardown() { umount "$BATS_TEST_TMPDIR/other" 2>/dev/null || :; }

# made maildir: what -c makes, and no more
made() { assert_equal "$(cd "$1" && find . -type d -printf '%m %p\n' | sort | xargs)" '700 . 700 ./cur 700 ./new 700 ./tmp'; }

@test "-c makes the maildir and what is missing above it, for the owner alone" {
	umask 0
	run -0 maildir-deliver -c a/b//M/ N <m
	assert_output ''
	made a/b/M
	made N
	holds a/b/M m
	holds N m
	assert_equal "$(stat -c '%a %a' a a/b)" $'700 700\n700 700'
	rm -r N/cur N/tmp N/new/*
	maildir-deliver -cF S N <m
	made N
	cmp m "$(one N/cur)"
}

@test "what is there need not be made, whatever mkdir(2) says of it" {
	mkdir a
	strace -o trace -e inject=mkdir:error=EROFS:when=1 maildir-deliver -c a/M < <(cat m)
	holds a/M m
	run -111 strace -o trace -e inject=mkdir:error=EROFS:when=1 maildir-deliver -c b/M < <(cat m)
	assert_line '4.3.0 Mail system problem'
	assert_file_not_exists b
}

@test "without -c nothing is made" {
	run -111 maildir-deliver N <m
	assert_file_not_exists N
	box M
	rmdir M/cur
	maildir-deliver -f .Sub M <m
	holds M m
	assert_equal "$(cd M && echo ./* .[!.]*)" './new ./tmp .[!.]*'
}

@test "-f delivers to the folder, and to the maildir where there is none of that name" {
	box M M/.Lists.music
	run -0 --separate-stderr maildir-deliver -v -f .Lists.music M <m
	assert_equal "M/$output" "$(one M/.Lists.music/new)"
	# shellcheck disable=SC2154 # run sets it
	assert_regex "$stderr" ' bytes to M/\.Lists\.music/new/'
	holds M/.Lists.music m
	assert_equal "$(find M/new -type f)" ''
	run -0 --separate-stderr maildir-deliver -v -f .None M <m
	assert_regex "$output" '^new/'
	assert_regex "$stderr" '^maildir-deliver: warning: no folder .None in M'
	holds M m
	run -0 maildir-deliver -f .None M <m
	assert_output ''
}

@test "-f with -c makes the folder and its mark, and completes half a one" {
	run -0 maildir-deliver -c -f .Sub M <m
	made M/.Sub
	assert_equal "$(stat -c '%a %s' M/.Sub/maildirfolder)" '600 0'
	holds M/.Sub <(cat m)
	assert_equal "$(find M/new -type f)" ''
	rm -r M/.Sub/tmp
	run -111 maildir-deliver -f .Sub M <m
	assert_line '4.2.1 No such mailbox'
	run -0 maildir-deliver -c -f .Sub M <m
	assert_equal "$(find M/.Sub/new -type f | wc -l)" 2
}

@test "a name that is no folder's is a usage error" {
	local bad
	box M
	for bad in '' . .. Sub .a/b ./a .. ..a .a..b .a. /tmp $'.a\nb' $'.\x7f' ".$(printf '%0255d' 0)"; do
		run -100 maildir-deliver -c -f "$bad" M <m
		run -64 maildir-deliver -e -f "$bad" M <m
	done
	bare M
}

@test "a folder that is a link is not followed, nor made into one" {
	box M elsewhere
	ln -s ../elsewhere M/.Sub
	run -111 maildir-deliver -f .Sub M <m
	assert_line '4.2.1 No such mailbox'
	run -111 maildir-deliver -cf .Sub M <m
	mkdir M/.Half
	ln -s ../../elsewhere/tmp M/.Half/tmp
	run -111 maildir-deliver -cf .Half M <m
	ln -s nowhere N
	run -111 maildir-deliver -c N <m
	[ -z "$(find M elsewhere -type f ! -name maildirfolder)" ]
	assert_file_not_exists nowhere
}

# synced argument...: what a delivery syncs, and when it links
synced() {
	strace -y -e trace=fsync,linkat -o trace maildir-deliver "$@" <m
	sed -n 's/^fsync([0-9]*<\(.*\)>).*/\1/p; s/^linkat.*/linkat/p' trace |
		sed "s|^$PWD|.|; s|/tmp/[0-9].*|/tmp/file|" | xargs
}

@test "each new directory and what holds it is synced before the message has a name" {
	assert_equal "$(synced -c a/M)" \
		". ${PWD%/*} ./a ./a/M/tmp ./a/M/cur ./a/M/new ./a/M ./a/M/tmp/file linkat ./a/M/new"
	# What is there may not have been synced by whoever made it.
	assert_equal "$(synced -c a/M)" './a/M ./a ./a/M/tmp/file linkat ./a/M/new'
	maildir-deliver -cf .Sub a/M <m
	assert_equal "$(synced -cf .Sub a/M)" './a/M/.Sub ./a/M ./a ./a/M/.Sub/tmp/file linkat ./a/M/.Sub/new'
	assert_equal "$(synced -f .Sub a/M)" './a/M/.Sub/tmp/file linkat ./a/M/.Sub/new'
}

@test "a directory that cannot be synced is a warning, or 111 with -S; any other error is 111" {
	run -0 strace -o trace -e inject=fsync:error=EINVAL:when=1..6 maildir-deliver -c M < <(cat m)
	assert_line --partial warning
	run -111 strace -o trace -e inject=fsync:error=EINVAL:when=1 maildir-deliver -cS N < <(cat m)
	run -111 strace -o trace -e inject=fsync:error=EIO:when=2 maildir-deliver -c N < <(cat m)
	assert_line '4.3.0 Mail system problem'
	[ -z "$(find N -type f)" ]
}

@test "root makes nothing in a directory of somebody else, who may" {
	mkdir home
	chown nobody home
	run -100 maildir-deliver -c home/M <m
	assert_line '5.3.5 System incorrectly configured'
	run -100 maildir-deliver -cn home/M
	assert_equal "$(ls -A home)" ''
	chmod 755 .
	setpriv --reuid nobody --clear-groups "$(command -v maildir-deliver)" -c home/a/M <m
	holds home/a/M m
	mkdir home/a/M/.Sub # as root, in a maildir of nobody's
	run -100 maildir-deliver -f .Sub home/a/M <m
}

@test "whoever can neither read nor write above the maildir need not sync it" {
	mkdir -p home/u
	box home/u/M
	chown -R nobody home/u/M
	chmod 711 home/u
	as() { setpriv --reuid nobody --clear-groups "$(command -v maildir-deliver)" "$@"; }
	as -c home/u/M <m
	holds home/u/M m
	rmdir home/u/M/cur
	as -cf .Sub home/u/M <m
	holds home/u/M/.Sub <(cat m)
	run -111 as -c home/u/N <m
	assert_line '4.2.1 No such mailbox'
}

@test "-n with -c says whether it could be made, and makes nothing" {
	run -0 maildir-deliver -cn -f .Sub a/b/M
	run -0 maildir-deliver -cn "$PWD/a/b/M" /
	assert_equal "$(ls -A)" m
	run -111 maildir-deliver -cn m/M
	assert_line '4.2.1 No such mailbox'
	run -111 maildir-deliver -cn ''
	mkdir other
	mount -t tmpfs -o size=64k tmpfs other
	head -c 70000 /dev/zero >other/fill || :
	run -111 maildir-deliver -cn other/a/M
	assert_line '4.3.1 Disk full'
	mount -o remount,ro other
	run -111 maildir-deliver -c other/a/M <m
	assert_line '4.3.0 Mail system problem'
}

@test "with -r everybody named gets a maildir, and all of them or none the message" {
	RECIPIENTS=$'A@x.example\nb-c@y.example' maildir-deliver -cr 'srv/%d/%l' <m
	holds srv/x.example/a m
	holds srv/y.example/b m
	: >srv/z.example
	RECIPIENTS=$'d@x.example\nb@z.example' run -111 maildir-deliver -cr 'srv/%d/%l' <m
	assert_equal "$(find srv/x.example/d -type f)" ''
	RECIPIENT=..@x.example run -100 maildir-deliver -cr 'srv/%d/%l' <m
	RECIPIENT=a@../.. run -100 maildir-deliver -cr 'srv/%d/%l' <m
}

@test "twenty at once make one maildir, and store twenty messages" {
	local _
	for _ in {1..20}; do maildir-deliver -cf .Sub a/b/M <m & done
	wait
	assert_equal "$(find a/b/M/.Sub/new -type f | wc -l)" 20
	assert_equal "$(find a/b/M/.Sub/tmp a/b/M/new -type f)" ''
}
