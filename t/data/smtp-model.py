# smtp-session against a model of what a stream of bytes means: sessions at random,
# right and wrong, whole and broken off, out of files and over sockets at once or in
# pieces; replies, messages, exit code and the last line of the log are compared.
# SEED, STEPS, LMTP and SMTP_EOL are of the environment.
import os, random, re, shutil, socket, struct, subprocess, time

SEED = int(os.environ.get("SEED") or random.randrange(1 << 32))
LMTP, EOL = os.environ.get("LMTP") == "1", b"\r\n" if os.environ.get("SMTP_EOL") == "crlf" else b"\n"
LIMIT, RCPTS = 1000, 3  # DATABYTES, SMTP_MAXRCPT
CODES = {0: 250, 99: 250, 100: 554, 67: 550, 111: 451, 9: 451}  # what the program ends with
KEEP = r"""
s=${SENDER%%@*}
{ printf '%s\n%s\n' "$SENDER" "$RECIPIENTS"; cat; } >"kept/$ARRIVAL_ID.$$"
[ "$s" != 9 ] || kill -9 $$
exit "${s:-0}"
"""
TO = {  # what may stand behind RCPT: who that is, or the code
    b"TO:<a@ok.test>": "a@ok.test", b"TO:<b@ok.test>": "b@ok.test", b"to: c@OK.test": "c@ok.test",
    b"TO:<d@ok.test> NOTIFY=NEVER": "d@ok.test", b"TO:<postmaster>": "postmaster",
    b"TO:<@x.test:a@ok.test>": "a@ok.test", b"TO:<x@no.test>": 554, b"TO:<a%b@ok.test>": 554,
    b"TO:<a/b@ok.test>": 550, b"TO:<>": 501, b"TO:<a@b@ok.test>": 501, b"TO:<a@ok.test> FOO=1": 555,
    b"TO:<\xc3\xa4@ok.test>": 553, b"FROM:<a@ok.test>": 501, b"": 501}
FROM = {b"FROM:<%d@x.test>" % n: "%d@x.test" % n for n in CODES}
FROM.update({
    b"FROM:<>": "", b"from: <0@x.test> SIZE=1000": "0@x.test", b"FROM:<0@x.test> BODY=8BITMIME": "0@x.test",
    b"FROM:<0@x.test> SIZE=0 RET=HDRS": "0@x.test", b"FROM:<0@x.test> SIZE=1001": 552,
    b"FROM:<0@x.test> SIZE=99999999999999999999": 552, b"FROM:<0@x.test> SIZE=1 SIZE=1": 501,
    b"FROM:<0@x.test> BODY=9BIT": 501, b"FROM:<0@x.test> FOO=1": 555, b"FROM:": 501, b"TO:<>": 501, b"": 501})
OTHERS = {b"NOOP": 250, b"HELP": 214, b"EXPN": 502, b"AUTH": 502, b"STARTTLS": 502, b"VRFY": 501}
RAW = (b"EHLO", b"HELO", b"LHLO", b"MAIL", b"RCPT", b"BDAT", b"AUTH")
rng = random.Random(SEED)


class Model:
    "What comes of a stream: codes of replies, what the program was run for, why it ended, counts."

    def __init__(self, stream, hasty=()):
        # hasty: offsets behind a DATA where a client that should have waited did not.
        self.s, self.hasty, self.at = stream, hasty, 0
        self.codes, self.waits, self.runs, self.why = [220], [], [], None
        self.log = dict.fromkeys(("cmds", "errors", "rej", "rcpts", "msgs", "bytes", "abort", "mail"), 0)
        self.known = self.greeted = False
        self.reset()
        while not self.why: self.line()

    def reset(self):
        self.sender, self.to, self.tried, self.chunks, self.failed = None, [], False, None, False

    def say(self, code, error=True):
        self.codes.append(code)
        self.log["errors"] += error and (500 <= code <= 504 or code == 555)

    def broken(self):
        self.log["abort"] += not self.failed
        self.chunks = None

    def withdrawn(self):
        if self.chunks is not None: self.broken()
        self.reset()

    def end(self, why, exit):
        self.why, self.exit = why, exit
        if self.chunks is not None: self.broken()

    def waited(self):
        "Nothing came behind DATA before its reply; else it is the last."
        self.waits.append((self.at, len(self.codes) + 1))
        if self.at not in self.hasty: return True
        self.say(554)
        self.end("errors", 1)

    def line(self):
        n = self.s.find(b"\n", self.at)
        if n < 0: return self.end("eof", int(self.sender is not None))
        line, length = self.s[self.at:n], n + 1 - self.at
        self.at = n + 1
        self.log["cmds"] += 1
        self.known |= self.log["cmds"] > 2
        whole = line.endswith(b"\r")
        if whole: line = line[:-1]
        word = re.match(rb"[^ \t:]*", line).group()
        arg, word = line[len(word):], word.upper()
        row = word in RAW or word in OTHERS or word in (b"DATA", b"RSET", b"QUIT")
        if length > 4096: return self.refuse(line, 500)
        if b"\0" in line: return self.refuse(line, 501)
        if not whole: return self.refuse(line, 500)
        if re.search(rb"[\x01-\x08\x0b-\x1f\x7f]", line): return self.refuse(line, 501)
        if row and word not in RAW and re.search(rb"[\x80-\xff]", line): return self.refuse(line, 553)
        if not row or arg[:1] == b":": return self.refuse(line, 500)
        getattr(self, word.decode().lower(), self.other)(word, arg.strip(b" \t"))

    def refuse(self, line, code):
        word = line.lstrip(b" \t")[:4].upper()
        if word == b"DATA" and not self.waited(): return
        self.say(code)
        if word == b"BDAT": self.end("errors", 1)

    def other(self, word, arg):
        self.say(252 if word == b"VRFY" and arg else 501 if word == b"STARTTLS" and arg else OTHERS[word])

    def ehlo(self, word, arg):
        if (word == b"LHLO") != LMTP: return self.say(500)
        self.withdrawn()
        self.greeted = True
        self.say(250)

    helo = lhlo = ehlo

    def rset(self, word, arg):
        self.withdrawn()
        self.say(250)

    def quit(self, word, arg):
        self.say(221)
        self.end("quit", 0)

    def mail(self, word, arg):
        if not self.greeted: return self.say(503)
        self.known |= bool(arg)
        sender = FROM.get(arg, 501)
        if arg and self.sender is not None: sender = 503
        if isinstance(sender, int): return self.say(sender)
        self.sender = sender
        self.say(250)

    def rcpt(self, word, arg):
        if self.sender is None: return self.say(503)
        if arg and self.chunks is not None: return self.say(503)
        self.tried |= arg[:2].upper() == b"TO"
        to = TO.get(arg, 501)
        if not isinstance(to, int) and to not in self.to and len(set(self.to)) == RCPTS: to = 452
        self.log["rej"] += to in (550, 554)
        if isinstance(to, int): return self.say(to)
        self.to.append(to)
        self.log["rcpts"] += 1
        self.say(250)

    def data(self, word, arg):
        if not self.waited(): return
        if self.sender is None: return self.say(503)
        if arg: return self.say(501)
        if self.chunks is not None: return self.say(503)
        if not self.to: return self.say(554 if self.tried and not LMTP else 503)
        self.say(354)
        end = (b"\r\n" + self.s[self.at:]).find(b"\r\n.\r\n")
        if end < 0:
            self.broken()
            return self.end("eof", 1)
        text = self.s[self.at:self.at + end]
        self.at += end + 3
        self.message(b"\r\n".join(l[l[:1] == b".":] for l in text.split(b"\r\n")))

    def message(self, text):
        self.log["msgs"] += 1
        self.log["bytes"] += len(text)
        if len(text) > LIMIT: self.lost(552)
        else: self.handed(text)
        self.reset()

    def handed(self, text):
        code, kept, alone = CODES[int(self.sender.split("@")[0] or 0)], set(), len(set(self.to)) == 1
        text = EOL.join(text.split(b"\r\n"))
        if EOL == b"\n" and text and not text.endswith(b"\n"): text += b"\n"
        for to in [[t] for t in self.to] if LMTP else [list(dict.fromkeys(self.to))]:
            if to[0] not in kept: self.runs.append((self.sender, to, alone, text))
            if code == 250: kept.add(to[0])
            self.log["mail"] += 1
            self.say(code)

    def lost(self, code):
        self.log["mail"] += 1
        for _ in self.to if LMTP else "1": self.say(code)

    def bdat(self, word, arg):
        m = re.fullmatch(rb"([0-9]{1,19})([ \t]+LAST)?", arg, re.I)
        if not m:
            self.say(501)
            return self.end("errors", 1)
        refused = self.failed or (self.chunks is None and not self.to)
        if self.sender is not None and self.chunks is None: self.chunks = b""
        n, last = int(m.group(1)), m.group(2)
        if len(self.s) - self.at < n:
            self.broken()
            return self.end("eof", 1)
        text = (self.chunks or b"") + self.s[self.at:self.at + n]
        self.at += n
        if refused: return self.dropped(last)
        self.chunks = text
        if last: return self.message(text)
        if len(text) <= LIMIT: return self.say(250)
        self.log["msgs"] += 1
        self.log["bytes"] += len(text)
        self.log["mail"] += 1
        self.failed = True
        self.say(552)

    def dropped(self, last):
        for _ in self.to[1:] if LMTP and last else (): self.codes.append(503)
        self.say(503, not self.failed)
        if self.sender is not None: self.failed = True
        if last: self.reset()


def text(n):
    parts = [b"a", b"b c", b"\r\n", b"\r\n", b"\r\n.", b"\r\n..", b".", b"\n", b"\r", b"\n.\n", b"\r\n.\n",
             b"\n.\r\n", b"\r\n.\r", b"\0", b"\xc3\xa4", b"X: y\r\n", b"\r\nQUIT\r\n", b"." * 7, b"z" * 90]
    s = b"".join(rng.choices(parts, k=rng.randrange(n)))
    return (s * 12)[:rng.randrange(990, 1015)] if rng.random() < 0.1 else s


def command():
    "The next lines of the client, and what it means to follow them with."
    hello = b"LHLO" if LMTP else b"EHLO"
    r = rng.random()
    if r < 0.08: return rng.choice([hello, hello, b"HELO", b"EHLO", b"LHLO"]) + rng.choice([b" x", b"", b" \xe4", b" y z"])
    if r < 0.30: return b"MAIL " + rng.choice(list(FROM))
    if r < 0.55: return b"RCPT " + rng.choice(list(TO))
    if r < 0.60: return b"RSET"
    if r < 0.63: return rng.choice([b"NOOP", b"HELP x", b"EXPN", b"AUTH PLAIN", b"STARTTLS", b"VRFY", b"VRFY a", b"noop " * 4])
    if r < 0.65: return rng.choice([b"", b" NOOP", b"XYZZY", b"NOOP:", b"RSET\n", b"NOOP\0", b"NOOP \x01", b"NOOP \xe4", b"NOOP " + b"x" * rng.randrange(4085, 4095), b"DATA x", b"DATA:", b"BDAT", b"BDAT x", b"BDAT 1 LAST x", b"BDAT 18446744073709551616", b"BDAT -1"])
    if r < 0.66: return b"QUIT"
    if r < 0.83: return b"DATA" + rng.choice([b"", b"", b" "]) + b"\r\n" + text(12) + b"\r\n."
    s = text(12)
    return b"bdat %d%s\r\n" % (len(s), rng.choice([b"", b" LAST"])) + s


def conversation():
    "A transaction that is likely to work, or anything."
    hello = b"LHLO x" if LMTP else b"EHLO x"
    lines = [hello] if rng.random() < 0.9 else []
    for _ in range(rng.randrange(1, 8)):
        if rng.random() < 0.6:
            lines += [b"MAIL " + rng.choice(list(FROM)[:7])] + [b"RCPT " + t for t in rng.choices(list(TO)[:8], k=rng.randrange(1, 5))]
        lines += [command() for _ in range(rng.randrange(3))]
    if rng.random() < 0.7: lines.append(b"QUIT")
    s = b"".join(l if l[:5] == b"bdat " and b"\r\n" in l else l + b"\r\n" for l in lines)
    return s[:rng.randrange(len(s) + 1)] if rng.random() < 0.2 else s


def possible():
    "A conversation within the budgets of errors and refusals, which cost time, and not far over the limit."
    while True:
        s = conversation()
        m = Model(s)
        if m.log["errors"] < 10 and m.log["rej"] <= 10 and m.log["bytes"] < 2 * LIMIT: return s, m


def over_file(s, m):
    with open("in", "wb") as f: f.write(s)
    with open("in", "rb") as f: p = subprocess.run(session, stdin=f, stdout=subprocess.PIPE, stderr=log, timeout=20)
    return p.stdout, p.returncode


def replies(got):
    return len(re.findall(rb"^\d\d\d(?: .*)?\r\n", got, re.M))


def over_socket(s, m):
    "In flights that end where the model says that the client has to wait; cut anywhere."
    server = socket.create_server(("127.0.0.1", 0))
    c = socket.create_connection(server.getsockname())
    d = server.accept()[0]
    server.close()
    p = subprocess.Popen(session, stdin=d, stdout=d, stderr=log)
    d.close()
    c.settimeout(20)
    c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    got, at = b"", 0
    try:
        for end, want in [w for w in m.waits if w[0] not in m.hasty] + [(len(s), None)]:
            while at < end:
                n = end if m.hasty or rng.random() < 0.5 else rng.randrange(at, end) + 1
                c.sendall(s[at:n])
                at = n
            while want and replies(got) < want:
                r = c.recv(65536)
                if not r: break
                got += r
        c.shutdown(socket.SHUT_WR)
        while r := c.recv(65536): got += r
    except (ConnectionResetError, BrokenPipeError): pass
    c.close()
    return got, p.wait(20)


def reset(s, m):
    "A client that breaks the connection somewhere: what it had is the beginning of what was due."
    server = socket.create_server(("127.0.0.1", 0))
    with socket.create_connection(server.getsockname()) as c:
        d = server.accept()[0]
        server.close()
        p = subprocess.Popen(session, stdin=d, stdout=d, stderr=log)
        d.close()
        c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        c.sendall(s)
        if rng.random() < 0.7: time.sleep(rng.random() * 0.02)
    return None, p.wait(20)


def kept():
    "What the program was run for."
    found = []
    for n in os.listdir("kept"):
        with open("kept/" + n, "rb") as f: sender, rest = f.read().split(b"\n", 1)
        to, rest = re.match(rb"((?:[^\n]*@[^\n]*\n|postmaster\n)+)(.*)", rest, re.S).groups()
        field, body = re.match(rb"(Received: .*?(?:\r?\n)(?:[ \t].*?\n)*)(.*)", rest, re.S).groups()
        assert field.endswith(EOL), field
        found.append((n.rsplit(".", 1)[0], sender.decode(), to.decode().split(), b"for <" in field, body))
        os.unlink("kept/" + n)
    return found


def check(m, got, exit):
    found, lines = kept(), logged()
    if got is None:
        assert sorted(f[1:] for f in found) == sorted(m.runs[:len(found)]), ("kept", found, m.runs)
        assert exit in (0, 1) and re.match("smtp ev=(disc|probe) ", lines[-1]), (exit, lines)
        return
    assert replies(got) == got.count(b"\n") - len(re.findall(rb"^\d\d\d-.*\r\n", got, re.M)), got
    codes = [int(c) for c in re.findall(rb"^(\d\d\d)(?: .*)?\r$", got, re.M)]
    assert codes == m.codes, ("codes", codes, m.codes)
    assert exit == m.exit, ("exit", exit, m.exit)
    assert sorted(f[1:] for f in found) == sorted(m.runs), ("kept", found, m.runs)
    ids = [i.decode() for i in re.findall(rb" OK id=(\S+)\r$", got, re.M)]
    assert set(ids) == {f[0] for f in found if CODES[int(f[1].split("@")[0] or 0)] == 250}, ("ids", ids, found)
    check_log(m, lines)


def logged():
    log.seek(0)
    lines = log.read().splitlines()
    log.seek(0)
    log.truncate()
    return lines


def check_log(m, lines):
    last = dict(w.split("=", 1) for w in lines[-1].split()[1:])
    events = [re.search(r"ev=(\S+)", l).group(1) for l in lines]
    want = {"ev": "disc" if m.known else "probe", "cmds": m.log["cmds"], "why": m.why}
    if m.known: want.update((k, m.log[k]) for k in ("errors", "rej", "rcpts", "msgs", "bytes"))
    assert all(str(v) == last.get(k) for k, v in want.items()), (want, lines)
    for k in ("abort", "mail"): assert events.count(k) == m.log[k], (k, m.log[k], lines)


def left(mark):
    "Processes of ours that have not ended."
    found = []
    for n in os.listdir("/proc"):
        try:
            with open("/proc/%s/environ" % n, "rb") as f:
                if n.isdigit() and int(n) != os.getpid() and mark in f.read(): found.append(n)
        except OSError: pass
    return found


mark = "MODEL_OF=%d.%d" % (os.getpid(), SEED)
os.environ.update({"RCPTHOSTS": "hosts", "DATABYTES": str(LIMIT), "SMTP_MAXRCPT": str(RCPTS), "SMTP_NAME": "me.test",
                   "ARRIVAL_SPOOL": "spool", "MODEL_OF": mark[9:]})
for d in ("kept", "spool"):
    shutil.rmtree(d, ignore_errors=True)
    os.mkdir(d)
with open("hosts", "w") as f: f.write("ok.test\n")
log = open("log", "w+")
session = ["smtp-session"] + ["-l"] * LMTP + ["sh", "-fc", KEEP]
for step in range(int(os.environ["STEPS"])):
    s, m = possible()
    how = rng.choices((over_file, over_socket, reset), (3, 6, 1))[0]
    spots = [w for w in m.waits if w[0] < len(s)]
    if how == over_socket and spots and rng.random() < 0.1: m = Model(s, (rng.choice(spots)[0],))
    try: check(m, *how(s, m))
    except AssertionError as e: raise SystemExit("SEED=%d, step %d, %s %r: %s: %s" % (SEED, step, how.__name__, m.hasty, s, e))
assert not os.listdir("spool"), os.listdir("spool")
end = time.time() + 10
while left(mark.encode()): assert time.time() < end, left(mark.encode())
