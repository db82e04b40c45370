#!/usr/bin/env bats
# The perm fact tells the truth: RFC 3659 7.5.5.

setup() {
	load helper
	chmod 755 "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR" "$BATS_SUITE_TMPDIR" 2>/dev/null || true
	mkdir -p root/open root/sticky root/closed root/blind
	echo x | tee root/open/mine root/open/theirs root/open/unread root/sticky/mine root/sticky/theirs root/closed/file >/dev/null
	chmod 777 root/open
	chmod 1777 root/sticky
	chmod 311 root/blind
	chmod 600 root/open/unread
	chown 65534:65534 root/open/mine root/sticky/mine root/blind
	cp "$BIN/ftp-session" .
}

# perms [VAR=value...] -- path...: the perm facts, as nobody, one a line.
perms() {
	local -a vars=() lines=()
	while [ "$1" != -- ]; do
		vars+=("$1")
		shift
	done
	shift
	local p
	for p; do lines+=("MLST $p"); done
	talk setpriv --reuid=65534 --regid=65534 --clear-groups env "${vars[@]}" ./ftp-session root -- \
		'USER ftp' 'PASS x' 'OPTS MLST perm;' "${lines[@]}" QUIT | sed -n 's/^ perm=\([a-z]*\); .*/\1/p' | tr '\n' ' '
}

@test "read only: what may be entered, listed and read" {
	assert_equal "$(perms -- open blind open/theirs open/unread)" 'el e r  '
}

@test "rw: the modes of the file and of its directory decide" {
	assert_equal "$(perms FTP_MODE=rw -- open closed blind)" 'celmp el cemp '
	assert_equal "$(perms FTP_MODE=rw -- open/mine open/theirs closed/file)" 'adfrw dfrw r '
	assert_equal "$(perms FTP_MODE=rw -- sticky/mine sticky/theirs)" 'adfrw r '
}

@test "policies take letters away" {
	assert_equal "$(perms FTP_MODE=rw FTP_DELETE=0 -- open open/mine)" 'celm afrw '
	assert_equal "$(perms FTP_MODE=rw FTP_RENAME=0 -- open/mine)" 'adrw '
	assert_equal "$(perms FTP_MODE=rw FTP_OVERWRITE=no -- open/mine)" 'dfr '
	assert_equal "$(perms FTP_MODE=worm -- open open/mine)" 'celm r '
	assert_equal "$(perms FTP_MODE=append -- open open/mine open/theirs)" 'celm ar r '
}

@test "what perm grants works, and what it does not grant is refused" {
	talk setpriv --reuid=65534 --regid=65534 --clear-groups env FTP_MODE=rw ./ftp-session root -- \
		'USER ftp' 'PASS x' 'DELE sticky/theirs' 'DELE closed/file' 'MKD closed/d' 'DELE open/theirs' 'MKD open/d' \
		'RNFR sticky/mine' 'RNTO open/moved' QUIT
	assert_equal "$(codes)" '220 331 230 550 550 550 250 257 350 250 221 '
}

@test "a directory that may not be read is 550 before 150" {
	mkdir root/secret && chmod 711 root/secret
	talk setpriv --reuid=65534 --regid=65534 --clear-groups ./ftp-session root -- 'USER ftp' 'PASS x' \
		'LIST secret' 'NLST secret' 'MLSD secret' 'STAT secret' QUIT
	assert_equal "$(codes)" '220 331 230 550 550 550 550 221 '
	run -0 grep -ac '^550 Permission denied' got
	assert_output 4
}
