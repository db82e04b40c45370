#!/usr/bin/env bats
# The lines of the page, as printed but for addresses, ports and where programs lie.
# shellcheck disable=SC2034 # helper.bash has SERVER

setup() {
	load helper
	SERVER='' # for unserve
	PEERS=${PEERS:-$HERE/../.build/peers}
	mkdir -p Maildir/{tmp,new,cur}
	port=$(free_port)
}
teardown() { unserve; }

# start command...: a server that is stopped, with its sessions, by unserve.
start() {
	"$@" >>log 2>&1 3>&- 4>&- &
	SERVER=$!
	until_true listening "$port"
}

# mail [recipient]: what swaks says of a message sent there.
mail() {
	timeout 20 swaks --server "127.0.0.1:$port" --ehlo c --from x@y.example --to "${1:-me@b.example}" --body 'A scan'
}

stored() {
	run -0 ls "$1"
	assert_equal "${#lines[@]}" 1
	assert_file_contains "$1/${lines[0]}" 'A scan'
}

@test "mail for the domains in a file" {
	echo b.example >rcpthosts
	start tcpserver -vRHl mx.example.org 127.0.0.1 "$port" env RCPTHOSTS=rcpthosts smtp-session maildir-deliver ./Maildir
	run -0 mail
	assert_output --partial '220 mx.example.org ESMTP'
	stored Maildir/new
	run -24 mail me@c.example
	assert_output --partial '554 5.7.1'
}

@test "devices of a network, by rules, and nobody else" {
	printf '%s\n' '127.:allow,SMTP_ANY="1",SMTP_LATCH="1",SMTP_COMPLETE="1"' ':deny' | tcprules lan.cdb lan.tmp
	printf '#!/bin/sh\ncat >scan\n' >handle-scan
	chmod +x handle-scan
	PATH=$PWD:$PATH start tcpserver -x lan.cdb 127.0.0.1 "$port" smtp-session handle-scan
	# A toy that ends its lines with LF and writes no header.
	run -0 timeout 20 python3 - "$port" <<-'END'
		import socket, sys
		s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
		f = s.makefile("rb")
		lines = "HELO toy", "MAIL FROM:<scan@lan>", "RCPT TO:<me@home>", "DATA", "Subject: scan\n\nA scan\n.", "QUIT"
		for line in lines: print(f.readline().decode()[:3], end=" "); s.sendall(line.encode() + b"\n")
		print(f.readline().decode()[:3])
	END
	assert_output '220 250 250 250 354 250 221'
	run -0 cat scan
	assert_line 'Subject: scan'
	assert_line --regexp '^Date: '
	assert_line --regexp '^Message-ID: '
	assert_line 'A scan'
	unserve
	printf '%s\n' '10.:allow,SMTP_ANY="1"' ':deny' | tcprules lan.cdb lan.tmp
	PATH=$PWD:$PATH start tcpserver -x lan.cdb 127.0.0.1 "$port" smtp-session handle-scan
	run timeout 5 bash -c "cat </dev/tcp/127.0.0.1/$port"
	refute_output --partial 220
}

@test "from inetd" {
	cat >inetd.conf <<-END
		127.0.0.1:$port stream tcp nowait $(id -un) /usr/bin/env env SMTP_ANY=1 $(command -v smtp-session) $(command -v maildir-deliver) $PWD/Maildir
	END
	# Where a service starts is inetd's directory: messages are received there.
	start "$PEERS/usr/sbin/inetd" -d inetd.conf
	run -0 mail
	stored Maildir/new
}

@test "from a systemd socket unit with Accept=yes and StandardInput=socket" {
	start systemd-socket-activate --accept --inetd -l "127.0.0.1:$port" -E "PATH=$PATH" -E SMTP_ANY=1 \
		"$(command -v smtp-session)" maildir-deliver "$PWD/Maildir"
	run -0 mail
	stored Maildir/new
}

@test "messages for the queue of qmail, or of what takes its place" {
	mkdir queue
	printf '%s\n' '127.:allow,RELAYCLIENT=""' | tcprules rules.cdb rules.tmp
	QUEUE=queue start tcpserver -x rules.cdb 127.0.0.1 "$port" smtp-session -q "$DATA/qmail-queue.py"
	run -0 mail
	run -0 cat queue/*.envelope
	assert_output $'x@y.example\nme@b.example'
	assert_file_contains "$(echo queue/*.message)" 'A scan'
}

@test "a sink that writes a file for each message" {
	# shellcheck disable=SC2016 # for the program
	start tcpserver 127.0.0.1 "$port" env SMTP_ANY=1 smtp-session sh -c 'cat >"mail.$ARRIVAL_ID"'
	run -0 mail
	id=$(sed -n 's/.*250 2.0.0 OK id=\([0-9A-Z-]*\).*/\1/p' <<<"$output")
	assert_file_contains "mail.$id" 'A scan'
}

@test "scans sent by e-mail, as files" {
	mkdir scans
	printf '%%PDF' >page.pdf
	start tcpserver -RHl0 127.0.0.1 "$port" env SMTP_ANY=1 smtp-session mime-unpack -d ./scans
	run -0 timeout 20 swaks --server "127.0.0.1:$port" --from x@y.example --to a@b.example --attach-name page.pdf --attach @page.pdf
	cmp page.pdf scans/page.pdf
}

@test "no network at all" {
	printf '%s\r\n' 'EHLO c' 'MAIL FROM:<a@b.example>' 'RCPT TO:<c@d.example>' DATA 'Subject: t' '' 'A scan' . QUIT >dialogue.txt
	export SMTP_ANY=1
	run -0 --separate-stderr timeout 20 smtp-session cat <dialogue.txt
	tr -d '\r' <<<"$output" >got
	assert_equal "$(codes)" '220 250 250 250 354 250 221 '
	run -0 grep 'OK id=.* Received: from c' got
}
