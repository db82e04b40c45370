#!/usr/bin/env bats
# basic-ftp, the client of many a program in JavaScript. Run by make interop.

setup() {
	load ../helper
	load ../ftp-clients
	load ../tls
	mkdir -p root 'tree/deep/ü x'
	head -c 3000000 /dev/urandom >tree/big
	printf 'note\n' >tree/deep/note
	: >'tree/deep/ü x/empty'
	export FTP_MODE=rw NODE_PATH=$HERE/../../.build/interop/node_modules
}
teardown() { unserve_both; }

# works [explicit|implicit]: all the script does, and what it left is right
works() {
	timeout 60 node "$HERE/basic-ftp.js" "$ADDRESS" "$PORT" "$@"
	diff -r tree back --exclude part
	cmp back/part tree/big
	cat tree/deep/note tree/deep/note | cmp - root/in/tree/deep/note
}

# in_tls: with a certificate, where nothing goes without TLS and each data connection resumes.
# No file is empty: where a session resumes basic-ftp takes its old cipher for a handshake
# that is done, and ends an empty upload before it is; to a server that is a cut connection.
in_tls() {
	echo 'no more' >'tree/deep/ü x/empty'
	certificate localhost
	export TLS_CERT=$PWD/localhost.pem TLS_KEY=$PWD/localhost.key FTP_TLS=required FTP_TLS_DATA=resume
}

@test "basic-ftp: trees, lists, sizes, restarts, appending, renaming, refusals" {
	serve_both ftp-session root
	over_both works
}

@test "basic-ftp: the same with AUTH TLS" {
	in_tls
	serve_both tls-session ftp-session root
	over_both works explicit
}

@test "basic-ftp: the same with implicit TLS" {
	in_tls
	serve_both tls-session -i ftp-session root
	over_both works implicit
}
