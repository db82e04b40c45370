#!/usr/bin/env bats
# What history taught about rights, programs, drop boxes and logs.

setup() {
	load helper
	load ftp
	mkdir -p root/dir
	printf 'hello\n' >root/file
}
teardown() { unserve; }

@test "S21: in a read-only session nothing changes, whoever is logged in" {
	serve ftp-session root
	find root -printf '%p %m %T@ %s\n' | sort >before
	client '
		for line in ("STOR x", "STOU", "STOU x", "APPE file", "DELE file", "RNFR file", "RMD dir", "MKD x", "XMKD x", "XRMD dir",
		    "MFMT 20200101000000 file", "MDTM 20200101000000 file", "SITE CHMOD 600 file", "SITE UTIME 20200101000000 file",
		    "MFF modify=20200101000000; file", "SITE COPY file x", "SITE CPFR file", "SITE MKDIR x", "SITE RMDIR dir", "SITE SYMLINK file x"):
		    epsv(); assert cmd(line)[:3] in ("500", "502", "550"), line
	'
	find root -printf '%p %m %T@ %s\n' | sort | diff before -
}

@test "S23: no command of a client starts a program" {
	serve strace -f -qq -o trace -e inject=seccomp:error=ENOSYS -e trace=execve,execveat env FTP_MODE=rw ftp-session root
	client '
		for line in ("SITE EXEC touch x", "SITE exec /bin/sh", "SITE CHOWN root file", "SITE CHGRP root file", "SITE UNPACK file", "SITE SHELL id"):
		    assert cmd(line) == "500 Unknown SITE command.", line
		for line in ("RETR |touch x", "RETR file|touch x", "LIST `touch x`", "LIST $(touch x)", "NLST ;touch x", "RETR file.tar.gz", "RETR dir.tar"):
		    epsv(); assert cmd(line)[:3] == "550", line
		assert store("STOR |touch x", b"")[1][:3] == "226" and os.path.exists("root/|touch x")
	'
	# tcpserver's env, and env's ftp-session.
	assert_equal "$(grep -c 'exec' trace)" "$(grep -c -e '"env"' -e '/env"' -e '/ftp-session"' trace)"
	assert_not_exists x
}

@test "S23: the program gets the operator's arguments, and the name only as a value" {
	printf '#!/bin/sh\nprintf "%%s\\n" "$#" "$@" "$FTP_PATH" >seen\n' >hook
	chmod +x hook
	serve env FTP_MODE=rw ftp-session root ./hook one
	client '
		assert store("STOR $(touch pwned);`touch pwned`|touch pwned", b"x")[1][:3] == "226"
	'
	assert_equal "$(cat seen)" $'1\none\n/$(touch pwned);`touch pwned`|touch pwned'
	assert_equal "$(find . -name pwned)" ''
}

@test "S24: what is dropped is not listed, not served, not changed, and nobody else's to read" {
	serve env FTP_MODE=drop FTP_UMASK=0 ftp-session root
	client '
		assert store("STOR warez", b"1")[1][:3] == "226" and store("STOR warez", b"2")[1][:3] == "226"
		for command in ("LIST", "NLST", "MLSD", "LIST -a", "NLST *"): assert fetch(command)[1] == b"", command
		assert len(whole("STAT warez")) == len(whole("STAT .")) == 2
		for verb in ("RETR", "SIZE", "MDTM", "MLST", "DELE", "RNFR", "SITE CHMOD 644", "HASH", "MFMT 20200101000000"):
		    for name in ("warez", "file", "none"):
		        epsv(); r = cmd(verb + " " + name); assert r[:3] in ("550", "502"), (verb, name, r)
		cmd("REST 1"); epsv(); assert cmd("STOR warez")[:3] == "550"
	'
	assert_equal "$(cat root/warez)" 1
	assert_equal "$(find root -name 'warez*' -printf '%m\n' | sort -u)" 600
}

@test "S25: each failed login is one line with the address, and costs time" {
	serve env FTP_ANON=0 ftp-session root
	python3 - "$PORT" <<-'END'
		import socket, sys, time
		c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10); f = c.makefile("rb"); began = time.time()
		c.sendall(b"USER a\r\nPASS secret1\r\nUSER b\r\nPASS secret2\r\nUSER c\r\nPASS secret3\r\nUSER d\r\nPASS secret4\r\n")
		got = [l[:3] for l in f]; assert got[-1] == b"421" and got.count(b"530") == 2, got
		assert time.time() - began >= 3
	END
	run -0 grep -cE '^ftp-session: loginfail .*ip=127\.0\.0\.1 ' log
	assert_output 3
	run ! grep secret log
}

@test "S27: SIZE in ASCII counts what is small and refuses what is large" {
	python3 -c 'open("root/lines", "wb").write(b"\n" * 1048576)'
	truncate -s 1048577 root/large
	truncate -s 6G root/huge
	serve env FTP_ASCII=1 ftp-session root
	client '
		cmd("TYPE A"); assert cmd("SIZE lines") == "213 2097152"
		assert cmd("SIZE large") == cmd("SIZE huge") == "550 SIZE not allowed in ASCII mode."
		cmd("TYPE I"); assert cmd("SIZE huge") == "213 6442450944"
	'
}

@test "S30: what a client names cannot make a line of the log, nor a word of one" {
	serve env FTP_MODE=rw FTP_ANON=0 ftp-session root
	python3 - "$PORT" <<-'END'
		import socket, sys
		c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10); f = c.makefile("rb")
		c.sendall(b"USER a ip=192.0.2.66\rftp-session: loginfail ip=192.0.2.66\r\nPASS x\r\nQUIT\r\n"); f.read()
	END
	unserve
	serve env FTP_MODE=rw ftp-session root
	client '
		assert store("STOR x ip=192.0.2.66 %0aftp-session: \xe9\"", b"x")[1][:3] == "226"
		cmd("MKD d ip=192.0.2.66"); cmd("RNFR file"); cmd("RNTO to ip=192.0.2.66"); cmd("DELE to ip=192.0.2.66")
	'
	run -0 grep -c '' log
	all=$output
	run -0 grep -cE '^ftp-session: [a-z-]+ pid=[0-9]+ ip=127\.0\.0\.1 port=[0-9]+ user=[^ ]+( [a-z0-9]+=[!-~]*)*$' log
	assert_output "$all"
	run ! grep ' ip=192' log
	run -0 grep -c 'path=/x%20ip=192.0.2.66%20%250aftp-session:%20%E9%22 ' log
	assert_output 1
}
