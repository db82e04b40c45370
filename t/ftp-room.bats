#!/usr/bin/env bats
# How much may be stored: FTP_MAXFILE, FTP_MINFREE, ALLO, a full disk.

setup() {
	load helper
	load upload
	mkdir root
	export FTP_MODE=rw
}
teardown() {
	unserve
	! mountpoint -q root || umount root
}

# disk size [option]: root is a tmpfs of its own.
disk() { mount -t tmpfs -o "size=$1${2:+,$2}" none root; }

@test "a file larger than FTP_MAXFILE is 552 while it arrives, and the data connection reset" {
	serve env FTP_MAXFILE=100k FTP_PARTIAL=discard ftp-session root
	upload_client '
		assert put("STOR fits", b"x" * 102400)[:3] == "226"
		d = begun("STOR f")
		try:
			while 1: d.sendall(b"x" * 65536)
		except (ConnectionResetError, BrokenPipeError): pass
		assert reply() == "552 Exceeds size limit." and names() == ["fits"]
		assert cmd("ALLO 102400")[:3] == "200" and cmd("ALLO 102401") == "552 Not enough space."
		d = begun("STOR fits", b"y", rest=102400); assert reply()[:3] == "552" and len(content("fits")) == 102400
		assert put("STOR g", b"x")[:3] == "226"
	'
}

@test "a full disk is 452 while the file arrives, and nothing of it stays" {
	disk 1m
	serve ftp-session root
	upload_client '
		assert put("STOR f", b"old")[:3] == "226"
		d = begun("STOR f")
		try:
			while 1: d.sendall(b"x" * 65536)
		except (ConnectionResetError, BrokenPipeError): pass
		assert reply() == "452 No space left." and content("f") == b"old" and names() == ["f"]
		assert os.statvfs("root").f_bavail > 240
		d = begun("APPE f", b"x" * 2000000); assert reply()[:3] == "452" and content("f") == b"old"
		assert put("STOR g", b"x" * 500000)[:3] == "226" and names() == ["f", "g"]
	'
}

@test "a disk without inodes is 452" {
	disk 1m nr_inodes=3
	echo x >root/a
	serve ftp-session root
	touch root/b || true
	upload_client 'assert refused("STOR f") == "452 No space left." and cmd("MKD d")[:3] == "452"'
}

@test "FTP_MINFREE leaves so much free: 452 before and while a file arrives" {
	disk 40m
	serve env FTP_MINFREE=10M ftp-session root
	upload_client '
		assert put("STOR a", b"x" * 5000000)[:3] == "226"
		d = begun("STOR b")
		try:
			while 1: d.sendall(b"x" * 1048576)
		except (ConnectionResetError, BrokenPipeError): pass
		assert reply()[:3] == "452" and names() == ["a"]
	'
	head -c 28000000 /dev/zero >root/big
	upload_client '
		assert refused("STOR c") == "452 No space left." and refused("APPE a")[:3] == "452"
		assert names() == ["a", "big"]
	'
}

@test "ALLO answers by what is free where the client is, less FTP_MINFREE" {
	mkdir root/small
	mount -t tmpfs -o size=1m none root/small
	serve env FTP_MINFREE=512k ftp-session root
	upload_client '
		assert cmd("ALLO 1000000")[:3] == "200" and cmd("CWD small")[:3] == "250"
		assert cmd("ALLO 524288")[:3] == "200" and cmd("ALLO 524289") == "552 Not enough space."
		assert cmd("ALLO 524289 R 100")[:3] == "552" and cmd("ALLO 9223372036854775808")[:3] == "501"
	' || {
		umount root/small
		return 1
	}
	umount root/small
}

@test "fewer bytes than ALLO told are stored, and the log says short=1" {
	serve ftp-session root
	upload_client '
		assert cmd("ALLO 10")[:3] == "200" and put("STOR f", b"123")[:3] == "226"
		assert cmd("ALLO 3")[:3] == "200" and put("STOR g", b"123")[:3] == "226"
		assert cmd("ALLO 5")[:3] == "200" and put("STOR g", b"45", rest=3)[:3] == "226"
	'
	until_true grep -q 'put .*rest=3' log
	assert_equal "$(grep -c 'put .*short=1' log)" 1
	run -0 grep 'put .*short=1' log
	assert_output --partial path=/f
}

# piped command...: as serve, with a log that is a pipe.
piped() {
	rm -f port && mkfifo port
	tcpserver -1RHl0 127.0.0.1 0 "$@" >port 2> >(cat >log) 3>&- &
	# shellcheck disable=SC2034 # for unserve
	SERVER=$!
	read -r PORT <port
}

@test "the limit of the process is a second wall: 552" {
	# shellcheck disable=SC2016
	piped bash -c 'ulimit -f 10; exec ftp-session root'
	upload_client '
		d = begun("STOR f", b"x" * 20000); assert reply() == "552 Exceeds size limit."
		assert put("STOR g", b"x" * 10240)[:3] == "226" and names() == [".ftp-part.f", "g"]
	'
}

no_limit() {
	exec 8<>"/dev/tcp/127.0.0.1/$PORT"
	read -ru 8 _
	run -0 grep -E '^Max file size +unlimited ' "/proc/$(sessions | tail -n 1)/limits"
	exec 8>&-
}

@test "the talker has FTP_MAXFILE as such a limit, and not if that would end its log" {
	local talker
	piped env FTP_MAXFILE=1M ftp-session root
	exec 8<>"/dev/tcp/127.0.0.1/$PORT"
	read -ru 8 _
	talker=$(sessions | tail -n 1)
	run -0 grep -E '^Max file size +1048576 +1048576 ' "/proc/$talker/limits"
	exec 8>&-
	unserve
	serve env FTP_MAXFILE=1M ftp-session root
	no_limit
	unserve
	# shellcheck disable=SC2016
	piped sh -c 'FTP_XFERLOG=5 FTP_MAXFILE=1M exec ftp-session root 5>>xferlog'
	no_limit
}

@test "FTP_EOF_WAIT bounds how long an upload waits, and ALLO makes it needless" {
	serve env FTP_EOF_WAIT=400 ftp-session root
	upload_client '
		def took(f): t = time.time(); f(); return time.time() - t
		def one(): assert put("STOR f", b"123")[:3] == "226"
		assert 0.39 < took(one) < 5
		cmd("ALLO 3"); assert took(one) < 0.35
		cmd("ALLO 4"); assert 0.39 < took(one)
		d = begun("STOR late", b"123"); d.close(); time.sleep(0.1); lines.close(); c.close()
	'
	until_true grep -q 'put .*path=/late' log
	assert_file_not_exists root/late
	unserve
	serve env FTP_EOF_WAIT=0 ftp-session root
	upload_client '
		t = time.time()
		for i in range(50): assert put("STOR f%d" % i, b"123")[:3] == "226"
		assert time.time() - t < 1
	'
}

@test "FTP_MAXENTRIES counts what FTP_AUTOMKDIR and SITE SYMLINK make too" {
	mkdir root/d
	touch root/f
	for mode in rw worm drop append; do
		serve env FTP_MODE="$mode" FTP_MAXENTRIES=2 FTP_AUTOMKDIR=1 FTP_LINKS_CREATE=1 ftp-session root
		upload_client '
		assert refused("STOR new/x") == "552 Exceeds size limit." and names() == ["d", "f"], names()
		assert cmd("SITE SYMLINK f l")[:3] in ("550", "552")
		assert put("STOR d/new/x", b"x")[:3] == "226" and names("root/d") == ["new"]
		assert names() == ["d", "f"]; os.remove("root/d/new/x"); os.rmdir("root/d/new")
		'
		unserve
	done
}

@test "FTP_MAXENTRIES refuses new names in a directory that has so many, and no others" {
	mkdir root/d root/full
	touch root/f root/full/{1..5}
	for mode in rw worm drop append; do
		serve env FTP_MODE="$mode" FTP_MAXENTRIES=5 ftp-session root
		upload_client '
		assert refused("STOR full/new") == "552 Exceeds size limit." and refused("STOU full/new")[:3] == "552"
		assert cmd("MKD full/new")[:3] == "552" and len(names("root/full")) == 5
		assert put("STOR new", b"x")[:3] == "226"; os.remove("root/new")
		'
		unserve
	done
	serve env FTP_MAXENTRIES=5 ftp-session root
	upload_client '
		assert put("STOR full/1", b"x")[:3] == "226" and refused("APPE full/new")[:3] == "552"
		assert cmd("RNFR f")[:3] == "350" and cmd("RNTO full/new")[:3] == "552"
		assert cmd("RNFR full/1")[:3] == "350" and cmd("RNTO full/new")[:3] == "250"
		assert cmd("RNFR f")[:3] == "350" and cmd("RNTO full/new")[:3] == "250"
		assert cmd("DELE full/2")[:3] == "250" and put("STOR full/2", b"x")[:3] == "226"
	'
}
