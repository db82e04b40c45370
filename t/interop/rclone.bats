#!/usr/bin/env bats
# rclone's ftp backend: copy, check, move, purge. Run by make interop.

setup() {
	load ../helper
	load ../ftp-clients
	load ../tls
	DATA=$HERE/../data
	mkdir -p root tree/deep/er
	python3 "$DATA/odd-names.py" tree/odd 400
	head -c 3000000 /dev/urandom >tree/deep/er/big
	: >tree/empty
	export FTP_MODE=rw HOME=$PWD RCLONE_CONFIG=$PWD/none
}
teardown() { unserve_both; }

rcl() { timeout 120 rclone -q --retries 1 --low-level-retries 1 "$@"; }

# works option: all of it, by a remote with this option more
works() {
	local host=${URL#ftp://} pass
	pass=$(rclone obscure x)
	local remote=":ftp,host='${host%:*}',port=$PORT,user=ftp,pass=$pass,encoding=Slash$1:"
	rcl copy tree "${remote}in"
	rcl check --download tree "${remote}in"
	rcl copy "${remote}in" back
	diff -r tree back
	python3 "$DATA/odd-names.py" tree >want
	python3 "$DATA/odd-names.py" root/in | diff want -
	python3 "$DATA/odd-names.py" back | diff want -
	# Nothing is sent twice: sizes and times are seen to be the same.
	: >log
	rcl copy tree "${remote}in"
	run ! grep ' put ' log
	rcl moveto "${remote}in/deep/er/big" "${remote}in/moved"
	cmp root/in/moved tree/deep/er/big
	run -0 rcl lsf "${remote}in/deep"
	assert_output 'er/'
	rcl cat --offset 2999990 "${remote}in/moved" | cmp - <(tail -c 10 tree/deep/er/big)
	rcl purge "${remote}in/odd"
	assert_not_exists root/in/odd
	run ! rcl lsf "${remote}none"
}

@test "rclone copies a tree there and back, checks it, moves, and removes it" {
	serve_both ftp-session root
	over_both works ''
}

@test "rclone does the same with AUTH TLS" {
	certificate localhost
	export SSL_CERT_FILE=$PWD/localhost.pem TLS_CERT=$PWD/localhost.pem TLS_KEY=$PWD/localhost.key FTP_TLS=required
	serve_both tls-session ftp-session root
	over_both works ,explicit_tls=true
}
