#!/usr/bin/env bats
# mime-header: whatever comes in, what was not to be changed goes out byte for byte.

setup() {
	load helper
	# A body that no line-oriented copy survives, larger than any buffer.
	python3 -c 'import random; r = random.Random(1); open("body", "wb").write(b"\r\n\0\r\r\n--x\nFrom a\n\n" + r.randbytes(700000) + b"no end")'
	{ printf 'A: 1\nB: 2\n\n' && cat body; } >message
	{ printf 'A: 1\nC: 3\n\n' && cat body; } >want
}

@test "from a file, a pipe or a socket, to a file, a pipe or the end of a file" {
	mime-header -d B -a 'C: 3' <message >got
	cmp got want
	# shellcheck disable=SC2002 # a pipe is what is tried
	cat message | mime-header -d B -a 'C: 3' >got
	cmp got want
	# shellcheck disable=SC2002
	cat message | mime-header -d B -a 'C: 3' | cat >got
	cmp got want
	mime-header -d B -a 'C: 3' <message | cat >got
	cmp got want
	printf x >got
	mime-header -d B -a 'C: 3' <message >>got
	cmp got <(printf x && cat want)
	python3 "$DATA/mime/cut.py" 4096 message "$BIN/mime-header" -d B -a 'C: 3' >got
	cmp got want
}

@test "a file that does not stand at its start is read from where it stands" {
	printf '12345A: 1\nB: 2\n\nx\n' >shifted
	{ dd bs=5 count=1 status=none >/dev/null && mime-header -d A; } <shifted | cmp - <(printf 'B: 2\n\nx\n')
}

@test "however the input is cut into reads, the output is the same" {
	local size
	printf '\xef\xbb\xbfFrom x\nA: 1\n f\njunk\nB : 2\n \nnot a field\n\nbody' >odd
	for size in 1 2 3 61; do
		python3 "$DATA/mime/cut.py" $size odd "$BIN/mime-header" -d A -a 'C: 3' >got
		cmp got <(printf '\xef\xbb\xbfFrom x\njunk\nB : 2\n \nC: 3\n\nnot a field\n\nbody')
	done
}

@test "fields added to lines with CRLF, or with CR, end so" {
	printf 'A: 1\r\n\r\nx\n' | mime-header -a 'C: 3' | cmp - <(printf 'A: 1\r\nC: 3\r\n\r\nx\n')
	printf 'A: 1\r\rx\r' | mime-header -a 'C: 3' | cmp - <(printf 'A: 1\rC: 3\r\rx\r')
}

@test "a header that ends without an empty line" {
	printf 'A: 1' | mime-header -a 'C: 3' | cmp - <(printf 'A: 1\nC: 3\n')
	printf 'A: 1\n' | mime-header -a 'C: 3' | cmp - <(printf 'A: 1\nC: 3\n')
	printf '' | mime-header -a 'C: 3' | cmp - <(printf 'C: 3\n')
	printf 'A: 1\n--b\nB: 2\n' | mime-header -a 'C: 3' | cmp - <(printf 'A: 1\nC: 3\n\n--b\nB: 2\n')
	printf 'text\n' | mime-header -a 'C: 3' | cmp - <(printf 'C: 3\n\ntext\n')
	printf 'A: 1\ntext\n' | mime-header -d B | cmp - <(printf 'A: 1\ntext\n')
	printf '\n\r\nA: 1\n\nx' | mime-header -a 'C: 3' | cmp - <(printf 'A: 1\nC: 3\n\nx')
}

@test "a field longer than memory is passed on, renamed or deleted whole" {
	python3 -c 'print("Long: " + "x" * 3000000 + "\n folded\nB: 2\n\nbody")' >large
	mime-header -d B <large >got
	grep -v B: large | cmp - got
	mime-header -d long <large >got
	printf 'B: 2\n\nbody\n' | cmp - got
	mime-header -r Long:L <large >got
	sed 's/^Long/L/' large | cmp - got
	mime-header -s 'long: s' <large >got
	printf 'long: s\nB: 2\n\nbody\n' | cmp - got
}

@test "a full disk and an input that cannot be read are exit 111" {
	run -111 bash -c 'mime-header -d A <message >/dev/full'
	run -111 bash -c 'mime-header -g A <message >/dev/full'
	run -111 mime-header -d A </
}

@test "hundreds of thousands of folded lines are one field, for all line ends" {
	local eol
	for eol in '\n' '\r\n' '\r'; do
		python3 - "$eol" <<-'END_OF_PYTHON'
		import sys
		eol = sys.argv[1].encode().decode("unicode_escape")
		many = "".join(" " + "x" * (i % 7) + eol for i in range(300000))
		open("many", "w", newline="").write("A: 1" + eol + many + "B: 2" + eol + " two" + eol + eol + "body" + eol)
		open("less", "w", newline="").write("B: 2" + eol + " two" + eol + eol + "body" + eol)
		END_OF_PYTHON
		assert_equal "$(mime-header -g B <many)" '2 two'
		mime-header -d A <many | cmp - less
		sed "1s/^A/C/" many >changed
		mime-header -r A:C <many | cmp - changed
		run -3 --separate-stderr mime-header -q -g A <many
		assert_equal "${#lines[0]}" 65535
	done
}

@test "a terminal is shown progress after a second, but not with -q, nor among the message" {
	cat >slow.py <<-'END'
		import os, pty, subprocess, sys, threading, time
		master, terminal = pty.openpty()
		out = terminal if sys.argv[1] == "terminal" else open("out", "wb")
		p = subprocess.Popen(["mime-header"] + sys.argv[2:] + ["-d", "A"], stdin=subprocess.PIPE, stdout=out, stderr=terminal)
		os.close(terminal)
		got = []
		def listen():
		    try:
		        while got.append(os.read(master, 65536)) is None: pass
		    except OSError: pass
		listener = threading.Thread(target=listen)
		listener.start()
		p.stdin.write(b"A: 1\nB: 2\n\n")
		for i in range(80):
		    p.stdin.write(bytes(10000))
		    p.stdin.flush()
		    time.sleep(0.02)
		p.stdin.close()
		if out != terminal: out.close()
		status = p.wait(10)
		listener.join(10)
		print(status, b"".join(got).replace(b"\0", b"") or "nothing")
	END
	run -0 timeout 30 python3 slow.py file
	assert_output --regexp '^0 .*mime-header: 0 MiB, 0 MiB/s.*\\r\\x1b\[K'
	assert_equal "$(stat -c %s out)" 800006
	run -0 timeout 30 python3 slow.py file -q
	assert_output '0 nothing'
	run -0 timeout 30 python3 slow.py terminal
	assert_output "0 b'B: 2\\r\\n\\r\\n'"
}
