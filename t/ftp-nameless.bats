#!/usr/bin/env bats
# File systems, and sandboxes, that lack what uploads like best: nameless files
# (NFS, FAT), hard links (FAT), renaming without replacing (NFS), /proc.

setup() {
	load helper
	load upload
	mkdir root
	printf old >root/f
	export FTP_MODE=rw
}
teardown() { unserve; }

# lacking call=errno...: a session on such a file system.
lacking() { serve python3 "$DATA/refuse.py" "$@" -- ftp-session root; }
NAMELESS=openat=EOPNOTSUPP:nameless

uploads() {
	upload_client '
		assert put("STOR new", b"new")[:3] == "226" and content("new") == b"new"
		d = begun("STOR f", b"n"); taken(1)
		assert content("f") == b"old"
		d.sendall(b"ew"); d.close(); assert reply()[:3] == "226" and content("f") == b"new"
		assert put("APPE f", b"er")[:3] == "226" and content("f") == b"newer"
		assert put("STOR f", b"xt", rest=3)[:3] == "226" and content("f") == b"newxt"
		assert put("STOU f", b"u")[:3] == "226" and content("f.1") == b"u"
		cut("STOR cut", b"abc"); assert put("STOR cut", b"d", rest=3)[:3] == "226" and content("cut") == b"abcd"
		assert cmd("RNFR new")[:3] == "350" and cmd("RNTO f.1")[:3] == "250" and content("f.1") == b"new"
		assert names() == ["cut", "f", "f.1"], names()
		for n in names(): assert os.stat("root/" + n).st_mode & 0o777 == 0o644 and os.stat("root/" + n).st_nlink == 1
		d = begun("STOR f", b"x"); taken(1)
		hidden = [n for n in names() if n[0] == "."]; print(hidden)
		d.close(); assert reply()[:3] == "226"
	'
}

@test "without nameless files: a hidden name until it is complete" {
	lacking "$NAMELESS"
	run -0 uploads
	assert_output --regexp "^\['\.ftp-[0-9]+-[0-9a-f]+'\]$"
}

@test "without nameless files and hard links" {
	lacking "$NAMELESS" linkat=EPERM
	run -0 uploads
	assert_output --partial .ftp-
}

@test "without nameless files, hard links, and renaming that does not replace" {
	lacking "$NAMELESS" linkat=EOPNOTSUPP renameat2=EINVAL
	run -0 uploads
	assert_output --partial .ftp-
}

@test "without /proc, where a nameless file would never get a name" {
	serve unshare -m sh -c 'umount -l /proc && exec ftp-session root'
	run -0 uploads
	assert_output --partial .ftp-
}

@test "with all of it there is no name at all" {
	serve ftp-session root
	run -0 uploads
	assert_output '[]'
}

@test "on a kernel before 6.10, which links a descriptor by its name in /proc alone" {
	lacking linkat=ENOENT:descriptor
	run -0 uploads
	assert_output '[]'
}

@test "none of it lets an upload replace a file that it must not" {
	local lacks
	for lacks in linkat=EPERM 'linkat=EPERM renameat2=EINVAL'; do
		# shellcheck disable=SC2086
		FTP_OVERWRITE=no lacking "$NAMELESS" $lacks
		upload_client '
		d = begun("STOR late", b"x"); open("root/late", "w").write("old"); d.close()
		assert reply() == "553 File exists." and content("late") == b"old"
		assert cmd("RNFR f")[:3] == "350" and cmd("RNTO late") == "553 File exists."
		os.remove("root/late"); assert cmd("RNFR f")[:3] == "350" and cmd("RNTO late")[:3] == "250"
		os.rename("root/late", "root/f"); assert names() == ["f"], names()
		'
		unserve
	done
}

@test "a drop box without nameless files gives what it takes another name" {
	FTP_MODE=drop lacking "$NAMELESS"
	upload_client '
		assert put("STOR f", b"1")[:3] == "226" and put("STOU f", b"2")[:3] == "226"
		cut("STOR f", b"3"); n = names(); assert len(n) == 3 and n[0] == "f" and content("f") == b"old", n
		assert [int(x[2:]) > 1000000 for x in n[1:]] == [1, 1] and {content(x) for x in n[1:]} == {b"1", b"2"}
	'
}

@test "a talker that is killed leaves a hidden name, which goes when it is old" {
	lacking "$NAMELESS"
	upload_client '
		d = begun("STOR f", b"x" * 1000); taken(1000)
		for s in children(children(sys.argv[2])[0]): os.kill(int(s), signal.SIGKILL)
	'
	until_true no_sessions
	assert_equal "$(cat root/f)" old
	run -0 find root -name '.ftp-*'
	assert_output --regexp '^root/\.ftp-[0-9]+-[0-9a-f]+$'
	touch -d '8 days ago' "$output"
	upload_client 'assert put("STOR g", b"x")[:3] == "226" and names() == ["f", "g"]'
}
