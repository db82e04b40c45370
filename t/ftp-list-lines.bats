#!/usr/bin/env bats
# Lines of LIST and facts of MLSD, to the byte: RFC 959 4.1.3, RFC 3659 7.

setup() {
	load helper
	load ftp
	cp "$DATA/ftp-listings.py" prelude.py
	mkdir -p root/dir/below root/empty
	printf 12345 >root/file
	chmod 0640 root/file
	touch -d '2001-02-03 04:05:06 UTC' root/file
	touch -d '1999-12-31 23:59:59 UTC' root/dir
}

teardown() { unserve; }

@test "a line of LIST is in columns, with the year of what is old" {
	serve ftp-session root
	run -0 client '
		assert listing("LIST")[2] == "-rw-r-----   1 ftp      ftp                 5 Feb  3  2001 file"
		assert listing("LIST")[0].startswith("drwxr-xr-x   3 ftp      ftp      ")
		assert listing("LIST")[0].endswith(" Dec 31  1999 dir")
	'
}

@test "the time of day is for the last 180 days and the next hour" {
	python3 - <<-'END'
		import os, time
		for name, ago in (("now", 0), ("179", 179 * 86400), ("181", 181 * 86400), ("soon", -3500), ("later", -3700),
		    ("zero", time.time()), ("early", time.time() + 86400 * 365)):
		    open("root/" + name, "w"); os.utime("root/" + name, (0, int(time.time() - ago)))
	END
	serve ftp-session root
	run -0 client '
		rows = {r.split(" ")[-1]: r for r in listing("LIST")}
		def is_date(name, form):
		    t = time.gmtime(int(os.stat("root/" + name).st_mtime))
		    d = time.strftime("%b ", t) + "%2d " % t.tm_mday + (time.strftime("%H:%M", t) if form else " %4d" % t.tm_year)
		    assert rows[name][-len(name) - 14:] == " " + d + " " + name, (rows[name], d)
		for n in ("now", "179", "soon"): is_date(n, 1)
		for n in ("181", "later", "zero", "early"): is_date(n, 0)
		facts = {r.split("; ")[1]: r for r in listing("MLSD")}
		for n in ("zero", "early", "now"):
		    t = time.strftime("%Y%m%d%H%M%S", time.gmtime(int(os.stat("root/" + n).st_mtime)))
		    assert ";modify=%s;" % t in facts[n], (facts[n], t)
	'
}

@test "FTP_TZ=local shows times as TZ has them, in summer and in winter, and MLSD and MDTM in UTC" {
	touch -d '2020-07-01 22:30 UTC' root/summer
	touch -d '2020-01-01 22:30 UTC' root/winter
	touch root/now
	touch -d '170 days ago' root/then
	export FTP_TZ=local CONFINE=require TZ
	for TZ in CET-1CEST,M3.5.0,M10.5.0/3 Europe/Berlin; do
		[ "$TZ" != Europe/Berlin ] || [ -e /usr/share/zoneinfo/$TZ ] || continue
		serve ftp-session root
		run -0 client '
		for get in (lambda: listing("LIST"), lambda: whole("STAT .")[1:-1]):
		    rows = {r.split(" ")[-1]: r for r in get()}
		    assert rows["summer"].endswith(" Jul  2  2020 summer") and rows["winter"].endswith(" Jan  1  2020 winter"), rows
		    for n in ("now", "then"):
		        t = time.localtime(os.stat("root/" + n).st_mtime)
		        assert rows[n].endswith(time.strftime(" %b ", t) + "%2d %02d:%02d " % (t.tm_mday, t.tm_hour, t.tm_min) + n), (rows[n], t)
		assert cmd("MDTM summer") == "213 20200701223000"
		assert [r for r in listing("MLSD") if ";modify=20200701223000;" in r and r.endswith("; summer")]
		'
		unserve
	done
	FTP_TZ=utc serve ftp-session root
	run -0 client 'assert [r for r in listing("LIST") if r.endswith(" Jul  1  2020 summer")]'
	unserve
	TZ=No/Where serve ftp-session root
	run -0 client 'assert [r for r in listing("LIST") if r.endswith(" Jul  1  2020 summer")]'
	run -100 env FTP_TZ=Europe/Berlin ftp-session root </dev/null
}

@test "the modes are those of ls, special files have their letter in LIST and no line in MLSD" {
	mkfifo root/fifo
	mknod root/null c 1 3 || skip "no devices here"
	mknod root/disk b 7 99
	python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("root/socket")'
	chmod 4755 root/file && chmod 1777 root/dir && chmod 2750 root/empty
	serve ftp-session root
	run -0 client '
		first = {r.split(" ")[-1]: r[:10] for r in listing("LIST")}
		assert first["file"] == "-rwsr-xr-x" and first["dir"] == "drwxrwxrwt" and first["empty"] == "drwxr-s---"
		assert [first[n][0] for n in ("fifo", "null", "disk", "socket")] == ["p", "c", "b", "s"]
		assert names("MLSD") == ["dir", "empty", "file"] and "fifo" in names("NLST")
		assert cmd("MLST fifo") == "550 Not a plain file."
	'
}

@test "LIST of a file shows the path as given, of an empty directory nothing, never a total" {
	serve ftp-session root
	run -0 client '
		for p in ("file", "/file", "./dir/../file", "dir/..//file"):
		    assert [r.endswith(" 2001 " + p) for r in listing("LIST " + p)] == [True], p
		    assert listing("NLST " + p) == [p] and stat(p) == listing("LIST " + p)
		for q in ("LIST", "NLST", "LIST -l", "NLST -a"): assert listing(q + " empty") == [], q
		assert stat("empty") == [] and not [r for r in listing("LIST -la") if r.startswith("total")]
	'
}

@test "what is missing or cannot be read is 550 before any 150" {
	serve ftp-session root
	run -0 client '
		for verb in ("LIST", "NLST", "MLSD", "MLST", "STAT"):
		    for path in ("none", "dir/none", "none/below"):
		        assert cmd(verb + " " + path) == "550 No such file or directory.", (verb, path)
		assert cmd("MLSD file") == "501 Not a directory." and cmd("LIST file/x") == "550 Not a directory."
	'
}

@test "each line of NLST can be given to RETR" {
	printf deep >root/dir/below/leaf
	serve ftp-session root
	run -0 client '
		assert sorted(listing("NLST")) == ["dir", "empty", "file"] and listing("NLST dir") == ["dir/below"]
		for q in ("dir/below", "dir/below/", "/dir/below", "dir/below/*", "./dir//below", "dir/below/l*f"):
		    for path in listing("NLST " + q):
		        d = data("RETR " + path); assert reply()[:3] == "150" and read(d) == b"deep" and reply()[:3] == "226"
		assert listing("NLST /dir/below/") == listing("NLST /dir/below") == ["/dir/below/leaf"]
		assert cmd("CWD dir/below")[:3] == "250" and listing("NLST") == listing("NLST *") == ["leaf"]
		assert listing("NLST ..") == ["../below"] and listing("NLST /file") == ["/file"]
	'
}

@test "MLSD: the directory, its parent but at the root, then the entries, facts in order" {
	serve ftp-session root
	run -0 client '
		def parts(row): facts, name = row.split("; ", 1); return [f.split("=", 1) for f in facts.split(";")], name
		for where, first in (("", ["cdir"]), (" /", ["cdir"]), (" dir", ["cdir", "pdir"]), (" dir/below", ["cdir", "pdir"])):
		    rows = [parts(r) for r in listing("MLSD" + where)]
		    assert [f[0][1] for f, n in rows if n in (".", "..")] == first, rows
		    assert all(f[0] == ["type", "dir"] or f[0] == ["type", "file"] for f, n in rows[len(first):])
		rows = {n: f for f, n in (parts(r) for r in listing("MLSD"))}
		assert [k for k, v in rows["file"]] == ["type", "size", "modify", "perm", "unique", "UNIX.mode"]
		assert [k for k, v in rows["dir"]] == ["type", "modify", "perm", "unique", "UNIX.mode"]
		f = dict(rows["file"]); st = os.stat("root/file")
		assert f["size"] == "5" and f["modify"] == "20010203040506" and f["UNIX.mode"] == "0640"
		assert f["unique"] == "%xg%x" % (st.st_dev, st.st_ino)
		assert cmd("OPTS MLST UNIX.gid;type;UNIX.uid;").split(" ")[-1] == "type;UNIX.uid;UNIX.gid;"
		assert "type=file;UNIX.uid=%d;UNIX.gid=%d; file" % (st.st_uid, st.st_gid) in listing("MLSD")
		cmd("OPTS MLST type;"); assert sorted(listing("MLSD")) == ["type=cdir; .", "type=dir; dir", "type=dir; empty", "type=file; file"]
		cmd("OPTS MLST "); assert sorted(listing("MLSD")) == [" .", " dir", " empty", " file"]
	'
}

@test "MLST is one line with one blank and the whole path" {
	serve ftp-session root
	run -0 client '
		def mlst(arg):
		    say(("MLST " + arg).rstrip()); got = [lines.readline().decode() for i in range(3)]
		    assert got[0] == "250-Listing\r\n" and got[2] == "250 End\r\n" and got[1][0] == " " != got[1][1], got
		    return got[1][1:-2].split("; ")
		cmd("CWD dir")
		assert mlst("below")[1] == "/dir/below" and mlst("")[1] == "/dir" and mlst("../file")[1] == "/file"
		assert mlst("/")[0].startswith("type=dir;modify=") and mlst("../file")[0].startswith("type=file;size=5;modify=20010203040506;")
	'
}

@test "TYPE A changes nothing in a listing, and REST skips nothing of it" {
	serve env FTP_ASCII=1 ftp-session root
	run -0 client '
		cmd("TYPE I"); binary = [listing(q) for q in ("LIST", "MLSD", "NLST")]
		cmd("TYPE A"); assert [listing(q) for q in ("LIST", "MLSD", "NLST")] == binary
		cmd("TYPE I"); port = epsv(); assert cmd("REST 10")[:3] == "350"; say("LIST")
		d = socket.create_connection(("127.0.0.1", port)); assert reply()[:3] == "150"
		assert read(d).decode().split("\r\n")[:-1] == binary[0]; reply()
	'
}
