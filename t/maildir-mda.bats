#!/usr/bin/env bats
# maildir-deliver as the program others deliver with. With -e, for all of them read
# the codes of sysexits.h, and most bounce what ends otherwise.

setup() {
	load helper
	load maildir
	load postfix
	load send
	# nobody and games cannot reach our own directories
	D=$(mktemp -d "${TMPDIR:-/tmp}/mda.XXXXXX")
	chmod 755 "$D"
	install -m 755 "$(command -v maildir-deliver)" "$D"
	{ printf 'From: al@x.example\nTo: c@d.example\nSubject: s\nDate: Thu, 26 Nov 2026 01:00:00 +0000\nMessage-ID: <1@x.example>\n' && printf '\n%s\n' 'grüße' '.' 'From here'; } >m
	OTHER=
}

teardown() {
	[ -z "$OTHER" ] || { kill "$OTHER" && wait "$OTHER"; } || :
	postfix_stop
	rm -rf "$D"
}

# ends maildir: the message is the one that is there, behind the fields its bringer added
ends() { tail -c "$(stat -c %s m)" "$(one "$1/new")" | cmp - m; }

@test "Postfix: mailbox_command, a pipe in .forward, and pipe(8), which takes status and text" {
	box "$D"/{command,forward,pipe}
	chown -R nobody "$D/command" "$D/pipe"
	chown -R games "$D/forward"
	echo "\"|$D/maildir-deliver -eU $D/forward\"" >"$D/games.forward"
	chown games "$D/games.forward"
	SERVICES="here unix - n n - - pipe user=nobody argv=$D/maildir-deliver -e -s 50000 $D/\${user}" \
		MYDESTINATION=box.example postfix_start 'local_recipient_maps =' "mailbox_command = $D/maildir-deliver -eU $D/command" \
		"forward_path = $D/\$user.forward" 'transport_maps = inline:{ { pipe.example = here } }'
	postfix sendmail -i -f al@x.example nobody@box.example games@box.example pipe@pipe.example <m
	until_true delivered 3
	ends "$D/command"
	ends "$D/forward"
	ends "$D/pipe"
	# local(8) puts an mbox line in front, which is none of a Maildir's.
	run -0 head -qn 1 "$(one "$D/command/new")" "$(one "$D/forward/new")"
	refute_line --partial 'From '
	assert_line --partial ': '
	postfix sendmail -i -f '' missing@pipe.example <m
	until_true grep -q 'dsn=4.2.1, status=deferred (No such mailbox ' "$P/maillog"
	{ cat m && head -c 60000 /dev/zero | tr '\0' '\n'; } >large
	postfix sendmail -i -f '' pipe@pipe.example <large
	until_true grep -q 'dsn=5.3.4, status=bounced (Message too big ' "$P/maillog"
	[ -z "$(find "$D"/*/tmp -type f)" ]
}

@test "OpenSMTPD: an mda action, which tries again what exits 75" {
	mkdir "$D/etc"
	cp /etc/passwd /etc/group /etc/hosts /etc/nsswitch.conf "$D/etc"
	printf 'opensmtpd:x:990:990::/:/bin/false\nopensmtpq:x:991:991::/:/bin/false\nc:x:992:992::%s:/bin/sh\n' "$D" >>"$D/etc/passwd"
	printf 'opensmtpd:x:990:\nopensmtpq:x:991:\nc:x:992:\n' >>"$D/etc/group"
	echo box.example >"$D/etc/mailname"
	box "$D/M"
	chown -R 992 "$D/M"
	PORT=$(free_port)
	printf '%s\n' "listen on 127.0.0.1 port $PORT hostname box.example" "action here mda \"$D/maildir-deliver -e $D/M\"" \
		"action gone mda \"$D/maildir-deliver -e $D/missing\"" \
		'match from any for domain "d.example" action here' 'match from any for domain "gone.example" action gone' >smtpd.conf
	unshare -m sh -ec '
		mount --bind "$2" /etc
		mount --bind "$1/libexec" /usr/libexec
		for dir in /var/lib /var/spool /run; do mount -t tmpfs tmpfs $dir; done
		mkdir -m 711 -p /var/lib/opensmtpd/empty
		exec "$1/sbin/smtpd" -d -f smtpd.conf' sh "${PEERS}-servers/usr" "$D/etc" >said 2>&1 3>&- 4>&- &
	OTHER=$!
	until_true listening "$PORT"
	hand al@x.example c@d.example c@gone.example <m
	until_true grep -q 'mda delivery .* result="\?Ok' said
	until_true grep -q 'mda delivery .* result="\?TempFail' said
	ends "$D/M"
}

@test "fetchmail brings what Dovecot has, and leaves it there when it is not taken" {
	local i top=$PEERS-delivery/usr
	box "$D/from" M
	for i in 1 2 3; do maildir-deliver "$D/from" <m; done
	chown -R nobody "$D/from"
	cat >imap.sh <<-'END'
		mount -t overlay overlay -o "lowerdir=$1:/usr" /usr
		exec setpriv --reuid 65534 --regid 65534 --clear-groups env DOVECONF_ENV=1 USER=nobody HOME="$2" \
			BASE_DIR="$2" MAIL_LOCATION="maildir:$2/from" /usr/lib/dovecot/imap
	END
	cat >fetchmailrc <<-END
		set no bouncemail
		poll box.example via 127.0.0.1 proto imap auth ssh plugin "unshare -m sh $PWD/imap.sh $top $D"
		user nobody is root here sslproto '' mda "$D/maildir-deliver -e $PWD/MAILDIR"
	END
	chmod 600 fetchmailrc
	fetch() { sed "s:MAILDIR:$1:" fetchmailrc >rc && chmod 600 rc && FETCHMAILHOME=$PWD timeout 20 "$top/bin/fetchmail" -f rc -v >>said 2>&1; }
	fetch missing || :
	assert_equal "$(find "$D/from/new" "$D/from/cur" -type f | wc -l)" 3
	fetch M
	assert_equal "$(find M/new -type f | wc -l)" 3
	for i in M/new/*; do tail -c 30 "$i" | cmp - <(tail -c 30 m); done
	assert_equal "$(find "$D/from/new" "$D/from/cur" -type f | wc -l)" 0
}

@test "procmail hands it over from a recipe, and takes its word" {
	box M N
	printf '%s\n' ":0 wr" "| $D/maildir-deliver -e $PWD/missing" ':0 wr' "| $D/maildir-deliver -e $PWD/M" "DEFAULT=$PWD/N/" >rc
	"$PEERS-delivery/usr/bin/procmail" -m "$PWD/rc" <m
	ends M
	bare N
}
