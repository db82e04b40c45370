# A session with ftp-session, logged in; the code of a test follows.
import os, signal, socket, struct, subprocess, sys, time
c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
lines = c.makefile("rb")
def reply():
    l = lines.readline().decode("latin1").rstrip()
    while l[3:4] == "-" or not l[:3].isdigit():
        assert l, "the session ended"
        l = lines.readline().decode("latin1").rstrip()
    return l
def say(line): c.sendall(line.encode("latin1") + b"\r\n")
def cmd(line): say(line); return reply()
def epsv(): return int(cmd("EPSV").split("|")[3])
def data(command):
    port = epsv(); say(command); return socket.create_connection(("127.0.0.1", port), 10)
def active():
    l = socket.create_server(("127.0.0.1", 0)); l.settimeout(10)
    n = l.getsockname()[1]; assert cmd("PORT 127,0,0,1,%d,%d" % (n >> 8, n & 255))[:3] == "200"
    return l
def read(d):
    d.settimeout(10); got = b""
    while True:
        b = d.recv(65536)
        if not b: return got
        got += b
def whole(line):
    """All lines of the reply."""
    say(line); got = [lines.readline().decode("latin1")]
    while got[-1][3:4] != " " or not got[-1][:3].isdigit(): got.append(lines.readline().decode("latin1"))
    assert all(l.endswith("\r\n") for l in got), got
    return [l[:-2] for l in got]
def fetch(command):
    """Preliminary reply, bytes, final reply."""
    d = data(command); first = reply(); got = read(d); d.close(); return first, got, reply()
def store(command, content):
    d = data(command); first = reply(); d.sendall(content); d.close(); return first, reply()
reply(); cmd("USER ftp"); assert cmd("PASS x")[:3] == "230"
