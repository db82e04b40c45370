#!/usr/bin/env bats
# Exim as the one who sends, and as the one smtp-send hands to: its client brings
# a message in one segment with its envelope, by BDAT.

setup() {
	load helper
	load send
	export EXIM=${PEERS:-$HERE/../.build/peers}-servers/usr/sbin/exim4
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
	{
		printf '%s\n' 'From: al@x.example' 'Date: Thu, 26 Nov 2026 01:00:00 +0000' 'Message-ID: <1@x.example>' 'Subject: s' '' \
			. .. .x '' 'grüße' ' blanks ' . ''
		head -c 200000 /dev/urandom | base64
	} >message
}

teardown() {
	unserve
	SERVER=${SINK:-}
	unserve
	[ -z "${E:-}" ] || rm -rf "$E"
}

# exim_at port: configured to bring all it is given to that port
exim_at() {
	E=$(mktemp -d "${TMPDIR:-/tmp}/exim.XXXXXX") # not in ours: it changes its user
	export E
	chmod 755 "$E"
	mkdir "$E/etc" "$E/spool" "$E/log"
	chown 990:990 "$E/spool" "$E/log"
	cp /etc/passwd /etc/group /etc/hosts /etc/nsswitch.conf "$E/etc"
	echo 'Debian-exim:x:990:990::/:/bin/false' >>"$E/etc/passwd"
	echo 'Debian-exim:x:990:' >>"$E/etc/group"
	cat >"$E/conf" <<-END
		exim_path = $EXIM
		keep_environment =
		primary_hostname = relay.example
		spool_directory = $E/spool
		log_file_path = $E/log/%s
		acl_smtp_rcpt = accept domains = box.example
		disable_ipv6
		begin routers
		on:
		  driver = manualroute
		  route_list = * 127.0.0.1 byname
		  transport = on
		  self = send
		begin transports
		on:
		  driver = smtp
		  port = $1
		  hosts_try_prdr = *
		  hosts_pipe_connect = *
		begin retry
		* * F,1h,1s
	END
}

# exim option...: where /etc has its account
exim() { unshare -m sh -c 'mount --bind "$E/etc" /etc && exec "$EXIM" -C "$E/conf" "$@"' sh "$@"; }

# kept count: so many messages, each ending with the bytes given
kept() {
	local f n=0
	for f in Maildir/new/*; do
		tail -c "$(stat -c %s message)" "$f" | cmp - message
		n=$((n + 1))
	done
	assert_equal "$n" "$1"
	rm Maildir/new/*
}

@test "Exim brings its messages by BDAT, or by DATA where chunks are not offered: once and unchanged" {
	for ext in +HELP -CHUNKING; do
		SMTP_LOG=2 SMTP_ANY=1 SMTP_EXT=$ext serve smtp-session maildir-deliver Maildir
		exim_at "$PORT"
		for _ in 1 2 3; do exim -odi -i -f al@x.example c@box.example e@box.example <message; done
		kept 3
		assert_equal "$(grep -c 'ev=mail .*rcpts=2 .*code=250' log)" 3
		# It may close behind QUIT, with 221 still on its way: no reply is lost without one.
		while read -r sid; do
			run -0 grep -c "ev=cmd $sid .* line=QUIT$" log
		done < <(sed -n 's/.* ev=lost-reply \(sid=[0-9]*\) .*/\1/p' log)
		run ! grep -E 'ev=(abort|err|rcpt-rej)' log
		run grep -c 'ev=cmd .*BDAT .* LAST' log
		[ $ext = +HELP ] && assert_output 3 || assert_output 0
		unserve
		rm -r log "$E"
	done
}

@test "smtp-send to Exim, which brings the message on to our session" {
	SMTP_ANY=1 serve smtp-session maildir-deliver Maildir
	SINK=$SERVER
	exim_at "$PORT"
	export -f exim
	serve bash -c 'exim -bs -odi'
	for how in '-z on' '-z off' '-p off -z off'; do
		# shellcheck disable=SC2086
		run -100 hand $how al@x.example c@box.example d@elsewhere.example e@box.example <message
		assert_equal "$(cut -f 1,2 report)" $'c@box.example\t250\nd@elsewhere.example\t550\ne@box.example\t250'
		until_true grep -q Completed "$E/log/main"
		kept 1
		rm "$E/log/main"
	done
}
