#!/usr/bin/env bats
# One listener for both families: an IPv4 client arrives as ::ffff:a.b.c.d, and
# is an IPv4 client.

setup() {
	load helper
	load ftp
	mkdir root
	printf 'hello' >root/file
	PORT=$(free_port)
	cat >dual.py <<-'END'
		import os, socket, sys
		l = socket.create_server(("::", int(sys.argv[1])), family=socket.AF_INET6, dualstack_ipv6=True)
		while True:
		    c = l.accept()[0]
		    if os.fork() == 0: os.dup2(c.fileno(), 0); os.dup2(c.fileno(), 1); os.execvp("ftp-session", ["ftp-session", "root"])
		    c.close()
	END
	python3 dual.py "$PORT" 2>log 3>&- 4>&- &
	# shellcheck disable=SC2034 # unserve uses it
	SERVER=$!
	until_true listening "$PORT"
}
teardown() { unserve; }

@test "PASV, EPSV, PORT and EPRT are those of IPv4" {
	client '
		assert cmd("PASV").startswith("227 Entering Passive Mode (127,0,0,1,") and cmd("EPSV 2")[:3] == "522"
		assert fetch("RETR file")[1] == b"hello"
		l = active(); assert cmd("RETR file")[:3] == "150" and read(l.accept()[0]) == b"hello" and reply()[:3] == "226"
	'
	curl -sS -P - "ftp://[::1]:$PORT/file" | cmp - root/file
	run -0 grep -c ' connect .*ip=127.0.0.1 ' log
}

@test "EPRT takes our address in the mapped notations too, and no other" {
	client '
		for line, code in (("EPRT |1|127.0.0.1|5000|", "200"), ("EPRT |2|::ffff:127.0.0.1|5000|", "200"), ("EPRT |2|::FFFF:7f00:1|5000|", "200"),
		    ("EPRT |2|::ffff:127.0.0.2|5000|", "500"), ("EPRT |2|::ffff:7f00:2|5000|", "500"), ("EPRT |1|::ffff:127.0.0.1|5000|", "501"),
		    ("EPRT |2|127.0.0.1|5000|", "501"), ("EPRT |2|::1|5000|", "522"), ("EPRT |2|::ffff:127.0.0.1x|5000|", "501"), ("EPRT |2|fe80::1%lo|5000|", "501")):
		    assert cmd(line)[:3] == code, line
	'
}
