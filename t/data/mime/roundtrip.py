# roundtrip.py count seed [dir]: random sets of files, packed by mime-pack and unpacked by
# mime-unpack. Every file comes back byte for byte under its name; neither program
# nor Python's email module has anything to say of the message; lines are at most 998,
# fields at most 78 but for a single token that is longer. Works in an empty directory.
# The messages whose header is ASCII are kept in dir.
import email, email.policy, os, random, re, subprocess, sys

KINDS = [bytes(range(256)), b" \tabc\n", "abc é=\n".encode(), b"abc\r\n", b".\nFrom F", b"\n", b"=",
         b"-\n", "привет \n".encode(), b"\0x", b"--=_\n", b"a"]
SIZES = [0, 1, 2, 3, 56, 57, 58, 75, 76, 77, 114, 997, 998, 999, 1000, 4095, 4096, 4097, 8191, 16384, 65536, 100003]
LETTERS = ["abcXYZ019", "._-+~", " ", "éüß", "漢字", "🎉", "\"\\'", "%;=,()<>@[]{}?*:|&$#!", "\x01\x1f\x7f", "\u0301"]
ENDS = ["", ".bin", ".txt", ".html", ".csv", ".pdf", ".png", ".json", ".TXT", ".tar.gz"]


def content(r, big):
    n = r.choice(SIZES) if not big else r.randrange(5000000)
    kind = r.choice(KINDS)
    if kind == KINDS[0]:
        return r.randbytes(n)
    piece = bytes(r.choices(kind, k=min(n, 4000)))
    if r.random() < 0.5 and not kind.isascii():
        piece = kind * 200
    return (piece * (n // max(1, len(piece)) + 1))[:n]


def name(r):
    while True:
        s = "".join(r.choice(r.choice(LETTERS)) for _ in range(r.choice([1, 5, 12, 40, 120]))) + r.choice(ENDS)
        if 0 < len(s.encode()) <= 250 and re.sub("[\x00-\x1f\x7f]", "", s.split("\\")[-1]).strip():
            return s


def unescape(s):
    if s == "-":
        return ""
    s = re.sub(rb"\\(x..|.)", lambda m: {b"t": b"\t", b"n": b"\n", b"r": b"\r"}.get(m[1]) or
               (bytes([int(m[1][1:], 16)]) if m[1][:1] == b"x" else m[1]), s.encode())
    return s.decode()


def options(r):
    args = r.choice([[], [], ["-8"], ["-B"], ["-u"], ["-B", "-u"]])
    if r.random() < 0.3:
        args += ["-L", "crlf"]
    if r.random() < 0.3:
        args += ["-k", r.choice(["mixed", "related", "alternative", "digest"])]
    if r.random() < 0.2:
        args += ["-z", str(r.random())]
    return args


def part(r, i, data):
    n, path = name(r), "in/%d" % i
    open(path, "wb").write(data)
    args = ["-n", n]
    if r.random() < 0.3:
        args += ["-D", name(r).replace("\x7f", "").strip() or "x"]
    if r.random() < 0.2:
        args += ["-x", "%d@id" % i]
    if r.random() < 0.2:
        args += ["-e", "base64" if data[-1:] == b"\r" else r.choice(["base64", "binary"]), "-y", "application/x-thing"]
    elif r.random() < 0.2:
        args += ["-e", "qp", "-y", "application/x-thing"]
    return re.sub("[\x00-\x1f\x7f]", "", n.split("\\")[-1]), args + [r.choice(["-a", "-I"]), path]


def check_lines(message, utf8):
    head = True
    for line in message.replace(b"\r\n", b"\n").split(b"\n"):
        if line.startswith(b"--=_"):
            head = True
        elif line == b"":
            head = False
        if head and len(line.decode() if utf8 else line) > 78:
            quoted = re.sub(rb'"(\\.|[^"\\])*"', b"Q", line.strip())
            assert b" " not in quoted, line


def once(r, big, seed):
    for d in ("in", "out"):
        os.makedirs(d, exist_ok=True)
        for f in os.listdir(d):
            os.unlink(d + "/" + f)
    files = [content(r, big) for _ in range(r.choice([1, 1, 2, 3, 6]))]
    form = options(r)
    args, names = ["mime-pack", "-f", "Ünï <a@b>", "-s", name(r).replace("\n", "") + " " + name(r)] + form, []
    for i, data in enumerate(files):
        n, a = part(r, i, data)
        names.append(n)
        args += a
    text = r.choice(["", "text\n", "é\n", ".\nFrom x\n \n"]).encode()
    packed = subprocess.run(args, input=text, capture_output=True)
    assert packed.returncode == 0 and packed.stderr == b"", (args, packed.stderr)
    message = packed.stdout
    if "-B" not in form and not any(a == "binary" for a in args):
        assert max(map(len, message.split(b"\n"))) <= 999, args
        check_lines(message, "-u" in form)
    if sys.argv[3:] and "-u" not in form:
        open(f"{sys.argv[3]}/{seed}", "wb").write(message)
    unpacked = subprocess.run(["mime-unpack", "-d", "out", "-a"],
                              input=message, capture_output=True)
    assert unpacked.returncode == 0, (args, unpacked.returncode, unpacked.stderr)
    rows = [x.split("\t") for x in unpacked.stdout.decode().split("\n")[:-2]]
    rows = [x for x in rows if x[12] != "-"]
    assert [unescape(x[12]) for x in rows] == names, (args, rows, names)
    assert all(set(x[11].split(",")) <= {"-", "8bit-hdr", "name-changed", "name-cut"} for x in rows), (args, rows)
    for x, data in zip(rows, files, strict=True):
        assert open("out/" + unescape(x[13]), "rb").read() == data, (args, x)
    if "-u" not in form:
        m = email.message_from_bytes(message, policy=email.policy.default)
        for p in m.walk():
            assert not p.defects, (args, p.defects)
            for key, value in p.items():
                assert key.lower() == "content-type" or not value.defects, (args, key, value.defects)


count, seed = int(sys.argv[1]), int(sys.argv[2])
for i in range(count):
    try:
        once(random.Random(seed + i), i % 50 == 49, seed + i)
    except Exception:
        print("seed", seed + i)
        raise
print(count, "ok")
