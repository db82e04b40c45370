#!/usr/bin/env bats
# STOU: RFC 959 4.1.3, and RFC 1123 4.1.2.9: the 150 names the file.

setup() {
	load helper
	load upload
	mkdir root
	export FTP_MODE=rw
}
teardown() { unserve; }

# unique code: Python with named(command, ...): the name in 150, and the data connection.
unique() {
	upload_client '
		def named(command):
		    port = epsv(); say(command); r = reply(); assert r[:11] == "150 FILE: " + r[10:11], r
		    return r[10:], socket.create_connection(("127.0.0.1", port), 10)
		def stou(command, what=b"x"):
		    n, d = named(command); d.sendall(what); d.close()
		    assert reply() == "226 Transfer complete (unique file name: %s)." % n
		    assert content(n) == what; return n
		'"$1"
}

@test "the name is the hint or ftp, then with .1 and so on, and 150 says it" {
	serve ftp-session root
	unique '
		assert [stou("STOU"), stou("STOU"), stou("STOU")] == ["ftp", "ftp.1", "ftp.2"]
		os.mkdir("root/d"); open("root/cam", "w").close(); os.symlink("nowhere", "root/cam.1")
		assert stou("STOU cam") == "cam.2" and stou("STOU d") == "d.1"
		n, d = named("STOU /d/x.jpg"); d.sendall(b"x"); d.close(); assert reply()[:3] == "226" and n == "x.jpg"
		assert names("root/d") == ["x.jpg"]
	'
}

@test "two at once are promised two names, and get them" {
	serve ftp-session root
	unique '
		n1, d1 = named("STOU cam")
		first = c, lines
		c = socket.create_connection(("127.0.0.1", int(sys.argv[1]))); lines = c.makefile("rb")
		reply(); cmd("USER ftp"); cmd("PASS x")
		n2, d2 = named("STOU cam"); assert (n1, n2) == ("cam", "cam.1")
		d2.close(); assert reply() == "226 Transfer complete (unique file name: cam.1)."
		assert b"cam.1" in read(data("NLST -a"))
		c, lines = first; d1.close(); assert reply() == "226 Transfer complete (unique file name: cam)."
		assert names() == ["cam", "cam.1"], names()
	'
}

@test "a name that someone else takes meanwhile is not replaced, and 226 says the other" {
	for mode in rw worm append; do
		rm -rf root && mkdir root
		serve env FTP_MODE="$mode" ftp-session root
		unique '
		n, d = named("STOU cam"); open("root/cam", "w").write("theirs"); d.sendall(b"mine"); d.close()
		assert reply() == "226 Transfer complete (unique file name: cam.1)."
		assert content("cam") == b"theirs" and content("cam.1") == b"mine" and names() == ["cam", "cam.1"]
		'
		unserve
	done
}

@test "in a drop box no number tells how many have the name: what it gets is random" {
	for overwrite in replace no rename; do
		rm -rf root && mkdir root
		serve env FTP_MODE=drop FTP_OVERWRITE="$overwrite" ftp-session root
		unique '
		for command in ("STOR cam", "STOR cam", "STOR cam", "APPE cam", "STOU cam"): assert put(command, b"x")[:3] == "226"
		n, d = named("STOU new"); open("root/new", "w").write("theirs"); d.sendall(b"mine"); d.close()
		r = reply()[len("226 Transfer complete (unique file name: "):-2]; assert r in names() and n == "new" != r, r
		assert content("new") == b"theirs" and content(r) == b"mine"
		all = [n for n in names() if n not in ("cam", "new")]; assert len(all) == 5 == len(set(all)), all
		for n in all: assert n[:4] in ("cam.", "new.") and int(n[4:]) > 1000000, n
		long = "n" * 255; put("STOR " + long); put("STOR " + long)
		assert sum(n[:200] == "n" * 200 for n in names()) == 2
		'
		unserve
	done
}

@test "after a hundred the number is random; names too long are cut before it" {
	serve ftp-session root
	for n in cam cam.{1..99}; do touch "root/$n"; done
	unique '
		n = stou("STOU cam"); assert n[:4] == "cam." and int(n[4:]) > 1000000
		long = "n" * 255; assert stou("STOU " + long) == long
		assert stou("STOU " + long)[-3:] == "n.1" and refused("STOU " + long + "n")[:3] == "553"
	'
}

@test "a restart is 554, a name that cannot be 553, and an abort leaves nothing" {
	serve ftp-session root
	unique '
		assert refused("STOU x", rest=1)[:3] == "554" and refused("STOU .ftp-x")[:3] == "553"
		n, d = named("STOU x"); d.sendall(b"abc"); taken(3); say("ABOR")
		assert reply()[:3] == "426" and reply()[:3] == "226" and names() == []
		cmd("STOU x"); assert names() == []
	'
}
