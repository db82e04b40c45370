#!/usr/bin/env bats
# Replies and lines as the parsers of clients want them, to the byte.

setup() {
	load helper
	load ftp
	mkdir -p root/dir 'root/say "hi"'
	printf 'hello\n' >root/file
	printf 'x' >"root/5 bytes.txt"
	touch -d '2021-02-03 04:05:06.789Z' root/file
	export FTP_MODE=rw
}
teardown() { unserve; }

@test "220, 331 and 230 are one line each, with and without a name we know" {
	run -0 --separate-stderr talk ftp-session root -- 'USER nobody' 'USER ftp' 'PASS x' QUIT
	assert_output $'220 FTP server ready.\n331 Password required.\n331 Any password will do.\n230 Login successful.\n221 Goodbye.'
}

@test "227 and 229 end with the parenthesis" {
	serve ftp-session root
	client '
		import re
		assert re.fullmatch(r"227 Entering Passive Mode \(127,0,0,1,\d{1,3},\d{1,3}\)", cmd("PASV"))
		assert re.fullmatch(r"229 Entering Extended Passive Mode \(\|\|\|\d+\|\)", cmd("EPSV"))
		assert cmd("EPSV 1")[:3] == "229" and cmd("EPSV 2") == "522 Network protocol not supported, use (1)"
	'
}

@test "257 has the absolute path in quotes, quotes in it doubled" {
	serve ftp-session root
	client '
		assert cmd("PWD") == "257 \"/\" is the current directory"
		assert cmd("CWD say \"hi\"") == "250 Directory changed to \"/say \"\"hi\"\"\"."
		assert cmd("PWD") == "257 \"/say \"\"hi\"\"\" is the current directory"
		assert cmd("MKD a") == "257 \"/say \"\"hi\"\"/a\" created" and cmd("MKD /b/") == "257 \"/b\" created"
	'
}

@test "150 tells the bytes that will come, of a file only, and never its name; the end is 226" {
	serve ftp-session root
	client '
		assert fetch("RETR 5 bytes.txt") == ("150 Opening BINARY mode data connection (1 bytes)", b"x", "226 Transfer complete.")
		cmd("REST 4"); assert fetch("RETR file") == ("150 Opening BINARY mode data connection (2 bytes)", b"o\n", "226 Transfer complete.")
		for command in ("LIST", "NLST", "MLSD", "LIST dir"):
		    first, got, last = fetch(command); assert first[:3] == "150" and "(" not in first and last == "226 Transfer complete.", command
		for command in ("STOR new", "APPE new"): assert store(command, b"1") == ("150 Ok to send data.", "226 Transfer complete.")
	'
}

@test "TYPE A with FTP_ASCII=1 tells no bytes" {
	serve env FTP_ASCII=1 ftp-session root
	client '
		cmd("TYPE A"); assert fetch("RETR file") == ("150 Opening ASCII mode data connection", b"hello\r\n", "226 Transfer complete.")
	'
}

@test "213 has the number alone: SIZE, MDTM without a fraction, MFMT and MFF with the path as sent" {
	serve ftp-session root
	client '
		assert cmd("SIZE file") == "213 6" and cmd("MDTM file") == "213 20210203040506"
		assert cmd("MFMT 20200102030405 ./file") == "213 Modify=20200102030405; ./file"
		assert cmd("MFF Modify=20200102030405;UNIX.mode=0640; ./file") == "213 Modify=20200102030405;UNIX.mode=0640; ./file"
		assert cmd("MDTM //file") == "213 20200102030405"
	'
}

@test "211 of FEAT: every line begins with one blank, End stands alone" {
	serve ftp-session root
	client '
		import re
		got = whole("FEAT"); assert got[0] == "211-Features:" and got[-1] == "211 End"
		for l in got[1:-1]: assert re.match(r" [A-Z]", l) and l == l.rstrip() and "  " not in l, l
		assert " MLSD" not in got and " UTF8" in got and " REST STREAM" in got and " SIZE" in got and " TVFS" in got
		assert [l for l in got if l.startswith(" MLST ")][0].startswith(" MLST type*;size*;modify*;perm*;unique*;UNIX.mode*;")
	'
}

@test "a line of MLSD: facts, each name=value;, then one blank and the name" {
	serve ftp-session root
	client '
		import re
		first, got, last = fetch("MLSD"); rows = got.decode().split("\r\n"); assert rows.pop() == ""
		for row in rows: assert re.fullmatch(r"(type=[a-z]+;)(size=\d+;)?modify=\d{14};perm=[a-z]*;unique=[0-9a-f]+g[0-9a-f]+;UNIX\.mode=0[0-7]{3}; .+", row), row
		assert [r.split(";")[0] for r in rows][:1] == ["type=cdir"] and "type=pdir" not in got.decode()
		assert len(rows) == 5 and re.search(r"^type=file;size=6;modify=20210203040506;.*; file$", got.decode().replace("\r", ""), re.M)
		first, got, last = fetch("MLSD dir"); assert [r.split(b";")[0] for r in got.split(b"\r\n")[:-1]] == [b"type=cdir", b"type=pdir"]
	'
}

@test "MLST is one line between two, with the absolute path" {
	serve ftp-session root
	client '
		import re
		cmd("CWD dir"); got = whole("MLST ../file")
		assert len(got) == 3 and got[0] == "250-Listing" and got[2] == "250 End"
		assert re.fullmatch(r" type=file;size=6;modify=20210203040506;.*; /file", got[1]), got
	'
}

@test "a line of LIST: ten letters, links, owner, group, size, date in UTC, name" {
	touch -d '3 days ago' root/recent
	export TZ=Asia/Tokyo
	serve ftp-session root
	client '
		import re
		first, got, last = fetch("LIST"); rows = got.decode().split("\r\n"); assert rows.pop() == "" and len(rows) == 5
		for row in rows: assert re.fullmatch(r"[-d]([r-][w-][x-]){3} +\d+ ftp +ftp +\d+ [A-Z][a-z]{2} [ 123]\d (\d\d:\d\d| \d{4}) .+", row), row
		row = [r for r in rows if r.endswith(" file")][0]; assert row.startswith("-rw-r--r-- ") and " 6 Feb  3  2021 file" in row, row
		t = time.gmtime(os.stat("root/recent").st_mtime)
		row = [r for r in rows if r.endswith(" recent")][0]; assert "%2d %02d:%02d recent" % (t.tm_mday, t.tm_hour, t.tm_min) in row, row
		assert cmd("SYST") == "215 UNIX Type: L8"
	'
}

@test "STOU names the file after FILE: in 150, and in 226" {
	serve ftp-session root
	client '
		assert store("STOU cam", b"x") == ("150 FILE: cam", "226 Transfer complete (unique file name: cam).")
		assert store("STOU file", b"x") == ("150 FILE: file.1", "226 Transfer complete (unique file name: file.1).")
	'
}

@test "the codes clients tell apart: 550, 553, 552, 425, 501, 502, 503, 504, 530" {
	ln -s /none root/dangling
	serve env FTP_MAXFILE=1000 ftp-session root
	client '
		for line, code in (("RETR none", "550"), ("RETR dir", "550"), ("CWD none", "550"), ("MKD a\tb", "553"), ("ALLO 1001", "552"),
		    ("LIST", "425"), ("REST x", "501"), ("RETR", "501"), ("SMNT x", "502"), ("RNTO x", "503"), ("TYPE E", "504"), ("USER bob", "530"),
		    ("XYZZY", "500"), ("MODE Q", "501"), ("EPSV 3", "522"), ("LIST none", "550"), ("NLST none*", "550"), ("DELE dir", "550"), ("RETR dangling", "550")):
		    assert cmd(line)[:3] == code, line
		assert store("STOR large", b"x" * 2000)[1] == "552 Exceeds size limit."
		cmd("REST 7"); epsv(); assert cmd("RETR file") == "554 Restart offset beyond end of file."
	'
}

@test "421 is the last thing said" {
	run -0 talk ftp-session root -- 'USER a' 'PASS a' 'USER b' 'PASS b' 'USER c' 'PASS c' NOOP
	assert_line --index -1 '421 Too many login failures.'
}

@test "checksums: 213 of HASH with the range and lower case, 250 of the X forms in upper case" {
	serve env FTP_HASH=SHA-256,MD5,CRC32 ftp-session root
	client '
		import hashlib, zlib
		data = b"hello\n"
		assert cmd("HASH file") == "213 SHA-256 0-6 " + hashlib.sha256(data).hexdigest() + " file"
		assert cmd("XMD5 file") == "250 " + hashlib.md5(data).hexdigest().upper()
		assert cmd("XCRC file") == "250 %08X" % zlib.crc32(data)
		assert cmd("MD5 file") == "251 \"file\" " + hashlib.md5(data).hexdigest().upper()
	'
}
