# hand.py code program...: code talks to the program on a connection c, f to read
# from it; then the exit status of the program is printed. SMALL: the connection
# holds little that is not read.
import os
import re
import signal
import socket
import subprocess
import sys
import time

server = socket.create_server(("127.0.0.1", 0))
c = socket.socket()
if os.environ.get("SMALL"):
    server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    c.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
c.connect(server.getsockname())
c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
accepted = server.accept()[0]
p = subprocess.Popen(sys.argv[2:], stdin=accepted, stdout=accepted, stderr=open("log", "w"))
accepted.close()
c.settimeout(10)
f = c.makefile("rb")


def say(lines):
    c.sendall(lines.encode() + b"\r\n")


def hear(n=1):
    return [f.readline().decode().rstrip("\r\n") for _ in range(n)]


# The final codes of replies.
def codes(replies):
    return " ".join(re.findall(r"^(\d{3})(?: |$)", replies.decode(), re.M))


def talker():
    return int(subprocess.check_output(["pgrep", "-P", str(p.pid)]).split()[0])


exec(sys.argv[1])
f.close()
c.close()
try:
    code = p.wait(10)
except subprocess.TimeoutExpired:
    p.kill()
    code = "never"
print("exit", code)
