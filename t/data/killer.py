# killer.py protocol port offsets...: send a message ("smtp") or an upload
# ("ftp") to 127.0.0.1:port once per offset, and at that byte either reset the
# connection, close it, or (with "kill:PID-OF-SERVER" as the third argument)
# kill a process of the session. Whole transfers of the same size succeed.
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time

protocol, port, how = sys.argv[1], int(sys.argv[2]), sys.argv[3]
offsets = [int(x) for x in sys.argv[4:]]
body = (b"x" * 62 + b"\r\n") * 4096


def line(f):
    while True:
        got = f.readline()
        if not got or got[3:4] != b"-":
            return got


def say(s, f, *lines):
    for text in lines:
        s.sendall(text.encode() + b"\r\n")
        got = line(f)
    return got


def begin():
    s = socket.create_connection(("127.0.0.1", port))
    f = s.makefile("rb")
    line(f)
    if protocol == "smtp":
        say(s, f, "EHLO c", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA")
        return s, f, s
    got = say(s, f, "USER ftp", "PASS x", "TYPE I", "PASV")
    n = [int(x) for x in re.search(rb"\((.*)\)", got).group(1).split(b",")]
    data = socket.create_connection(("127.0.0.1", n[4] * 256 + n[5]))
    say(s, f, "STOR name")
    return s, f, data


def reset(s):
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()


def kill_session(server, nth):
    monitors = subprocess.run(["pgrep", "-P", server], capture_output=True, text=True).stdout.split()
    talkers = subprocess.run(["pgrep", "-P", monitors[0]], capture_output=True, text=True).stdout.split()
    os.kill(int((monitors + talkers)[nth % (len(talkers) + 1)]), signal.SIGKILL)


for i, offset in enumerate(offsets):
    s, f, data = begin()
    data.sendall(body[:offset])
    if how.startswith("kill:"):
        kill_session(how[5:], i)
    elif i % 2:
        reset(s)
        if data is not s:
            reset(data)
    f.close()
    for x in (s, data):
        try:
            x.close()
        except OSError:
            pass
    if how.startswith("kill:"):
        end = time.time() + 5
        while subprocess.run(["pgrep", "-P", how[5:]], capture_output=True).stdout and time.time() < end:
            time.sleep(0.005)
