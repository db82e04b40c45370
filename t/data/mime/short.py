# short.py program: a message of many kinds of parts, cut after every fifth byte.
# What comes out is a beginning of what went in: all parts but the last one whole;
# the last one short, or with the beginning of a delimiter or of its header for text.
# Of base64 that stops within a group, and of a header that stops, the exit status
# tells. Prints the cuts.
import os, quopri, re, subprocess, sys, tempfile

sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "damage"))
from case import *

a, b, c, d, e = octets(), octets(400), octets(300), octets(300), octets(200)
t = words()
message = mail(mixed("one", text(t), attached(a),
                     head("Content-Type: message/rfc822") + mail(mixed("two", text(t), attached(b))),
                     head(BINARY, "Content-Transfer-Encoding: quoted-printable") + quopri.encodestring(c, True) + b"=\n",
                     head(BINARY, "Content-Transfer-Encoding: x-uuencode") + uu(d),
                     head(BINARY, "Content-Transfer-Encoding: binary") + e + b"\n"))
wanted = [t, a, t, b, c, d, e]


def leaves(data):
    with tempfile.TemporaryDirectory() as box:
        run = subprocess.run([sys.argv[1], "-qq", "-a", "-w", "-d", box], input=data, capture_output=True)
        records = [r.split(b"\t") for r in run.stdout.split(b"\n")[:-2]]
        return run.returncode, records, [open(os.path.join(box, os.fsdecode(r[13])), "rb").read() for r in records]


def beginning(found, want, data):
    """Whether found begins as want does. More of it may be the beginning of a delimiter; less,
    one digit of quoted-printable, or a line of a header."""
    more = found[len(want) :] if found.startswith(want) else None
    return (want.startswith(found) or (more and more.lstrip(b"\n") in b"--one--")
            or (found[-2:-1] == b"=" and want.startswith(found[:-2])) or (b"\n" not in found and data.endswith(found)))


def inside(record, data):
    """Whether base64 ends within a group."""
    group = data[int(record[8]) : int(record[9])].split(b"=")[-1]
    return record[4] == b"b64" and len(re.sub(rb"[^A-Za-z0-9+/]", b"", group)) % 4


def header(data):
    """Whether what follows the last delimiter is a header without its end."""
    last = re.split(rb"\n--(?:one|two)(?:--)?\n", data)[-1]
    return b"\n\n" not in last and re.search(rb"^[A-Za-z-]+:", last, re.M)


assert leaves(message)[2] == wanted and leaves(message)[0] == 0
cuts = range(len(message) - len("--one--\n"), message.index(t), -5)
for n in cuts:
    status, records, found = leaves(message[:n])
    if len(found) > len(wanted) or found[:-1] != wanted[: len(found) - 1] or (
            found and not beginning(found[-1], wanted[len(found) - 1], message[:n])):
        print(f"{n} bytes: something else comes out")
    if status not in (0, 2) or (status == 0 and found and (header(message[:n]) or inside(records[-1], message[:n]))):
        print(f"{n} bytes: the status is {status}")
print(len(cuts), "cuts")
