"""matrix.py FROM MAILDIRS [ALWAYS] -- PROGRAM...: run PROGRAM, a delivery to that many
maildirs, whose names are appended, once for every system call it makes and every error
that call may have, and once more each for SIGKILL and SIGTERM at it. The message comes
FROM a pipe, frames (netstrings in a pipe), a file, a large file, or a file to adopt.
ALWAYS is one more injection of strace's, as linkat:error=EPERM, or "absent": there are
no maildirs yet, PROGRAM makes them. What must hold:

  exit 0     one whole message in each maildir, nothing in tmp, and every fsync worked,
             but for a directory's on a filesystem that has none, and that of a maildirsize
  exit 111   nothing anywhere, and not for an error of a call on a maildirsize
  SIGKILL    at most one whole message in new, and one file and one maildirsize in tmp of
             each maildir, and the same delivery then succeeds beside them
  -i         the same delivery again, however the first one ended, leaves exactly one
  SIGTERM    ends the program itself only before it has opened anything
  always     nothing has a name in new before what was written is synced

Prints how many cases ended how; the first violations are a line each, and exit 1."""
import collections
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

MESSAGE = b"Subject: matrix\n\n" + b"a line of the body\n" * 250
LARGE = b"Subject: matrix\n\n" + b"x" * (1 << 20)

OPEN = "EACCES EPERM ENOENT ENOTDIR ELOOP EMFILE ENFILE ENOMEM ENOSPC EDQUOT EROFS EIO EEXIST ESTALE EINTR"
STAT = "EIO ENOMEM EOVERFLOW ESTALE EACCES"
READ = "EIO EINTR EAGAIN EISDIR ESTALE ENOMEM"
LINK = "EPERM EOPNOTSUPP ENOSYS EXDEV EMLINK EEXIST EIO ENOSPC EDQUOT ENOENT EACCES EROFS ESTALE ENOMEM ELOOP"
RENAME = LINK + " EINVAL EBUSY"
ERRORS = {
    "open": OPEN, "openat": OPEN,
    "fstat": STAT, "newfstatat": STAT, "stat": STAT, "statx": STAT,
    "read": READ, "pread64": READ,
    "write": "ENOSPC EDQUOT EFBIG EIO EINTR EPERM ESTALE ENOMEM",
    "copy_file_range": "EXDEV EINVAL EOPNOTSUPP ENOSYS EPERM EIO ENOSPC EDQUOT EFBIG EINTR ENOMEM",
    "fsync": "EIO ENOSPC EDQUOT EINVAL EROFS EBADF EOPNOTSUPP EINTR ESTALE",
    "close": "EIO ENOSPC EDQUOT EINTR ESTALE",
    "linkat": LINK, "renameat2": RENAME, "renameat": RENAME,
    "mkdir": "EACCES ENOSPC EDQUOT EEXIST EIO EMLINK ENOENT EROFS", "mkdirat": "EACCES ENOSPC EDQUOT EEXIST EIO ENOENT EROFS",
    "unlinkat": "EIO EACCES EPERM EROFS EBUSY ENOENT ESTALE",
    "fchmod": "EPERM EIO EROFS ESTALE",
    "getrandom": "ENOSYS EINTR EAGAIN",
    "rt_sigaction": "EINVAL", "rt_sigprocmask": "EINVAL", "setitimer": "EINVAL", "alarm": "EINVAL",
    "faccessat": "EACCES ENOENT EIO ENOMEM ELOOP", "getdents64": "EIO ENOENT ENOTDIR",
    "uname": "EFAULT", "poll": "EINTR ENOMEM", "fcntl": "EBADF EMFILE",
}
UNSYNCABLE = ("EINVAL", "EBADF", "EOPNOTSUPP", "EROFS")
SIZE = re.compile("maildirsize|NeWmAiLdIrSiZe")
WATCHED = "open,openat,write,copy_file_range,fsync,linkat,renameat2,renameat"


def feed(source, where):
    """A descriptor with the message, as that source has it."""
    body = LARGE if source == "large" else MESSAGE
    if source == "frames":
        body = b"%d:%s,0:," % (len(body), body)
    if source in ("pipe", "frames"):
        r, w = os.pipe()
        os.write(w, body)
        os.close(w)
        return r
    if source == "adopt":
        fd = os.open(where, os.O_TMPFILE | os.O_RDWR, 0o600)
    else:
        fd = os.open(where + "/message", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(fd, body)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


class Matrix:
    def __init__(self, source, count, always, program):
        self.source, self.program = source, program
        self.keyed = "-i" in program
        self.absent = always == "absent"
        self.always = ["-e", "inject=" + always] if ":" in always else []
        self.always_name = always.split(":")[0]
        self.boxes = ["M%d" % i for i in range(count)]
        self.body = LARGE if source == "large" else MESSAGE

    def run(self, where, options=()):
        """Exit code (111 for 75, which -e makes of it) or minus the signal, and the trace."""
        status = self.start(where, ["strace", "-qqy", "-o", where + "/trace", *options, *self.always])
        with open(where + "/trace", errors="replace") as f:
            return status, f.read().splitlines()

    def start(self, where, tracer=()):
        fd = feed(self.source, where)
        try:
            p = subprocess.run([*tracer, *self.program, *self.boxes],
                stdin=fd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=where, timeout=30)
        finally:
            os.close(fd)
        return {75: 111}.get(p.returncode, p.returncode)

    def fresh(self):
        where = tempfile.mkdtemp(prefix="case.", dir=os.getcwd())
        for b in [] if self.absent else self.boxes:
            for sub in ("tmp", "new", "cur"):
                os.makedirs(f"{where}/{b}/{sub}")
        return where

    def calls(self):
        """(name, how many of that name so far) of every call after execve."""
        where = self.fresh()
        status, trace = self.run(where)
        if status != 0 or self.wrong(where, 0, trace):
            sys.exit(f"matrix: the delivery fails without any fault: {status}")
        shutil.rmtree(where)
        seen = collections.Counter()
        for line in trace[1:]:
            m = re.match(r"([a-z0-9_]+)\(", line)
            if m:
                seen[m[1]] += 1
                yield m[1], seen[m[1]]

    def cases(self):
        for name, k in self.calls():
            if name != self.always_name and not name.startswith("exit"):
                for fault in ["signal=KILL", "signal=TERM"] + ["error=" + e for e in ERRORS.get(name, "").split()]:
                    yield name, fault, k

    def wrong(self, where, status, trace, fault=""):
        """What does not hold, as a text."""
        for b in self.boxes:
            new, tmp = inside(where, b, "new", "cur"), inside(where, b, "tmp")
            sizes = [f for f in tmp if SIZE.search(f)]
            tmp = [f for f in tmp if f not in sizes]
            for path in new:
                with open(path, "rb") as f:
                    if f.read() != self.body:
                        return "a part of a message in " + b
            few = {0: [1], 111: [0], -9: [0, 1], -15: [0]}.get(status)
            if few is None or len(new) not in few:
                return f"exit {status} and {len(new)} in {b}"
            # What unlink(2) refuses stays, for maildir-sweep.
            if max(len(tmp), len(sizes)) > (status == -9 or fault.startswith("unlinkat:error")):
                return f"exit {status} and {tmp + sizes} in tmp of {b}"
        size = any("(INJECTED)" in line and SIZE.search(line) for line in trace)
        if status == 111 and size:
            return "no delivery for the sake of maildirsize"
        if status == -15 and any(line.startswith("open") for line in trace):
            return "ended by SIGTERM too late"
        if status == 0 and fault.startswith("fsync:error") and fault[12:] not in UNSYNCABLE and not size:
            return "exit 0 without a sync"
        return early(trace)

    def case(self, name, fault, k):
        where = self.fresh()
        what = f"{name}:{fault}:when={k}"
        status, trace = self.run(where, ["-e", f"trace={name},{WATCHED}", "-e", "inject=" + what])
        said = self.wrong(where, status, trace, f"{name}:{fault}")
        # Without its name the host has another one: then it takes ATTEMPT to find the file.
        if not said and (self.keyed and name != "uname" or status == -9):
            again = self.start(where, ["strace", "-qq", "-o", "/dev/null", *self.always] if self.always else [])
            held = [len(inside(where, b, "new", "cur")) for b in self.boxes]
            if again != 0 or min(held) < 1 or max(held) > (1 if self.keyed else 2):
                said = f"the delivery after it exits {again}, there are {held}"
        shutil.rmtree(where)
        return status, what, said


def inside(where, box, *subs):
    """The files there, of the maildir and its folders."""
    return [os.path.join(d, f) for d, _, files in os.walk(f"{where}/{box}") if os.path.basename(d) in subs for f in files]


def early(trace):
    """A name in new although something written is not yet synced?"""
    dirty, names = False, ("linkat(", "renameat2(", "renameat(")
    for line in trace:
        if SIZE.search(line):
            continue
        ok = " = -1 " not in line and not line.endswith("= ?")
        if line.startswith(("write(", "copy_file_range(")) and re.match(r"(write\((?![12]\D)|copy)", line):
            dirty = True
        elif line.startswith("fsync(") and ok:
            dirty = False
        elif line.startswith(names) and ok and ",S=" in line and dirty:
            return "a name in new before its bytes were synced"
    return ""


def main():
    args = sys.argv[1:sys.argv.index("--")]
    m = Matrix(args[0], int(args[1]), args[2] if len(args) > 2 else "", sys.argv[sys.argv.index("--") + 1:])
    outcomes, bad = collections.Counter(), 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for status, what, said in pool.map(lambda c: m.case(*c), list(m.cases())):
            outcomes[status] += 1
            bad += bool(said)
            if said and bad <= 20:
                print(f"{what}: {said}")
    ends = {0: "stored", 111: "nothing stored", -9: "killed", -15: "terminated"}
    print(", ".join(f"{n} {ends.get(s, s)}" for s, n in sorted(outcomes.items())), "and", bad, "violations")
    return bad > 0


sys.exit(main())
