#!/usr/bin/env bats
# -i: a delivery that is tried again, with the same key, is there once.

setup() {
	load helper
	load maildir
	box M
	message 3000 m
	DELIVER=$(command -v maildir-deliver)
}

# again argument...: not the first try
again() { ATTEMPT=2 maildir-deliver "$@"; }
adopt() { python3 "$DATA/maildir/adopt.py" "$@"; }
files() { find "$@" -type f | wc -l; }

@test "the name is made of the key, whichever way the message comes" {
	local hash
	hash=$(printf 1795406263.abc | sha256sum | head -c 32)
	maildir-deliver -i 1795406263.abc M <m
	assert_equal "$(one M/new)" "M/new/1795406263.K$hash.$(hostname),S=3000"
	maildir-deliver -i 1795406263.abc M < <(cat m)
	adopt . m "$DELIVER" -i 1795406263.abc M
	maildir-deliver -N -i 1795406263.abc M < <(printf 3000: && cat m && printf ,0:,)
	holds M m
	maildir-deliver -F S -i 1795406263.abc M <m
	assert_equal "$(one M/cur)" "M/cur/1795406263.K$hash.$(hostname),S=3000:2,S"
}

@test "T is 0 unless the key begins with a number and a period, the hash is of all of it" {
	local key
	for key in x 1 '1 .x' 1234567890123.x -1.x .x $'\n' 001.x; do maildir-deliver -i "$key" M <m; done
	assert_equal "$(find M/new -name '0.K*' | wc -l)" 7
	assert_equal "$(find M/new -name '1.K*' | wc -l)" 1
	run -100 maildir-deliver -i '' M <m
}

@test "its name in tmp is another one each time" {
	strace -e trace=openat -o trace maildir-deliver -i key M < <(cat m)
	run -0 grep -c '"[0-9]*\.M[0-9]*P[0-9]*Q1R[0-9a-f]\{16\}\.[^,"]*", O_WRONLY|O_CREAT|O_EXCL' trace
}

@test "a file of a known size that is there is not written again, only its name is synced" {
	maildir-deliver -i key M <m
	strace -y -e trace=write,fsync,linkat -o trace maildir-deliver -i key M <m
	assert_equal "$(calls trace write fsync linkat)" 'fsync( '
	run -0 grep '^fsync(.*/M/new>' trace
	holds M m
	run -0 --separate-stderr maildir-deliver -v -i key M <m
	assert_equal "M/$output" "$(one M/new)"
	# shellcheck disable=SC2154 # run sets it
	assert_regex "$stderr" '^maildir-deliver: info: delivered before to M/new/'
}

@test "with ATTEMPT above 1 it is found in cur too, whatever its flags and the host" {
	maildir-deliver -i key M <m
	mv M/new/* M/cur/"$(basename M/new/* | sed 's/\.K\([0-9a-f]*\)\.[^,]*/.K\1.elsewhere/'):2,RS"
	run -0 --separate-stderr again -v -i key M < <(cat m)
	assert_equal "M/$output" "$(one M/cur)"
	assert_equal "$(files M)" 1
	again -d -i key M <m
	again -f .None -i key M <m
	assert_equal "$(files M)" 1
	ATTEMPT=1 maildir-deliver -i key M <m
	assert_equal "$(files M)" 2
	again -i another M <m
	assert_equal "$(files M)" 3
	rm -r M/cur M/new/*
	again -i key M <m
	holds M m
}

@test "a name that only looks like it is passed over" {
	local name
	maildir-deliver -i key M <m
	name=$(basename M/new/*)
	rm M/new/*
	mkdir "M/cur/$name" "M/new/${name%,*}"
	ln -s "$PWD/m" "M/cur/$name:2,S"
	touch "M/cur/x$name" "M/cur/${name%%.*}.K0.x"
	again -i key M <m
	cmp m "M/new/$name"
	rm "M/new/$name" && mkdir "M/new/$name"
	run -111 maildir-deliver -i key M < <(cat m)
	[ -z "$(find M/tmp -type f)" ]
}

@test "of several maildirs those that lack it get it, in one body" {
	box A B C D
	maildir-deliver -i key B <m
	maildir-deliver -i key A B C D < <(cat m)
	for i in A B C D; do holds $i m; done
	assert_equal "$(stat -c %h "$(one A/new)") $(stat -c %h "$(one B/new)")" '3 1'
	rm A/new/* B/new/*
	again -i key A B C D < <(cat m)
	for i in A B C D; do holds $i m; done
	assert_equal "$(stat -c %h "$(one A/new)") $(stat -c %h "$(one C/new)")" '2 2'
	rm A/new/* D/new/*
	adopt . m env ATTEMPT=2 "$DELIVER" -i key A B C D
	for i in A B C D; do holds $i m; done
}

@test "what an earlier try stored stays when this one fails, its own goes" {
	box A B C
	maildir-deliver -i key B <m
	cp B/new/* before
	rmdir C/new
	run -111 maildir-deliver -i key A B C < <(cat m)
	mkdir C/new
	for k in 1 2 3; do
		run -111 strace -o trace -e inject=linkat:error=EIO:when=$k "$DELIVER" -i key A B C < <(cat m)
		bare A C
		holds B m
	done
	for k in 2 3 4; do
		run -111 strace -o trace -e inject=fsync:error=EIO:when=$k "$DELIVER" -i key A B C < <(cat m)
		bare A C
		holds B m
	done
	run -111 strace -o trace -e inject=linkat:error=EIO "$DELIVER" -i key B < <(cat m)
	holds B m
	run -111 strace -o trace -e inject=linkat:error=EPERM -e inject=renameat2:error=EIO "$DELIVER" -i key B < <(cat m)
	holds B m
}

@test "where files are renamed it is not replaced" {
	maildir-deliver -i key M <m
	touch -d yesterday M/new/*
	strace -o trace -e inject=linkat:error=EPERM "$DELIVER" -i key M < <(cat m)
	strace -o trace -e inject=linkat:error=EPERM -e inject=renameat2:error=EINVAL "$DELIVER" -i key M < <(cat m)
	holds M m
	[ -n "$(find M/new -type f -mtime 0 -o -type f -mtime 1)" ]
	assert_equal "$(calls trace renameat)" ''
}

@test "who writes into a pipe may write to the end although nobody needs it" {
	maildir-deliver -i key M <m
	run -0 bash -c 'set -o pipefail; head -c 3000000 /dev/zero | ATTEMPT=2 maildir-deliver -i key M'
	run -0 bash -c 'set -o pipefail; head -c 3000000 /dev/zero | ATTEMPT=2 maildir-deliver -N -i key M'
	holds M m
}

@test "what is there already needs no more room in the quota" {
	maildir-deliver -q 1C -i key M <m
	run -0 maildir-deliver -q 1C -i key M <m
	run -0 maildir-deliver -q 1C -i key M < <(cat m)
	mv M/new/* M/cur
	run -0 again -q 1C -i key M < <(cat m)
	run -111 maildir-deliver -q 1C -i key M < <(cat m)
	assert_line '4.2.2 Mailbox full'
	assert_equal "$(tail -n +2 M/maildirsize | awk '{ n += $2 } END { print n }')" 1
}

# meanwhile status command...: a delivery finds what is in new; before it syncs that, the
# command
meanwhile() {
	local want=$1
	shift
	timeout 20 strace -o trace -e inject=fsync:delay_enter=500000:when=1 "$DELIVER" -v -i key M <m >said &
	timeout 10 sh -c 'until grep -q "\.K.*S_IFREG" trace 2>/dev/null; do :; done'
	"$@"
	status=0
	wait $! || status=$?
	assert_equal "$status" "$want"
	rm trace
}

@test "a name withdrawn between its finding and its syncing does not count" {
	maildir-deliver -i key M <m
	meanwhile 111 rm M/new/*
	assert_equal "$(cat said)" '4.3.0 Mail system problem'
	bare M
	maildir-deliver -i key M <m
	ATTEMPT=2 meanwhile 111 rm M/new/*
	bare M
}

@test "a name that a reader moves between its finding and its syncing is followed" {
	local name
	maildir-deliver -i key M <m
	name=$(basename M/new/*)
	ATTEMPT=2 meanwhile 0 mv "M/new/$name" "M/cur/$name:2,S"
	assert_equal "$(cat said)" "cur/$name:2,S"
	ATTEMPT=2 meanwhile 0 mv "M/cur/$name:2,S" "M/cur/$name:2,RS"
	assert_equal "$(cat said)" "cur/$name:2,RS"
	assert_equal "$(files M)" 1
}

@test "forty at once with one key are one message" {
	local i
	for ((i = 0; i < 40; i++)); do ATTEMPT=$((i % 3)) maildir-deliver -i key M < <(cat m) & done
	wait
	holds M m
}
