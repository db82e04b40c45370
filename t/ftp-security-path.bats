#!/usr/bin/env bats
# What history taught about paths, names and files: traversal, links, patterns,
# control bytes, lengths, devices, modes.

setup() {
	load helper
	load ftp
	mkdir -p root/dir outside
	echo secret >outside/file
	echo inside >root/file
	ln -s ../outside root/out
	ln -s ../outside/file root/leak
	ln -s /etc root/dir/etc
	ln -s /file root/dir/absolute
	ln -s /proc/self/root root/dir/magic
	export FTP_MODE=rw
}
teardown() { unserve; }

@test "S5: neither dots nor links lead out of the root" {
	serve ftp-session root
	client '
		for path in ("../outside/file", "/../../outside/file", "dir/../../outside/file", "out/file", "leak", "dir/etc/passwd",
		    "dir/magic/etc/passwd", "/../etc/passwd", "../../../../../../../../etc/passwd", "/proc/self/environ"):
		    for verb in ("RETR", "SIZE", "MDTM", "MLST", "STAT", "NLST", "SITE CHMOD 777", "MFMT 20200101000000", "MFF UNIX.mode=0777;", "STOR", "APPE"):
		        if verb in ("STOR", "APPE") and path == "leak": continue
		        epsv(); assert cmd(verb + " " + path)[:3] == "550", (verb, path)
		for path in ("out", "dir/etc", "dir/magic", "dir/magic/etc"): assert cmd("CWD " + path)[:3] == "550", path
		assert cmd("CWD ../../..")[:3] == "250" and cmd("PWD").startswith("257 \"/\" ")
		assert fetch("RETR dir/absolute")[1] == b"inside\n"
	'
	assert_equal "$(cd outside && tree .) $(cat outside/file)" '644 ./file secret'
}

@test "S5: what the kernel calls a link and is none is not followed, though it be below the root" {
	serve env FTP_MODE=ro ftp-session /
	client '
		for link in ("exe", "root", "cwd", "fd/0"):
		    path = "/proc/self/" + link + {"root": "/etc/passwd", "cwd": "/outside/file"}.get(link, "")
		    for verb in ("RETR", "SIZE", "LIST"): epsv(); assert cmd(verb + " " + path) == "550 Too many links.", (verb, path)
	'
}

@test "S5: what changes a name changes a link and never what it leads to" {
	for n in 1 2 3; do ln -s ../outside/file "root/link$n"; done
	ln -s ../nowhere root/dangling
	serve ftp-session root
	client '
		assert cmd("DELE link1")[:3] == "250"
		cmd("RNFR file"); assert cmd("RNTO link2")[:3] == "250"
		assert store("STOR link3", b"new")[1][:3] == "226"
		assert cmd("MKD out/new")[:3] == "550" and cmd("RMD out")[:3] == "550"
		cmd("RNFR link2"); assert cmd("RNTO out/moved")[:3] == "550"
		assert store("STOR back", b"x")[1][:3] == "226"; cmd("RNFR back"); assert cmd("RNTO out")[:3] == "250"
		for name, to in ("dangling", "renamed"), ("renamed", "dir/moved"), ("leak", "dir/leak"):
		    assert cmd("RNFR " + name)[:3] == "350", name
		    assert cmd("RNTO " + to) == "250 Renamed.", name
	'
	assert_equal "$(readlink root/dir/moved root/dir/leak)" $'../nowhere\n../outside/file'
	assert_equal "$(cat root/link2 root/link3 root/out)" $'inside\nnewx'
	assert_equal "$(cd outside && tree .) $(cat outside/file)" '644 ./file secret'
}

@test "S5: a rename across devices is refused, not made a copy" {
	serve strace -f -qq -o trace -e inject=seccomp:error=ENOSYS -e inject=renameat,renameat2:error=EXDEV ftp-session root
	client '
		assert cmd("RNFR file")[:3] == "350" and cmd("RNTO dir/file") == "550 Cannot rename across devices."
	'
	assert_file_exists root/file
	assert_not_exists root/dir/file
}

@test "S6: patterns are of the last component, without braces, and cost no more than they are long" {
	mkdir -p root/x/y
	touch root/x/y/z 'root/{a,b}' root/a "root/$(printf 'a%.0s' {1..250})"
	serve ftp-session root
	client '
		for line in ("NLST */y", "NLST x/*/z", "NLST **/z", "LIST ?/y/z"): epsv(); assert cmd(line)[:3] == "550", line
		assert fetch("NLST {a,b}")[1] == b"{a,b}\r\n"; epsv(); assert cmd("NLST {a,none}*")[:3] == "550"
		began = time.time(); epsv(); assert cmd("NLST " + "*a" * 60 + "*b")[:3] == "550" and time.time() - began < 2
		assert len(fetch("NLST " + "*" * 200 + "a")[1].split()) == 2
		assert len(fetch("NLST " + "*" * 254 + "a")[1].split()) == 2; epsv(); assert cmd("NLST " + "*" * 255 + "a")[:3] == "553"
	'
}

@test "S7: a name with a control byte is not taken, nor shown as it is" {
	: >$'root/evil\r\nname' && : >$'root/tab\there' && : >$'root/del\x7f' && : >$'root/esc\e[2J'
	serve ftp-session root
	python3 - "$PORT" <<-'END'
		import socket, sys
		def session(*asked):
		    c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10); f = c.makefile("rb")
		    c.sendall(b"USER ftp\r\nPASS x\r\n" + b"".join(l + b"\r\n" for l in asked) + b"QUIT\r\n")
		    return [f.readline()[:3] for i in range(len(asked) + 4)][3:-1]
		for n in [*range(1, 10), 11, 12, 13, *range(14, 32), 127]:
		    got = session(*(v + b" a" + bytes([n]) + b"b" for v in (b"MKD", b"CWD", b"DELE", b"RETR", b"SIZE", b"MLST", b"RNFR")))
		    assert got == [b"553"] * 7, (n, got)
		assert session(b"MKD a\0b") == [b"501"]
	END
	client '
		for command in ("NLST", "MLSD"):
		    got = fetch(command)[1]; assert b"evil" not in got and b"tab" not in got and b"del" not in got and b"esc" not in got, command
		got = fetch("LIST")[1]; assert b" evil??name\r\n" in got and b" tab?here\r\n" in got and b" del?\r\n" in got and b" esc?[2J\r\n" in got
	'
	assert_equal "$(find root -maxdepth 1 -name 'a*')" ''
}

@test "S19: a path over its length is 553 wherever it is used, and the session goes on" {
	serve ftp-session root
	client '
		deep = "/".join(["d" * 200] * 15)
		for i in range(15): cmd("MKD " + "d" * 200); assert cmd("CWD " + "d" * 200)[:3] == "250"
		for verb in ("CWD", "MKD", "RMD", "DELE", "RETR", "SIZE", "MDTM", "MLST", "RNFR", "STOR", "LIST", "NLST", "STAT", "SITE CHMOD 600", "MFMT 20200101000000"):
		    assert cmd(verb + " " + "/".join(["e" * 200] * 7))[:3] == "553", verb
		    assert cmd(verb + " " + "f" * 4000)[:3] in ("553",), verb
		assert cmd("PWD").startswith("257 \"/%s\" " % deep) and cmd("NOOP")[:3] == "200"
	'
}

@test "S22: no file of the tree is obeyed, or read without being asked for" {
	printf 'deny all\n' | tee root/.ftpaccess root/dir/.htaccess root/.ftpusers root/.banner root/welcome.msg >/dev/null
	serve strace -f -qq -o trace -e inject=seccomp:error=ENOSYS -e trace=openat2,openat,open ftp-session root
	client '
		assert cmd("CWD dir") == "250 Directory changed to \"/dir\"." and cmd("CDUP")[:3] == "250" and fetch("RETR file")[1] == b"inside\n"
	'
	run -1 grep -E 'ftpaccess|htaccess|ftpusers|banner|welcome' trace
	run -0 grep -c '"file"' trace
}

@test "S28: neither SITE CHMOD nor MFF nor an upload sets set-id or sticky bits, nor makes programs" {
	serve env FTP_UMASK=0 ftp-session root
	client '
		assert store("STOR up", b"#!/bin/sh\n")[1][:3] == "226" and os.stat("root/up").st_mode & 0o7777 == 0o666
		for mode in ("4755", "2755", "1755", "7777"):
		    cmd("SITE CHMOD %s up" % mode); assert os.stat("root/up").st_mode & 0o7000 == 0, mode
		    cmd("MFF UNIX.mode=%s; up" % mode); assert os.stat("root/up").st_mode & 0o7000 == 0, mode
		    cmd("SITE UMASK %s" % mode)
		cmd("MKD made"); assert os.stat("root/made").st_mode & 0o7000 == 0
	'
}

@test "S29: a FIFO, a socket, a device is 550 at once" {
	mkfifo root/fifo
	python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("root/sock")'
	serve ftp-session root
	client '
		began = time.time()
		for name in ("fifo", "sock"):
		    for verb in ("RETR", "SIZE", "STOR", "APPE"): epsv(); assert cmd(verb + " " + name) == "550 Not a plain file.", (verb, name)
		    assert cmd("MLST " + name)[:3] == "550" and b"; " + name.encode() not in fetch("MLSD")[1]
		assert b"prw" in fetch("LIST")[1] and time.time() - began < 5
	'
}
