#!/usr/bin/env bats
# The program an upload is shown to: with what is there already, with what broke
# off, with clients that do not wait.

setup() {
	load helper
	load upload
	mkdir root
	printf old >root/f
	cat >program <<-'END'
		#!/bin/sh
		cat >"seen.$(ls seen.* 2>/dev/null | wc -l)"
		[ ! -p gate ] || read -r _ <gate
		echo "$ARRIVAL_SIZE $FTP_PATH $FTP_NAME"
		exit "$(cat verdict)"
	END
	chmod +x program
	echo 0 >verdict
	export FTP_MODE=rw
}
teardown() { unserve; }

@test "what it refuses replaces nothing, whatever was sent, and is not kept as a partial" {
	serve ftp-session root ./program
	echo 100 >verdict
	upload_client '
		assert put("STOR f", b"new") == "553 3 /f f"
		assert put("STOR f", b"X", rest=2) == "553 3 /f f" and open("seen.1").read() == "olX"
		assert put("APPE f", b"+") == "553 4 /f f" and open("seen.2").read() == "old+"
		assert put("STOR new", b"new")[:3] == "553" and put("STOU f", b"u")[:3] == "553"
		open("verdict", "w").write("1"); assert put("STOR f", b"new") == "451 3 /f f"
		assert content("f") == b"old" and names() == ["f"], names()
	'
}

@test "what it accepts replaces: the whole, in one step, after it has ended" {
	serve ftp-session root ./program
	mkfifo gate
	upload_client '
		begun("APPE f", b"+").close()
		until(lambda: os.path.exists("seen.0"))
		assert content("f") == b"old" and names() == ["f"]
		open("gate", "w").close(); os.remove("gate"); assert reply() == "226 4 /f f" and content("f") == b"old+"
		assert put("STOR f", b"X", rest=1) == "226 2 /f f" and content("f") == b"oX" and names() == ["f"]
	'
	refute [ -e seen.2 ]
}

@test "99 and FTP_KEEP=0 store nothing and leave what is there" {
	serve ftp-session root ./program
	echo 99 >verdict
	upload_client '
		for x in ("STOR f", "APPE f", "STOR new", "STOU f"): assert put(x, b"x")[:3] == "226", x
		assert content("f") == b"old" and names() == ["f"], names()
	'
	unserve
	echo 0 >verdict
	serve env FTP_KEEP=0 ftp-session root ./program
	upload_client '
		for x in ("STOR f", "APPE f", "STOR new", "STOU f"): assert put(x, b"x")[:3] == "226", x
		assert content("f") == b"old" and names() == ["f"], names()
	'
}

@test "it does not run on what broke off, and runs once on the whole that continues it" {
	serve ftp-session root ./program
	upload_client '
		cut("STOR g", b"abc"); assert names() == [".ftp-part.g", "f"] and not os.path.exists("seen.0")
		assert put("STOR g", b"def", rest=3) == "226 6 /g g" and names() == ["f", "g"]
		assert open("seen.0").read() == content("g").decode() == "abcdef"
		cut("STOR h", b"abc"); open("verdict", "w").write("100")
		assert put("STOR h", b"def", rest=3)[:3] == "553" and names() == ["f", "g"], names()
	'
}

@test "ABOR while it runs: 426 and 226, and nothing is stored or kept" {
	serve ftp-session root ./program
	mkfifo gate
	upload_client '
		begun("STOR f", b"new").close(); until(lambda: os.path.exists("seen.0"))
		say("NOOP"); assert reply()[:3] == "200"
		say("ABOR"); assert reply()[:3] == "426" and reply()[:3] == "226"
		open("gate", "w").close(); os.remove("gate"); assert put("STOR g", b"x")[:3] == "226"
		assert content("f") == b"old" and names() == ["f", "g"], names()
	'
}

@test "a client that goes while it runs changes nothing: the verdict is carried out" {
	serve ftp-session root ./program
	mkfifo gate
	upload_client '
		begun("STOR f", b"new").close()
		until(lambda: os.path.exists("seen.0"))
		c.close(); lines.close()
	'
	assert_equal "$(cat root/f)" old
	: >gate
	until_true grep -qs new root/f
	until_true grep -q ' lost ' log
}

@test "the directories a camera needs are made, at most sixteen, and for a refused file too" {
	serve env FTP_AUTOMKDIR=1 ftp-session root ./program
	upload_client '
		deep = "/".join("d%d" % i for i in range(16))
		assert put("STOR " + deep + "/x.jpg", b"x") == "226 1 /" + deep + "/x.jpg x.jpg" and content(deep + "/x.jpg") == b"x"
		assert refused("STOR a/" + deep + "/x.jpg") == "550 No such directory."
		assert put("APPE b/log", b"x")[:3] == "226" and put("STOU c/cam", b"x")[:3] == "226"
		assert names("root/b") == ["log"] and names("root/c") == ["cam"]
		assert refused("STOR f/x")[:3] == "550" and content("f") == b"old"
	'
}

@test "it sees what will be stored, and no byte of a longer partial behind that" {
	serve ftp-session root ./program
	upload_client '
		cut("STOR big", b"x" * 100)
		assert put("STOR big", b"yz", rest=10) == "226 12 /big big"
		assert open("seen.0").read() == content("big").decode() == "x" * 10 + "yz"
	'
}

@test "what it keeps under a name of its own is another file than the one that is stored" {
	maildir-make Maildir
	serve ftp-session root maildir-deliver Maildir
	upload_client '
		for what in ("STOR new", "STOR f", "APPE f"): assert put(what, b"S: t\n\n" + what.encode())[:3] == "226", what
		mine = {os.stat(f).st_ino for f in ("root/new", "root/f")}
		theirs = [e for e in os.scandir("Maildir/new")]; assert len(theirs) == 3 and not mine & {e.inode() for e in theirs}
		assert put("APPE new", b"+")[:3] == "226" and content("new") == b"S: t\n\nSTOR new+"
		assert sorted(len(open(e.path, "rb").read()) for e in theirs) == [12, 14, 24]
	'
}
