# odd-names.py dir count: a tree of that many files with names nobody should
# give and somebody does, each with bytes and a time of its own; or, with one
# argument, what is in such a tree: path, length, digest and time, sorted.
import hashlib
import os
import sys

BYTES = [bytes([b]) for b in range(0x20, 0x100) if b not in (0x2f, 0x7f)]
SHAPES = [b" %s", b"%s ", b"  %s  ", b"%s*", b"[%s]", b"{%s,b}", b"-%s", b"-la %s", b'"%s"', b"'%s'",
          b"%s?", b"$%s", b"`%s`", b"\\%s", b"%s\\", b"~%s", b"#%s", b"%%20%s", b".%s", b"..%s", b"%s;x=1; y",
          b"%s|cat", b"%s&", b"=%s=", b"5 bytes %s", b"a -> %s", b"%s:", b"227 (%s)", b"\xe9%s\xff", b"\xc3\xa9%s",
          b"\xe2\x82%s", b"%s\xf0\x9f\x93\xa0"]


def names(count):
    for n in range(count):
        stem = b"%d" % n
        if n % 97 == 0:
            yield stem + BYTES[n // 97 % len(BYTES)] * (255 - len(stem))
        else:
            yield SHAPES[n % len(SHAPES)] % (stem + BYTES[n % len(BYTES)])


def make(top, count):
    for n, name in enumerate(names(count)):
        folder = os.path.join(top, SHAPES[n // 1000 % len(SHAPES)] % b"dir")
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, name)
        with open(path, "xb") as f:
            f.write(name * (n % 50))
        os.utime(path, (0, 978307200 + n * 70001))


def show(top):
    rows = []
    for folder, _, files in os.walk(top):
        for name in files:
            path = os.path.join(folder, name)
            with open(path, "rb") as f:
                data = f.read()
            rows.append("%r %d %s %d" % (os.path.relpath(path, top), len(data),
                                         hashlib.md5(data).hexdigest(), os.stat(path).st_mtime))
    print("\n".join(sorted(rows)))


if len(sys.argv) > 2:
    make(os.fsencode(sys.argv[1]), int(sys.argv[2]))
else:
    show(os.fsencode(sys.argv[1]))
