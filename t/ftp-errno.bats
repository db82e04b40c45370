#!/usr/bin/env bats
# What the system refuses, and what the client is told: real file systems first,
# then calls that are made to fail. The session lives, nothing is left behind.

setup() {
	load helper
	load upload
	mkdir root
	printf old >root/f
	export FTP_MODE=rw
}
teardown() {
	unserve
	! mountpoint -q root || umount root
}

# refuses call=errno,... code what...: with these calls failing so, each upload of what
# ends with code; the session lives, nothing is left, the old content stays.
refuses() {
	local -a calls
	IFS=, read -ra calls <<<"$1"
	shift
	serve python3 "$DATA/refuse.py" "${calls[@]}" -- ftp-session root
	printf '%s\n' "$@" >expected
	upload_client '
		code, *whats = open("expected").read().splitlines()
		for what in whats:
			if what[:4] in ("STOR", "APPE", "STOU"): r = put(what, b"x" * 100)
			else: cmd("RNFR f"); r = cmd(what)
			assert r[:3] == code, (what, r)
			assert cmd("NOOP")[:3] == "200" and content("f") == b"old" and names() == ["f"], (what, names())
	'
	unserve
}

@test "a read-only file system is 550, whatever is asked of it" {
	mkdir img
	cp root/f img
	mount --bind img root
	mount -o remount,ro,bind root
	serve ftp-session root
	upload_client '
		for x in ("STOR f", "STOR new", "APPE f", "STOU", "DELE f", "MKD d", "RMD d", "SITE CHMOD 600 f", "MFMT 20200101000000 f"):
			r = refused(x); assert r[:3] == "550", (x, r)
		assert cmd("RNFR f")[:3] == "350" and cmd("RNTO g") == "550 Permission denied." and content("f") == b"old"
	'
}

@test "names the file system does not take are 553, too many symbolic links 550" {
	mkdir root/d
	ln -s b root/a
	ln -s a root/b
	serve ftp-session root
	upload_client '
		long = "n" * 256
		for x in ("STOR " + long, "APPE " + long, "MKD " + long, "STOR " + long + "/x"):
			r = refused(x); assert r == "553 File name not allowed.", (x[:300], r)
		assert cmd("RNFR f")[:3] == "350" and cmd("RNTO " + long)[:3] == "553"
		assert cmd("RNFR d")[:3] == "350" and cmd("RNTO d/below") == "553 File name not allowed."
		assert put("STOR " + "n" * 255, b"x")[:3] == "226"
		assert put("STOU " + "n" * 255, b"x")[:3] == "226" and len([n for n in names() if len(n) > 200]) == 2
		for x in ("STOR a/x", "RETR a", "APPE a", "CWD a"): assert refused(x) == "550 Too many links.", x
		for x in ("STOR none/x", "MKD none/x"): assert refused(x) == "550 No such directory.", x
		for x in ("STOR f/x", "MKD f/x"): assert refused(x) == "550 Not a directory.", x
		for x in ("STOR d", "APPE d", "STOR /", "STOR d/.", "DELE d"): assert refused(x) == "550 Is a directory.", x
		assert cmd("MKD d") == "550 File exists." and cmd("RMD f") == "550 Not a directory."
	'
}

@test "what is not ours to write is 550, but a file of ours in such a directory is added to" {
	mkdir root/closed
	printf old >root/closed/log
	printf old >root/readonly
	chmod 444 root/readonly
	chmod 555 root/closed
	serve setpriv --bounding-set=-dac_override,-dac_read_search ftp-session root
	upload_client '
		for x in ("STOR closed/new", "STOR closed/log", "APPE closed/new", "STOU closed/cam", "MKD closed/d",
		          "DELE closed/log", "APPE readonly"):
			assert refused(x) == "550 Permission denied.", x
		assert cmd("RNFR closed/log")[:3] == "350" and cmd("RNTO closed/other") == "550 Permission denied."
		assert refused("STOR readonly", rest=1) == "550 Permission denied."
		assert put("APPE closed/log", b"+")[:3] == "226" and content("closed/log") == b"old+"
		assert put("STOR readonly", b"new")[:3] == "226" and content("readonly") == b"new"
		assert names("root/closed") == ["log"]
	'
	chmod 755 root/closed
}

@test "a directory that is not ours to enter is 550, and CWD stays where it was" {
	mkdir -p root/shut root/dark
	chmod 600 root/shut
	chmod 100 root/dark
	serve setpriv --bounding-set=-dac_override,-dac_read_search ftp-session root
	upload_client '
		assert cmd("CWD shut") == "550 Permission denied." and cmd("PWD").startswith("257 \"/\" ")
		for x in ("CWD shut/x", "RETR shut/x", "STOR shut/x", "SIZE shut/x"): assert refused(x) == "550 Permission denied.", x
		assert cmd("CWD dark")[:3] == "250" and refused("LIST") == "550 Permission denied." and refused("MLSD") == "550 Permission denied."
	'
}

@test "devices, FIFOs and sockets are 550 and hold nothing up" {
	mkfifo root/fifo
	mknod root/null c 1 3
	python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("root/socket")'
	serve ftp-session root
	upload_client '
		for n in ("fifo", "null", "socket"):
			for x in ("STOR ", "APPE ", "RETR "): assert refused(x + n) == "550 Not a plain file.", (x, n)
			assert refused("STOR " + n, rest=1) == "550 Not a plain file." and cmd("SIZE " + n)[:3] == "550"
			for x in ("SITE CHMOD 666 ", "MFMT 20200101000000 ", "MFF UNIX.mode=0666; "):
				assert cmd(x + n) == "550 Permission denied.", (x, n)
	'
}

@test "too few descriptors are 425 or 451, and the session lives" {
	local n
	for n in 6 7 8 9 10; do
		export n
		# shellcheck disable=SC2016
		serve bash -c 'ulimit -n "$n"; exec ftp-session root'
		upload_client '
		r = cmd("EPSV"); n = int(os.environ["n"])
		if r[:3] == "229":
			d = socket.create_connection(("127.0.0.1", int(r.split("|")[3])), 10); say("STOR new")
			r = reply()
			if r[:3] == "150": d.close(); r = reply()
		assert r[:3] == ("226" if n == 10 else r[:3]) and r[:3] in ("226", "425", "451"), r
		assert cmd("NOOP")[:3] == "200" and [x for x in names() if x[0] == "."] == []
		'
		unserve
	done
}

@test "a write that fails: 452, 552, 451, and the old content stays" {
	export FTP_PARTIAL=discard
	refuses write=ENOSPC:files 452 'STOR f' 'APPE f' 'STOR new' STOU
	refuses write=EDQUOT:files 552 'STOR f' 'APPE f' 'STOR new' STOU
	refuses write=EFBIG:files 552 'STOR f' 'APPE f' 'STOR new' STOU
	refuses write=EIO:files 451 'STOR f' 'APPE f' 'STOR new' STOU
}

@test "a name that cannot be given: the code of the reason, and the old content stays" {
	refuses linkat=ENOSPC 452 'STOR f' 'STOR new' STOU
	refuses linkat=EDQUOT 552 'STOR f' 'STOR new' STOU
	refuses linkat=EIO 451 'STOR f' 'STOR new' STOU
	refuses linkat=EROFS 550 'STOR f' 'STOR new' STOU
	refuses renameat=ENOSPC 452 'STOR f' 'RNTO g'
	refuses renameat=EDQUOT 552 'STOR f' 'RNTO g'
	refuses renameat=EIO 451 'STOR f' 'RNTO g'
	refuses renameat=EXDEV 550 'STOR f' 'RNTO g'
}

@test "data that cannot be cut, opened to others or brought to the disk is not stored" {
	refuses openat=EOPNOTSUPP:nameless,fchmod=EPERM 550 'STOR f' 'STOR new'
	export FTP_FSYNC=1
	refuses fdatasync=EIO 451 'STOR f' 'STOR new'
}

@test "a directory that cannot be brought to the disk is 451: 226 would not be true" {
	serve python3 "$DATA/refuse.py" fsync=EIO -- env FTP_FSYNC=1 ftp-session root
	upload_client 'assert put("STOR f", b"x") == "451 Local error." and names() == ["f"] and cmd("NOOP")[:3] == "200"'
}

@test "FTP_FSYNC=1 brings the directories that FTP_AUTOMKDIR makes to the disk too" {
	serve strace -f -y -o trace -e trace=fsync env FTP_FSYNC=1 FTP_AUTOMKDIR=1 ftp-session root
	upload_client 'assert put("STOR a/b/f", b"x")[:3] == "226"'
	run -0 sed -n 's/.*fsync([0-9]*<.*\/root\(.*\)>).*/root\1/p' trace
	assert_output $'root\nroot/a\nroot/a/b'
}

@test "what cannot be opened is 451, and 450 if it is always changing" {
	serve python3 "$DATA/refuse.py" openat=EMFILE:files -- ftp-session root
	upload_client 'assert refused("STOR f")[:3] == "451" and refused("STOR new")[:3] == "451"'
	unserve
	serve python3 "$DATA/refuse.py" openat=EDQUOT:files -- ftp-session root
	upload_client 'assert refused("STOR f")[:3] == "552" and refused("STOR new")[:3] == "552"'
	unserve
	serve python3 "$DATA/refuse.py" openat2=EAGAIN:files -- ftp-session root
	upload_client 'assert refused("STOR f") == "450 Busy, try again." and refused("RETR f")[:3] == "450"'
}

@test "what is renamed while it is looked for is looked for again, eight times" {
	for many in 7:213 8:450; do
		serve strace -f -qq -o trace -e inject=seccomp:error=ENOSYS -e inject="openat2:error=EAGAIN:when=1..${many%:*}" ftp-session root
		upload_client "r = cmd('SIZE f'); assert r[:3] == '${many#*:}' and cmd('SIZE f') == '213 3', r"
		unserve
	done
}

@test "DELE, RMD and MKD that fail have the code of the reason" {
	refuses unlinkat=EBUSY 550 'DELE f' 'RMD d'
	refuses unlinkat=ETXTBSY 450 'DELE f'
	refuses unlinkat=EIO 451 'DELE f' 'RMD d'
	refuses unlinkat=ENOTEMPTY 550 'RMD d'
	refuses mkdirat=ENOSPC 452 'MKD d'
	refuses mkdirat=EDQUOT 552 'MKD d'
}
