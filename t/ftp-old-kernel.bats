#!/usr/bin/env bats
# A kernel without openat2(2): the build in .build/*/probe is told there is none
# (t/probe/old.c). Paths are then walked component by component.

setup() {
	load helper
	mkdir -p root/sub
	echo data >root/sub/x
	ln -s sub root/link
	ln -s /etc root/etc
	export FTP_MODE=rw
	serve "${PROBE:-$BIN/../.build/probe}/old-ftp-session" root
}
teardown() { unserve; }

ftp() { curl -sS --max-time 15 --path-as-is "$@"; }

@test "files are read, written, replaced and appended" {
	run -0 ftp "ftp://127.0.0.1:$PORT/sub/x"
	assert_output data
	echo new >fresh
	ftp -T fresh "ftp://127.0.0.1:$PORT/sub/y"
	ftp -T fresh "ftp://127.0.0.1:$PORT/sub/y"
	ftp -a -T fresh "ftp://127.0.0.1:$PORT/sub/y"
	cat fresh fresh | cmp - root/sub/y
	run -0 ftp -l "ftp://127.0.0.1:$PORT/sub/"
	assert_line y
}

@test "symbolic links are refused, in and out of the root" {
	run ! ftp "ftp://127.0.0.1:$PORT/link/x"
	run ! ftp "ftp://127.0.0.1:$PORT/etc/passwd"
	run ! ftp "ftp://127.0.0.1:$PORT/../../etc/passwd"
}
