# bodies.py lf|crlf: bodies of every kind, each by DATA and by BDAT in two ways to part
# it, in one session with SMTP_EOL; the messages the program got are the bodies, byte for
# byte but for the line ends. Prints how many there were.
import os
import random
import re
import subprocess
import sys

random.seed(11)
eol = sys.argv[1]
text = b"S: t\n\n.\n..\n.x\nline\n\n \nlast.\n"
bodies = {
    "LF": text,
    "CRLF": text.replace(b"\n", b"\r\n"),
    "mixed": text.replace(b"\n", b"\r\n", 3) + b"\n.\n\r\n.x\r\r\n\r\n",
    "no last end": b"S: t\r\n\r\nend",
    "dots": b".\r\n..\r\n...\r\n.a\r\n\r\n.\r\n",
    "LF . LF": b"a\n.\nb\n.\r\nc\r\n.\n",
    "NUL": b"\0\r\n.\0\r\na\0b\r\n",
    "CR": b"\r\r\r\n\ra\r.\r\n",
    "every byte": bytes(range(256)) * 3 + b"\r\n",
    "high": bytes(range(128, 256)) * 1000 + b"\r\n",
    "long line": b"x" * 2000000 + b"\r\n",
    "random": bytes(random.randrange(256) for _ in range(100000)) + b"\r\n",
    "random ends": b"".join(random.choice((b"\r", b"\n", b"\r\n", b".", b"x")) for _ in range(100000)) + b"\r\n",
    "one end": b"\r\n",
    "nothing": b"",
}


def data(body):
    """As RFC 5321 4.5.2 has a client do it."""
    if body and not body.endswith(b"\r\n"):
        body += b"\r\n"
    return b"DATA\r\n" + re.sub(rb"(\A|(?<=\r\n))\.", b"..", body) + b".\r\n"


def bdat(body, sizes):
    out, at = b"", 0
    while True:
        n = min(sizes(), len(body) - at)
        last = at + n == len(body)
        out += b"BDAT %d%s\r\n" % (n, b" LAST" if last else b"") + body[at:at + n]
        at += n
        if last:
            return out


def want(body, by_data):
    if by_data and body and not body.endswith(b"\r\n"):
        body += b"\r\n"
    if eol == "crlf":
        return body
    body = body.replace(b"\r\n", b"\n")
    return body + b"\n" if body and not body.endswith(b"\n") else body


sent, wanted = b"EHLO c\r\n", []
for name, body in bodies.items():
    for way in data(body), bdat(body, lambda: 1 << 30), bdat(body, lambda: random.randrange(1025, 9000)):
        sent += b"MAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\n" + way
        wanted.append((name, way[:4], want(body, way.startswith(b"DATA"))))
os.mkdir("got")
p = subprocess.run(["smtp-session", "sh", "-c", 'exec cat >"got/$(ls got | wc -l)"'], input=sent + b"QUIT\r\n",
                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                   env=dict(os.environ, SMTP_ANY="1", SMTP_EOL=eol), timeout=30)
assert p.returncode == 0 and p.stdout.count(b" OK id=") == len(wanted), p.stdout
for i, (name, way, message) in enumerate(wanted):
    with open("got/%d" % i, "rb") as f:
        got = re.sub(rb"(?s)\AReceived:.*?\+0000\r?\n", b"", f.read(), count=1)
    assert got == message, (name, way, got[:200], message[:200])
print(len(wanted))
