#!/usr/bin/env bats
# Traps that names and listings have been for servers.

setup() {
	load helper
	load ftp
	mkdir -p 'root/a dir' root/d
	echo one >'root/a dir/one'
	export FTP_MODE=rw
	serve ftp-session root
}
teardown() { unserve; }

@test "LIST -al dir, -a, -la with blanks in the path, and LIST with a blank behind are listings" {
	client '
		def last(command): first, got, end = fetch(command); assert end[:3] == "226", command; return got.split(b"\r\n")[:-1]
		assert len(last("LIST -al a dir")) == 3 and len(last("LIST -la /a dir")) == 3 and len(last("LIST a dir")) == 1
		assert len(last("LIST -a")) == 4 and len(last("LIST ")) == 2 and len(last("LIST -l ")) == 2 and len(last("LIST -aL")) == 4
		assert len(last("NLST -a a dir")) == 1 or b"a dir/one" in last("NLST -a a dir")
	'
}

@test "MLSD with a blank behind lists where we are; of a name that ends in one, that" {
	mkdir 'root/d '
	touch 'root/d /in'
	client '
		assert b"type=cdir" in fetch("MLSD ")[1] and b"; a dir\r\n" in fetch("MLSD ")[1]
		assert fetch("MLSD d ")[1].endswith(b"; in\r\n") and b"; in" not in fetch("MLSD d")[1]
	'
}

@test "MLST of a relative path, and of none" {
	client '
		cmd("CWD a dir"); assert whole("MLST one")[1].endswith("; /a dir/one")
		assert whole("MLST")[1].endswith("; /a dir") and whole("MLST ../d/")[1].endswith("; /d")
	'
}

@test "CWD //a//b/ is CWD /a/b; CWD alone, and with nothing after its blank, goes home" {
	client '
		for line in ("CWD //a dir//", "CWD ", "CWD a dir/", "CWD", "CWD /d/../a dir/."): assert cmd(line)[:3] == "250", line
		assert cmd("PWD") == "257 \"/a dir\" is the current directory"
	'
}

@test "names with blanks at their ends, patterns, dashes and bytes that are not UTF-8 are what they are" {
	client '
		for name in (" x", "x ", "  ", "*", "a*", "[a]", "{a,b}", "?", "-l", "-", "--", "~", "~root", "\\", "\xe9t\xe9", "\x80", "%s%n", "; x", "a;b=c;", "\xa0"):
		    assert store("STOR " + name, name.encode("latin1"))[1][:3] == "226", name
		    assert os.path.exists(b"root/" + name.encode("latin1")), name
		    assert fetch("RETR " + name)[1] == name.encode("latin1") and cmd("SIZE " + name) == "213 %d" % len(name), name
		    listed = fetch("NLST")[1].split(b"\r\n"); assert name.encode("latin1") in listed, (name, listed)
		    assert ("; " + name).encode("latin1") + b"\r\n" in fetch("MLSD")[1], name
		    assert whole("MLST " + name)[1].endswith("; /" + name), name
		    assert cmd("RNFR " + name)[:3] == "350" and cmd("RNTO d/" + name)[:3] == "250" and cmd("DELE d/" + name)[:3] == "250", name
		assert fetch("NLST")[1].split(b"\r\n") == [b"a dir", b"d", b""] or fetch("NLST")[1].split(b"\r\n") == [b"d", b"a dir", b""]
	'
}

@test "a byte FF in a name is doubled in the command and in the reply, single in the listing" {
	client '
		assert cmd("MKD \xff\xffx") == "257 \"/\xff\xffx\" created" and os.path.isdir(b"root/\xffx")
		assert b"\xffx" in fetch("NLST")[1].split(b"\r\n")
		assert cmd("MKD \xffy")[:3] == "257" and os.path.isdir(b"root/\xffy")
	'
}

@test "a pattern that is also a name means the name" {
	touch 'root/[d]' root/e
	client '
		assert fetch("NLST [d]")[1] == b"[d]\r\n" and fetch("NLST [de]")[1] in (b"d\r\ne\r\n", b"e\r\nd\r\n")
	'
}

@test "NLST of a single file lists it, and what NLST prints RETR takes" {
	client '
		assert fetch("NLST a dir/one")[1] == b"a dir/one\r\n"
		for line in ("NLST a dir", "NLST a dir/", "NLST a dir/*", "NLST /a dir"):
		    name = fetch(line)[1].decode().rstrip(); assert fetch("RETR " + name)[1] == b"one\n", (line, name)
		cmd("CWD a dir"); assert fetch("NLST")[1] == b"one\r\n"
	'
}

@test "quotes around a path: HASH and XMD5 take the path both ways, and a name that has them" {
	unserve
	printf 1 >'root/q'
	printf 2 >'root/"q"'
	printf 3 >'root/a dir/three'
	serve env FTP_HASH=MD5 ftp-session root
	client '
		import hashlib
		def digest(s): return hashlib.md5(s).hexdigest()
		assert cmd("XMD5 \"a dir/three\"").lower() == "250 " + digest(b"3") == cmd("XMD5 a dir/three").lower()
		assert cmd("XMD5 \"q\"").lower() == "250 " + digest(b"2")
		os.remove("root/\"q\""); assert cmd("XMD5 \"q\"").lower() == "250 " + digest(b"1")
	'
}

@test "SIZE, MLSD, LIST and 150 of a file over 4 GiB" {
	truncate -s 5000000001 root/huge
	client '
		assert cmd("SIZE huge") == "213 5000000001" and b";size=5000000001;" in fetch("MLSD")[1] and b" 5000000001 " in fetch("LIST huge")[1]
		cmd("REST 5000000000"); assert fetch("RETR huge") == ("150 Opening BINARY mode data connection (1 bytes)", b"\0", "226 Transfer complete.")
		d = data("RETR huge"); assert reply() == "150 Opening BINARY mode data connection (5000000001 bytes)"; d.close(); assert reply()[:3] == "426"
	'
}

@test "MKD of what is there is 550, RMD of what is not empty 550, and RNFR waits through NOOP" {
	client '
		assert cmd("MKD d") == "550 File exists." and cmd("MKD a dir/one")[:3] == "550"
		assert cmd("RMD a dir") == "550 Directory not empty." and cmd("RMD d")[:3] == "250"
		cmd("RNFR a dir/one"); cmd("NOOP"); assert cmd("RNTO moved")[:3] == "250" and os.path.exists("root/moved")
		cmd("RNFR moved"); cmd("PWD"); assert cmd("RNTO x") == "503 Send RNFR first."
	'
}
