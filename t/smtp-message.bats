#!/usr/bin/env bats
# The file a program is given, byte for byte, whatever was asked to be made of it.

setup() {
	load helper
	export SMTP_ANY=1 SMTP_NAME=mx.example
}
teardown() { unserve; }

# mail file [argument...]: by curl; what the program was given is in given.
mail() {
	local file=$1
	shift
	rm -f given
	curl -sS --max-time 30 "smtp://127.0.0.1:$PORT/c.example" --mail-from al@x.example \
		--mail-rcpt c@d.example "$@" -T "$file"
}

# bare: given without our fields before it: the first line that is a date ends them.
bare() { perl -0777 -pe 's/\A.*?\n\t\w{3}, \d[^\n]* \+0000\r?\n//s' given; }

@test "with SMTP_EOL=crlf whatever curl sends is kept octet for octet" {
	local sample n=0
	mkdir samples
	(cd samples && python3 "$DATA/smtp-client/samples.py" && rm ./*.want)
	SMTP_EOL=crlf serve smtp-session sh -c 'cat >given'
	for sample in samples/*; do
		mail "$sample"
		# curl ends what it sends with CRLF of its own unless the file does.
		cp "$sample" want
		[ ! -s want ] || [ "$(tail -c 2 want | od -An -tx1)" = ' 0d 0a' ] || printf '\r\n' >>want
		bare | cmp - want || fail "$sample"
		n=$((n + 1))
	done
	assert_equal "$n" 14
}

@test "a message of 20 MB, written out while it comes, is whole, on a disk and in memory" {
	local spool
	yes "$(head -c 57 /dev/urandom | base64)" 2>/dev/null | head -n 260000 | sed 's/$/\r/' >letter
	tr -d '\r' <letter >want
	for spool in . /dev/shm; do
		CONFINE=require ARRIVAL_SPOOL=$spool serve smtp-session sh -c 'cat >given'
		mail letter
		bare | cmp - want
		unserve
	done
}

@test "all that can be asked for at once, and maildir-deliver adopts it as it is" {
	local id
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
	printf 'Subject: s\r\n\r\n.dot\r\n' >letter
	SMTP_RETURNPATH=1 SMTP_COMPLETE=1 SMTP_EOL=crlf serve smtp-session \
		sh -c 'stat -Lc %i /dev/fd/0 >inode; echo "$ARRIVAL_ID $ARRIVAL_SIZE" >facts; exec maildir-deliver Maildir'
	mail letter
	assert_equal "$(stat -c %i Maildir/new/*)" "$(cat inode)"
	read -r id size <facts
	assert_equal "$size" "$(stat -c %s Maildir/new/*)"
	run -0 sed -E 's/(\w{3}, [0-9]+ \w{3} [0-9]{4} [0-9:]{8} \+0000)/D/; s/127.0.0.1\]:[0-9]+/127.0.0.1]:P/; s/\r$/$/' Maildir/new/*
	assert_output "Return-Path: <al@x.example>\$
Received: from c.example (unknown [127.0.0.1]:P)\$
	by mx.example with ESMTP id $id\$
	for <c@d.example>;\$
	D\$
Subject: s\$
Date: D\$
Message-ID: <$id@mx.example>\$
From: <al@x.example>\$
\$
.dot\$"
}
