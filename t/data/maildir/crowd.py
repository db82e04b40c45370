"""crowd.py N MAILDIR PROGRAM...: N deliveries of N different messages, all of them under
way before the first one may end. Fails unless all are stored, each once and whole."""
import hashlib
import os
import subprocess
import sys

n, box = int(sys.argv[1]), sys.argv[2]
bodies = [b"Subject: %d\n\n" % i + b"%d\n" % i * (i * 7 % 1500) for i in range(n)]
crowd = []
for body in bodies:
    p = subprocess.Popen([*sys.argv[3:], box], stdin=subprocess.PIPE)
    p.stdin.write(body)
    p.stdin.flush()
    crowd.append(p)
while len(os.listdir(box + "/tmp")) < n:
    assert all(p.poll() is None for p in crowd)
for p in crowd:
    p.stdin.close()
assert [p.wait() for p in crowd] == [0] * n
kept = []
for name in os.listdir(box + "/new"):
    with open(f"{box}/new/{name}", "rb") as f:
        kept.append(hashlib.sha256(f.read()).digest())
assert sorted(kept) == sorted(hashlib.sha256(b).digest() for b in bodies)
assert os.listdir(box + "/tmp") == []
