# kill.py client|talker|monitor data|bdat count: so many sessions of smtp-session on
# TCP connections, each in the middle of a message when at a byte chosen at random the
# client goes (by FIN or by RST) or that process gets SIGKILL. Fails if the program
# ran, a file or a process is left. Then a whole message is delivered, so that it is
# seen that one can be. Prints the count. SEED repeats a run.
import os
import random
import signal
import socket
import struct
import subprocess
import sys
import time

victim, how, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
seed = os.environ.get("SEED") or str(time.time_ns())
random.seed(seed)
body = (b"x" * 62 + b"\r\n") * 2048
envelope = b"EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n"
server = socket.create_server(("127.0.0.1", 0))
os.mkdir("spool")
env = dict(os.environ, SMTP_ANY="1", ARRIVAL_SPOOL="spool")
log = open("log", "a")


def chunks():
    """The message as BDAT sends it; its last octet is left out: it never ends."""
    sent, at = b"", 0
    while at < len(body):
        size = min(random.choice((1, 700, 5000, 60000)), len(body) - at)
        last = b" LAST" if at + size == len(body) else b""
        sent += b"BDAT %d%s\r\n" % (size, last) + body[at:at + size]
        at += size
    return sent[:-1]


def replies(s, n):
    got = b""
    while n:
        line = b""
        while not line.endswith(b"\n"):
            c = s.recv(1)
            assert c, got
            line += c
        n -= line[3:4] == b" "


def talker_of(monitor):
    with open("/proc/%d/task/%d/children" % (monitor, monitor)) as f:
        return int(f.read())


def gone(pid):
    try:
        with open("/proc/%d/stat" % pid) as f:
            return f.read().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def begin():
    s = socket.create_connection(server.getsockname())
    theirs = server.accept()[0]
    p = subprocess.Popen(["smtp-session", "touch", "ran"], stdin=theirs, stdout=theirs, stderr=log, env=env)
    theirs.close()
    s.sendall(envelope + (b"DATA\r\n" if how == "data" else b""))
    replies(s, 5 if how == "data" else 4)
    return s, p, body if how == "data" else chunks()


for i in range(count):
    s, p, message = begin()
    talker = talker_of(p.pid)
    s.sendall(message[:random.randrange(len(message))])
    if victim != "client":
        os.kill(talker if victim == "talker" else p.pid, signal.SIGKILL)
    elif i % 2:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()
    code = p.wait(10)
    assert code == {"client": 1, "talker": 111, "monitor": -9}[victim], (seed, i, code)
    end = time.monotonic() + 10
    while not gone(talker):
        assert time.monotonic() < end, (seed, i, "the talker is left")
        time.sleep(0.001)
    assert not os.path.exists("ran") and not os.listdir("spool"), (seed, i)
s, p, message = begin()
s.sendall(message + (b".\r\n" if how == "data" else b"\n"))
s.shutdown(socket.SHUT_WR)
assert p.wait(10) == 0
os.remove("ran")
os.rmdir("spool")
print(count)
