#!/usr/bin/env bats
# Two sessions and one name: what was acknowledged is not lost, nor mixed.

setup() {
	load helper
	load upload
	mkdir root
	printf 0123 >root/f
	export FTP_MODE=rw
}
teardown() { unserve; }

# second(code): the words of the replies that another session prints.
TWO='
def second(code): return subprocess.run([sys.executable, "-c", open("two.py").read() + code, sys.argv[1]],
    capture_output=True, text=True, timeout=15).stdout.split()
'
two() {
	upload_client '' && cp client.py two.py
	upload_client "$TWO$1"
}

additions() {
	two '
		before = content("f"); d = begun("APPE f")
		assert second("print(refused(\"APPE f\"))") == ["450", "Busy,", "try", "again."]
		d.sendall(b"one"); d.close(); assert reply()[:3] == "226" and content("f") == before + b"one"
		assert second("print(put(\"APPE f\", b\"two\"))")[0] == "226" and content("f") == before + b"onetwo"
		d = begun("APPE f", b"gone"); taken(4)
		assert second("print(refused(\"STOR f\", rest=%d))" % len(before + b"onetwo"))[0] == "450"
		d.close(); assert reply()[:3] == "226"
	'
}

@test "while an APPE runs, in append too, another to that file is 450 and changes nothing" {
	for mode in append rw; do
		serve env FTP_MODE="$mode" ftp-session root
		additions
		unserve
	done
}

@test "an APPE that a program is to see, and one to a new name, lose none that was acknowledged" {
	serve ftp-session root true
	two '
		d = begun("APPE f", b"one")
		assert second("print(refused(\"APPE f\"))")[0] == "450"
		d.close(); assert reply()[:3] == "226" and content("f") == b"0123one"
		d = begun("APPE new", b"one")
		assert second("print(put(\"APPE new\", b\"two\"))")[0] == "226"
		d.close(); assert reply() == "450 Busy, try again." and content("new") == b"two"
	'
}

@test "with FTP_ATOMIC=0 one session at a time writes to a name, and none removes the file of another" {
	serve env FTP_ATOMIC=0 FTP_PARTIAL=discard ftp-session root
	two '
		d = begun("STOR x", b"one"); taken(3)
		assert second("print(refused(\"STOR x\"))")[0] == "450"
		assert second("cmd(\"RNFR f\"); print(cmd(\"RNTO x\"))")[0] == "250"
		d.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)); d.close()
		assert reply()[:3] == "426" and content("x") == b"0123"
	'
}
