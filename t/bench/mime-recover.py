# mime-recover.py [-v]: see mime-recover.sh. With -v, the messages that each one lost.
import os, shutil, subprocess, sys, tempfile

sys.dont_write_bytecode = True
data = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "mime")
sys.path[:0] = [data, os.path.join(data, "damage")]
import agree
import boundary, header, coding, name, limit  # noqa: F401 each adds its cases
from case import cases


def run(box, *command, message=None):
    there = {**os.environ, "HOME": box, "MH": os.path.join(box, "profile")}
    return subprocess.run(command, cwd=box, input=message, capture_output=True, timeout=20, env=there)


def files(box):
    """The bytes of all files below a directory."""
    for where, _, names in os.walk(box):
        for name in names:
            path = os.path.join(where, name)
            if os.path.isfile(path):
                yield open(path, "rb").read()


def ours(box, message, options=()):
    done = run(box, "mime-unpack", "-qq", "-a", "-d", ".", *options, message=message)
    return done.returncode, list(files(box))


def munpack(box, message):
    done = run(box, "munpack", "-q", "-t", "-f", message=message)
    return done.returncode, list(files(box))


def ripmime(box, message):
    open(box + "/message", "wb").write(message)
    os.mkdir(box + "/out")
    done = run(box, "ripmime", "-i", "message", "-d", "out")
    return done.returncode, list(files(box + "/out"))


def reformime(box, message):
    listed = run(box, "reformime", "-i", message=message)
    worst, found = listed.returncode, []
    for line in listed.stdout.split(b"\n"):
        if line.startswith(b"section: "):
            part = run(box, "reformime", "-e", "-s", line[9:].decode(), message=message)
            worst = worst or part.returncode
            found.append(part.stdout)
    return worst, found


def mshow(box, message):
    open(box + "/message", "wb").write(message)
    listed = run(box, "mshow", "-t", "./message")
    worst, found = listed.returncode, []
    for line in listed.stdout.split(b"\n"):
        number = line.strip().split(b":")[0]
        if number.isdigit():
            part = run(box, "mshow", "-O", "./message", number.decode())
            worst = worst or part.returncode
            found.append(part.stdout)
    return worst, found


def mhstore(box, message):
    os.mkdir(box + "/out")
    open(box + "/profile", "w").write(f"Path: {box}\nmhstore-store-text: %m%P.txt\n")
    open(box + "/message", "wb").write(message)
    done = subprocess.run(["mhstore", "-file", box + "/message"], cwd=box + "/out", capture_output=True, timeout=20,
                          env={**os.environ, "HOME": box, "MH": box + "/profile"})
    return done.returncode, list(files(box + "/out"))


def uudeview(box, message):
    open(box + "/message", "wb").write(message)
    os.mkdir(box + "/out")
    done = run(box, "uudeview", "-i", "-q", "-t", "-p", "out", "message")
    return done.returncode, list(files(box + "/out"))


def perl(box, message):
    open(box + "/message", "wb").write(message)
    return 0, agree.perl([box + "/message"])[0]


def python(box, message):
    return 0, agree.python(message)


def gmime(box, message):
    return 0, agree.gmime(message)


def plain(leaf):
    """Of text the line end before a delimiter is no loss either."""
    leaf = leaf.replace(b"\r\n", b"\n")
    return leaf.rstrip(b"\n") if leaf.isascii() else leaf


def recovered(found, parts):
    found = [plain(leaf) for leaf in found]
    return all(plain(want) in found for _, want in parts if want)


def row(title, reader, *options):
    lost, told, by_rule = [], 0, {}
    for rule, what, message, parts, own in cases:
        with tempfile.TemporaryDirectory() as box:
            try:
                status, found = reader(box, message, own) if options else reader(box, message)
            except subprocess.TimeoutExpired:
                status, found = 1, []
            except Exception:
                status, found = 0, []
        if not recovered(found, parts):
            lost.append(f"{rule} {what}")
            told += status != 0
            by_rule[rule] = by_rule.get(rule, 0) + 1
    print(f"{title:34} {len(cases) - len(lost):3} of {len(cases)}", f"{told:9} of {len(lost)}", "  ",
          " ".join(f"{r}:{n}" for r, n in by_rule.items()))
    if "-v" in sys.argv:
        print(*("        " + l for l in lost), sep="\n")


print(f"{'':34} {'recovered':10} {'losses told':>14}    lost, by rule")
row("mime-unpack", ours)
row("mime-unpack, with options", ours, 1)
for program in (munpack, ripmime, reformime, mshow, mhstore, uudeview):
    if shutil.which(program.__name__):
        row(program.__name__, program)
    else:
        print(f"{program.__name__:34} not there")
row("GMime", gmime)
row("MIME::Parser", perl)
row("Python's email", python)
