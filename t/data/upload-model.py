# After ftp-client.py: uploads whole and broken off, restarts, additions, renamed
# and deleted files, at random, against what spec says they come to. STEPS and
# SEED are of the environment; so are the policies, as ftp-session has them.
import random

SEED = int(os.environ.get("SEED") or random.randrange(1 << 32))
POLICY = {"FTP_ATOMIC": "1", "FTP_PARTIAL": "keep", "FTP_OVERWRITE": "replace"}
POLICY.update((k, os.environ[k]) for k in POLICY if k in os.environ)
atomic, keep, over = POLICY["FTP_ATOMIC"] == "1", POLICY["FTP_PARTIAL"] == "keep", POLICY["FTP_OVERWRITE"]
rng = random.Random(SEED)
files, parts = {}, {}


def disk():
    "The files, and the partials by the name they are for."
    whole, broken = {}, {}
    for n in os.listdir("root"):
        with open("root/" + n, "rb") as f:
            kind, name = (broken, n[10:]) if n.startswith(".ftp-part.") else (whole, n)
            kind[name] = f.read()
    return whole, broken


def numbered(name):
    "The first of name, name.1, name.2 that is free."
    return next(n for n in [name] + ["%s.%d" % (name, i) for i in range(1, 99)] if n not in files)


def begin(how, name, at):
    "What the upload begins with, where it will be, whether what came is kept; or the refusal."
    old, part = files.get(name), parts.get(name)
    if over == "no" and old is not None: return "553"
    keeps = keep and (how == "STOR" or at > 0)
    free = numbered(name) if over == "rename" else name
    if how == "STOR" and at == 0: return b"", free, keeps
    if old is None or (part is not None and at and at == len(part) != len(old)):
        if at > len(part or b""): return "554"
        if part is None: return b"", name, keeps
        return (part[:at] if at else part), free, True
    if at > len(old): return "554"
    if over == "rename" and 0 < at < len(old): return "550"
    return (old[:at] if at else old), name, keeps


def received(n):
    "Until STAT says that the session has n bytes."
    end = time.time() + 10
    while " Receiving %d of" % n not in " ".join(whole("STAT")): assert time.time() < end


def break_off(d):
    if rng.random() < 0.5:
        d.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        d.close()
        assert reply()[:3] == "426"
    else:
        assert cmd("ABOR")[:3] == "426" and reply()[:3] == "226"
        d.close()


def broken(how, name, at, base, came, keeps):
    "What is there after that many bytes."
    old = files.get(name)
    if not came or (atomic and not keeps) or (old is None and not keeps): return
    if atomic: parts[name] = base + came
    elif how == "APPE" and not at: files[name] = old if old is not None else came
    elif not (over == "rename" and how == "STOR" and not at): files[name] = base + (came if keeps else b"")


def upload(name):
    how = rng.choice(["STOR", "STOR", "APPE"])
    sizes = [len(files.get(name, b"")), len(parts.get(name, b""))]
    at = rng.choice([0, 0, 1, 3, sizes[0] // 2, sizes[0], sizes[1], sizes[0] + 1, sizes[1] + 1, rng.randrange(60)])
    content = rng.randbytes(rng.choice([0, 1, 5, 20, 50, 50] if rng.random() < 0.96 else [3000000]))
    stop = rng.randrange(len(content) + 1) if rng.random() < 0.4 else None
    want = begin(how, name, at)
    port = epsv()
    if at: assert cmd("REST %d" % at)[:3] == "350"
    code = cmd("%s %s" % (how, name))[:3]
    did = (how, name, at, len(content), stop, sizes)
    assert code == (want if isinstance(want, str) else "150"), (did, code, want)
    if code != "150": return did
    base, place, keeps = want
    d = socket.create_connection(("127.0.0.1", port), 10)
    d.sendall(content[:stop])
    if stop is None:
        d.close()
        assert reply()[:3] == "226", did
        files[place] = base + content
        parts.pop(name, None)
    else:
        received(stop)
        break_off(d)
        broken(how, name, at, base, content[:stop], keeps)
    return did


def delete(name):
    assert cmd("DELE " + name)[:3] == ("250" if name in files else "550"), name
    if files.pop(name, None) is not None: parts.pop(name, None)


def rename(name):
    to = rng.choice("abc")
    assert cmd("RNFR " + name)[:3] == ("350" if name in files else "550"), name
    if name not in files: return
    taken = over != "replace" and to in files
    assert cmd("RNTO " + to)[:3] == ("553" if taken else "250"), (name, to)
    if not taken: files[to] = files.pop(name)


def size(name):
    there = files.get(name, parts.get(name))
    assert cmd("SIZE " + name) == ("550 No such file." if there is None else "213 %d" % len(there)), name


for i in range(int(os.environ["STEPS"])):
    what = rng.choices([upload, delete, rename, size], [15, 2, 2, 2])[0]
    told = "seed %d, step %d, %s" % (SEED, i, what.__name__)
    try: told += " %s" % (what(rng.choice("abc")),)
    except AssertionError as e: raise AssertionError(told, e)
    now = disk()
    assert now == (files, parts), (told, [{k: len(v) for k, v in x.items()} for x in (*now, files, parts)])
