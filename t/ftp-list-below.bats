#!/usr/bin/env bats
# LIST -R and NLST -R, where FTP_LS_R allows them.

setup() {
	load helper
	load ftp
	cp "$DATA/ftp-listings.py" prelude.py
	mkdir -p root/a/b/c root/a/.hidden root/empty root/z
	touch root/top root/a/one root/a/b/two root/a/b/c/three root/a/.hidden/four root/z/five
	ln -s ../a root/z/loop
	ln -s a root/link
}

teardown() { unserve; }

@test "-R is ignored unless FTP_LS_R is 1" {
	serve ftp-session root
	run -0 client '
		assert listing("LIST -lR") == listing("LIST") and sorted(listing("NLST -R")) == ["a", "empty", "link", "top", "z"]
	'
}

@test "LIST -R shows each directory below under its name, and follows no link" {
	serve env FTP_LS_R=1 ftp-session root
	run -0 client '
		def groups(command):
		    "What stands under each heading."
		    found, rows = {}, listing(command)
		    for i, r in enumerate(rows):
		        if r.endswith(":") and (i == 0 or rows[i - 1] == ""): found[r] = here = []
		        elif r: here.append(r.split(" ")[-1])
		    return found
		root = ["a", "empty", "link", "top", "z"]
		below = {"a:": ["b", "one"], "a/b:": ["c", "two"], "a/b/c:": ["three"], "empty:": [], "z:": ["five", "loop"]}
		def under(p): return {p + k: v for k, v in below.items()}
		assert groups("LIST -R") == {".:": root, **under("./")}, groups("LIST -R")
		assert groups("LIST -lR /") == {"/:": root, **under("/")} and listing("LIST -R a/b/c") == ["a/b/c:", listing("LIST a/b/c")[0]]
		assert groups("LIST -R a") == {k: v for k, v in below.items() if k[0] == "a"}
		assert groups("LIST -AR a")["a/.hidden:"] == ["four"] and groups("LIST -aR a")["a/b:"] == [".", "..", "c", "two"]
		assert groups("LIST -Rr a")["a/b:"] == ["two", "c"]
		assert stat("-R .") == listing("LIST .") and listing("LIST -R *") == listing("LIST *")
	'
}

@test "NLST -R names everything below so that RETR takes it" {
	serve env FTP_LS_R=1 ftp-session root
	run -0 client '
		want = ["a", "a/b", "a/b/c", "a/b/c/three", "a/b/two", "a/one", "empty", "link", "top", "z", "z/five", "z/loop"]
		assert sorted(listing("NLST -R")) == want, listing("NLST -R")
		assert sorted(listing("NLST -R a/b")) == ["a/b/c", "a/b/c/three", "a/b/two"]
		assert all(code("RETR " + n) == "550" for n in ("a", "a/b")) and code("SIZE a/b/c/three") == "213"
	'
}

@test "LIST -R ends at 32 levels, and at names that are denied" {
	python3 -c 'import os
os.chdir("root/empty")
for i in range(40): os.mkdir("d"); os.chdir("d"); open("f%d" % i, "w")'
	mkdir root/no && touch root/no/inside
	serve env FTP_LS_R=1 FTP_DENY=no ftp-session root
	run -0 client '
		rows = listing("NLST -R empty"); assert len([r for r in rows if r.endswith("/d")]) == 33, len(rows)
		assert max(r.count("/") for r in rows) == 33 and not [r for r in listing("NLST -R") if "no" in r.split("/")]
	'
}

@test "LIST -R finds its way back out of a directory with a control byte in its name" {
	rm -r root && mkdir -p root/$'a\x01b'/c/d root/z/y
	serve env FTP_LS_R=1 ftp-session root
	run -0 client '
		want = [".:", "./a?b:", "./a?b/c:", "./a?b/c/d:", "./z:", "./z/y:"]
		for command in ("LIST -R", "LIST -aR"):
		    rows = listing(command); assert [r for r in rows if r.endswith(":")] == want, rows
	'
}

@test "a wide and deep tree is shown whole, in either form" {
	mkdir wide && (cd wide && for i in {1..300}; do echo "$i/sub"; done | xargs mkdir -p && seq -f '%g/f' 300 | xargs touch)
	serve env FTP_LS_R=1 ftp-session wide
	run -0 client '
		rows = listing("NLST -R"); assert len(rows) == len(set(rows)) == 900, len(rows)
		rows = listing("LIST -lR"); assert len([r for r in rows if r.endswith(":")]) == 601
		assert len([r for r in rows if r.endswith(" f")]) == 300 and rows.count("") == 600
	'
}

@test "a directory below that cannot be read is 451: what is missing is not empty" {
	# Two calls for the root, one for what is below it, and the next one is refused.
	serve strace -f -qq -o trace -e inject=seccomp:error=ENOSYS -e inject=getdents64:error=ENOENT:when=4 env FTP_LS_R=1 ftp-session root
	run -0 client '
		d = data("LIST -R"); assert reply()[:3] == "150"
		r = reply(); assert r == "451 Local error.", r
	'
}
