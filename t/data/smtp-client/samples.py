# samples.py: messages that are hard to keep, one file each, and in NAME.want
# what a Maildir should have of it: CRLF is LF there, and curl ends what it
# sends with CRLF of its own unless the file does.
lines = [b"From: <al@x.example>", b"Subject: s", b"", b"one", b" two\t ", b""]
dots = [b".", b"..", b"...", b".x", b"x.", b"", b".", b""]
samples = {
    "lf": b"\n".join(lines + [b"end", b""]),
    "crlf": b"\r\n".join(lines + [b"end", b""]),
    "mixed": b"".join(line + (b"\r\n", b"\n", b"\r\n\n", b"\n\r\n")[i % 4] for i, line in enumerate(lines * 9)),
    "cr": b"a\rb\r\rc\r\r\nd\r.\r\n\r",
    "unended": b"\r\n".join(lines + [b"no end"]),
    "empty": b"",
    "dots-crlf": b"\r\n".join(dots + lines + dots),
    "dots-lf": b"\n".join(dots + lines + dots),
    "false-end": b"a\n.\nb\n.\r\nc\r\n.\nd\r.\r\ne\r.\rf\n.\rg\r\n.\r\r\nh\r\n.\0\r\ni\r\n",
    "dot": b".",
    "nul": b"\0a\0\r\n\0\r\n.\0\r\n\0.\r\n\0\0\0\r\n",
    "bytes": bytes(range(256)) * 40 + b"\r\n",
    "long": b"Subject: x\r\n\r\n" + b"0123456789abcde." * 131072 + b"\r\n",
    "many": b"line\r\n" * 300000,
}
for name, given in samples.items():
    want = given.replace(b"\r\n", b"\n")
    if given and not given.endswith(b"\r\n"):
        want = (given + b"\r\n").replace(b"\r\n", b"\n")
    open(name, "wb").write(given)
    open(name + ".want", "wb").write(want)
