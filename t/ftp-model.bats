#!/usr/bin/env bats
# Uploads at random against a model of what they come to: t/data/upload-model.py.
# A failure names its seed, with which it can be had again.

setup() {
	load helper
	load ftp
	cp "$DATA/upload-model.py" prelude.py
	export FTP_MODE=rw FTP_EOF_WAIT=0 STEPS=250
}
teardown() { unserve; }

# agree NAME=value...: with these policies, ftp-session and the model.
agree() {
	local policy
	rm -rf root && mkdir root
	for policy in "$@"; do export "${policy?}"; done
	serve ftp-session root
	client ''
	unserve
}

@test "what uploads come to, whole and broken off, is what the rules say: replaced, refused, numbered" {
	for over in replace no rename; do agree FTP_OVERWRITE="$over"; done
}

@test "the same where nothing is kept of what broke off" {
	for over in replace rename; do agree FTP_PARTIAL=discard FTP_OVERWRITE="$over"; done
}

@test "the same where the target itself is written" {
	for over in replace no rename; do agree FTP_ATOMIC=0 FTP_OVERWRITE="$over"; done
	agree FTP_ATOMIC=0 FTP_PARTIAL=discard FTP_OVERWRITE=replace
}
