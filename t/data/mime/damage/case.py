# The words damaged messages are made of. What must be recovered is random bytes,
# encoded by Python's codecs: nothing here was read or written by our programs.
import base64, binascii, random

cases = []
chance = random.Random(2045)


def case(rule, title, message, parts, *options):
    """A damaged message and the leaves in it: their bytes, or (file name, bytes).
    The options are those it takes when the defaults are not meant to do it."""
    parts = [p if isinstance(p, tuple) else (None, p) for p in parts]
    cases.append((rule, title, message, parts, options))


def octets(n=700):
    return chance.randbytes(n)


def words(lines=8):
    """Text in lines, ended by LF but for the last one."""
    word = lambda: "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9)))
    return "\n".join(" ".join(word() for _ in range(9)) for _ in range(lines)).encode()


def b64(data, width=76):
    line = base64.b64encode(data)
    return b"".join(line[i : i + width] + b"\n" for i in range(0, len(line), width))


def uu(data, name="u.bin"):
    lines = (binascii.b2a_uu(data[i : i + 45]) for i in range(0, len(data), 45))
    return b"begin 644 " + name.encode() + b"\n" + b"".join(lines) + b"`\nend\n"


def head(*lines):
    return b"".join((l.encode() if isinstance(l, str) else l) + b"\n" for l in lines) + b"\n"


BINARY = "Content-Type: application/octet-stream"
BASE64 = "Content-Transfer-Encoding: base64"
VERSION = "MIME-Version: 1.0"


def named(value):
    return "Content-Disposition: attachment; filename=" + value


def attached(data, *lines):
    """A part in base64."""
    return head(BINARY, BASE64, *lines) + b64(data)


def text(data, *lines):
    return head(*lines or ["Content-Type: text/plain; charset=us-ascii"]) + data + b"\n"


def body(boundary, *parts, close=True):
    """Delimiters around parts that each end with the line end of the next one."""
    dashes = b"--" + boundary.encode()
    inside = b"".join(dashes + b"\n" + p for p in parts)
    return inside + (dashes + b"--\n" if close else b"")


def mixed(boundary, *parts, close=True, kind="mixed"):
    """An entity: what stands in another one, or after a message's first fields."""
    quoted = '"' + boundary.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return head(f"Content-Type: multipart/{kind}; boundary={quoted}") + body(boundary, *parts, close=close)


def mail(entity):
    """A message with an entity, or with text after fields of its own."""
    return b"From: a@b.example\nSubject: damaged\nMIME-Version: 1.0\n" + entity


def crlf(message):
    return message.replace(b"\n", b"\r\n")
