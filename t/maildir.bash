# Words for the tests of maildir-deliver.

# box name...: empty maildirs.
box() {
	local b
	for b; do mkdir -p "$b/tmp" "$b/new" "$b/cur"; done
}

# in_memory: go on in a tmpfs, for what syncs thousands of times; teardown leaves it.
in_memory() {
	mkdir memory
	mount -t tmpfs -o size=2g tmpfs memory
	cd memory || return
}
# A disk in it may take a moment to be let go: a mount namespace made meanwhile has it too.
leave_memory() { cd "$BATS_TEST_TMPDIR" && until_true umount memory 2>/dev/null; }

# one dir: the path of the only file in dir; fails unless there is exactly one.
one() {
	local -a files
	mapfile -t files < <(find "$1" -mindepth 1)
	[ "${#files[@]}" -eq 1 ] && printf '%s\n' "${files[0]}"
}

# bare maildir...: there is nothing at all in them.
bare() {
	local left
	left=$(find "$@" -mindepth 2)
	assert_equal "$left" ''
}

# holds maildir file: the message, byte for byte, is all there is in new, and tmp is empty.
holds() {
	cmp "$2" "$(one "$1/new")"
	assert_equal "$(find "$1/tmp" -mindepth 1)" ''
}

# calls trace name...: the calls of these names in a trace by strace, in order.
calls() {
	local trace=$1 IFS='|'
	shift
	grep -oE "^($*)\(" "$trace" | tr '\n' ' '
}

# message bytes file: a message of that size, its lines ending with LF.
message() {
	{ printf 'Subject: test\n\n' && yes 'a line of the body'; } 2>/dev/null | head -c "$1" >"$2" || :
}
