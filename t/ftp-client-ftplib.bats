#!/usr/bin/env bats
# Python's ftplib: all of its methods, on IPv4 and IPv6, passive and active.

setup() {
	load helper
	load ftp-clients
	mkdir -p root/pub
	head -c 500000 /dev/urandom >root/pub/big
	printf 'one\ntwo\r\nthree' >root/pub/text
	export FTP_MODE=rw
	serve_both ftp-session root
}
teardown() { unserve_both; }

# client code: Python with a session f, into the directory in.
client() {
	cat - <(printf '%s\n' "$1" | sed $'s/^\t\t//') >client.py <<-'END'
		import ftplib, io, socket, sys, time
		f = ftplib.FTP(timeout=10)
		f.connect(sys.argv[1], int(sys.argv[2])); f.login()
		big = open("root/pub/big", "rb").read()
		def get(name, **more):
		    b = io.BytesIO(); f.retrbinary("RETR " + name, b.write, **more); return b.getvalue()
		def refused(what, *arguments):
		    try: what(*arguments)
		    except ftplib.error_perm as e: return str(e)[:3]
		    assert 0, (what, arguments)
	END
	each() { timeout 20 python3 client.py "$ADDRESS" "$PORT"; }
	over_both each
}

@test "every method, with and without passive mode" {
	client '
		assert f.getwelcome() == "220 FTP server ready."
		for passive in (True, False):
		    f.set_pasv(passive); f.cwd("/in")
		    f.storbinary("STOR big", io.BytesIO(big)); assert get("big") == big and f.size("big") == len(big)
		    assert get("big", rest=499990) == big[-10:]
		    f.storbinary("STOR big", io.BytesIO(b"xyz"), rest=10); assert f.size("big") == 13
		    f.storlines("STOR lines", io.BytesIO(b"a\nb\n")); assert get("lines") == b"a\r\nb\r\n"
		    out = []; f.retrlines("RETR lines", out.append); assert out == ["a", "b"]
		    assert sorted(f.nlst()) == ["big", "lines"] and sorted(f.nlst("/in")) == ["/in/big", "/in/lines"]
		    out = []; f.dir(out.append); assert len(out) == 2 and out[0][0] == "-"
		    rows = dict(f.mlsd(facts=["size", "type"])); assert rows["big"] == {"size": "13", "type": "file"}, rows
		    rows = dict(f.mlsd("/")); assert rows["pub"]["type"] == "dir"
		    assert f.mkd("say \"hi\"") == "/in/say \"hi\"" and f.cwd("say \"hi\"")[:3] == "250"
		    assert f.pwd() == "/in/say \"hi\"" and f.cwd("..")[:3] == "250" and f.pwd() == "/in"
		    f.rename("big", "say \"hi\"/moved"); f.delete("say \"hi\"/moved"); f.delete("lines"); f.rmd("say \"hi\"")
		    assert f.nlst() == []
		assert f.sendcmd("SYST") == "215 UNIX Type: L8" and f.voidcmd("NOOP")[:3] == "200"
		assert f.acct("x")[:3] == "202"
		assert f.quit() == "221 Goodbye."
	'
}

@test "what is not there, and what is there already" {
	client '
		for what, arguments, code in ((f.cwd, ("none",), "550"), (f.delete, ("none",), "550"), (f.rmd, ("none",), "550"),
		    (f.rmd, ("pub",), "550"), (f.delete, ("pub",), "550"), (f.mkd, ("pub",), "550"), (f.size, ("none",), "550"),
		    (f.rename, ("none", "x"), "550"), (f.rename, ("pub/text", "none/x"), "550"), (f.nlst, ("none",), "550"),
		    (f.retrlines, ("LIST none",), "550"), (get, ("none",), "550"), (get, ("pub",), "550"),
		    (f.storbinary, ("STOR none/x", io.BytesIO(b"")), "550"), (f.storbinary, ("STOR pub", io.BytesIO(b"")), "550")):
		    assert refused(what, *arguments) == code, (what, arguments)
		assert refused(list, f.mlsd("none")) == "550" and refused(list, f.mlsd("pub/text")) == "501"
	'
}

@test "abort() in the middle of a download and an upload, and the session goes on" {
	truncate -s 1G root/pub/huge
	client '
		for passive in (True, False):
		    f.set_pasv(passive); f.voidcmd("TYPE I")
		    c = f.transfercmd("RETR pub/huge"); c.recv(1000); assert f.abort()[:3] == "426"; assert f.getresp()[:3] == "226"; c.close()
		    c = f.transfercmd("STOR in/part"); c.sendall(b"half"); assert f.abort()[:3] == "426"; assert f.getresp()[:3] == "226"; c.close()
		    assert f.abort()[:3] == "225" and f.nlst("in") == [] and get("pub/big") == big
	'
}

@test "transfercmd and ntransfercmd: the size is told, REST counts once" {
	client '
		f.voidcmd("TYPE I")
		c, n = f.ntransfercmd("RETR pub/big"); assert n == 500000; c.close()
		try: f.voidresp()
		except ftplib.error_temp as e: assert str(e)[:3] == "426", e
		c, n = f.ntransfercmd("RETR pub/big", rest="499000"); assert n == 1000
		while c.recv(8192): pass
		c.close(); f.voidresp()
		c, n = f.ntransfercmd("RETR pub/text"); assert n == 14; c.recv(100); c.close(); f.voidresp()
		c = f.transfercmd("APPE in/log"); c.sendall(b"1"); c.close(); f.voidresp()
		c = f.transfercmd("APPE in/log"); c.sendall(b"2"); c.close(); f.voidresp(); assert get("in/log") == b"12"
	'
}
