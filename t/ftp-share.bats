#!/usr/bin/env bats
# A file system that shares blocks between files: then even APPE is a new file.

setup() {
	load helper
	load upload
	mkdir root
	truncate -s 320M img
	mkfs.xfs -q -m reflink=1 img
	mount -o loop img root
	head -c 5000000 /dev/urandom >whole
	head -c 3000000 whole >root/f
	export FTP_MODE=rw
}
teardown() {
	unserve
	umount root
}

@test "APPE and REST beyond FTP_CLONE_MAX show nothing before all has come" {
	serve env FTP_CLONE_MAX=0 ftp-session root
	upload_client '
		whole = open("whole", "rb").read(); half = whole[:3000000]
		cut("APPE f", b"x" * 1000); assert content("f") == half
		d = begun("APPE f", whole[3000000:]); taken(2000000); assert content("f") == half
		d.close(); assert reply()[:3] == "226" and content("f") == whole
		d = begun("STOR f", b"end", rest=1000000); taken(3); assert content("f") == whole
		d.close(); assert reply()[:3] == "226" and content("f") == whole[:1000000] + b"end" and names() == ["f"]
	'
	run ! grep inplace log
}
