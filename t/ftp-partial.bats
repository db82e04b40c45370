#!/usr/bin/env bats
# What came of an upload that broke off: FTP_PARTIAL, and how it is continued.

setup() {
	load helper
	load upload
	mkdir root
	export FTP_MODE=rw
}
teardown() { unserve; }

@test "what came is kept, mode 0600, and only SIZE tells of it" {
	serve ftp-session root
	upload_client '
		cut("STOR big", b"x" * 5000)
		assert names() == [".ftp-part.big"] and os.stat("root/.ftp-part.big").st_mode & 0o777 == 0o600
		assert cmd("SIZE big") == "213 5000"
		for x in ("NLST -a", "LIST -a", "MLSD", "NLST *", "NLST .ftp*"):
			port = epsv(); r = cmd(x)
			if r[:3] == "150": assert b"ftp-" not in read(socket.create_connection(("127.0.0.1", port))); reply()
		for x in ("RETR big", "MDTM big", "MLST big", "DELE big", "RNFR big", "SIZE .ftp-part.big", "RETR .ftp-part.big",
		          "MLST .ftp-part.big", "DELE .ftp-part.big", "RNFR .ftp-part.big", "SITE CHMOD 644 .ftp-part.big",
		          "CWD .ftp-part.big", "MFMT 20200101000000 .ftp-part.big"):
			assert refused(x)[:3] == "550", x
		for x in ("STOR .ftp-part.big", "APPE .ftp-part.big", "MKD .ftp-x"): assert refused(x)[:3] == "553", x
	'
}

@test "STOR after REST continues it, as often as need be, and the whole takes its name" {
	serve ftp-session root
	upload_client '
		cut("STOR big", b"a" * 1000); cut("STOR big", b"b" * 1000, rest=1000)
		assert names() == [".ftp-part.big"] and cmd("SIZE big") == "213 2000"
		assert refused("STOR big", rest=2001)[:3] == "554" and cmd("SIZE big") == "213 2000"
		assert put("STOR big", b"c" * 10, rest=1500)[:3] == "226"
		assert names() == ["big"] and content("big") == b"a" * 1000 + b"b" * 500 + b"c" * 10
		assert os.stat("root/big").st_mode & 0o777 == 0o644
	'
}

@test "curl, by APPE, and lftp, by REST, go on where SIZE said" {
	serve ftp-session root
	head -c 300000 /dev/urandom >whole
	upload_client 'cut("STOR big", open("whole", "rb").read(100000)); cut("STOR whole", open("whole", "rb").read(100000))'
	curl -sS --max-time 10 -C - -T whole "ftp://127.0.0.1:$PORT/big"
	timeout 10 lftp -e 'set cmd:fail-exit yes; put -c whole; quit' "ftp://127.0.0.1:$PORT"
	cmp whole root/big
	cmp whole root/whole
	assert_equal "$(tree root)" $'644 ./big\n644 ./whole'
	assert_equal "$(grep -c 'put .*bytes=200000 .*code=226' log)" 2
}

@test "a target wins, unless the offset is the size of the partial and not its own" {
	serve ftp-session root
	printf 0123456789 >root/f
	upload_client '
		cut("STOR f", b"abcd"); assert content("f") == b"0123456789" and cmd("SIZE f") == "213 10"
		assert put("STOR f", b"X", rest=5)[:3] == "226" and content("f") == b"01234X" and names() == ["f"]
		cut("STOR f", b"z" * 20); assert put("STOR f", b"-", rest=5)[:3] == "226" and content("f") == b"01234-"
		cut("STOR f", b"abcd"); assert put("STOR f", b"X", rest=4)[:3] == "226"
		assert content("f") == b"abcdX" and names() == ["f"]
		cut("STOR f", b"abcde"); assert put("STOR f", b"Y", rest=5)[:3] == "226" and content("f") == b"abcdXY"
	'
}

@test "ABOR, a stall, too large a file and the end of the control connection keep it" {
	serve env FTP_STALL=1 FTP_MAXFILE=9000 ftp-session root
	upload_client '
		d = begun("STOR a", b"x" * 10); taken(10); say("ABOR"); assert reply()[:3] == "426" and reply()[:3] == "226"
		d = begun("STOR b", b"x" * 20); assert reply() == "426 Data connection timed out."
		d = begun("STOR c", b"x" * 9000); taken(9000); d.sendall(b"y"); assert reply()[:3] == "552"
		assert [cmd("SIZE " + x) for x in "abc"] == ["213 10", "213 20", "213 9000"]
		d = begun("STOR d", b"x" * 30); taken(30); c.close(); lines.close(); d.close()
	'
	until_true test -e root/.ftp-part.d
	assert_equal "$(cd root && echo .ftp*)" '.ftp-part.a .ftp-part.b .ftp-part.c .ftp-part.d'
	assert_equal "$(stat -c %s root/.ftp-part.d)" 30
}

@test "nothing is kept of nothing, of an APPE to a target, of a STOU, of a name too long" {
	serve ftp-session root
	printf old >root/log
	upload_client '
		cut("STOR empty"); cut("APPE log", b"x"); cut("APPE new", b"x"); cut("STOU cam", b"x")
		assert names() == ["log"] and content("log") == b"old", names()
		cut("STOR " + "n" * 246, b"x"); assert names() == ["log"]
		cut("STOR " + "n" * 245, b"x"); assert len(names()) == 2
		assert put("STOR " + "n" * 255, b"x")[:3] == "226"
	'
}

@test "an upload that begins again replaces it, and a complete one or DELE removes it" {
	serve ftp-session root
	upload_client '
		cut("STOR f", b"aaaa"); cut("STOR f", b"bb"); assert cmd("SIZE f") == "213 2"
		assert put("STOR f", b"ccc")[:3] == "226" and names() == ["f"]
		cut("STOR f", b"dd"); assert names() == [".ftp-part.f", "f"]
		assert cmd("DELE f")[:3] == "250" and names() == []
	'
}

@test "RMD removes a directory that is empty but for partials, and them, and no other" {
	mkdir root/d root/e
	serve ftp-session root
	upload_client '
		cut("STOR d/big", b"x" * 5000); cut("STOR e/big", b"x" * 5000); assert put("STOR e/one", b"x")[:3] == "226"
		assert names() == ["d", "e"] and os.listdir("root/d") == [".ftp-part.big"]
		assert cmd("RMD d")[:3] == "250" and names() == ["e"]
		assert cmd("RMD e") == "550 Directory not empty." and sorted(os.listdir("root/e")) == [".ftp-part.big", "one"]
		assert cmd("DELE e/one")[:3] == "250" and cmd("SITE RMDIR e")[:3] == "250" and names() == []
	'
}

@test "a complete one removes it too if the program takes or refuses that" {
	serve env FTP_KEEP=0 ftp-session root sh -c 'exit "$(cat verdict)"'
	upload_client '
		for verdict in 0, 99, 100, 111:
		    open("verdict", "w").write(str(verdict))
		    cut("STOR f", b"aaaa"); assert cmd("SIZE f") == "213 4"
		    assert put("STOR f", b"bb")[0] in "245" and cmd("SIZE f")[:3] == "550" and names() == [], verdict
	'
}

@test "of two sessions that continue it one does" {
	serve ftp-session root
	upload_client '
		cut("STOR f", b"aaaa")
		d = begun("STOR f", b"1", rest=4); taken(1)
		first, firstlines = c, lines
		c = socket.create_connection(("127.0.0.1", int(sys.argv[1]))); lines = c.makefile("rb")
		reply(); cmd("USER ftp"); cmd("PASS x")
		assert cmd("SIZE f")[:3] == "550" and refused("STOR f", rest=4)[:3] == "554"
		d.close(); lines = firstlines; assert reply()[:3] == "226"
		assert content("f") == b"aaaa1" and names() == ["f"]
	'
}

@test "a restart without a data connection leaves it as it was" {
	serve ftp-session root
	upload_client '
		cut("STOR f", b"aaaa"); cmd("REST 2"); assert cmd("STOR f")[:3] == "425"
		assert cmd("SIZE f") == "213 4"
		cut("STOR f", rest=2); assert cmd("SIZE f") == "213 4"
	'
}

@test "FTP_PARTIAL=discard keeps nothing, and neither do ro, drop, worm and append" {
	local mode
	for mode in rw:discard drop:keep worm:keep append:keep; do
		serve env FTP_MODE="${mode%:*}" FTP_PARTIAL="${mode#*:}" ftp-session root
		upload_client 'cut("STOR f", b"aaaa"); assert cmd("SIZE f")[:3] == "550" and names() == []'
		unserve
	done
	echo x >root/.ftp-part.f
	serve env FTP_MODE=ro ftp-session root
	upload_client 'assert cmd("SIZE f")[:3] == "550"'
}

@test "what is older than FTP_PARTIAL_AGE is removed when its name is used" {
	serve env FTP_PARTIAL_AGE=2h ftp-session root
	for f in size stor new; do echo x >"root/.ftp-part.$f"; done
	touch -d '3 hours ago' root/.ftp-part.{size,stor}
	upload_client '
		r = cmd("SIZE size"), refused("STOR stor", rest=1); assert [x[:3] for x in r] == ["550", "554"], (r, names())
		assert cmd("SIZE new") == "213 2" and names() == [".ftp-part.new"]
	'
}

@test "temporary files of sessions that were killed are removed when they are old" {
	serve ftp-session root
	touch -d '8 days ago' root/.ftp-1-abc root/.ftp-stou.f root/.ftp-part.old
	touch -d '6 days ago' root/.ftp-2-abc
	# These are not among the names that a session makes.
	touch -d '8 days ago' root/.ftp-bookmarks root/.ftp-1-xyz root/.ftp-1 root/.ftp-
	ln -s /etc/passwd root/.ftp-link
	touch -hd '8 days ago' root/.ftp-link
	upload_client 'cut("STOR f", b"x"); cut("STOR f", b"y", rest=1)'
	assert_equal "$(cd root && echo .ftp*)" '.ftp- .ftp-1 .ftp-1-xyz .ftp-2-abc .ftp-bookmarks .ftp-link .ftp-part.f'
}

@test "what a session may still be writing is not removed for two days, however soon partials are" {
	serve env FTP_PARTIAL_AGE=30 ftp-session root
	touch -d '47 hours ago' root/.ftp-1-abc root/.ftp-stou.f
	touch -d '49 hours ago' root/.ftp-2-abc root/.ftp-stou.g
	touch -d '1 minute ago' root/.ftp-part.old
	upload_client 'cut("STOR f", b"x"); cut("STOR f", b"y", rest=1)'
	assert_equal "$(cd root && echo .ftp*)" '.ftp-1-abc .ftp-part.f .ftp-stou.f'
}

@test "what another user put there, or another name of a file, is no partial" {
	serve ftp-session root
	echo secret >precious
	ln precious root/.ftp-part.a
	ln -s ../precious root/.ftp-part.b
	echo theirs >root/.ftp-part.c
	chown 12345 root/.ftp-part.c
	upload_client '
		for x in "abc": assert cmd("SIZE " + x)[:3] == "550" and refused("STOR " + x, rest=1)[:3] == "554"
		for x in "abc": assert refused("APPE " + x)[:3] == "150"; break
	'
	assert_equal "$(cat precious)" secret
}

@test "FTP_OVERWRITE=rename and no replace nothing when a partial is completed" {
	local policy
	for policy in rename no; do
		rm -rf root && mkdir root
		serve env FTP_OVERWRITE="$policy" ftp-session root
		upload_client 'cut("STOR f", b"aaaa")'
		printf later >root/f
		export policy
		upload_client '
		if os.environ["policy"] == "no": assert refused("STOR f", rest=4)[:3] == "553"
		else: assert put("STOR f", b"b", rest=4)[:3] == "226" and content("f.1") == b"aaaab"
		'
		assert_equal "$(cat root/f)" later
		unserve
	done
}
