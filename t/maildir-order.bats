#!/usr/bin/env bats
# Steps, their order, and every one of them failing or being the last.

setup() {
	load helper
	load maildir
	box M
	message 60000 m # fits in a pipe: what feeds it never waits
	DELIVER=$(command -v maildir-deliver)
}

@test "the file is synced before it is linked, new after, and tmp is cleared last" {
	strace -o trace maildir-deliver M < <(cat m)
	assert_equal "$(calls trace fsync close linkat unlinkat | sed 's/.*\(fsync( close( linkat(\)/\1/')" \
		'fsync( close( linkat( fsync( unlinkat( '
	# What is synced: the file that was written, then the directory that was linked into.
	local file dir
	file=$(sed -n 's/^write(\([0-9]*\),.*/\1/p' trace | head -1)
	dir=$(sed -n 's/^linkat([0-9]*, "[^"]*", \([0-9]*\),.*/\1/p' trace)
	assert_equal "$(sed -n 's/^fsync(\([0-9]*\)).*/\1/p' trace | tr '\n' ' ')" "$file $dir "
}

@test "the file is created exclusively below tmp, following no link" {
	strace -o trace maildir-deliver M < <(cat m)
	# musl asks for O_LARGEFILE by itself.
	sed -i 's/O_LARGEFILE|//' trace
	run -0 grep -c 'O_WRONLY|O_CREAT|O_EXCL|O_NOFOLLOW|O_CLOEXEC, 0600' trace
}

# errors call error: inject it at every occurrence of the call in a plain
# delivery. After an error: 111 and nothing there, or 0 and all of it there.
errors() {
	local call=$1 error=$2 k n status
	n=$(calls base "$call" | wc -w)
	[ "$n" -gt 0 ] || return 1
	for ((k = 1; k <= n; k++)); do
		status=0
		strace -o trace -e "inject=$call:error=$error:when=$k" maildir-deliver M \
			< <(cat m) >said 2>&1 || status=$?
		if [ "$status" = 0 ]; then
			cmp m "$(one M/new)"
			rm M/new/*
			rm -f M/tmp/*
		else
			assert_equal "$call $error $k $status" "$call $error $k 111"
			bare M
		fi
	done
}

@test "an error of any call is 111 and nothing, or 0 and everything" {
	[ -z "${SANITIZED:-}" ] || skip 'the dynamic loader makes the same calls before us'
	strace -o base maildir-deliver M < <(cat m)
	rm M/new/*
	errors fsync EIO
	errors fsync ENOSPC
	errors linkat EIO
	errors linkat ENOSPC
	errors linkat EEXIST
	errors linkat ENOENT
	errors write ENOSPC
	errors write EDQUOT
	errors read EIO
	errors openat ENFILE
	errors close EIO
	errors unlinkat EIO
	errors getrandom ENOSYS
	# Which of them stat(2) is depends on the C library.
	local call
	for call in $(grep -oE '^(newfstatat|fstat|stat|statx)\(' base | tr -d '(' | sort -u); do errors "$call" EIO; done
}

@test "the error decides what the sender is told" {
	run -111 --separate-stderr strace -o trace -e inject=write:error=EDQUOT:when=1 "$DELIVER" M < <(cat m)
	assert_output '4.2.2 Mailbox full'
	run -111 --separate-stderr strace -o trace -e inject=fsync:error=ENOSPC:when=1 "$DELIVER" M < <(cat m)
	assert_output '4.3.1 Disk full'
	run -111 --separate-stderr strace -o trace -e inject=fsync:error=EIO:when=1 "$DELIVER" M < <(cat m)
	assert_output '4.3.0 Mail system problem'
	run -75 strace -o trace -e inject=fsync:error=EIO:when=1 "$DELIVER" -e M < <(cat m)
	bare M
}

@test "a failed sync of the file is not tried again" {
	run -111 strace -o trace -e inject=fsync:error=EIO:when=1 maildir-deliver M < <(cat m)
	assert_equal "$(calls trace fsync linkat)" 'fsync( '
}

@test "without hard links the file is renamed" {
	strace -o trace -e inject=linkat:error=EPERM maildir-deliver M < <(cat m)
	holds M m
	assert_equal "$(calls trace linkat renameat2 renameat)" 'linkat( renameat2( '
	rm M/new/*
	strace -o trace -e inject=linkat:error=EXDEV -e inject=renameat2:error=EINVAL \
		maildir-deliver M < <(cat m)
	holds M m
}

# lost status error command...: its links are made, and answered with the error
lost() {
	run "-$1" env LOST="$2" "${@:3}"
	[ -z "$(find M/tmp N/tmp -type f)" ]
}

@test "a link that was made although the answer to it was lost is made, or withdrawn" {
	local deliver=$PROBE/maildir-deliver key
	box N
	for key in '' '-i key'; do
		# shellcheck disable=SC2086
		lost 0 EEXIST "$deliver" $key M N <m
		holds M m
		holds N m
		rm M/new/* N/new/*
		lost 0 EEXIST python3 "$DATA/maildir/adopt.py" . m "$deliver" ${key:+-i key} M N
		holds M m
		holds N m
		rm M/new/* N/new/*
		# shellcheck disable=SC2086
		lost 111 EIO "$deliver" $key M N <m
		bare M N
		lost 111 EIO python3 "$DATA/maildir/adopt.py" . m "$deliver" ${key:+-i key} M N
		bare M N
	done
	# Somebody else's file is none of it.
	maildir-deliver -i key M <m
	lost 111 EIO "$deliver" -i key N M <m
	holds M m
	bare N
}

@test "a directory that cannot be synced is a warning, or 111 with -S" {
	local e
	for e in EINVAL EBADF EOPNOTSUPP EROFS; do
		run -0 strace -o trace -e inject=fsync:error=$e:when=2 maildir-deliver M < <(cat m)
		assert_output --partial 'warning'
		holds M m
		rm M/new/*
		run -111 strace -o trace -e inject=fsync:error=$e:when=2 maildir-deliver -S M < <(cat m)
		bare M
	done
}

@test "a name that is taken in tmp is not touched and another one is made" {
	local nth
	strace -o trace -e trace=openat maildir-deliver M < <(cat m)
	nth=$(grep '^openat' trace | grep -n O_EXCL | cut -d: -f1)
	rm M/new/*
	strace -o trace -e inject=openat:error=EEXIST:when="$nth" maildir-deliver M < <(cat m)
	holds M m
	assert_regex "$(one M/new)" Q2R
	rm M/new/*
	run -111 strace -o trace -e inject=openat:error=EEXIST:when="$nth+" maildir-deliver M < <(cat m)
	bare M
}

# adopt dir file program...: see its file.
adopt() { python3 "$DATA/maildir/adopt.py" "$@"; }

# killed program...: kill it at every call from its first openat on; never a
# part of a message in new, at most one file in tmp.
killed() {
	local line call nth status
	local -A count=()
	: >m.in
	while IFS= read -r line; do
		call=${line%%(*}
		nth=$((${count[$call]:-0} + 1))
		count[$call]=$nth
		case $call in fsync | linkat | write | close | openat | unlinkat | rt_sigprocmask) ;; *) continue ;; esac
		status=0
		"$@" strace -o trace -e "inject=$call:signal=KILL:when=$nth" "$DELIVER" M <m >/dev/null 2>&1 || status=$?
		[ "$status" -ne 0 ]
		[ "$(find M/tmp -type f | wc -l)" -le 1 ]
		[ "$(find M/new -type f | wc -l)" -le 1 ]
		find M/new -type f -exec cmp m {} \;
		find M/tmp M/new -type f -delete
	done < <(grep '^[a-z0-9_]*(' base)
	[ "${count[fsync]}" -eq 2 ]
}

@test "killed at any call it leaves no part of a message in new" {
	strace -o base maildir-deliver M <m
	rm M/new/*
	killed
}

@test "killed at any call while adopting it leaves no part of a message" {
	adopt . m strace -o base "$DELIVER" M
	rm M/new/*
	killed adopt . m
}
