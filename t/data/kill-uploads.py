# kill-uploads.py client|talker|monitor COUNT command...: COUNT times an upload
# over an existing file of root/N/, four at a time, whose client, talker or
# monitor is killed at a random byte. Each time: the old file is there, whole;
# besides it at most a partial, which is how the new one begins; no process is
# left. Now and then what is there is continued, and then the new one is whole.
import fcntl
import os
import random
import signal
import socket
import sys
import time

victim, count, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
JOBS, SIZE = 4, 262144
old, body = b"old\n", random.randbytes(SIZE)


def session():
    "One that has just been connected to: its socket and process."
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname(), 10)
        pid = os.fork()
        if pid == 0:
            end, _ = server.accept()
            os.dup2(end.fileno(), 0)
            os.dup2(end.fileno(), 1)
            os.execvp(command[0], command)
    return client, pid


class Client:
    def __init__(self, s):
        self.s, self.lines = s, s.makefile("rb")
        assert self.lines.readline()[:3] == b"220"
        self.say("USER ftp", "PASS x", "TYPE I")

    def say(self, *lines):
        for line in lines:
            self.s.sendall(line.encode() + b"\r\n")
            got = self.lines.readline()
            while got[3:4] == b"-":
                got = self.lines.readline()
        return got

    def store(self, name, rest, what):
        port = int(self.say("EPSV").split(b"|")[3])
        if rest:
            self.say("REST %d" % rest)
        self.s.sendall(b"STOR %s\r\n" % name.encode())
        data = socket.create_connection(("127.0.0.1", port), 10)
        assert self.lines.readline()[:3] == b"150"
        data.sendall(what)
        return data


def die_at(s, name, offset, rude):
    "A client process, killed by itself: the kernel closes what it had."
    pid = os.fork()
    if pid == 0:
        # What a process had is closed in the order of its descriptors: data first.
        high = socket.socket(fileno=fcntl.fcntl(s.fileno(), fcntl.F_DUPFD, 100))
        s.close()
        s = high
        s.settimeout(10)
        c = Client(s)
        data = c.store(name, 0, body[:offset])
        if rude:  # an answer nobody reads makes it a reset
            s.sendall(b"NOOP\r\n")
            time.sleep(0.001)
        os.kill(os.getpid(), signal.SIGKILL)
    s.close()
    assert os.waitpid(pid, 0)[1] == signal.SIGKILL, "the client failed"


def kill_session(s, monitor, name, offset):
    c = Client(s)
    data = c.store(name, 0, body[:offset])
    with open("/proc/%d/task/%d/children" % (monitor, monitor)) as f:
        talker = int(f.read())
    os.kill(monitor if victim == "monitor" else talker, signal.SIGKILL)
    data.close()
    s.close()
    return talker


def alive(pid):
    try:
        with open("/proc/%d/stat" % pid) as f:
            return f.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone(pid):
    end = time.time() + 10
    while alive(pid):
        assert time.time() < end, "a process is left"
        time.sleep(0.001)


def content(path):
    with open(path, "rb") as f:
        return f.read()


def look(directory):
    assert content(directory + "/name") == old, "the old file is not there"
    others = set(os.listdir(directory)) - {"name"}
    assert others <= {".ftp-part.name"}, others
    assert not others or victim != "talker", "a killed talker left something"
    if others:
        assert body.startswith(content(directory + "/.ftp-part.name")), "not how the upload begins"


def proceed(directory):
    s, pid = session()
    c = Client(s)
    at = len(content(directory + "/.ftp-part.name"))
    c.store(directory[5:] + "/name", at, body[at:]).close()
    assert c.lines.readline()[:3] == b"226"
    s.close()
    c.lines.close()
    os.waitpid(pid, 0)
    assert content(directory + "/name") == body and os.listdir(directory) == ["name"]


def work(job):
    directory = "root/%d" % job
    os.mkdir(directory)
    random.seed()
    for i in range(count // JOBS):
        with open(directory + "/name", "wb") as f:
            f.write(old)
        offset = random.choice((0, 1, SIZE - 1, SIZE)) if i % 50 == 0 else random.randrange(SIZE + 1)
        s, pid = session()
        if victim == "client":
            die_at(s, "%d/name" % job, offset, i % 2)
        else:
            gone(kill_session(s, pid, "%d/name" % job, offset))
        os.waitpid(pid, 0)
        look(directory)
        if i % 25 == 24 and os.path.exists(directory + "/.ftp-part.name"):
            proceed(directory)
            kept[0] += 1
    assert victim != "client" or kept[0], "no partial was ever kept"


kept = [0]
workers = []
for job in range(JOBS):
    pid = os.fork()
    if pid == 0:
        work(job)
        sys.exit(0)
    workers.append(pid)
sys.exit(any([os.waitpid(pid, 0)[1] for pid in workers]))
