#!/usr/bin/env bats
# basic-ftp, the client of many a program in JavaScript. Run by make interop.

setup() {
	load ../helper
	load ../ftp-clients
	mkdir -p root 'tree/deep/ü x'
	head -c 3000000 /dev/urandom >tree/big
	printf 'note\n' >tree/deep/note
	: >'tree/deep/ü x/empty'
	export FTP_MODE=rw NODE_PATH=$HERE/../../.build/interop/node_modules
	serve_both ftp-session root
}
teardown() { unserve_both; }

@test "basic-ftp: trees, lists, sizes, restarts, appending, renaming, refusals" {
	works() {
		timeout 60 node "$HERE/basic-ftp.js" "$ADDRESS" "$PORT"
		diff -r tree back --exclude part
		cmp back/part tree/big
		cat tree/deep/note tree/deep/note | cmp - root/in/tree/deep/note
	}
	over_both works
}
