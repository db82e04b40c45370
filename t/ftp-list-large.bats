#!/usr/bin/env bats
# Directories of any size: bounded memory, the first byte at once, few calls.

setup() {
	load helper
	load ftp
	cp "$DATA/ftp-listings.py" prelude.py
	# In memory: a disk would take its time to make so many files.
	SHM=$(mktemp -d -p /dev/shm)
	ln -s "$SHM" root
}

teardown() {
	unserve
	rm -rf "$SHM"
}

# fill directory n: with n empty files, names of 31 bytes.
fill() {
	python3 -c 'import os, sys
os.mkdir(sys.argv[1])
for i in range(int(sys.argv[2])): os.close(os.open("%s/a-name-to-fill-the-arena-%06d" % (sys.argv[1], i), os.O_CREAT))' "$@"
}

@test "a directory too large to be sorted is listed all the same, every name once" {
	fill root/large 20000
	serve ftp-session root
	run -0 client '
		rows = [r.split(" ")[-1] for r in listing("LIST large")]
		assert len(rows) == len(set(rows)) == 20000
		assert sorted(listing("NLST large")) == ["large/" + n for n in sorted(rows)]
		assert len(listing("MLSD large")) == 20002
		assert len(listing("LIST -t large/a*1")) == 2000
		some = stat("large"); assert len(some) == 1001 and some[-1] == " (truncated)", some[-1]
	'
}

@test "what fits 256 KiB is sorted, and where that ends nothing is lost" {
	for n in 3900 4021 4022 4023 4093 4094 4095 4096 4097 4300; do
		fill "root/$n" "$n"
	done
	serve ftp-session root
	run -0 client '
		for n in os.listdir("root"):
		    rows = [r.split(" ")[-1] for r in listing("LIST " + n)]
		    assert len(rows) == int(n) and sorted(set(rows)) == sorted(rows)
		    if n == "3900": assert rows == sorted(rows)
	'
}

@test "listings of 100,000 entries begin before they end and take at most 2 MiB" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer takes memory of its own'
	fill root/large 100000
	serve ftp-session root
	run -0 client '
		for q in ("LIST", "MLSD", "NLST"):
		    d = data(q + " large"); assert reply()[:3] == "150"
		    # What the kernel holds for us is far less than all of it: it was not collected.
		    assert d.recv(1); say("STAT"); l = lines.readline()
		    while not l.startswith(b"211 "):
		        if b" Sending " in l: assert int(l.split()[1]) < 3000000, l
		        l = lines.readline()
		    got = 1 + len(read(d)); assert got > 3000000 and reply()[:3] == "226"; d.close(); assert len(listing(q + " large")) >= 100000
		for p in subprocess.check_output(["pgrep", "-P", sys.argv[2]]).split():
		    for q in [p] + subprocess.run(["pgrep", "-P", p], stdout=subprocess.PIPE).stdout.split():
		        status = open("/proc/%s/status" % q.decode()).read()
		        assert int(status.split("VmHWM:")[1].split()[0]) <= 2048, status
	'
}

@test "NLST asks for no status, nor does MLSD when the type alone is wanted" {
	mkdir root/dir
	touch root/dir/file-{1..9}
	serve strace -f -qq -e trace=newfstatat,statx,lstat,openat2 -o trace ftp-session root
	run -0 client '
		assert len(listing("NLST dir")) == 9; cmd("OPTS MLST type;"); assert len(listing("MLSD dir")) == 11
		assert "file-" not in open("trace").read()
		cmd("OPTS MLST type;size;"); assert len(listing("MLSD dir")) == 11
		assert len([l for l in open("trace") if "file-" in l]) == 9
	'
}

@test "ABOR is answered while thousands of names are passed over" {
	mkdir root/many
	python3 -c '
for i in range(20000): open("root/many/%s%05d" % ("a" * 200, i), "w").close()'
	serve env FTP_DENY="$(python3 -c 'print(",".join("*" + "a" * 100 + "b" for _ in range(9)))'),a*" ftp-session root
	run -0 client '
		d = data("NLST many"); assert reply()[:3] == "150"; began = time.time()
		say("ABOR"); assert reply()[:3] == "426" and reply()[:3] == "226"; assert time.time() - began < 1
		assert code("NOOP") == "200"
	'
}

@test "a directory that cannot be read to its end: STAT says truncated" {
	mkdir root/many
	python3 -c 'for i in range(3000): open("root/many/%s%04d" % ("n" * 250, i), "w").close()'
	serve strace -f -qq -o trace -e inject=seccomp:error=ENOSYS -e inject=getdents64:error=EIO:when=3+ ftp-session root
	run -0 client '
		got = stat("many"); assert got[-1] == " (truncated)" and 800 < len(got) < 1000, (len(got), got[-1:])
	'
}

@test "a directory that is removed while it is listed is 451, and what came of it is reset" {
	serve ftp-session root
	run -0 client '
		import shutil
		for command in ("NLST many", "MLSD many", "LIST many", "LIST many/*"):
		    os.mkdir("root/many")
		    for i in range(40000): open("root/many/%s%05d" % ("n" * 200, i), "w").close()
		    d = data(command); assert reply()[:3] == "150"; d.recv(1); shutil.rmtree("root/many")
		    try: got = len(read(d)); assert False, got
		    except ConnectionResetError: pass
		    assert reply() == "451 Local error.", command
		assert code("NOOP") == "200" and code("LIST many") == "550"
	'
}

@test "a directory of which nothing can be read is 451, not one that has no match" {
	mkdir root/d && touch root/d/f
	serve strace -f -qq -o trace -e inject=seccomp:error=ENOSYS -e inject=getdents64:error=ENOENT ftp-session root
	run -0 client '
		for x in ("LIST d", "LIST d/*", "NLST d/*", "STAT d/*"): epsv(); r = cmd(x); assert r == "451 Local error.", (x, r)
		for x in ("NLST d", "MLSD d"): d = data(x); assert reply()[:3] == "150" and reply() == "451 Local error.", x
	'
}
