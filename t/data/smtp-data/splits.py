# splits.py pipe|tcp|lf file: one session of smtp-session over that transport, lf: over
# a pipe, with SMTP_LATCH, lines that end with LF, and ends of the data alone; for each
# line of file (an end of data or none, a tab, what a program gets for it; escapes as
# printf %b has them) the same message whole, in two writes at every place, and byte
# by byte. Every write is read alone: the next one waits until the last has been taken.
import array
import fcntl
import os
import re
import socket
import subprocess
import sys
import termios
import time

over, cases = sys.argv[1], sys.argv[2]
program = ["smtp-session", "sh", "-c", "exec cat >message"]
lf = over == "lf"
eol = b"\n" if lf else b"\r\n"
env = dict(os.environ, SMTP_ANY="1", SMTP_MAXMAIL="1000000", SMTP_LATCH=str(int(lf)))
if over == "tcp":
    server = socket.create_server(("127.0.0.1", 0))
    client = socket.create_connection(server.getsockname())
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    theirs = server.accept()[0]
    p = subprocess.Popen(program, stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL, env=env)
    out, replies, queue = client.fileno(), client.makefile("rb", buffering=0), theirs.fileno()
else:
    p = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, env=env, bufsize=0)
    out, replies, queue = p.stdin.fileno(), p.stdout, p.stdin.fileno()


def send(piece):
    """Write it, and wait until it has been read."""
    left = array.array("i", [1])
    end = time.monotonic() + 10
    assert not piece or os.write(out, piece) == len(piece)
    while left[0]:
        assert time.monotonic() < end, piece
        fcntl.ioctl(queue, termios.FIONREAD, left)
        os.sched_yield()


def reply():
    while True:
        got = replies.readline()
        assert got, "closed"
        if got[3:4] == b" ":
            return got[:3].decode()


def unescape(s):
    return s.encode().decode("unicode_escape").encode("latin-1")


def message():
    with open("message", "rb") as f:
        return re.sub(rb"(?s)\AReceived:.*?\+0000\n", b"", f.read(), count=1)


def ask(before, data, cut):
    """The message once: the codes and what the program got."""
    send(before)
    codes = [reply() for _ in range(before.count(b"\n"))]
    for piece in [data[:cut], data[cut:]] if cut is not None else [data[i:i + 1] for i in range(len(data))]:
        send(piece)
    return codes + [reply() for _ in range(wanted - len(codes))], message()


assert reply() == "220"
send(b"EHLO c" + eol)
assert reply() == "250"
n = 0
for line in open(cases).read().splitlines():
    variant, kept = line.split("\t")
    data = eol.join((b"S: t", b"", b"body")) + unescape(variant)
    want = b"S: t\n\nbody" + unescape(kept)
    if variant not in ("\\r\\n.\\r\\n", "\\r\\r\\n.\\r\\n") and not lf:
        data += b"NOOP\r\n\r\n.\r\n"
        want += b"NOOP\n\n"
    envelope = eol.join((b"MAIL FROM:<>", b"RCPT TO:<a@b.example>", b"DATA", b""))
    # Nothing may follow LF . LF before the reply.
    data += b"" if lf else b"NOOP\r\n"
    # A socket waits for 354; a pipe may carry all of it, and be cut anywhere.
    before = b"" if over == "pipe" else envelope
    data = envelope + data if over == "pipe" else data
    codes = ["250", "250", "354", "250", "250"][:4 if lf else 5]
    wanted = len(codes)
    for cut in [0, None] + list(range(1, len(data))):
        got = ask(before, data, cut)
        assert got == (codes, want), (variant, cut, got, want)
        n += 1
send(b"QUIT" + eol)
assert reply() == "221"
if over != "tcp":
    p.stdin.close()
else:
    theirs.close()
    client.close()
assert p.wait(10) == 0
print(n, "messages are what they have to be")
