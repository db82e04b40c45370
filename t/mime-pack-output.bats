#!/usr/bin/env bats
# Where mime-pack's message goes: its size beforehand, a file, never half of one; and options from a file.

setup() { load helper; }

pack() { mime-pack -f a@b -t c@d "$@"; }

# sized argument...: -S says what the message with these arguments has.
sized() {
	local n
	n=$(pack -S "$@" </dev/null) || return
	pack "$@" </dev/null >message || return
	assert_equal "$n" "$(stat -c %s message)"
}

@test "-S prints the exact size of the message, whatever is in it" {
	printf 'Grüße\n.\nFrom me\n' >u.txt
	printf 'a\r\nb' >dos.txt
	echo '<p>' >h.html
	pack -T u.txt >inner.eml
	sized -T ''
	sized -T u.txt -W h.html -i dos.txt -a u.txt -a dos.txt -m inner.eml
	for n in 0 1 2 3 56 57 58 113 114 115 70000; do
		head -c $n /dev/urandom >bin
		sized -T '' -a bin
		sized -L crlf -T u.txt -a bin -a u.txt
	done
	assert_equal "$(head -c 3000000 /dev/zero | pack -S -n x.bin -a -)" "$(head -c 3000000 /dev/zero | pack -n x.bin -a - | wc -c)"
	assert_equal "$(pack -S -F -T u.txt)" "$(pack -S -T u.txt)"
}

@test "-X refuses a message that is larger, before a byte is written" {
	head -c 100000 /dev/urandom >bin
	size=$(pack -S -T '' -a bin)
	run -0 pack -X "$size" -T '' -a bin -q
	run -3 --separate-stderr pack -X $((size - 1)) -T '' -a bin
	assert_output ''
	run -3 --separate-stderr pack -X 500 <bin
	assert_output ''
	run -3 pack -S -X 500 -T '' -a bin
	run -100 pack -X many -T ''
}

@test "-X stops a pipe that is longer than what is looked at, and leaves no file" {
	run -3 bash -c 'head -c 3000000 /dev/zero | mime-pack -f a@b -X 2000000 -o out -n x.bin -a -'
	assert_equal "$(find . -name 'out*' -o -name '.mime*')" ''
	run -3 bash -c 'head -c 3000000 /dev/zero | mime-pack -f a@b -X 2000000 -n x.bin -a - >out'
	(($(stat -c %s out) <= 2200000))
	run ! grep -q -- '^--=_.*--$' out
}

@test "-o writes a file that appears when it is complete" {
	umask 027
	echo old >out
	echo text | pack -o out -Y
	assert_equal "$(stat -c %a out)" 640
	run -0 mime-unpack -c -a <out
	assert_output text
	run -111 pack -o out -T '' -y application/x -a /proc/self/mem
	run -0 mime-unpack -c -a <out
	assert_output text
	assert_equal "$(find . -name '.mime*')" ''
	run -111 pack -T '' -o missing/out
	run -111 pack -T '' -o /dev/null
	assert_equal "$(stat -c %F /dev/null)" 'character special file'
	mkdir dir
	run -111 pack -T '' -o dir
	run -111 pack -T '' -o dir/
	run -111 pack -T '' -o ''
}

@test "-o replaces a link, not what it points to" {
	echo precious >target
	ln -s target link
	pack -T '' -o link
	assert_equal "$(cat target)" precious
	[ ! -L link ]
}

@test "-o does not replace a link to standard output or error, whatever they are" {
	ln -s /proc/self/fd/1 out
	ln -s /proc/self/fd/2 err
	run -0 bash -c 'for name in out err; do mime-pack -f a@b -T "" -o $name >file 2>errors; echo $?; done'
	assert_output $'111\n111'
	[ -L out ]
	[ -L err ]
}

@test "-Y syncs the file before it has its name, and then the directory" {
	strace -e trace=fsync,renameat,rename -o trace mime-pack -f a@b -T '' -o out -Y
	assert_equal "$(sed -n 's/^\([a-z]*\)[a-z]*(.*/\1/p' trace | sed 's/renameat/rename/' | tr '\n' ' ')" 'fsync rename fsync '
	strace -e trace=fsync -o trace mime-pack -f a@b -T '' -o out
	run ! grep -q fsync trace
}

@test "a filesystem without nameless files gets a temporary name, which does not stay" {
	strace -o trace -e trace=openat mime-pack -f a@b -T '' -o out
	nth=$(grep -n O_TMPFILE trace | cut -d : -f 1)
	rm out
	strace -o trace -e trace=openat -e inject=openat:error=EOPNOTSUPP:when="$nth" mime-pack -f a@b -T '' -o out
	grep -q 'O_TMPFILE.*EOPNOTSUPP' trace
	grep -q '\.mime-pack\..*O_EXCL' trace
	run -0 mime-unpack -L <out
	assert_equal "$(find . -name '.mime*')" ''
}

@test "neither a signal nor a limit on the size of files leaves a temporary name" {
	local sig options=(-f a@b -T '' -y a/b -o out -a)
	ulimit -c 0
	mkfifo pipe
	head -c 300000 /dev/zero >big
	strace -o trace -e trace=openat mime-pack "${options[@]}" big
	nameless=inject=openat:error=EOPNOTSUPP:when=$(grep -n O_TMPFILE trace | cut -d : -f 1)
	rm out
	for sig in HUP INT QUIT TERM; do
		# Not started with INT and QUIT ignored, as a shell starts what is in the background.
		python3 -c 'import os, signal, sys
signal.signal(2, signal.SIG_DFL); signal.signal(3, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])' \
			strace -o trace -e "$nameless" mime-pack "${options[@]}" pipe &
		exec 4>pipe
		head -c 3000000 /dev/zero >&4
		until_true sh -c 'ls .mime-pack.* >seen 2>&1'
		pkill -"$sig" -P $!
		code=0
		wait $! || code=$?
		assert_equal "$code" "$((128 + $(kill -l "$sig")))"
		exec 4>&-
		assert_equal "$(find . -name '.mime*' -o -name out)" ''
	done
	run sh -c 'ulimit -f 100; exec "$@"' sh strace -o /dev/null -e "$nameless" mime-pack "${options[@]}" big
	((status > 128))
	assert_equal "$(find . -name '.mime*' -o -name out)" ''
}

@test "a file that shrinks on the way is 111, and the message is not closed" {
	head -c 10000000 /dev/urandom >big
	mkfifo pipe
	pack -T '' -a big >pipe 2>said &
	exec 9<pipe
	head -c 1000 <&9 >message
	truncate -s 1000 big
	cat <&9 >>message
	status=0
	wait $! || status=$?
	assert_equal "$status" 111
	run ! grep -q -- '^--=_.*--$' message
	grep -q 'unable to read big' said
}

@test "fd:N is a descriptor, standard input and each of them once" {
	echo three >three
	echo five >five
	run -0 bash -c 'echo text | mime-pack -f a@b -n three.txt -a fd:3 -a fd:5 3<three 5<five | mime-unpack -c -a'
	assert_output $'text\nthree\nfive'
	run -100 pack -a fd:3 -a fd:3 3<three
	run -100 pack -T '' -a fd:0 -a -
	run -111 pack -T '' -a fd:77
	run -0 bash -c 'mime-pack -f a@b -T "" -a fd:3 3<three | mime-unpack -L'
	assert_line --index 1 --regexp $'\t-\t-$'
}

@test "a descriptor that is not there is none of the files opened here: 111, and nothing is written" {
	: >empty
	printf '%s\n' -a fd:3 >args
	run -111 --separate-stderr bash -c 'mime-pack -f a@b -a empty <&-'
	assert_output ''
	run -111 --separate-stderr bash -c 'mime-pack -f a@b -T "" -a empty -a fd:3 3<&-'
	assert_output ''
	run -111 --separate-stderr bash -c 'mime-pack -f a@b -T "" -@ args 3<&-'
	assert_output ''
	run -0 bash -c 'mime-pack -f a@b -T empty -a empty <&-'
}

@test "-@ takes options from a file, one argument a line" {
	printf '%s\n' -s 'a subject with blanks' -T '' -a 'f 1' -H 'X-Test: y' >options
	echo one >'f 1'
	echo two >f2
	pack -@ options -a f2 >message
	grep -q '^Subject: a subject with blanks$' message
	grep -q '^X-Test: y$' message
	assert_equal "$(mime-unpack -c -a <message)" $'one\ntwo'
	printf -- '-s\nx\n' | pack -@ - -T '' | grep -q '^Subject: x$'
	printf 'operand\n' >options
	run -100 pack -@ options
	printf -- '-@\nf2\n' >options
	run -100 pack -@ options
	printf -- '-s\na\0b\n' >options
	run -100 pack -@ options
	run -111 pack -@ missing
}

@test "2,000 parts named in a file, more than descriptors by default" {
	mkdir in out
	for i in {1..2000}; do echo "$i" >in/"$i.txt"; done
	{
		printf '%s\n' -T ''
		printf -- '-a\nin/%s.txt\n' {1..2000}
	} >options
	bash -c 'ulimit -Sn 256; mime-pack -f a@b -@ options' | mime-unpack -d out >/dev/null
	diff -r in out
}

@test "a terminal is shown progress after a second, but not with -q" {
	cat >slow.py <<-'END'
		import os, pty, subprocess, sys, time
		master, terminal = pty.openpty()
		p = subprocess.Popen(["mime-pack", "-f", "a@b"] + sys.argv[1:] + ["-n", "x.txt", "-a", "-"],
		                     stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=terminal)
		os.close(terminal)
		end = time.monotonic() + 1.6
		while time.monotonic() < end:
		    p.stdin.write(bytes(65536))
		    p.stdin.flush()
		    time.sleep(0.02)
		p.stdin.close()
		assert p.wait(10) == 0
		try: print(os.read(master, 1000))
		except OSError: print("nothing")
	END
	run -0 python3 slow.py
	assert_output --partial 'mime-pack: '
	assert_output --partial ' MiB/s'
	run -0 python3 slow.py -q
	assert_output nothing
	# Of what is encoded by lines the size is counted.
	run -0 python3 slow.py -S -e quoted-printable
	assert_output --regexp 'mime-pack: .* MiB/s'
	run -0 python3 slow.py -q -S -e quoted-printable
	assert_output nothing
}

@test "-qq leaves the warnings out" {
	printf 'h\351las\n' >t
	run -0 bash -c 'mime-pack -q -f a@b -T t 2>&1 >/dev/null'
	assert_output --partial windows-1252
	run -0 bash -c 'mime-pack -qq -f a@b -T t 2>&1 >/dev/null'
	assert_output ''
}
