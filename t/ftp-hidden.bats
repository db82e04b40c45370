#!/usr/bin/env bats
# Names that are not for everybody: FTP_HIDE, FTP_DENY, FTP_LINKS, FTP_OWNER.

setup() {
	load helper
	load ftp
	cp "$DATA/ftp-listings.py" prelude.py
	mkdir -p root/dir root/.git root/keys
	echo x | tee root/plain root/.dot root/draft.bak root/id.key root/.secret.key root/dir/id.key \
		root/keys/file root/.git/config >/dev/null
}

teardown() { unserve; }

@test "names that begin with a dot are shown by -a, -A, a dot in the pattern, and MLSD" {
	serve ftp-session root
	run -0 client '
		seen = ["dir", "draft.bak", "id.key", "keys", "plain"]; dots = [".dot", ".git", ".secret.key"]
		assert names("NLST") == names("LIST") == seen
		assert names("NLST -a") == names("NLST -A") == names("LIST -A") == names("MLSD") == dots + seen
		assert names("NLST *.key") == ["id.key"] and names("NLST -a *.key") == ["id.key"]
		assert names("NLST .*.key") == names("NLST .s[e]*") == [".secret.key"]
		assert code("SIZE .dot") == "213"
	'
}

@test "FTP_HIDE names what LIST and NLST leave out, and nothing else" {
	serve env FTP_HIDE='*.bak,d?r k*' ftp-session root
	run -0 client '
		rest = [".dot", ".git", ".secret.key", "id.key", "plain"]
		assert names("NLST") == names("LIST") == rest, names("LIST")
		assert names("NLST -a") == sorted(rest + ["dir", "draft.bak", "keys"]) == names("MLSD")
		assert names("NLST d*") == "550" and names("NLST -a d*") == ["dir", "draft.bak"]
		assert names("NLST dir") == ["dir/id.key"] and code("SIZE draft.bak") == "213"
		assert sum("draft.bak" in names(c) for c in ("NLST draft.bak", "LIST draft.bak")) == 2
	'
}

@test "FTP_HIDE empty hides nothing, but no star stands for a first dot" {
	serve env FTP_HIDE= ftp-session root
	run -0 client '
		assert ".dot" in names("NLST") and "." not in names("LIST")
		assert names("NLST *t") == "550" and names("NLST *.bak") == ["draft.bak"]
	'
}

@test "FTP_DENY: such names are in no listing" {
	serve env FTP_DENY='*.key, .git keys' ftp-session root
	run -0 client '
		assert names("NLST -a") == names("LIST -A") == names("MLSD") == [".dot", "dir", "draft.bak", "plain"]
		assert names("NLST dir") == [] and names("NLST *.key") == names("NLST .*.key") == "550"
		assert names("NLST keys") == names("LIST dir/id.key") == names("MLSD .git") == "550"
		got = " ".join(stat("-a"))
		assert " .dot" in got and "key" not in got and ".git" not in got, got
	'
}

@test "FTP_DENY: using such a name is 550 as if it were missing, creating it 553" {
	serve env FTP_MODE=rw FTP_DENY='*.key, .git keys' ftp-session root
	run -0 client '
		for path in ("id.key", "keys/file", ".git", "dir/id.key", "dir/../keys", "/keys/./file"):
		    for verb in ("RETR", "SIZE", "MDTM", "MLST", "DELE", "RMD", "RNFR", "CWD", "STAT", "NLST", "SITE CHMOD 600"):
		        said = cmd(verb + " " + path)
		        missing = cmd(verb + " none")
		        assert said == missing and said[:3] == "550", (verb, path, said, missing)
		    assert code("MKD " + path) == "553" and code("STOR " + path) == "553" and code("STOU " + path) != "150"
		assert code("RNFR plain") == "350" and code("RNTO new.key") == "553"
		assert code("RNFR dir") == "350" and code("RNTO keys/dir") == "553"
	'
	assert_file_exists root/id.key root/keys/file root/plain
}

@test "FTP_DENY holds for a name as long as names get, and costs little" {
	python3 -c 'open("root/" + "a" * 255, "w")'
	serve env FTP_DENY="$(python3 -c 'print("*a" * 100 + "b")')" ftp-session root
	run -0 client '
		began = time.time(); assert names("NLST a*") == ["a" * 255]
		assert names("NLST " + "*a" * 127 + "b") == "550" == names("NLST " + "*a" * 127 + "c")
		assert code("NLST " + "*a" * 128) == code("NLST " + "*a" * 2000 + "c") == "553"
		assert time.time() - began < 5
	'
}

links() {
	ln -s plain root/to-file
	ln -s /dir root/to-dir
	ln -s nowhere root/to-nothing
	ln -s ../../../../etc/passwd root/to-outside
	ln -s ../plain root/dir/up
}

@test "FTP_LINKS=follow, the default: links are what they point to below the root" {
	links
	serve ftp-session root
	run -0 client '
		rows = {r.split(" ")[-1]: r[0] for r in listing("LIST")}
		assert rows["to-file"] == "-" and rows["to-dir"] == "d" and "to-nothing" not in rows and "to-outside" not in rows
		facts = {r.split("; ")[1]: r.split(";")[0] for r in listing("MLSD")}
		assert facts["to-file"] == "type=file" and facts["to-dir"] == "type=dir"
		assert "to-nothing" not in facts and "to-outside" not in facts
		cmd("OPTS MLST type;"); assert {r.split("; ")[1]: r.split(";")[0] for r in listing("MLSD")} == facts
		row, = listing("LIST to-file"); assert row[0] == "-" and row.endswith(" to-file")
		assert listing("LIST to-dir") == listing("LIST dir") and listing("LIST -d to-dir")[0][0] == "d"
		assert code("LIST to-nothing") == code("MLST to-outside") == "550" and code("SIZE to-dir/up") == "213"
	'
}

@test "FTP_LINKS=hide: links do not exist for any verb" {
	links
	serve env FTP_LINKS=hide FTP_MODE=rw ftp-session root
	run -0 client '
		assert not [n for q in ("LIST", "NLST -a", "MLSD", "NLST to*", "LIST t*") for n in names(q) if n.startswith("to-")]
		assert names("NLST dir") == ["dir/id.key"]
		cmd("OPTS MLST type;"); assert "to-file" not in names("MLSD")
		for path in ("to-file", "to-dir", "to-dir/id.key", "to-nothing", "dir/up"):
		    for verb in ("RETR", "SIZE", "MLST", "CWD", "LIST", "NLST", "MLSD", "DELE", "RMD", "RNFR", "MDTM", "STAT", "SITE CHMOD 600"):
		        r = cmd(verb + " " + path); assert r == cmd(verb + " none") and r[:3] == "550", (verb, path, r)
		    for verb in ("STOR", "MKD"): assert code(verb + " " + path) in ("550", "553"), (verb, path)
		assert code("SIZE plain") == "213"
	'
	assert_link_exists root/to-file
}

@test "FTP_LINKS=show: LIST has the arrow, MLSD and MLST the type, and they are followed" {
	links
	ln -s $'odd\ntarget' root/odd
	ln -s round root/round
	serve env FTP_LINKS=show FTP_MODE=rw ftp-session root
	run -0 client '
		rows = {r.split(" ", 1)[0][0] + r.split(":", 1)[-1].split(" ", 1)[-1] for r in listing("LIST")}
		for x in ("to-file -> plain", "to-dir -> /dir", "to-nothing -> nowhere", "odd -> odd?target"): assert "l" + x in rows, rows
		assert [r[0] for r in listing("LIST") if r.endswith(" -> plain")] == ["l"]
		for p in ("to-file -> plain", "to-nothing -> nowhere", "round -> round"):
		    row, = listing("LIST " + p.split(" ")[0]); assert row[0] == "l" and row.endswith(" " + p), row
		assert listing("LIST to-dir") == listing("LIST dir") and listing("LIST -d to-dir")[0].endswith(" to-dir -> /dir")
		facts = {r.split("; ")[1]: dict(f.split("=", 1) for f in r.split("; ")[0].split(";")) for r in listing("MLSD")}
		for n in ("to-file", "to-dir", "to-nothing"):
		    assert facts[n]["type"] == "OS.unix=symlink" and "size" not in facts[n]
		    say("MLST " + n); lines.readline(); assert b" type=OS.unix=symlink;modify=" == lines.readline()[:29]; reply()
		assert facts["to-file"]["perm"] == "adfrw" and facts["to-dir"]["perm"] == "cdeflmp" and facts["to-nothing"]["perm"] == "dfw"
		cmd("OPTS MLST type;"); assert "type=OS.unix=symlink; to-dir" in listing("MLSD")
		assert code("SIZE to-file") == "213" and code("CWD to-dir") == "250"
	'
}

@test "FTP_OWNER is in both columns, num the numbers, and two words are no owner" {
	chown 7:65534 root/plain
	serve env FTP_OWNER=nobody-at-all ftp-session root
	run -0 client 'assert listing("LIST plain")[0].startswith("-rw-r--r--   1 nobody-at-all nobody-at-all            2 ")'
	unserve
	serve env FTP_OWNER=num ftp-session root
	run -0 client 'assert listing("LIST plain")[0].startswith("-rw-r--r--   1 7        65534               2 ")'
	FTP_OWNER='a b' run -100 ftp-session root </dev/null
	assert_line --partial 'FTP_OWNER: not one word'
}
