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

# exim_conf: a pipe transport for box.example, by $RECIPIENT; gone.example has no maildirs
exim_conf() {
	cat <<-END
		exim_path = $D/exim4
		keep_environment =
		primary_hostname = relay.example
		spool_directory = $D/spool
		log_file_path = $D/log/%s
		disable_ipv6
		begin routers
		users:
		  driver = accept
		  domains = box.example
		  transport = users
		gone:
		  driver = accept
		  domains = gone.example
		  transport = gone
		begin transports
		users:
		  driver = pipe
		  command = $D/maildir-deliver -er -s 50000 $D/%d/%l
		  user = nobody
		  message_prefix =
		  message_suffix =
		  log_output
		gone:
		  driver = pipe
		  command = $D/maildir-deliver -e $D/missing
		  user = nobody
		  message_prefix =
		  message_suffix =
		  log_output
		begin retry
		* * F,1h,1m
	END
}

# exim sender recipient <message: where /etc has its account and its configuration
exim() { unshare -m sh -c 'mount --bind "$1/etc" /etc && exec "$1/exim4" -odi -i -f "$2" "$3"' sh "$D" "$@"; }

@test "Exim: a pipe transport, which has set RECIPIENT, tries again what exits 75 and bounces the rest" {
	mkdir -p "$D/etc/exim4" "$D/spool" "$D/log" "$D/box.example"
	chown 990:990 "$D/spool" "$D/log"
	cp /etc/passwd /etc/group /etc/hosts /etc/nsswitch.conf "$D/etc"
	echo 'Debian-exim:x:990:990::/:/bin/false' >>"$D/etc/passwd"
	echo 'Debian-exim:x:990:' >>"$D/etc/group"
	exim_conf >"$D/etc/exim4/exim4.conf"
	# It becomes itself, root and the recipient by turns.
	install -m 4755 "$PEERS-servers/usr/sbin/exim4" "$D"
	box "$D/box.example/c"
	chown -R nobody "$D/box.example"
	exim al@x.example c-ext@box.example <m
	ends "$D/box.example/c"
	exim '<>' unknown@gone.example <m
	run -0 cat "$D/log/main"
	assert_line --partial '== unknown@gone.example R=gone T=gone defer (0): Child process of gone transport returned 75 '
	exim '<>' unknown@box.example <m
	{ cat m && head -c 60000 /dev/zero | tr '\0' '\n'; } >large
	exim '<>' c@box.example <large
	run -0 cat "$D/log/main"
	assert_line --partial '** unknown@box.example R=users T=users: Child process of users transport returned 67 '
	assert_line --partial '** c@box.example R=users T=users: Child process of users transport returned 69 '
	# What its operator, and who wrote the message, are told.
	assert_line --partial 'gone transport output: 4.2.1 No such mailbox'
	assert_line --partial 'users transport output: 5.1.1 No such mailbox'
	assert_line --partial 'users transport output: 5.3.4 Message too big'
	assert_equal "$(find "$D/box.example" -type f | wc -l)" 1
}

# imap_conf port: users with any password, whose mail is in $D/from
imap_conf() {
	cat <<-END
		base_dir = $D/run
		state_dir = $D/state
		log_path = $D/dovecot.log
		protocols = imap
		listen = 127.0.0.1
		ssl = no
		default_internal_user = games
		default_internal_group = games
		default_login_user = news
		first_valid_uid = 1
		mail_location = maildir:$D/from
		passdb {
		  driver = static
		  args = nopassword=y
		}
		userdb {
		  driver = static
		  args = uid=nobody gid=nogroup home=$D
		}
		service imap-login {
		  chroot =
		  inet_listener imap {
		    port = $1
		  }
		}
		service anvil {
		  chroot =
		}
		service stats {
		  chroot =
		}
	END
}

# fetch maildir: by getmail, from PORT
fetch() {
	cat >getmailrc <<-END
		[retriever]
		type = SimpleIMAPRetriever
		server = 127.0.0.1
		port = $PORT
		username = c
		password = x
		[destination]
		type = MDA_external
		path = $D/maildir-deliver
		arguments = ("-e", "$PWD/$1")
		allow_root_commands = true
		[options]
		delete = true
	END
	chmod 600 getmailrc
	PYTHONPATH=$PEERS-delivery/usr/lib/python3/dist-packages timeout 20 \
		python3 "$PEERS-delivery/usr/bin/getmail" --getmaildir "$PWD" -r getmailrc
}

@test "getmail brings what an IMAP server has, and leaves it there when it is not taken" {
	local i
	box "$D/from" M
	for i in 1 2 3; do maildir-deliver "$D/from" <m; done
	chown -R nobody "$D/from"
	mkdir "$D/run" "$D/state"
	PORT=$(free_port)
	imap_conf "$PORT" >"$D/dovecot.conf"
	unshare -m sh -ec '
		mount -t overlay overlay -o "lowerdir=$1:/usr" /usr
		exec dovecot -F -c "$2/dovecot.conf"' sh "$PEERS-delivery/usr" "$D" >said 2>&1 3>&- 4>&- &
	OTHER=$!
	until_true listening "$PORT"
	run ! fetch missing
	assert_output --partial '4.2.1 No such mailbox'
	assert_equal "$(find "$D/from/new" "$D/from/cur" -type f | wc -l)" 3
	fetch M
	assert_equal "$(find M/new -type f | wc -l)" 3
	for i in M/new/*; do
		run diff m "$i" # it adds fields
		refute_line --regexp '^<'
	done
	assert_equal "$(find "$D/from/new" "$D/from/cur" -type f | wc -l)" 0
}
