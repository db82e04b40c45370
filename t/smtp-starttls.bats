#!/usr/bin/env bats
# STARTTLS: RFC 3207; what may be injected before it: CVE-2011-0411 and its kin.

setup_file() {
	load helper
	load tls
	cd "$BATS_FILE_TMPDIR" || return
	certificate localhost
	echo 'no key' >bad.key
	printf 'bob:secret:%s\n' "$PWD" >users
}

setup() {
	load helper
	load tls
	cp "$BATS_FILE_TMPDIR"/* .
	export SMTP_ANY=1 PYTHONPATH="$DATA/smtp-starttls"
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
}

teardown() { tls_stop; }

# session [option...]: smtp-session behind tls-session, into Maildir.
session() {
	tls_server "$@" smtp-session sh -c 'env >environment; ls -l /proc/self/fd >open; exec maildir-deliver Maildir'
	export PORT=$port
}

py() { timeout 60 python3 -c "from wire import *
$1"; }

messages() { find Maildir/new -type f | wc -l; }

@test "STARTTLS is offered in the clear and not in TLS, where EHLO comes again and mail is ESMTPS" {
	session
	py '
c = greeted()
assert "STARTTLS" in c.ehlo()
c.starttls()
assert "STARTTLS" not in c.ehlo()
assert c.mail() == [250, 250, 354, 250]
assert c.say("QUIT") == 221
assert c.reply() == []'
	run -0 tr -d '\n' <"$(echo Maildir/new/*)"
	assert_output --regexp 'with ESMTPS[[:space:]]+\(TLSv1\.3[[:space:]]TLS_[A-Z0-9_]+\)[[:space:]]id'
	run -0 grep -c '^SMTPPROTO=ESMTPS$\|^SSL_PROTOCOL=TLSv1\.3$\|^SSL_CIPHER=TLS_\|^SSLCTLFD\|^SSLREADFD\|^TLS_SESSION' environment
	assert_output 3
	until_true grep -q 'ev=disc .*why=quit' log
	grep -q 'ev=tls .*proto=TLSv1\.3 cipher=TLS_' log
	# Standard input, a pipe, the log, and what ls itself opens.
	run -0 grep -c -- '->' open
	assert_output 4
}

@test "HELP and the codes of STARTTLS: with an argument, not offered, again" {
	session
	py '
c = greeted()
c.send(b"HELP\r\n")
assert "STARTTLS" in c.reply()[0]
assert c.codes("STARTTLS now", "NOOP") == [501, 250]
c.ehlo()
c.starttls()
assert c.codes("STARTTLS", "EHLO c", "STARTTLS", "NOOP", "QUIT") == [503, 250, 503, 250, 221]'
	run -0 talk smtp-session true -- 'EHLO c' STARTTLS QUIT
	refute_output --partial STARTTLS
	assert_equal "$(codes)" '220 250 502 221 '
	SMTP_EXT=-STARTTLS run -0 talk tls-session smtp-session true -- 'EHLO c' STARTTLS QUIT
	assert_equal "$(codes)" '220 250 502 221 '
}

@test "whatever stands behind STARTTLS in one segment is 554, and nothing more is heard" {
	session
	py '
for more in ("NOOP\r\n", "NO", "\r\n", "EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\n", "\x16\x03\x01", "STARTTLS\r\n"):
    c = greeted()
    c.ehlo()
    c.send(b"STARTTLS\r\n" + more.encode())
    assert c.reply()[0].startswith("554 5.5.0 "), more
    assert c.reply() == [], more'
	run -0 grep -c 'ev=junk .*what=behind-starttls' log
	assert_output 6
}

@test "what comes behind STARTTLS before the handshake is never a command" {
	session
	py '
import random, time
for i in range(30):
    c = greeted()
    c.ehlo()
    c.send(b"STARTTLS\r\n")
    time.sleep(random.random() / 500)
    c.send(b"MAIL FROM:<a@b.example>\r\n")
    first = c.code()
    assert first in (220, 554, None), first
    assert not any(x.startswith("250") for x in c.reply())
for before in (b"NOOP\r\n", b"NO", b"\r\n"):
    c = greeted()
    c.ehlo()
    assert c.say("STARTTLS") == 220
    c.send(before)
    try:
        c.tls()
        assert 0, "a handshake behind clear text"
    except (ssl.SSLError, OSError):
        pass'
	until_true grep -q 'why=tls-fail' log
}

@test "half a line before TLS is no part of one inside" {
	session
	py '
c = greeted()
c.ehlo()
c.send(b"RS")
c.send(b"ET\r\nSTARTTLS\r\n")
assert c.code() == 250 and c.code() == 220
c.tls()
assert c.say("OP") == 500
c = greeted()
c.ehlo()
for b in b"STARTTLS\r\n":
    c.send(bytes((b,)))
assert c.code() == 220
c.tls()
for b in b"EHLO c\r\n":
    c.send(bytes((b,)))
assert c.code() == 250'
}

@test "a transaction, the greeting and a login before TLS are forgotten" {
	unset SMTP_ANY
	export SMTP_AUTH="$DATA/checker.py users" SMTP_AUTH_CLEAR=1
	session
	py '
c = greeted()
c.ehlo()
assert c.say("AUTH PLAIN AGJvYgBzZWNyZXQ=") == 235
assert c.codes("MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>") == [250, 250]
c.starttls()
assert c.codes("RCPT TO:<c@d.example>", "DATA", "MAIL FROM:<a@b.example>") == [503, 503, 503]
assert any(x.startswith("AUTH ") for x in c.ehlo())
assert c.codes("RCPT TO:<c@d.example>", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>") == [503, 250, 530]
assert c.codes("RSET", "AUTH PLAIN AGJvYgBzZWNyZXQ=") == [250, 235]
assert c.mail() == [250, 250, 354, 250]'
	grep -q '^SMTPPROTO=ESMTPSA$' environment
}

@test "what is no ClientHello, or a client that goes, ends the session with exit 1 and tls-fail" {
	session sh -c '"$@"; echo "exit $?" >>exits' sh
	py '
for junk in (b"EHLO x\r\nMAIL FROM:<>\r\n", b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00", b""):
    c = greeted()
    c.ehlo()
    assert c.say("STARTTLS") == 220
    c.send(junk)
    c.s.shutdown(socket.SHUT_WR)
    assert not any(x[:1].isdigit() for x in c.f.read().decode("latin-1").split("\r\n"))'
	three() { [ "$(grep -c why=tls-fail log)" -eq 3 ] && [ "$(grep -c 'exit 1$' exits)" -eq 3 ]; }
	until_true three
}

@test "without AUTH_CLEAR a login is offered and taken in TLS alone" {
	export SMTP_AUTH="$DATA/checker.py users" SMTP_TLS=require
	session
	py '
c = greeted()
assert not any(x.startswith("AUTH") for x in c.ehlo())
assert c.codes("AUTH PLAIN AGJvYgBzZWNyZXQ=", "MAIL FROM:<>") == [530, 530]
c.starttls()
assert any(x.startswith("AUTH") for x in c.ehlo())
assert c.codes("AUTH PLAIN AGJvYgBzZWNyZXQ=", "MAIL FROM:<>") == [235, 250]'
}

@test "a key that cannot be used is 454, and the session goes on without TLS" {
	TLS_KEY=$PWD/bad.key session
	py '
c = greeted()
assert "STARTTLS" in c.ehlo()
assert c.say("STARTTLS") == 454
assert "STARTTLS" not in c.ehlo()
assert c.mail() == [250, 250, 354, 250]'
	grep -q 'tls-io: fatal: ' log
	tls_stop
	TLS_KEY=$PWD/absent session
	py '
c = greeted()
assert "STARTTLS" not in c.ehlo()
assert c.codes("STARTTLS", "NOOP") == [454, 250]'
	grep -q 'tls-session: warning: unable to open .*/absent' log
	SMTP_TLS=require run -0 talk smtp-session true -- 'EHLO c' STARTTLS 'MAIL FROM:<>' QUIT
	assert_equal "$(codes)" '220 250 454 530 221 '
}

@test "only CRLF . CRLF ends the data in TLS too, in one piece and byte by byte" {
	cat "$DATA"/smtp-data/{no-end,end}.tsv >all.tsv
	session
	py '
import glob, re
def unescape(s):
    return s.encode().decode("unicode_escape").encode("latin-1")
c = secure()
c.ehlo()
n = 0
for line in open("all.tsv").read().splitlines():
    variant, kept = line.split("\t")
    data, want = b"S: t\r\n\r\nbody" + unescape(variant), b"S: t\n\nbody" + unescape(kept)
    if variant not in ("\\r\\n.\\r\\n", "\\r\\r\\n.\\r\\n"):
        data += b"NOOP\r\n\r\n.\r\n"
        want += b"NOOP\n\n"
    for piece in (len(data), 1):
        assert c.codes("MAIL FROM:<>", "RCPT TO:<a@b.example>", "DATA") == [250, 250, 354]
        for i in range(0, len(data), piece):
            c.send(data[i:i + piece])
        assert c.code() == 250, variant
        name, = glob.glob("Maildir/new/*")
        got = re.sub(rb"(?s)\AReceived:.*?\+0000\n", b"", open(name, "rb").read(), count=1)
        assert got == want, (variant, got)
        os.unlink(name)
        n += 1
assert n == 30, n
assert c.say("QUIT") == 221'
}

@test "data behind DATA is 554 in TLS too" {
	session
	py '
c = secure()
c.ehlo()
c.send(b"MAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\nS: t\r\n\r\n.\r\n")
assert [c.code() for i in range(4)] == [250, 250, 554, None]
c = greeted()
'
	tls_stop
	session -i
	py '
c = greeted(implicit=True)
assert "STARTTLS" not in c.ehlo()
c.send(b"MAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\nS: t\r\n\r\n.\r\n")
assert [c.code() for i in range(4)] == [250, 250, 554, None]
'
	assert_equal "$(messages)" 0
}

@test "a killed tls-io ends the session, and half a message goes nowhere" {
	session sh -c 'echo $$ >session; exec "$@"' sh
	py '
import signal, subprocess
c = secure()
c.ehlo()
assert c.codes("MAIL FROM:<>", "RCPT TO:<a@b.example>", "DATA") == [250, 250, 354]
c.send(b"S: t\r\n\r\nhalf\r\n")
io = int(subprocess.check_output(["pgrep", "-P", open("session").read().strip(), "-x", "tls-io"]))
os.kill(io, signal.SIGKILL)
assert c.reply() == []'
	until_true grep -q 'ev=disc .*why=eof' log
	until_true gone "$(cat session)"
	assert_equal "$(messages)" 0
}

@test "a client cut without close_notify inside a message, or told to end, delivers nothing" {
	session sh -c 'echo $$ >session; exec "$@"' sh
	py '
c = secure()
c.ehlo()
assert c.codes("MAIL FROM:<>", "RCPT TO:<a@b.example>", "DATA") == [250, 250, 354]
c.send(b"S: t\r\n\r\nhalf\r\n.\r")
os.close(c.s.detach())'
	until_true grep -q 'ev=disc .*why=eof' log
	: >log
	py '
import signal
c = secure()
c.ehlo()
os.kill(int(open("session").read()), signal.SIGTERM)
assert c.reply()[0].startswith("421 4.3.2 ")
assert c.reply() == []
# While the handshake is waited for.
c = greeted()
c.ehlo()
assert c.say("STARTTLS") == 220
os.kill(int(open("session").read()), signal.SIGTERM)
assert c.f.read() == b""'
	until_true grep -q 'why=tls-fail' log
	until_true gone "$(cat session)"
	assert_equal "$(messages)" 0
}

@test "a handshake that stalls is ended by TLS_HANDSHAKE" {
	TLS_HANDSHAKE=1 session
	py '
c = greeted()
c.ehlo()
assert c.say("STARTTLS") == 220
c.send(b"\x16\x03\x01\x02\x00\x01")
assert c.f.read() == b""'
	until_true grep -q 'why=tls-fail' log
}

@test "two hundred sessions in TLS at once, each message there once" {
	session
	py '
all = [secure() for i in range(200)]
for c in all: c.send(b"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n")
for c in all: assert [c.code() for i in range(4)] == [250, 250, 250, 354]
for i, c in enumerate(all): c.send(b"S: %d\r\n\r\n.\r\nQUIT\r\n" % i)
for c in all: assert [c.code(), c.code(), c.code()] == [250, 221, None]'
	assert_equal "$(cat Maildir/new/* | grep '^S: ' | sort -u | wc -l)" 200
}

# The provider is not ours: s6-ucspitlsd, and sslserver -n, as their pages have it.
strange() {
	port=$(free_port)
	tcpserver -RHl0 127.0.0.1 "$port" python3 "$DATA/ucspitls.py" localhost.pem localhost.key "$1" \
		sh -c '"$@"; echo "exit $?" >>exits' sh smtp-session maildir-deliver Maildir 2>>log 3>&- &
	# shellcheck disable=SC2034
	server=$! # for tls_stop
	export PORT=$port
	until_true listening "$port"
}

@test "under another provider of UCSPI-TLS, which closes the control socket or does not" {
	local way
	for way in close keep; do
		strange "$way"
		py '
c = greeted()
assert "STARTTLS" in c.ehlo()
c.starttls()
assert "STARTTLS" not in c.ehlo()
assert c.mail("S: t\r\n\r\n" + "x" * 70 + "\r\n") == [250, 250, 354, 250]
c.send(b"MAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\nS: t\r\n\r\n.\r\n")
assert [c.code() for i in range(4)] == [250, 250, 554, None]
c = greeted()
c.ehlo()
assert c.say("STARTTLS") == 220
c.send(b"no TLS\r\n\r\n")
assert c.reply() == []
c = greeted()
c.ehlo()
c.send(b"STARTTLS\r\nNOOP\r\n")
assert [c.code(), c.code()] == [554, None]
c = greeted()
assert c.say("QUIT") == 221'
		tls_stop
	done
	run -0 tr -d '\n' <"$(find Maildir/new -type f | head -n 1)"
	assert_output --partial 'ESMTPS (TLSv1.3'
	assert_equal "$(messages)" 2
	seen() { [ "$(grep -c 'why=tls-fail' log)" -ge 1 ] && ! grep -q 'exit 111' exits; }
	until_true seen
}

@test "the dialect of tlswrapper -n is told in the log and never offered" {
	printf 'EHLO c\r\nSTARTTLS\r\nQUIT\r\n' | smtp-session true 2>log 5>&1 | cat >got
	assert_equal "$(codes)" '220 250 502 221 '
	grep -q 'ev=no-starttls .*why="tlswrapper -n' log
}
