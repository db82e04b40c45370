#!/usr/bin/env bats
# What is stored is what came in, and how it is called.

setup() {
	load helper
	load maildir
	box M
}

@test "a message from a pipe is stored byte for byte" {
	head -c 300000 /dev/urandom >m
	run -0 maildir-deliver M < <(cat m)
	assert_equal "$output" ''
	holds M m
}

@test "a message from a file is stored byte for byte" {
	head -c 300000 /dev/urandom >m
	run -0 maildir-deliver M <m
	holds M m
}

@test "a large file is stored byte for byte" {
	head -c 5000001 /dev/urandom >m
	run -0 maildir-deliver M <m
	holds M m
}

@test "a message without a final line end, with NUL and bare CR is not changed" {
	printf 'A: b\n\n\0x\ry\r\nFrom z\n.\n..' >m
	run -0 maildir-deliver M < <(cat m)
	holds M m
}

@test "a file is stored from its beginning wherever the descriptor stands" {
	message 5000 m
	run -0 bash -c 'head -c 4096 >/dev/null; maildir-deliver M' <m
	holds M m
}

@test "a non-blocking pipe is waited for" {
	printf 'A: b\n\nc\n' >m
	run -0 timeout 10 python3 -c '
import os, subprocess
r, w = os.pipe()
os.set_blocking(r, False)
p = subprocess.Popen(["maildir-deliver", "M"], stdin=r)
for piece in b"A: b\n", b"\nc\n":
    os.write(w, piece)
os.close(w)
raise SystemExit(p.wait())'
	holds M m
}

@test "the file is mode 600 whatever the umask, and -m sets it exactly" {
	umask 0
	run -0 maildir-deliver M < <(echo x)
	assert_equal "$(stat -c %a "$(one M/new)")" 600
	box N
	run -0 maildir-deliver -m 0640 N < <(echo x)
	assert_equal "$(stat -c %a "$(one N/new)")" 640
}

@test "the name has time, pid, count, random part, host, size and wire size" {
	printf 'A: b\n\nx\r\ny\n\n' >m # 12 bytes, four bare LF
	run -0 maildir-deliver M < <(cat m)
	run -0 basename "$(one M/new)"
	assert_regex "$output" '^[0-9]+\.M[0-9]{6}P[0-9]+Q1R[0-9a-f]{16}\.[A-Za-z0-9.\\-]+,S=12,W=16$'
}

@test "the wire size is right for every cut of lines and blocks" {
	python3 -c '
import random, sys
random.seed(5)
sys.stdout.buffer.write(bytes(random.choice(b"\r\n\n a") for _ in range(200003)))' >m
	want=$(python3 -c '
import re, sys
b = open("m", "rb").read()
print(len(b) + len(re.findall(rb"(?<!\r)\n", b)))')
	run -0 maildir-deliver M < <(cat m)
	run -0 basename "$(one M/new)"
	assert_regex "$output" ",S=200003,W=$want\$"
}

@test "a host name with a slash and a colon is escaped" {
	run -0 unshare -u sh -c 'echo a:b/c_d >/proc/sys/kernel/hostname; echo x | maildir-deliver M'
	run -0 basename "$(one M/new)"
	assert_regex "$output" '\.a\\072b\\057c\\137d,S=2,W=3$'
}

@test "fifty deliveries at once are fifty different messages" {
	seq 50 | xargs -P 10 -I{} sh -c 'echo "message {}" | maildir-deliver M'
	assert_equal "$(find M/new -type f | wc -l)" 50
	assert_equal "$(cat M/new/* | sort -u | wc -l)" 50
	assert_equal "$(find M/tmp -mindepth 1)" ''
}
