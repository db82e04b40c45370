#!/usr/bin/env bats
# Odd names, there and back through every listing: S7, RFC 3659 2.2.

setup() {
	load helper
	load ftp
	cp "$DATA/ftp-listings.py" prelude.py
	mkdir -p root/odd
	# plain are names that clients can use, control those with bytes no command can carry.
	cat >names.py <<-'END'
		plain = [b" lead", b"trail ", b"  both  ", b"a b  c", b"-", b"-la", b"--", b"-rf *", b"star*", b"what?", b"[set]",
		    b"[", b"]", b"{a,b}", b"~", b"~root", b"back\\slash", b'"quoted"', b'"', b"'single'", b"`tick`", b"$HOME", b"#", b"%00%41",
		    b"semi;colon", b"type=dir; x", b"a=b", b"; ", b"x -> y", b"213 End of status.", b"226", b"...", b"..x", b".x", b"con:",
		    b"|||6446|", b"\xc3\xbc\xe2\x82\xac\xf0\x9f\x93\xa6", b"latin\xe9", b"\x80\x9f\xfe", b"\xff", b"\xff\xf4\xff", b"a\xffb",
		    b"x" * 255, b"\xe9" * 255, b" " * 255, b" ", b"5 bytes.txt"]
		control = [b"cr\rlf\n", b"\r", b"\n", b"\x01", b"esc\x1b[31m", b"del\x7f", b"tab\there", b"\n226 Transfer complete.\r\nx"]
		def latin(b): return b.decode("latin1")
		def iac(s): return s.replace("\xff", "\xff\xff")
		def safe(b): return latin(bytes(63 if c < 32 or c == 127 else c for c in b))
	END
	cat names.py >>prelude.py
	python3 -c 'exec(open("names.py").read())
for n in plain + control: open(b"root/odd/" + n, "wb").write(b"<" + n + b">")'
}

teardown() { unserve; }

@test "LIST shows every name, control bytes as ?, in the order of bytes" {
	serve ftp-session root
	run -0 client '
		rows = [r[59:] for r in listing("LIST -A odd")]
		assert rows == [safe(n) for n in sorted(plain + control)], rows
		assert [r[59:] for r in listing("LIST odd")] == [safe(n) for n in sorted(plain + control) if n[0] != 46]
		assert all(r.startswith("-rw-r--r--   1 ftp      ftp      ") for r in listing("LIST -A odd"))
		assert stat("-A odd") == [iac(r) for r in listing("LIST -A odd")]
	'
}

@test "NLST and MLSD show the names that can be used, as they are" {
	serve ftp-session root
	run -0 client '
		usable = sorted(latin(n) for n in plain)
		assert sorted(listing("NLST -a odd")) == ["odd/" + n for n in usable]
		rows = [r.split("; ", 1) for r in listing("MLSD odd")][2:]
		assert sorted(n for f, n in rows) == usable
		sizes = {n: f.split("size=")[1].split(";")[0] for f, n in rows}
		assert all(sizes[latin(n)] == str(len(n) + 2) for n in plain)
	'
}

@test "a control byte hides a name from NLST wherever it stands, its neighbours do not" {
	mkdir root/where
	python3 -c 'for i in range(20):
	    for c in (1, 0x1f, 0x7f, 0x20, 0x7e, 0x80, 0x9f, 0xff): open(b"root/where/%02d" % i + b"n" * i + bytes([c]) + b"n" * (19 - i), "w")'
	serve ftp-session root
	run -0 client '
		assert sorted(listing("NLST where")) == sorted("where/%02d" % i + "n" * i + chr(c) + "n" * (19 - i)
		    for i in range(20) for c in (0x20, 0x7e, 0x80, 0x9f, 0xff))
	'
}

@test "each line of NLST goes to RETR, SIZE, LIST, NLST and MLST as it is" {
	serve ftp-session root
	run -0 client '
		for name in listing("NLST -a odd"):
		    sent = iac(name); whole = ("<" + name[4:] + ">").encode("latin1")
		    d = data("RETR " + sent); assert reply()[:3] == "150", name; assert read(d) == whole; assert reply()[:3] == "226"
		    d.close(); assert cmd("SIZE " + sent) == "213 %d" % len(whole), name
		    assert listing("NLST " + sent) == [name]
		    row, = listing("LIST " + sent); assert row[59:] == name, row
		    say("MLST " + sent); assert lines.readline() == b"250-Listing\r\n"
		    assert lines.readline().decode("latin1").split("; ", 1)[1] == "/" + sent + "\r\n", name
		    assert lines.readline() == b"250 End\r\n"
	'
}

@test "in the directory itself only a leading dash needs help, and a pattern is a name first" {
	serve ftp-session root
	run -0 client '
		assert cmd("CWD odd")[:3] == "250"
		assert sorted(listing("NLST -a")) == sorted(latin(n) for n in plain)
		for n in plain:
		    sent = iac(latin(n)); assert cmd("SIZE " + sent) == "213 %d" % (len(n) + 2), n
		    assert listing("NLST -- " + sent) == [latin(n)], n
		assert listing("NLST star*") == ["star*"] and listing("NLST [[]set]") == ["[set]"]
		assert listing("NLST [[]*") in (["[", "[set]"], ["[set]", "["])
	'
}

@test "a name with control bytes is 553 to every verb" {
	serve env FTP_MODE=rw ftp-session root
	run -0 client '
		for n in (b"del\x7f", b"\x01", b"tab\there", b"a\rb"):
		    for verb in ("RETR", "SIZE", "MLST", "LIST", "NLST", "MLSD", "STAT", "STOR", "APPE", "DELE", "MKD", "RMD", "CWD", "RNFR", "MDTM"):
		        assert cmd(verb + " odd/" + latin(n)) == "553 File name not allowed.", (verb, n)
	'
}
