#!/usr/bin/env bats
# What an upload does to what is there: replaced in one step, or written on.

setup() {
	load helper
	load upload
	mkdir root
	mount -t tmpfs none root # which shares no blocks between files
	printf 0123456789 >root/f
	export FTP_MODE=rw
}
teardown() {
	unserve
	umount root
}

@test "an upload replaces the name only: other names and open readers keep the old file" {
	ln root/f root/other
	serve ftp-session root
	upload_client '
		reader = open("root/f", "rb")
		d = begun("STOR f", b"new"); taken(3)
		assert content("f") == b"0123456789"
		d.close(); assert reply()[:3] == "226" and content("f") == b"new"
		assert reader.read() == b"0123456789" and content("other") == b"0123456789"
		assert put("STOR f", b"X", rest=1)[:3] == "226" and content("f") == b"nX"
		for x in ("STOR f", "APPE f"): assert refused(x, rest=3) == "554 Restart offset beyond end of file." and content("f") == b"nX"
		assert put("STOR f", b"Y", rest=2)[:3] == "226" and content("f") == b"nXY"
	'
}

@test "STOR onto a symbolic link replaces the link, not what it points to" {
	mkdir outside
	echo precious >outside/file
	ln -s ../outside/file root/out
	ln -s f root/in
	ln -s nowhere root/dangling
	serve ftp-session root
	upload_client '
		for n in ("out", "in", "dangling"):
			assert put("STOR " + n, b"new")[:3] == "226" and content(n) == b"new" and not os.path.islink("root/" + n)
		assert content("f") == b"0123456789" and "nowhere" not in names()
	'
	assert_equal "$(cat outside/file)" precious
}

@test "a new file has 0666 less FTP_UMASK or SITE UMASK, a directory 0777, and never more bits" {
	serve env FTP_UMASK=027 FTP_AUTOMKDIR=1 ftp-session root
	upload_client '
		put("STOR new/deep/a", b"x"); cmd("MKD made"); cmd("SITE MKDIR more/of")
		for d in ("new", "new/deep", "made", "more", "more/of"): assert os.stat("root/" + d).st_mode & 0o7777 == 0o750, d
		put("STOR a", b"x"); assert os.stat("root/a").st_mode & 0o7777 == 0o640
		cmd("SITE UMASK 000"); put("STOR b", b"x"); assert os.stat("root/b").st_mode & 0o7777 == 0o666
		os.chmod("root/f", 0o6755); put("STOR f", b"x"); assert os.stat("root/f").st_mode & 0o7777 == 0o666
	'
}

@test "APPE without a way to share blocks writes the target itself, and an abort takes it back" {
	serve ftp-session root
	upload_client '
		inode = os.stat("root/f").st_ino
		assert put("APPE f", b"+")[:3] == "226" and content("f") == b"0123456789+"
		cut("APPE f", b"x" * 100000); assert content("f") == b"0123456789+" and names() == ["f"]
		assert os.stat("root/f").st_ino == inode
	'
	run -0 grep -c 'put .*inplace=1' log
	assert_output 2
}

@test "a restart beyond FTP_CLONE_MAX writes the target itself, one up to it a copy" {
	serve env FTP_CLONE_MAX=5 ftp-session root
	upload_client '
		inode = os.stat("root/f").st_ino
		cut("STOR f", b"abc", rest=5); assert content("f") == b"0123456789"
		assert names() == [".ftp-part.f", "f"] and content(".ftp-part.f") == b"01234abc"
		assert put("STOR f", b"XY", rest=6)[:3] == "226" and content("f") == b"012345XY" and names() == ["f"]
		assert os.stat("root/f").st_ino == inode
		cut("STOR f", b"Z", rest=7); assert content("f") == b"012345XZ"
		cut("STOR f", b"", rest=7); assert content("f") == b"012345XZ"
		assert put("STOR f", b"!", rest=5)[:3] == "226" and content("f") == b"01234!"
		assert os.stat("root/f").st_ino != inode
	'
	assert_equal "$(grep -c 'put .*inplace=1' log)" 3
}

@test "FTP_PARTIAL=discard takes back what a restart wrote to the target itself" {
	serve env FTP_CLONE_MAX=0 FTP_PARTIAL=discard ftp-session root
	upload_client 'cut("STOR f", b"XY", rest=6); assert content("f") == b"012345" and names() == ["f"]'
}

@test "FTP_ATOMIC=0 writes to the name itself: the file keeps its links and its mode" {
	ln root/f root/other
	chmod 600 root/f
	serve env FTP_ATOMIC=0 ftp-session root
	upload_client '
		d = begun("STOR f", b"new"); taken(3); assert content("f") == b"new3456789"
		d.close(); assert reply()[:3] == "226" and content("f") == content("other") == b"new"
		assert os.stat("root/f").st_mode & 0o777 == 0o600
		d = begun("STOR g", b"new"); taken(3); assert content("g") == b"new"
		d.close(); assert reply()[:3] == "226" and os.stat("root/g").st_mode & 0o777 == 0o644
		assert put("STOR g", b"X", rest=2)[:3] == "226" and content("g") == b"neX"
		assert put("APPE g", b"+")[:3] == "226" and content("g") == b"neX+"
	'
}

@test "FTP_ATOMIC=0: what came before an abort is in the target, none if nothing came" {
	serve env FTP_ATOMIC=0 ftp-session root
	upload_client '
		cut("STOR g", b"abc"); assert content("g") == b"abc" and cmd("SIZE g") == "213 3"
		assert put("STOR g", b"d", rest=3)[:3] == "226" and content("g") == b"abcd"
		cut("STOR f", b"abc"); assert content("f") == b"abc"
		cut("STOR f"); assert content("f") == b"abc"
		cut("STOR none"); cut("APPE f", b"x"); assert content("f") == b"abc" and names() == ["f", "g"]
	'
	unserve
	serve env FTP_ATOMIC=0 FTP_PARTIAL=discard ftp-session root
	upload_client 'cut("STOR new", b"abc"); cut("STOR f", b"x"); assert content("f") == b"" and names() == ["f", "g"]'
}

@test "FTP_ATOMIC=0 follows no link, makes no second file of a name, and asks the program first" {
	echo precious >outside
	ln -s ../outside root/out
	serve env FTP_ATOMIC=0 FTP_OVERWRITE=no ftp-session root
	upload_client 'assert refused("STOR f")[:3] == "553" and refused("STOR out")[:3] == "553"'
	unserve
	serve env FTP_ATOMIC=0 ftp-session root
	upload_client 'assert put("STOR out", b"x")[:3] == "226" and not os.path.islink("root/out")'
	unserve
	serve env FTP_ATOMIC=0 ftp-session root sh -c 'exit 100'
	upload_client 'assert put("STOR f", b"x")[:3] == "553" and content("f") == b"0123456789"'
	assert_equal "$(cat outside)" precious
}

@test "FTP_ATOMIC=0 leaves a symbolic link until all has come" {
	ln -s f root/link
	serve env FTP_ATOMIC=0 ftp-session root
	upload_client '
		link = lambda: os.readlink("root/link") == "f" and names() == ["f", "link"]
		assert cmd("STOR link")[:3] == "425" and link()
		cut("STOR link"); assert link()
		cut("STOR link", b"abc"); assert link()
		assert put("STOR link", b"abc")[:3] == "226" and content("f") == b"0123456789" and not os.path.islink("root/link")
	'
}

@test "FTP_OVERWRITE=rename lets a restart add to a file, and replace nothing of it" {
	serve env FTP_OVERWRITE=rename ftp-session root
	upload_client '
		for n in 1, 9: assert refused("STOR f", rest=n) == "550 Permission denied."
		assert refused("APPE f", rest=1)[:3] == "550" and content("f") == b"0123456789"
		assert put("STOR f", b"ab", rest=10)[:3] == "226" and content("f") == b"0123456789ab"
		assert put("APPE f", b"c")[:3] == "226" and content("f") == b"0123456789abc" and names() == ["f"]
	'
}

@test "STOR onto a directory is 550 whatever FTP_OVERWRITE says; STOU gets a number" {
	local policy script='
		assert refused("STOR d") == "550 Is a directory."
		assert refused("STOR d", rest=1)[:3] in ("550", "553")
		assert put("STOU d", b"x") == "226 Transfer complete (unique file name: d.1)."
		os.unlink("root/d.1"); assert names() == ["d", "f"]
	'
	mkdir root/d
	for policy in replace no rename; do
		serve env FTP_OVERWRITE=$policy ftp-session root
		upload_client "$script"
		unserve
	done
}
