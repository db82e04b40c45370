# replay.py port: says to 127.0.0.1 what a client once said, byte for byte. Each
# line of standard input is one segment: "codes TAB bytes", the bytes as Python
# writes them (\r\n, \xe9), then the codes of the replies it must get, in order.
# "-" instead of codes: none; "eof": the other side closes. Bytes that are one of @close,
# @half and @reset end the connection, one side of it, or end it by RST. Prints
# all replies. At the end of its lines it closes; nothing may have been left over.
import re
import socket
import struct
import sys

s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20)
s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
pending = b""


def reply(why):
    """The code of the next whole reply, or eof."""
    global pending
    while True:
        m = re.match(rb"(?:(\d{3})-[^\r\n]*\r\n)*(\d{3}) [^\r\n]*\r\n", pending)
        if m:
            sys.stdout.write(m.group().decode("ascii").replace("\r\n", "\n"))
            pending = pending[m.end():]
            return m.group(2).decode()
        got = s.recv(65536)
        if not got:
            return "eof" if not pending else sys.exit("%s: closed within %r" % (why, pending))
        pending += got


for line in sys.stdin:
    codes, _, text = line.rstrip("\n").partition("\t")
    if text == "@reset":
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if text in ("@close", "@reset"):
        s.close()
        break
    if text == "@half":
        s.shutdown(socket.SHUT_WR)
    elif text:
        s.sendall(text.encode("latin-1").decode("unicode_escape").encode("latin-1"))
    for code in codes.replace("-", "").split():
        got = reply(text)
        if got != code:
            sys.exit("%s: wanted %s, got %s" % (text, code, got))
else:
    if pending:
        sys.exit("left over: %r" % pending)
    s.close()
