# typist.py: a person at a terminal, under tcpclient: reads the other side on
# descriptor 6, types on descriptor 7 byte by byte. Standard input has one line
# per exchange: "codes TAB text": type text and CRLF (nothing if empty), then
# wait for a reply with each of the codes; "@data name" instead of text collects
# a data connection the session opens or is asked to open. Prints all replies.
import os
import re
import select
import socket
import sys
import time

pending = b""
listener = passive = None


def reply():
    """The next whole reply: the lines up to the one 'ddd text'."""
    global pending
    end = time.time() + 20
    while True:
        m = re.match(rb"(?s)((\d{3})(?: [^\n]*|-.*?\n\2 [^\n]*)\r\n)", pending)
        if m:
            pending = pending[m.end():]
            text = m.group(1).decode("utf-8", "replace")
            sys.stdout.write(text.replace("\r\n", "\n"))
            return m.group(2).decode(), text
        if not select.select([6], [], [], max(0, end - time.time()))[0]:
            sys.exit("no reply in time; had %r" % pending)
        got = os.read(6, 65536)
        if not got:
            sys.exit("closed; had %r" % pending)
        pending += got


def type_line(text):
    for byte in text.encode() + b"\r\n":
        os.write(7, bytes([byte]))
        time.sleep(0.001)


for line in sys.stdin:
    codes, _, text = line.rstrip("\n").partition("\t")
    upload = None
    if text.startswith("@put "):
        upload, text = text[5:].split(" ", 1)
    if "PORT " in text:
        listener = socket.create_server(("127.0.0.1", 0))
        p = listener.getsockname()[1]
        text = "PORT 127,0,0,1,%d,%d" % (p >> 8, p & 255)
    if text:
        type_line(text)
    for code in codes.split():
        got, said = reply()
        if got != code:
            sys.exit("%r: wanted %s, got %s" % (text, code, said))
        if got == "227":
            n = [int(x) for x in re.search(r"\((.*)\)", said).group(1).split(",")]
            passive = (".".join(map(str, n[:4])), n[4] * 256 + n[5])
        if got == "229":
            passive = ("127.0.0.1", int(said.split("|")[3]))
        if got == "150":
            data = listener.accept()[0] if listener else socket.create_connection(passive)
            if upload:
                data.sendall(open(upload, "rb").read())
            else:
                with open("data", "wb") as f:
                    while True:
                        block = data.recv(65536)
                        if not block:
                            break
                        f.write(block)
            data.close()
            listener = passive = None
if not text.startswith("QUIT"):
    sys.exit(0)
if os.read(6, 1):
    sys.exit("not closed after QUIT")
print("closed")
