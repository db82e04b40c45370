#!/usr/bin/env bats
# nodemailer, the client of most programs in JavaScript. Run by make interop.

setup() {
	load ../helper
	load ../mail
	export NODE_PATH=$HERE/../../.build/interop/node_modules
	head -c 300000 /dev/urandom >photo.jpg
	serve_mail
}
teardown() { unserve_both; }

@test "nodemailer: attachments, raw messages, refusals, UTF-8 addresses, a pool of connections" {
	works() {
		run -0 timeout 60 node "$HERE/nodemailer.js" "$ADDRESS" "$PORT"
		assert_output 'done'
		assert_equal "$(find Maildir/new -type f | wc -l)" 65
		same=0
		for f in Maildir/new/*; do
			bare "$f" >kept
			! cmp -s kept given || same=$((same + 1))
			! grep -q '^Content-Type: multipart' kept || { mkdir -p out && mime-unpack -d out <kept >/dev/null; }
		done
		assert_equal "$same" 3
		cmp out/photo.jpg photo.jpg
		assert_equal "$(sed -n 's/^Subject: pool //p' Maildir/new/* | sort -n | xargs)" "$(seq -s ' ' 0 59)"
		rm -r out Maildir/new/*
	}
	over_both works
	run ! grep -E 'ev=(abort|lost-reply|err)' log
}
