# Send messages of several hundred kilobytes, each of one kind of line, by DATA
# and by BDAT, with LF and with CRLF asked for; compare what the program is given
# with what the RFC says it is.
import os
import random
import subprocess

random.seed(11)
HEAD = b"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\n"


def shape(line):
    out = b""
    while len(out) < 300000:
        out += line()
    return out


SHAPES = {
    "76 columns": shape(lambda: b"x" * 76 + b"\r\n"),
    "empty lines": shape(lambda: b"\r\n"),
    "dots": shape(lambda: b"." * random.randrange(5) + b"x\r\n"),
    "lines of dots": shape(lambda: b"..\r\n"),
    "any length": shape(lambda: b"y" * random.randrange(200) + b"\r\n"),
    "bare LF": shape(lambda: b"z" * random.randrange(80) + b"\n.\n") + b"\r\n",
    "bare CR": shape(lambda: b"z" * random.randrange(80) + b"\r.\r") + b"\r\n",
    "one line": b"w" * 300000 + b"\r\n",
    "noise": shape(lambda: bytes(random.choice(b"\r\n\n.ab") for _ in range(50))) + b"\r\n",
}


def run(sent, eol):
    subprocess.run(["smtp-session", "sh", "-c", "cat >message"], input=sent, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, env=dict(os.environ, SMTP_ANY="1", SMTP_EOL=eol), timeout=10, check=True)
    with open("message", "rb") as f:
        return f.read().split(b" +0000" + (b"\r\n" if eol == "crlf" else b"\n"), 1)[1]


def stuffed(body):
    body = body.replace(b"\r\n.", b"\r\n..")
    return (b"." if body[:1] == b"." else b"") + body + b".\r\n"


for name, body in SHAPES.items():
    for eol in "lf", "crlf":
        want = body if eol == "crlf" else body.replace(b"\r\n", b"\n")
        assert run(HEAD + b"DATA\r\n" + stuffed(body) + b"QUIT\r\n", eol) == want, (name, eol, "DATA")
        half = len(body) // 2
        chunks = b"BDAT %d\r\n%sBDAT %d LAST\r\n%s" % (half, body[:half], len(body) - half, body[half:])
        assert run(HEAD + chunks + b"QUIT\r\n", eol) == want, (name, eol, "BDAT")
print("all shapes agree")
