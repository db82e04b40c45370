"""A scripted SMTP server.

server.py STAGE=ACTION...: for one connection on descriptors 0 and 1.
server.py listen: on a free port of 127.0.0.1, which is printed; for each
connection the script is read from the file script, a STAGE=ACTION on each line.

STAGE=ACTION: what is answered at GREETING EHLO HELO LHLO AUTH RESPONSE (to 334) MAIL
RCPT DATA BODY (behind the first bytes of mail data or chunk) DOT BDAT LAST RSET QUIT. A stage
named twice has its actions one after another, the last one staying. An action is a
reply (python escapes; CRLF is added), or several with ";" between them:
close, reset, hang (until the client goes), slow:TEXT (a byte each 20 ms),
endless:TEXT (again and again), raw:TEXT (no CRLF).
Commands go to the file heard, whole mail data to the file body.
"""
import os, signal, socket, struct, sys, time

GOOD = {"GREETING": "220 server", "EHLO": "250-server\\r\\n250 PIPELINING", "HELO": "250 server",
        "LHLO": "250-server\\r\\n250 PIPELINING", "MAIL": "250 OK", "RCPT": "250 OK", "DATA": "354 go on",
        "DOT": "250 taken", "BDAT": "250 more", "LAST": "250 taken", "RSET": "250 OK", "QUIT": "221 bye"}
script = {}
come = b""
heard = None


def begin(rules):
    global heard
    heard = open("heard", "ab", 0)
    for rule in rules:
        stage, action = rule.split("=", 1)
        script.setdefault(stage, []).append(action)


def listen():
    """Returns in a new process for each connection."""
    server = socket.create_server(("127.0.0.1", 0))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print(server.getsockname()[1], flush=True)
    while True:
        connection, _ = server.accept()
        if os.fork() == 0:
            os.dup2(connection.fileno(), 0)
            os.dup2(connection.fileno(), 1)
            connection.close()
            server.close()
            return open("script").read().splitlines()
        connection.close()


def out(data):
    while data:
        data = data[os.write(1, data):]


def do(action):
    for step in action.split(";"):
        word, _, text = step.partition(":")
        raw = text.encode("latin-1").decode("unicode_escape").encode("latin-1")
        if step == "close":
            sys.exit()
        elif step == "reset":
            socket.socket(fileno=os.dup(0)).setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os._exit(0)
        elif step == "hang":
            while os.read(0, 65536):
                pass
            sys.exit()
        elif step == "sleep":
            time.sleep(60)
        elif word == "slow":
            for i in range(len(raw)):
                out(raw[i:i + 1])
                time.sleep(0.02)
        elif word == "endless":
            while True:
                out(raw)
        elif word == "raw":
            out(raw)
        elif step:
            out(step.encode("latin-1").decode("unicode_escape").encode("latin-1") + b"\r\n")


def at(stage):
    actions = script.get(stage) or [GOOD.get(stage, "")]
    action = actions.pop(0) if len(actions) > 1 else actions[0]
    do(action)
    return action


def more():
    global come
    got = os.read(0, 65536)
    if not got:
        heard.write(b"(gone)\n")
        sys.exit()
    come += got


def line():
    global come
    while b"\r\n" not in come:
        more()
    text, come = come.split(b"\r\n", 1)
    heard.write(text + b"\n")
    return text.decode("latin-1")


def body():
    """After 354, to the dot."""
    global come
    data = bytearray(b"\r\n")
    while True:
        start = max(0, len(data) - 4)
        data += come
        come = b""
        end = data.find(b"\r\n.\r\n", start)
        if end >= 0:
            break
        more()
        if "BODY" in script:
            at("BODY")
            del script["BODY"]
    come = bytes(data[end + 5:])
    with open("body", "ab", 0) as f:
        f.write(data[2:end + 2])


def chunk(n):
    global come
    with open("body", "ab", 0) as f:
        while len(come) < n:
            more()
            if "BODY" in script:
                at("BODY")
                del script["BODY"]
        f.write(come[:n])
        come = come[n:]


begin(listen() if sys.argv[1:] == ["listen"] else sys.argv[1:])
at("GREETING")
while True:
    words = line().split(" ")
    verb = words[0].upper().split(":")[0]
    if verb == "BDAT":
        chunk(int(words[1]))
        at("LAST" if words[-1] == "LAST" else "BDAT")
        continue
    said = at(verb)
    while said.startswith("334"):
        line()
        said = at("RESPONSE")
    if "354" in said:
        body()
        at("DOT")
    if verb == "QUIT":
        break
