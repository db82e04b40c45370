#!/usr/bin/env bats
# mime-pack -F: netstrings closed by an empty one, for maildir-deliver -N and smtp-send -N.

setup() { load helper; }

# deframe: the message out of netstrings, strictly: lengths, commas, the empty one at the end, no more.
deframe() {
	python3 -c '
import sys
s, out = sys.stdin.buffer.read(), []
while True:
    n, s = s.split(b":", 1)
    assert n.isdigit() and (n == b"0" or n[0:1] != b"0"), n
    n = int(n)
    out.append(s[:n])
    assert len(s) > n and s[n:n + 1] == b","
    s = s[n + 1:]
    if n == 0: break
assert s == b"", s
sys.stdout.buffer.write(b"".join(out))
'
}

# steady argument...: mime-pack with nothing random but the boundaries, which same_boundary makes B.
steady() { mime-pack -f a@b -d 0 -j '<x@y>' "$@"; }
same_boundary() { sed 's/=_[A-Za-z0-9_-]\{22\}/B/g'; }

@test "-F is the same message in netstrings, closed by an empty one" {
	head -c 300000 /dev/urandom >raw
	echo text | steady -a raw >plain
	echo text | steady -F -a raw | deframe >framed
	cmp <(same_boundary <plain) <(same_boundary <framed)
	steady -F -T '' | deframe >empty
	cmp <(steady -T '') empty
}

@test "maildir-deliver -N stores what mime-pack -F wrote" {
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
	head -c 300000 /dev/urandom >raw
	echo text | steady -F -a raw | maildir-deliver -N Maildir
	mkdir out
	mime-unpack -d out <Maildir/new/*
	cmp raw out/raw
}

@test "without its end a framed message has no empty netstring, and is not stored" {
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
	# /proc/self/mem opens and then fails to be read.
	run -111 --separate-stderr steady -F -T '' -y application/x -a /proc/self/mem
	refute_output --regexp '0:,$'
	run ! bash -c 'set -o pipefail; mime-pack -F -f a@b -T "" -y application/x -a /proc/self/mem 2>/dev/null | maildir-deliver -N Maildir'
	assert_equal "$(find Maildir -type f)" ''
}
