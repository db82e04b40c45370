# agree.py program file...: whether the decoded leaves that mime-unpack finds in a
# message are those that at least two of GMime, MIME::Parser and Python's email
# find: their bytes, in order, but for the line ends of text, which each of them
# treats in its own way. A line for each file: its name, and
#   same     at least two agree with us
#   other    at least two agree with each other and not with us
#   alone    no two of them agree
# and which of them say what we say.
import email, email.policy, os, subprocess, sys, tempfile

import gi

gi.require_version("GMime", "3.0")
from gi.repository import GMime


def gmime(data):
    found = []

    def each(part):
        if isinstance(part, GMime.Multipart):
            for i in range(part.get_count()):
                each(part.get_part(i))
        elif isinstance(part, GMime.MessagePart):
            if part.get_message():
                each(part.get_message().get_mime_part())
        elif isinstance(part, GMime.Part):
            out = GMime.StreamMem.new()
            if part.get_content():
                part.get_content().write_to_stream(out)
            found.append(bytes(out.get_byte_array()))

    message = GMime.Parser.new_with_stream(GMime.StreamMem.new_with_buffer(data)).construct_message(None)
    if message and message.get_mime_part():
        each(message.get_mime_part())
    return found


def python(data):
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    return [part.get_payload(decode=True) or b"" for part in message.walk() if not part.is_multipart()]


def perl(files):
    run = subprocess.run(["perl", os.path.join(os.path.dirname(__file__), "mime-parser.pl"), *files], capture_output=True, check=True)
    return [[bytes.fromhex(leaf[:-1].decode()) for leaf in line.split() if leaf != b"-"] for line in run.stdout.splitlines()]


def ours(program, data, *options):
    with tempfile.TemporaryDirectory() as box:
        run = subprocess.run([program, "-qq", "-a", "-d", box, *options], input=data, capture_output=True)
        records = [r.split(b"\t") for r in run.stdout.split(b"\n")[:-2]]
        return [open(os.path.join(box, os.fsdecode(r[13])), "rb").read() for r in records if r[13] != b"-"]


def plain(leaves):
    return [leaf.replace(b"\r\n", b"\n") for leaf in leaves]


GMime.init()
if __name__ == "__main__":
    program, *files = sys.argv[1:]
    for file, parser in zip(files, perl(files)):
        with open(file, "rb") as message:
            data = message.read()
        say = {"gmime": plain(gmime(data)), "perl": plain(parser), "python": plain(python(data))}
        we = plain(ours(program, data))
        with_us = [name for name, leaves in say.items() if leaves == we]
        agree = any(say[a] == say[b] for a, b in (("gmime", "perl"), ("gmime", "python"), ("perl", "python")))
        verdict = "same" if len(with_us) > 1 else "other" if agree else "alone"
        print(os.path.basename(file), verdict, *with_us)
