"""UCSPI-TLS as its provider, after the page of s6-ucspitlsd.

ucspitls.py certificate key close|keep program [argument...]: the program is the
parent; two pipes and a socket for control. With close that is closed behind the
report, as by s6; with keep not, and a handshake that fails ends the program with
SIGTERM, as by sslserver -n.
"""
import os
import select
import signal
import socket
import ssl
import sys

cert, key, way = sys.argv[1:4]
control, theirs = socket.socketpair()
up, down = os.pipe(), os.pipe()
if os.fork():
    control.close()
    os.close(up[1])
    os.close(down[0])
    for name, fd in (("SSLCTLFD", theirs.fileno()), ("SSLREADFD", up[0]), ("SSLWRITEFD", down[1])):
        os.set_inheritable(fd, True)
        os.environ[name] = str(fd)
    os.execvp(sys.argv[4], sys.argv[4:])
theirs.close()
os.close(up[0])
os.close(down[1])
said = control.recv(1)
if said not in (b"y", b"Y"):
    sys.exit(100 if said else 0)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(cert, key)
try:
    s = context.wrap_socket(socket.socket(fileno=os.dup(0)), server_side=True)
except (ssl.SSLError, OSError):
    if way == "keep":
        os.kill(os.getppid(), signal.SIGTERM)
    sys.exit(111)
if said == b"Y":
    control.sendall(b"SSL_PROTOCOL=%s\0SSL_CIPHER=%s\0SSL_TLS_SNI_SERVERNAME\0\0"
                    % (s.version().encode(), s.cipher()[0].encode()))
if way == "close":
    control.close()
while True:
    ready = [s] if s.pending() else select.select([s, down[0]], [], [])[0]
    if s in ready:
        try:
            data = s.recv(16384)
        except OSError:
            data = b""
        if not data and up[1] != -1:
            os.close(up[1])
            up = (up[0], -1)
        elif data:
            os.write(up[1], data)
    if down[0] in ready:
        data = os.read(down[0], 16384)
        if not data:
            break
        s.sendall(data)
s.unwrap()
