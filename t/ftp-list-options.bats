#!/usr/bin/env bats
# What LIST, NLST and STAT take before a path, and patterns: RFC 959 4.1.3.

setup() {
	load helper
	load ftp
	cp "$DATA/ftp-listings.py" prelude.py
	mkdir -p 'root/path with space' root/sub/deep root/empty
	echo x | tee 'root/path with space/file' root/b root/a root/.dot root/-la root/sub/one root/sub/two \
		root/sub/.dot 'root/[x]' root/x 'root/ lead' 'root/trail ' root/sub/deep/leaf >/dev/null
	printf '%0100d' 0 >root/a
	printf '%010d' 0 >root/x
	touch -d '2020-01-01' root/b
	touch -d '2021-01-01' root/a
	touch -d '2019-01-01' root/x
}

teardown() { unserve; }

@test "options before a path are options, and the rest is one path with its blanks" {
	serve ftp-session root
	run -0 client '
		inside = listing("LIST path with space"); assert inside[0].endswith(" file"), inside
		for o in ("-l", "-la1", "-la -F", "-l -a", "-l  -a", "-l --"):
		    assert listing("LIST %s path with space" % o)[-1] == inside[0], o
		    assert listing("LIST %s /path with space" % o)[-1] == inside[0], o
		    assert stat(o + " path with space")[-1] == inside[0], o
		assert listing("NLST -l path with space") == ["path with space/file"]
		assert listing("LIST -l /path with space/file")[0].endswith(" /path with space/file")
	'
}

@test "blanks at either end of a path are its own, and one at the end of the options is nothing" {
	serve ftp-session root
	run -0 client '
		all = listing("LIST"); assert len(all) > 5
		for q in ("LIST ", "LIST -l", "LIST -l ", "LIST -l  ", "LIST -l -- "): assert listing(q) == all, q
		assert listing("MLSD ") == listing("MLSD") and listing("NLST ") == listing("NLST")
		for n in (" lead", "trail "):
		    for q in ("NLST ", "NLST -a ", "NLST -- "): assert listing(q + n) == [n], q + n
		assert code("NLST lead") == code("NLST trail") == "550"
	'
}

@test "a name that begins with a dash is a path after -- or a slash, and a lone dash always" {
	serve ftp-session root
	run -0 client '
		assert listing("NLST -- -la") == ["-la"] and listing("NLST ./-la") == ["./-la"]
		assert "-la" in listing("NLST") and listing("NLST -l*") == ["-la"]
		assert code("NLST -") == code("NLST -- --") == code("NLST -x.y") == "550"
	'
}

@test "-a shows . and .. in LIST only, -A neither, -d the directory itself" {
	serve ftp-session root
	run -0 client '
		last = lambda c: [r.split(" ")[-1] for r in listing(c)]
		assert last("LIST -a sub") == [".", "..", ".dot", "deep", "one", "two"], last("LIST -a sub")
		assert last("LIST -A sub") == [".dot", "deep", "one", "two"] and last("LIST sub") == ["deep", "one", "two"]
		assert sorted(listing("NLST -a sub")) == ["sub/.dot", "sub/deep", "sub/one", "sub/two"]
		assert last("LIST -ld sub") == ["sub"] and last("LIST -d") == ["."] and last("LIST -d /") == ["/"]
		assert listing("LIST -d sub")[0][0] == "d" and listing("NLST -d sub") == ["sub"]
		assert last("LIST -d su*") == ["sub"]
	'
}

@test "LIST sorts bytewise, by time with -t, by size with -S, backwards with -r" {
	serve ftp-session root
	run -0 client '
		last = lambda c: [r.split(" ")[-1] for r in listing(c)]
		some = lambda c: [n for n in last(c) if n in ("a", "b", "x")]
		assert some("LIST") == ["a", "b", "x"] and some("LIST -r") == ["x", "b", "a"]
		assert last("LIST") == [r.split(" ")[-1] for r in stat(".")]
		assert some("LIST -lt") == ["a", "b", "x"] and some("LIST -ltr") == some("LIST -t -r") == ["x", "b", "a"]
		assert some("LIST -S") == ["a", "x", "b"] and some("LIST -rS") == ["b", "x", "a"]
		assert some("LIST -St") == ["a", "b", "x"] and some("LIST -tS") == ["a", "x", "b"]
		assert last("LIST -S [abx]") == ["a", "x", "b"] and last("LIST -r [abx]") == ["x", "b", "a"]
		assert [r.split(" ")[-1] for r in stat("-S [abx]")] == ["a", "x", "b"]
	'
}

@test "what exists under the very name comes before the pattern" {
	serve ftp-session root
	run -0 client '
		assert listing("NLST [x]") == ["[x]"] and listing("NLST [x]*") == ["x"]
		assert listing("NLST sub/[ot]*") in (["sub/one", "sub/two"], ["sub/two", "sub/one"])
		assert [r.split(" ")[-1] for r in listing("LIST sub/t?o")] == ["two"]
	'
}

@test "patterns are for the last component, without braces, and dots need a dot" {
	serve ftp-session root
	run -0 client '
		for p in ("s*/one", "*/*", "{a,b}", "sub/**/leaf", "none/*", "sub/z*", "*dot"):
		    assert code("NLST " + p) == code("LIST " + p) == "550", p
		assert cmd("NLST sub/z*") == cmd("LIST sub/z*") == "550 No files found."
		assert cmd("LIST s*/one") == "550 No such file or directory."
		assert stat("z*") == "550 No files found."
		assert listing("NLST .d*") == [".dot"] and listing("NLST sub/.*") == ["sub/.dot"]
		assert code("MLSD s*") == code("MLST s*") == "550"
	'
}

@test "MLSD and MLST take no options" {
	serve ftp-session root
	run -0 client '
		assert cmd("MLSD -a") == "550 No such file or directory." and cmd("MLSD -la") == "501 Not a directory."
		assert code("MLST -la") == "250" and code("MLST -a") == "550"
	'
}

@test "brackets without an end cost a pattern no more than other bytes" {
	mkdir many
	python3 -c 'for i in range(1500): open("many/" + "[" * 250 + "%04d" % i, "w")'
	serve ftp-session many
	run -0 client '
		began = time.time(); assert cmd("NLST *" + "[" * 120 + "q" + "[" * 100) == "550 No files found."
		assert time.time() - began < 2, time.time() - began
	'
}
