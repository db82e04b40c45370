#!/usr/bin/env bats
# Whatever goes wrong, nothing is stored and nothing is left behind.

setup() {
	load helper
	load maildir
	box M
	message 20000 m
}

teardown() {
	umount "$BATS_TEST_TMPDIR/other" 2>/dev/null || :
}

# refused status text argument...: a delivery fails with 111 and says so.
refused() {
	local want=$1
	shift
	run -111 --separate-stderr maildir-deliver "$@" < <(cat m)
	assert_output "$want"
}

@test "a missing maildir, tmp or new is 4.2.1" {
	refused '4.2.1 No such mailbox' nowhere
	rmdir M/tmp
	refused '4.2.1 No such mailbox' M
	mkdir M/tmp && rmdir M/new
	refused '4.2.1 No such mailbox' M
	bare M
}

@test "a file in the place of a directory is 4.2.1" {
	refused '4.2.1 No such mailbox' m
	rmdir M/new && : >M/new
	refused '4.2.1 No such mailbox' M
	bare M
}

@test "tmp and new may not be symbolic links, the maildir may" {
	box N
	ln -s M L
	run -0 maildir-deliver L <m
	holds M m
	rm M/new/* && rmdir M/new && ln -s ../N/new M/new
	refused '4.2.1 No such mailbox' M
	rm M/new && mkdir M/new && rmdir M/tmp && ln -s ../N/tmp M/tmp
	refused '4.2.1 No such mailbox' M
	bare N
}

@test "a maildir without permission is 4.2.1" {
	chown -R 12345 M
	chmod 500 M/tmp
	run -111 setpriv --reuid 12345 --clear-groups "$(command -v maildir-deliver)" M < <(cat m)
	assert_line '4.2.1 No such mailbox'
	bare M
}

@test "directories on different devices are 4.3.5" {
	mkdir other
	mount -t tmpfs tmpfs other
	mkdir other/new
	mount --bind other/new M/new
	run -111 maildir-deliver M < <(cat m)
	umount M/new
	assert_line '4.3.5 Mailbox incorrectly configured'
	bare M
}

@test "a read-only filesystem is 4.3.0" {
	mkdir other
	mount -t tmpfs tmpfs other
	box other/M
	mount -o remount,ro other
	refused '4.3.0 Mail system problem' other/M
	bare other/M
}

@test "a full disk is 4.3.1, from a pipe and from a file" {
	mkdir other
	mount -t tmpfs -o size=64k tmpfs other
	box other/M
	head -c 100000 /dev/zero >m
	refused '4.3.1 Disk full' other/M
	run -111 maildir-deliver other/M <m
	bare other/M
}

@test "a filesystem without inodes is 4.3.1" {
	mkdir other
	mount -t tmpfs -o nr_inodes=5 tmpfs other
	box other/M
	refused '4.3.1 Disk full' other/M
	bare other/M
}

@test "the file size limit is 4.3.1 and no signal" {
	ulimit -f 8
	run -111 maildir-deliver M <m
	assert_line '4.3.1 Disk full'
	bare M
}

@test "an unreadable or closed descriptor 0 is 4.3.0" {
	run -111 maildir-deliver M <.
	run -111 bash -c 'timeout 10 maildir-deliver M <&-'
	run -111 maildir-deliver M 0>w
	bare M
}

@test "closed descriptors 1 and 2 do not get the message" {
	bash -c 'maildir-deliver -v M <m >&- 2>&-'
	holds M m
}

@test "a reader of the answer that has gone does not matter" {
	run -111 bash -c 'set -o pipefail; maildir-deliver nowhere 2>&1 <m | exec 0<&-'
	run -0 bash -c 'set -o pipefail; maildir-deliver -v M 2>&1 <m | exec 0<&-'
}

@test "HUP, INT and TERM while reading leave nothing and exit 111" {
	local signal
	for signal in HUP INT TERM; do
		run -0 timeout 20 python3 - "$signal" <<-'EOF'
			import os, select, signal, subprocess, sys
			signal.signal(signal.SIGINT, signal.SIG_DFL)
			p = subprocess.Popen(["maildir-deliver", "M"], stdin=subprocess.PIPE,
			    stdout=subprocess.PIPE)
			p.stdin.write(b"x" * 200000)
			p.stdin.flush()
			while not os.listdir("M/tmp"):
			    pass
			p.send_signal(getattr(signal, "SIG" + sys.argv[1]))
			assert p.stdout.read() == b"4.3.0 Delivery interrupted\n"
			assert p.wait() == 111
		EOF
		bare M
	done
}

@test "a file that grows or shrinks while it is read is not delivered" {
	local size
	for size in 100 40000; do
		message 20000 m
		# The delay keeps it between the first fstat of the file and reading.
		timeout 20 strace -o trace -e "inject=/^(alarm|setitimer)\$:delay_enter=500000" \
			maildir-deliver M <m >said &
		timeout 10 sh -c 'until grep -q ^umask trace 2>/dev/null; do :; done'
		truncate -s "$size" m
		status=0
		wait $! || status=$?
		assert_equal "$status" 111
		assert_equal "$(cat said)" '4.3.0 Incomplete message'
		rm trace
		bare M
	done
}

@test "a nameless file that grows while it is synced is not delivered" {
	run -0 timeout 20 python3 - "$(command -v maildir-deliver)" <<-'EOF'
		import os, subprocess, sys, time
		fd = os.open(".", os.O_TMPFILE | os.O_RDWR, 0o600)
		os.write(fd, b"Subject: s\n\nx\n")
		p = subprocess.Popen(["strace", "-o", "trace", "-e", "inject=fsync:delay_enter=500000:when=1",
		    sys.argv[1], "M"], stdin=fd, stdout=subprocess.PIPE)
		while not os.path.exists("trace") or "getrandom" not in open("trace").read():
		    time.sleep(.01)
		os.write(fd, b"more\n")
		assert p.stdout.read() == b"4.3.0 Incomplete message\n"
		assert p.wait() == 111
	EOF
	bare M
}

@test "signals that the caller has blocked end it too" {
	run -0 timeout 20 python3 - <<-'EOF'
		import signal, subprocess
		all = {signal.SIGALRM, signal.SIGTERM, signal.SIGHUP, signal.SIGINT}
		p = subprocess.Popen(["maildir-deliver", "-t", "1", "M"], stdin=subprocess.PIPE,
		    stdout=subprocess.PIPE, preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, all))
		assert p.stdout.read() == b"4.3.0 Delivery interrupted\n"
		assert p.wait() == 111
	EOF
	bare M
}
