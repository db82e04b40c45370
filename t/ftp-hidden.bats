#!/usr/bin/env bats
# Names that are not for everybody: FTP_HIDE, FTP_DENY, FTP_LINKS, FTP_OWNER.

setup() {
	load helper
	mkdir -p root/dir root/.git root/keys
	echo x | tee root/plain root/.dot root/draft.bak root/id.key root/.secret.key root/dir/id.key \
		root/keys/file root/.git/config >/dev/null
}

teardown() { unserve; }

# client code: Python after t/data/ftp-client.py and ftp-listings.py.
client() {
	# shellcheck disable=SC2001
	{ cat "$DATA/ftp-client.py" "$DATA/ftp-listings.py" && sed $'s/^\t\t//' <<<"$1"; } >client.py
	timeout 30 python3 client.py "$PORT"
}

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
