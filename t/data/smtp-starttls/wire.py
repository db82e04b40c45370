"""A client that speaks SMTP byte by byte, and begins TLS when it is told to.

PORT is where; localhost.pem the certificate the server must have.
"""
import os
import socket
import ssl


class Client:
    def __init__(self, implicit=False):
        self.s = socket.create_connection(("127.0.0.1", int(os.environ["PORT"])), timeout=15)
        self.s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.f = self.s.makefile("rb")
        if implicit:
            self.tls()

    def send(self, data):
        self.s.sendall(data)

    def reply(self):
        """The lines of one reply; [] at the end of the connection."""
        lines = []
        while True:
            try:
                line = self.f.readline()
            except (ConnectionResetError, ssl.SSLEOFError):
                line = b""
            if not line:
                return lines
            assert line.endswith(b"\r\n"), line
            lines.append(line[:-2].decode())
            if line[3:4] == b" ":
                return lines

    def say(self, line):
        """Its code."""
        self.send(line.encode() + b"\r\n")
        return self.code()

    def code(self):
        got = self.reply()
        return int(got[-1][:3]) if got else None

    def ehlo(self):
        self.send(b"EHLO c\r\n")
        return [x[4:] for x in self.reply()]

    def tls(self):
        context = ssl.create_default_context(cafile="localhost.pem")
        self.s = context.wrap_socket(self.s, server_hostname="localhost")
        self.f = self.s.makefile("rb")

    def starttls(self):
        assert self.say("STARTTLS") == 220
        self.tls()

    def codes(self, *lines):
        return [self.say(x) for x in lines]

    def mail(self, text="S: t\r\n\r\nbody"):
        return self.codes("MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA", text + "\r\n.")


def greeted(**how):
    c = Client(**how)
    assert c.code() == 220
    return c


def secure():
    """After EHLO, in TLS."""
    c = greeted()
    assert "STARTTLS" in c.ehlo()
    c.starttls()
    return c
