#!/usr/bin/env bats
# Transfers with real clients over tcpserver: RFC 959 5, RFC 2428, RFC 3659.

setup() {
	load helper
	mkdir -p root/pub
	head -c 3000000 /dev/urandom >root/pub/big
	printf 'one\ntwo\r\nthree' >root/pub/text
}

teardown() {
	[ -z "${SERVER:-}" ] || kill "$SERVER"
}

# offer [VAR=value...] -- [argument...]: ftp-session under tcpserver, at $URL.
offer() {
	local -a vars=()
	while [ "$1" != -- ]; do
		vars+=("$1")
		shift
	done
	shift
	mkfifo "$BATS_TEST_TMPDIR/port"
	tcpserver -1RHl0 127.0.0.1 0 env "${vars[@]}" ftp-session "$@" \
		>"$BATS_TEST_TMPDIR/port" 2>"$BATS_TEST_TMPDIR/log" 3>&- &
	SERVER=$!
	read -r PORT <"$BATS_TEST_TMPDIR/port"
	URL=ftp://127.0.0.1:$PORT
}

get() { timeout 20 curl -sS "$@"; }

# client code: Python with an ftplib session f to the server.
client() {
	{
		echo 'import ftplib, io, socket, sys, time'
		echo 'f = ftplib.FTP(timeout=10)'
		echo 'f.connect("127.0.0.1", int(sys.argv[1]))'
		echo 'f.login("anonymous", "x")'
		# shellcheck disable=SC2001
		sed $'s/^\t\t//' <<<"$1"
	} >client.py
	timeout 20 python3 client.py "$PORT"
}

@test "curl lists and fetches, passive and active" {
	offer -- root
	run -0 get "$URL/pub/"
	assert_line --regexp '^-rw-r--r-- +1 ftp +ftp +3000000 .* big'
	get "$URL/pub/big" | cmp - root/pub/big
	get -P - "$URL/pub/big" | cmp - root/pub/big
	get --disable-epsv "$URL/pub/big" | cmp - root/pub/big
	get --disable-eprt -P - "$URL/pub/big" | cmp - root/pub/big
}

@test "curl resumes a download" {
	offer -- root
	head -c 1234567 root/pub/big >part
	get -C - -o part "$URL/pub/big"
	cmp part root/pub/big
}

@test "curl uploads, appends and resumes, passive and active" {
	offer FTP_MODE=rw -- root
	get -T root/pub/big "$URL/up1"
	cmp root/up1 root/pub/big
	get -P - -T root/pub/big "$URL/up2"
	cmp root/up2 root/pub/big
	get -a -T root/pub/text "$URL/log"
	get -a -T root/pub/text "$URL/log"
	cat root/pub/text root/pub/text | cmp - root/log
	head -c 1000000 root/pub/big >root/up3
	get -C - -T root/pub/big "$URL/up3"
	cmp root/up3 root/pub/big
	assert_equal "$(stat -c %a root/up1)" 644
	run -0 find root -name '.ftp-*'
	assert_output ''
}

@test "lftp mirrors a tree of odd names there and back" {
	offer FTP_MODE=rw -- root
	mkdir -p 'odd/a b/[x]' odd/empty 'odd/-dash' "odd/it's"
	local n
	for n in ' lead' 'trail ' 'star*' 'q?' '[set]' '"quote"' '-l' 'back\slash' $'latin\xe9' '#hash' '~tilde' '.dot'; do
		printf '%s' "$n" >"odd/a b/$n"
	done
	timeout 30 lftp -e 'set cmd:fail-exit yes; mirror -R odd in; mirror in back; quit' "$URL"
	run -0 diff -r odd back
	run -0 diff -r odd root/in
}

@test "ftplib: NLST, LIST, MLSD, and NLST names that RETR takes" {
	offer -- root
	run -0 client '
		assert f.nlst("pub") == ["pub/big", "pub/text"] or f.nlst("pub") == ["pub/text", "pub/big"]
		assert f.nlst("pub/t*") == ["pub/text"]
		rows = dict(f.mlsd("pub"))
		assert rows["big"]["size"] == "3000000" and rows["big"]["type"] == "file", rows
		assert [n for n, x in f.mlsd("pub") if x["type"] in ("cdir", "pdir")] == [".", ".."]
		out = []
		f.dir("-la pub", out.append)
		assert len(out) == 4 and out[2].endswith(" big"), out
		b = io.BytesIO(); f.retrbinary("RETR " + f.nlst("pub/t*")[0], b.write)
		for c in ("LIST none", "NLST pub/z*", "RETR none", "MLSD pub/big"):
			try: f.retrlines(c); assert 0
			except ftplib.error_perm as e: assert str(e)[:3] in ("550", "501"), e
		f.retrlines("LIST pub", out.append)
	'
}

@test "an upload is not seen before it is complete, and not at all if the client dies" {
	offer FTP_MODE=rw -- root
	echo old >root/file
	run -0 client '
		c = f.transfercmd("STOR file"); c.sendall(b"new")
		assert open("root/file").read() == "old\n"
		f.sock.shutdown(socket.SHUT_RDWR); f.sock.close(); c.close()
		for i in range(200):
			if " put " in open("log").read(): break
			time.sleep(0.02)
		assert open("root/file").read() == "old\n"
	'
	run -0 find root -name '.ftp-*' ! -name .ftp-part.file
	assert_output ''
}

@test "ABOR, NOOP and STAT are answered while a transfer runs and while one waits" {
	offer -- root
	truncate -s 4G root/huge
	run -0 client '
		c = f.transfercmd("RETR huge")
		f.putcmd("NOOP"); assert f.getresp()[:3] == "200"
		f.putcmd("STAT"); assert " of 4294967296 bytes" in f.getmultiline()
		t = time.time(); f.putcmd("ABOR")
		assert f.getmultiline()[:3] == "426" and f.getmultiline()[:3] == "226"
		assert time.time() - t < 1
		c.close()
		f.makepasv(); f.putcmd("RETR huge"); assert f.getresp()[:3] == "150"
		f.putcmd("ABOR"); assert f.getmultiline()[:3] == "426" and f.getmultiline()[:3] == "226"
		f.makepasv(); f.putcmd("ABOR"); assert f.getresp()[:3] == "225"
		f.putcmd("RETR huge"); assert f.getmultiline()[:3] == "425"
	'
}

@test "ABOR ends a stream that never waits within 50 ms, both ways and in TYPE A" {
	offer FTP_MODE=rw FTP_ASCII=1 -- root
	truncate -s 64G root/huge
	run -0 client '
		import threading
		block = bytes(1 << 20)
		def move(c, up):
		    try:
		        while c.send(block) if up else c.recv_into(bytearray(1 << 20), 0, socket.MSG_TRUNC): pass
		    except OSError: pass
		def abort(command, up):
		    c = f.transfercmd(command)
		    t = threading.Thread(target=move, args=(c, up), daemon=True); t.start()
		    time.sleep(0.1)
		    t0 = time.perf_counter(); f.putcmd("ABOR"); r = f.getmultiline()
		    t0 = time.perf_counter() - t0
		    assert r[:3] == "426" and f.getmultiline()[:3] == "226", r
		    t.join(10); c.close(); return t0
		for kind, command, up in ("I", "RETR huge", 0), ("I", "STOR new", 1), ("A", "RETR huge", 0), ("A", "STOR new", 1):
		    f.voidcmd("TYPE " + kind)
		    took = min(abort(command, up) for _ in range(3))
		    assert took <= 0.05, (kind, command, took)
	'
}

@test "PORT and EPRT to another address or a port below 1024 are refused" {
	offer -- root
	run -0 client '
		for c in ("PORT 127,0,0,2,20,20", "PORT 127,0,0,1,0,25", "EPRT |1|127.0.0.2|5000|",
		          "EPRT |1|127.0.0.1|80|", "PORT 1,2,3", "PORT 256,0,0,1,20,20", "EPRT |3|x|1|", "EPRT |2|::1|5000|"):
			f.putcmd(c); r = f.getmultiline(); assert r[:3] in ("500", "501", "522"), (c, r)
		f.putcmd("LIST"); assert f.getmultiline()[:3] == "425"
	'
}

@test "a stranger on the passive port is turned away and the client still served" {
	offer -- root
	run -0 client '
		host, port = f.makepasv(); f.putcmd("RETR pub/text"); assert f.getresp()[:3] == "150"
		thief = socket.socket(); thief.bind(("127.0.0.2", 0)); thief.settimeout(5)
		thief.connect(("127.0.0.1", port))
		try: assert thief.recv(10) == b""
		except ConnectionResetError: pass
		c = socket.create_connection((host, port)); assert len(c.recv(100)) == 14
		c.close(); f.voidresp()
	'
}

@test "a failed RETR leaves the passive listener for another try" {
	offer -- root
	run -0 client '
		host, port = f.makepasv()
		f.putcmd("RETR none")
		try: f.getresp(); assert 0
		except ftplib.error_perm: pass
		c = socket.create_connection((host, port)); f.putcmd("RETR pub/text"); f.getresp()
		assert len(c.recv(100)) == 14; c.close(); f.voidresp()
	'
}

@test "FTP_PASV_PORTS and FTP_PASV_ADDR are what PASV shows" {
	offer FTP_PASV_PORTS=31000-31009 FTP_PASV_ADDR=192.0.2.7 -- root
	run -0 client '
		f.putcmd("PASV"); r = f.getresp(); assert r.startswith("227 Entering Passive Mode (192,0,2,7,121,"), r
		assert 31000 <= 121 * 256 + int(r[:-1].split(",")[-1]) <= 31009, r
		f.putcmd("EPSV"); r = f.getresp(); assert r.startswith("229 Entering Extended Passive Mode (|||310"), r
		f.putcmd("EPSV ALL"); f.getresp(); f.putcmd("PASV"); assert f.getmultiline()[:3] == "503"
	'
}

@test "FTP_ACTIVE=0 refuses PORT and leaves EPRT out of FEAT" {
	offer FTP_ACTIVE=0 -- root
	run -0 client '
		f.putcmd("PORT 127,0,0,1,20,20"); assert f.getmultiline()[:3] == "502"
		assert "EPRT" not in f.sendcmd("FEAT")
		b = io.BytesIO(); f.retrbinary("RETR pub/text", b.write); assert len(b.getvalue()) == 14
	'
}

@test "REST lives until the transfer, and past the end it is 554" {
	offer FTP_MODE=rw -- root
	run -0 client '
		b = io.BytesIO(); f.retrbinary("RETR pub/text", b.write, rest=4); assert b.getvalue() == b"two\r\nthree"
		b = io.BytesIO(); f.retrbinary("RETR pub/text", b.write); assert len(b.getvalue()) == 14
		f.sendcmd("REST 15"); f.makepasv(); f.putcmd("RETR pub/text"); assert f.getmultiline()[:3] == "554"
		f.storbinary("STOR pub/text", io.BytesIO(b"XY"), rest=3)
		assert open("root/pub/text", "rb").read() == b"oneXY"
	'
}

@test "FTP_ASCII=1 converts line ends in TYPE A and FTP_ASCII=0 does not" {
	offer FTP_MODE=rw FTP_ASCII=1 -- root
	run -0 client '
		def ascii(command, data=None):
			f.sendcmd("TYPE A"); c = f.transfercmd(command); got = b""
			if data: c.sendall(data)
			while not data:
				b = c.recv(1000)
				if not b: break
				got += b
			c.close(); f.voidresp(); return got
		assert ascii("RETR pub/text") == b"one\r\ntwo\r\nthree"
		f.sendcmd("TYPE A"); assert f.sendcmd("SIZE pub/text") == "213 15"
		ascii("STOR text", b"a\r\nb\rc\r")
	'
	cmp root/text <(printf 'a\nb\rc\r')
	kill "$SERVER"
	rm port
	offer FTP_MODE=rw -- root
	run -0 client '
		f.sendcmd("TYPE A"); assert f.sendcmd("SIZE pub/text") == "213 14"
		c = f.transfercmd("RETR pub/text"); assert c.recv(100) == open("root/pub/text", "rb").read()
	'
}

@test "TYPE A converts a long file of line ends of all kinds as a loop over bytes has it" {
	python3 - <<-'END'
		import random
		random.seed(1)
		text = b"".join(random.choice((b"\r", b"\n", b"\r\n", b"x" * random.randrange(200))) for _ in range(9000))
		open("root/pub/long", "wb").write(text)
	END
	offer FTP_ASCII=1 -- root
	run -0 client '
		import re
		text = open("root/pub/long", "rb").read(); got = b""
		f.sendcmd("TYPE A"); c = f.transfercmd("RETR pub/long")
		while (b := c.recv(100000)): got += b
		assert f.voidresp()[:3] == "226"
		assert len(text) > 200000 and got == re.sub(rb"(?<!\r)\n", b"\r\n", text)
	'
}

@test "STOU names the file in 150 and in 226" {
	offer FTP_MODE=rw -- root
	touch root/cam
	run -0 client '
		f.sendcmd("TYPE I"); h, p = f.makepasv(); f.putcmd("STOU cam"); c = socket.create_connection((h, p))
		assert f.getresp()[:10] == "150 FILE: "; c.sendall(b"x"); c.close()
		assert f.getresp() == "226 Transfer complete (unique file name: cam.1)."
	'
	assert_equal "$(cat root/cam.1)" x
}

@test "FTP_MAXFILE, FTP_OVERWRITE, FTP_AUTOMKDIR and FTP_FSYNC do what they say" {
	offer FTP_MODE=rw FTP_MAXFILE=1M FTP_OVERWRITE=rename FTP_AUTOMKDIR=1 FTP_FSYNC=1 FTP_UMASK=027 -- root
	run ! get -T root/pub/big "$URL/big"
	assert_not_exists root/big
	get --ftp-method nocwd -T root/pub/text "$URL/a/b/c/text"
	get --ftp-method nocwd -T root/pub/text "$URL/a/b/c/text"
	assert_equal "$(tree root/a)" $'640 ./b/c/text\n640 ./b/c/text.1'
	run -0 client 'f.putcmd("ALLO 2000000"); assert f.getmultiline()[:3] == "552"'
}

@test "the program sees the whole file and decides" {
	cat >verdict <<-'END'
		#!/bin/sh
		printf '%s %s %s %s %s\n' "$ARRIVAL" "$FTP_PATH" "$FTP_NAME" "$ARRIVAL_SIZE" "$(cat | wc -c)" >>seen
		echo "as you like"
		exit "${FTP_NAME#code}"
	END
	chmod +x verdict
	offer FTP_MODE=rw -- root ./verdict
	run -0 client '
		def put(name):
			try: return f.storbinary("STOR " + name, io.BytesIO(b"x" * 1000))
			except ftplib.Error as e: return str(e)
		assert put("code0") == "226 as you like"
		assert put("code99") == "226 as you like"
		assert put("code100") == "553 as you like"
		assert put("code1") == "451 as you like"
	'
	assert_equal "$(cd root && echo code*)" code0
	run -0 head -n 1 seen
	assert_output 'ftp /code0 code0 1000 1000'
}

@test "a drop box takes files, hides them, and replaces none" {
	offer -- root cat
	run -0 client '
		f.storbinary("STOR in", io.BytesIO(b"1")); f.storbinary("STOR in", io.BytesIO(b"2"))
		assert f.nlst() == [] and list(f.mlsd()) == []
		for c in ("RETR in", "SIZE in", "MDTM in", "MLST in", "DELE in", "RNFR in"):
			f.putcmd(c); assert f.getmultiline()[:3] == "550", c
	'
	assert_equal "$(cat root/in root/in.[0-9]*)" 12
	assert_equal "$(stat -c %a root/in)" 600
}

@test "FTP_KEEP=0 stores nothing; a program too slow is 451; ABOR ends the wait" {
	offer FTP_KEEP=0 ARRIVAL_TIMEOUT=1 -- root sh -c 'case $FTP_NAME in slow*) tail -f /dev/null ;; esac'
	run -0 client '
		f.storbinary("STOR in", io.BytesIO(b"1"))
		try: f.storbinary("STOR slow", io.BytesIO(b"1")); assert 0
		except ftplib.error_temp as e: assert str(e)[:3] == "451"
		c = f.transfercmd("STOR slow2"); c.close()
		f.putcmd("NOOP"); assert f.getresp()[:3] == "200"
		f.putcmd("ABOR"); assert f.getmultiline()[:3] == "426" and f.getmultiline()[:3] == "226"
		f.storbinary("STOR after", io.BytesIO(b"1"))
	'
	assert_equal "$(find root -maxdepth 1 -type f)" ''
}

@test "over IPv6 EPSV and EPRT work and PASV is 425" {
	cat >v6.py <<-'END'
		import ftplib, io, os, socket
		l = socket.socket(socket.AF_INET6); l.bind(("::1", 0)); l.listen()
		if os.fork() == 0:
		    c, a = l.accept(); os.dup2(c.fileno(), 0); os.dup2(c.fileno(), 1)
		    os.execvp("ftp-session", ["ftp-session", "root"])
		f = ftplib.FTP(timeout=10); f.connect("::1", l.getsockname()[1]); f.login()
		for passive in (1, 0):
		    f.set_pasv(passive); b = io.BytesIO(); f.retrbinary("RETR pub/text", b.write)
		    assert len(b.getvalue()) == 14
		f.putcmd("PASV"); assert f.getmultiline()[:3] == "425"
		f.putcmd("PORT 127,0,0,1,20,20"); assert f.getmultiline()[:3] == "522"
		f.quit()
		print("done")
	END
	timeout 20 python3 v6.py >v6 2>log6
	assert_equal "$(cat v6)" 'done'
}
