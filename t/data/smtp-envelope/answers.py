"""answers.py whole|cut table program...: what smtp-session answers to each row.

A row of the table is "want TAB line": the line is sent, with CRLF, after EHLO (and
$MAIL, or MAIL FROM:<>, before a RCPT), and the final line of its reply must begin
with want.
Escapes in the line are Python's. With cut each line comes again and again, in two
pieces, parted at every byte; the second is written when the first has been read.
"""

import array
import fcntl
import os
import select
import subprocess
import sys
import termios
import time

# Before the tenth error a session answers at once.
TRIALS = 8


class Session:
    def __init__(self, program):
        self.unread, near = os.pipe()
        self.child = subprocess.Popen(program, stdin=self.unread, stdout=subprocess.PIPE)
        self.near = near
        self.held = b""
        assert self.reply().startswith(b"220 ")
        self.say(b"EHLO c\r\n")
        assert self.reply().startswith(b"250 ")

    def say(self, data):
        os.write(self.near, data)

    def wait_until_read(self):
        left = array.array("i", [1])
        until = time.monotonic() + 10
        while left[0] and time.monotonic() < until:
            fcntl.ioctl(self.unread, termios.FIONREAD, left)
            os.sched_yield()
        assert not left[0], "was not read"

    def line(self):
        while b"\r\n" not in self.held:
            ready, _, _ = select.select([self.child.stdout], [], [], 10)
            data = os.read(self.child.stdout.fileno(), 65536) if ready else b""
            if not data:
                return b"nothing"
            self.held += data
        line, _, self.held = self.held.partition(b"\r\n")
        return line

    def reply(self):
        line = self.line()
        while line[3:4] == b"-":
            line = self.line()
        return line

    def end(self):
        self.say(b"QUIT\r\n")
        bye = self.reply()
        os.close(self.near)
        os.close(self.unread)
        code = self.child.wait(10)
        assert bye.startswith(b"221 ") and code == 0, f"{bye} and exit {code}"


def trial(session, line, cut):
    before = b"RSET\r\n"
    if line[:4].upper() == b"RCPT":
        before += os.environb.get(b"MAIL", b"MAIL FROM:<>") + b"\r\n"
    session.say(before + line[:cut])
    if cut:
        session.wait_until_read()
    session.say(line[cut:])
    for _ in range(before.count(b"\n")):
        assert session.reply().startswith(b"250 "), "before the line"
    return session.reply()


def rows(table):
    with open(table, encoding="ascii") as f:
        for row in f:
            row = row.rstrip("\n")
            if row and row[0] != "#":
                want, _, line = row.partition("\t")
                yield want.encode(), line.encode().decode("unicode_escape").encode("latin-1") + b"\r\n"


def main():
    how, table, *program = sys.argv[1:]
    wrong = done = 0
    session = None
    for want, line in rows(table):
        for cut in range(1, len(line)) if how == "cut" else [0]:
            if done % TRIALS == 0:
                if session:
                    session.end()
                session = Session(program)
            done += 1
            got = trial(session, line, cut)
            if not got.startswith(want):
                wrong += 1
                print(f"{line} cut at {cut}: wanted {want}, got {got}")
    session.end()
    print(f"{done} answers, {wrong} wrong")
    sys.exit(wrong != 0)


main()
