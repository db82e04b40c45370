# grow.py port server-pid protocol rounds: one session, many rounds of work;
# prints the resident KiB of its processes (monitor, talker) after a tenth of
# the rounds and after all of them.
import re
import socket
import subprocess
import sys

port, server, protocol, rounds = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
s = socket.create_connection(("127.0.0.1", port))
f = s.makefile("rb")


def reply():
    while True:
        got = f.readline()
        assert got, "closed"
        if got[3:4] == b" ":
            return got


def say(*lines):
    s.sendall(b"".join(line.encode() + b"\r\n" for line in lines))
    return [reply() for _ in lines]


def children(pid):
    return subprocess.run(["pgrep", "-P", pid], capture_output=True, text=True).stdout.split()


def resident():
    monitor = children(server)[0]
    total = []
    for pid in [monitor] + children(monitor):
        with open("/proc/%s/status" % pid) as status:
            total.append(int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)))
    return sum(total)


def mail():
    got = say("MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "RCPT TO:<%s@d.example>" % ("x" * 60), "DATA")
    assert got[-1].startswith(b"354"), got
    s.sendall(b"S: t\r\n\r\n" + b"y" * 20000 + b"\r\n.\r\n")
    got = reply()
    assert got.startswith(b"250"), got
    say("NOOP", "RSET", "VRFY a", "HELP")


def data_connection():
    """Passive or active in turns: a function that gives the connection after 150."""
    if transfer.n % 2:
        listener = socket.create_server(("127.0.0.1", 0))
        n = listener.getsockname()[1]
        say("EPRT |1|127.0.0.1|%d|" % n)
        return lambda: listener.accept()[0]
    n = [int(x) for x in re.search(rb"\((.*)\)", say("PASV")[0]).group(1).split(b",")]
    return lambda: socket.create_connection(("127.0.0.1", n[4] * 256 + n[5]))


def transfer():
    connect = data_connection()
    say("STAT", "PWD", "SIZE name", "MLST .", "CWD /", "HELP", "ALLO 100000", "FEAT", "RETR none", "NOOP " + "x" * 3000)
    verb = ("STOR name", "LIST", "RETR name", "MLSD", "NLST", "RETR name")[transfer.n // 2 % 6]
    transfer.n += 1
    s.sendall(verb.encode() + b"\r\n")
    assert reply().startswith(b"150")
    data = connect()
    if verb.startswith("STOR"):
        data.sendall(b"z" * 100000)
        data.shutdown(socket.SHUT_WR)
    if transfer.n % 12 == 0:
        s.sendall(b"ABOR\r\n")
        assert (reply()[:3], reply()[:3]) in ((b"426", b"226"), (b"226", b"225"))
        data.close()
        return
    while data.recv(65536):
        pass
    data.close()
    got = reply()
    assert got.startswith(b"226"), got


transfer.n = 0
reply()
if protocol == "smtp":
    say("EHLO c")
else:
    say("USER ftp", "PASS x", "TYPE I")
work = mail if protocol == "smtp" else transfer
for i in range(rounds):
    work()
    if i == rounds // 10:
        first = resident()
print("resident", first, resident())
