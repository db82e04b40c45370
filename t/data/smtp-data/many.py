# many.py messages commands: one session of smtp-session on pipes, first so many
# commands and then so many messages, by DATA and BDAT in turns, all pipelined; prints
# the resident KiB of monitor and talker after a tenth and after all of each.
import os
import re
import subprocess
import sys
import threading

messages, commands = int(sys.argv[1]), int(sys.argv[2])
env = dict(os.environ, SMTP_ANY="1", SMTP_MAXMAIL="1000000", SMTP_LOG="0")
p = subprocess.Popen(["smtp-session", "true"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env)


def resident():
    total = 0
    with open("/proc/%d/task/%d/children" % (p.pid, p.pid)) as f:
        talker = int(f.read().split()[0])
    for pid in p.pid, talker:
        with open("/proc/%d/status" % pid) as f:
            total += int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1))
    return total


def work(batch, replies, rounds):
    """The batch so many times, each answered with so many 2xx and 354."""
    first = 0

    def feed():
        for _ in range(rounds):
            p.stdin.write(batch)
        p.stdin.flush()

    t = threading.Thread(target=feed)
    t.start()
    for i in range(rounds * replies):
        got = p.stdout.readline()
        assert got[:1] in b"23", (i, got)
        if i == rounds * replies // 10:
            first = resident()
    t.join()
    return first, resident()


assert p.stdout.readline()[:3] == b"220"
p.stdin.write(b"HELO c\r\n")
p.stdin.flush()
assert p.stdout.readline()[:3] == b"250"
batch = b"MAIL FROM:<a@b.example>\r\nNOOP x\r\nVRFY a\r\nRSET\r\n" * 250
print("commands", *work(batch, 1000, commands // 1000))
rcpt = b"MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\n"
batch = rcpt + b"DATA\r\n" + b"y" * 2000 + b"\r\n..\r\n.\r\n" + rcpt + b"BDAT 1500\r\n" + b"z" * 1500 + b"BDAT 3 LAST\r\nz\r\n"
print("messages", *work(batch, 8, messages // 2))
p.stdin.close()
assert p.wait(10) == 0
