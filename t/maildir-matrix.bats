#!/usr/bin/env bats
# Every system call of a delivery, each with every error it may have, and with
# SIGKILL and SIGTERM: data/maildir/matrix.py says what must hold after each.

setup() {
	load helper
	load maildir
	DELIVER=$(command -v maildir-deliver)
	in_memory
	[ -z "${SANITIZED:-}" ] || skip 'the dynamic loader makes the same calls, and two thousand runs take too long'
}

teardown() { leave_memory; }

# matrix from maildirs [always or absent] -- option...: no violation, and some of each outcome
matrix() {
	local -a how=()
	while [ "$1" != -- ]; do
		how+=("$1")
		shift
	done
	shift
	run timeout 100 python3 "$DATA/maildir/matrix.py" "${how[@]}" -- "$DELIVER" "$@"
	assert_success
	assert_output --regexp '^[1-9][0-9]+ terminated, [1-9][0-9]+ killed, [1-9][0-9]+ stored, [1-9][0-9]+ nothing stored and 0 violations$'
}

@test "a delivery from a pipe, at every call: all or nothing" {
	matrix pipe 1 --
	matrix pipe 3 --
}

@test "a delivery from a file, small or large, at every call: all or nothing" {
	matrix file 1 --
	matrix large 1 --
}

@test "a delivery by adoption, at every call: all or nothing" {
	matrix adopt 1 --
	matrix adopt 3 --
}

@test "a delivery without hard links, at every call: all or nothing" {
	matrix file 1 linkat:error=EPERM --
	matrix adopt 3 linkat:error=EXDEV --
}

@test "a delivery with options, at every call: all or nothing" {
	matrix frames 1 -- -N -d -m 640 -S -v -t 600 -s 100000
	matrix adopt 1 -- -F S -m 640 -e -v
}

@test "a delivery that makes its maildir, at every call: all or nothing" {
	matrix file 1 absent -- -c
}

@test "a delivery with a key, at every call, and again: exactly one" {
	matrix adopt 1 -- -i key
	ATTEMPT=2 matrix file 1 -- -i key
}

@test "a delivery under a quota, at every call: all or nothing, and maildirsize no reason" {
	matrix pipe 1 -- -q 1000000S,9C
	matrix file 1 -- -q 1000000S
}
