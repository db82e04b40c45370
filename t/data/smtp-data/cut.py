# cut.py sent: run the dialogue once per split point, the two halves written
# apart, and once byte by byte; compare replies and message with the first run.
import os
import re
import subprocess
import sys


def run(pieces):
    if os.path.exists("message"):
        os.unlink("message")
    p = subprocess.Popen(["smtp-session", "sh", "-c", "cat >message"], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
                         env=dict(os.environ, SMTP_ANY="1"))
    for piece in pieces:
        os.write(p.stdin.fileno(), piece)
        os.sched_yield()
    p.stdin.close()
    got = p.stdout.read()
    p.wait(10)
    with open("message", "rb") as f:
        message = re.sub(rb"(?s)\AReceived:.*?\+0000\r?\n", b"", f.read(), count=1)
    return re.sub(rb"id=\S+", b"id", got), message


sent = open(sys.argv[1], "rb").read()
want = run([sent])
assert b"250 2.0.0 OK id" in want[0] and want[1]
for i in range(1, len(sent)):
    assert run([sent[:i], sent[i:]]) == want, i
assert run([sent[i:i + 1] for i in range(len(sent))]) == want
print("all cuts agree")
