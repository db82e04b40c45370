#!/usr/bin/env bats
# nodemailer, the client of most programs in JavaScript. Run by make interop.

setup() {
	load ../helper
	load ../mail
	load ../tls
	export NODE_PATH=$HERE/../../.build/interop/node_modules
	head -c 300000 /dev/urandom >photo.jpg
}
teardown() { unserve_both; }

# works [starttls|tls]: all the script does, and what arrived is what it gave
works() {
	local f same=0
	run -0 timeout 60 node "$HERE/nodemailer.js" "$ADDRESS" "$PORT" "$@"
	assert_output 'done'
	assert_equal "$(find Maildir/new -type f | wc -l)" 65
	for f in Maildir/new/*; do
		[ $# -eq 0 ] || grep -q 'S (TLSv1.3' "$f"
		bare "$f" >kept
		! cmp -s kept given || same=$((same + 1))
		! grep -q '^Content-Type: multipart' kept || { mkdir -p out && mime-unpack -d out <kept >/dev/null; }
	done
	assert_equal "$same" 3
	cmp out/photo.jpg photo.jpg
	assert_equal "$(sed -n 's/^Subject: pool //p' Maildir/new/* | sort -n | xargs)" "$(seq -s ' ' 0 59)"
	rm -r out Maildir/new/*
}

no_trouble() { run ! grep -E 'ev=(abort|lost-reply|err)' log; }

@test "nodemailer: attachments, raw messages, refusals, UTF-8 addresses, a pool of connections" {
	serve_mail
	over_both works
	no_trouble
}

@test "nodemailer: the same with STARTTLS" {
	certificate localhost
	export TLS_CERT=$PWD/localhost.pem TLS_KEY=$PWD/localhost.key SMTP_TLS=require
	BEFORE=tls-session serve_mail
	over_both works starttls
	no_trouble
}

@test "nodemailer: the same with TLS from the start" {
	certificate localhost
	export TLS_CERT=$PWD/localhost.pem TLS_KEY=$PWD/localhost.key
	BEFORE='tls-session -i' serve_mail
	over_both works tls
	no_trouble
}
