#!/usr/bin/env bats
# What a session is started with must not matter: signals, descriptors, limits.

setup() {
	load helper
	mkdir root
	export SMTP_ANY=1 FTP_MODE=rw
}
teardown() { unserve; }

upload() {
	echo new >fresh
	timeout 20 curl -sS --max-time 15 -T fresh "ftp://127.0.0.1:$PORT/name"
	cmp fresh root/name
}

@test "SIGCHLD ignored by the parent: programs are waited for all the same" {
	serve env --ignore-signal=CHLD ftp-session root sh -c 'cat >ran'
	upload
	assert_file_exists ran
}

@test "thirty descriptors left open by the parent refuse no service" {
	serve bash -c 'for i in {3..33}; do eval "exec $i</dev/null"; done; exec ftp-session root'
	upload
	unserve
	serve bash -c 'for i in {3..33}; do eval "exec $i</dev/null"; done; exec smtp-session touch ran'
	printf 'S: t\r\n\r\nb\r\n' >letter
	curl -sS --max-time 10 "smtp://127.0.0.1:$PORT" --mail-from a@b --mail-rcpt c@d -T letter
	assert_file_exists ran
}

@test "a file size limit is an error of that upload, and the session lives" {
	serve bash -c 'ulimit -f 64; exec ftp-session root'
	# curl may stop at the reset of the data connection, before it reads the reply.
	run -0 python3 - "$PORT" <<-'END'
		import ftplib, sys
		f = ftplib.FTP()
		f.connect("127.0.0.1", int(sys.argv[1]), 15)
		f.login()
		f.voidcmd("TYPE I")
		data = f.transfercmd("STOR big")
		try:
		    for _ in range(100):
		        data.sendall(bytes(20000))
		except OSError:
		    pass
		data.close()
		print(f.getmultiline()[:3], f.sendcmd("NOOP")[:3])
	END
	assert_output --regexp '^(552|452|451) 200$'
	# What a client could continue is kept, and seen by nobody.
	assert_equal "$(find root -type f ! -name '.ftp-part.*' | wc -l)" 0
	upload
}

@test "CONFINE=require refuses service without Landlock, CONFINE=try says so and serves" {
	printf 'USER ftp\r\nQUIT\r\n' >sent
	for program in 'ftp-session root' 'smtp-session true'; do
		# shellcheck disable=SC2086
		CONFINE=require timeout 20 strace -f -o trace -e inject=landlock_create_ruleset:error=ENOSYS $program <sent >got 2>log || status=$?
		assert_equal "$(codes)" '421 '
		assert_equal "$status" 111
		# shellcheck disable=SC2086
		timeout 20 strace -f -o trace -e inject=landlock_create_ruleset:error=ENOSYS $program <sent >got 2>log
		run -0 grep -Ec '(: |ev=)no-landlock ' log
		run -0 grep -c '^22[01] ' got
	done
}

@test "no process of a session stays bound to the processor it was started on" {
	local p
	serve ftp-session root sh -c 'grep ^Cpus_allowed: /proc/self/status >ran'
	upload
	grep ^Cpus_allowed: "/proc/$SERVER/status" | cmp - ran
	exec 5<>"/dev/tcp/127.0.0.1/$PORT"
	read -rt 5 _ <&5
	for p in $(sessions); do
		run -0 grep ^Cpus_allowed: "/proc/$p/status"
		assert_output "$(cat ran)"
	done
	exec 5<&-
}
