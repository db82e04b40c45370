# A Postfix of our own: unpacked, never installed; queue, configuration and log in
# a directory of its own, and accounts every Debian has. It needs root.
# shellcheck disable=SC2034 # the tests use what is set here

PEERS=${PEERS:-$HERE/../.build/peers}
POSTFIX=${PEERS}-postfix/usr
# What its programs are started with, and start each other with.
postfix_env=(LD_LIBRARY_PATH="$POSTFIX/lib/postfix:$POSTFIX/lib")

# postfix_start [line...]: with these lines added to main.cf, and those of SERVICES to
# master.cf; MYDESTINATION are the domains of users here, SMTPD is a port to listen at.
# P is its directory, maillog its log there.
postfix_start() {
	P=$(mktemp -d "${TMPDIR:-/tmp}/postfix.XXXXXX") # not in ours: it changes its user
	chmod 755 "$P"
	mkdir "$P/etc" "$P/data" "$P/queue"
	postfix_env+=(MAIL_CONFIG="$P/etc" LANG=C)
	postfix_main "$@" >"$P/etc/main.cf"
	postfix_master >"$P/etc/master.cf"
	postfix_queue
	# It waits for a main.cf that has just been changed to be two seconds old.
	touch -d '1 minute ago' "$P/etc/main.cf"
	env "${postfix_env[@]}" "$POSTFIX/lib/postfix/sbin/master" -d >"$P/said" 2>&1 3>&- 4>&- &
	MASTER=$!
	until_true grep -qs 'daemon started' "$P/maillog"
}

postfix_main() {
	cat <<-END
		compatibility_level = 3.6
		queue_directory = $P/queue
		data_directory = $P/data
		meta_directory = $P/etc
		command_directory = $POSTFIX/sbin
		daemon_directory = $POSTFIX/lib/postfix/sbin
		shlib_directory = $POSTFIX/lib/postfix
		mail_owner = news
		setgid_group = uucp
		import_environment = ${postfix_env[*]}
		export_environment = ${postfix_env[*]}
		maillog_file = $P/maillog
		maillog_file_prefixes = $P
		myhostname = relay.example
		mydestination = ${MYDESTINATION:-}
		alias_maps =
		mynetworks = 127.0.0.0/8 [::1]/128
		in_flow_delay = 0
	END
	printf '%s\n' "$@"
}

postfix_master() {
	[ -z "${SMTPD:-}" ] || echo "127.0.0.1:$SMTPD inet n - n - - smtpd"
	cat <<-END
		postlog unix-dgram n - n - 1 postlogd
		pickup unix n - n 1 1 pickup
		cleanup unix n - n - 0 cleanup
		qmgr unix n - n 300 1 qmgr
		rewrite unix - - n - - trivial-rewrite
		bounce unix - - n - 0 bounce
		defer unix - - n - 0 bounce
		trace unix - - n - 0 bounce
		error unix - - n - - error
		retry unix - - n - - error
		smtp unix - - n - - smtp
		lmtp unix - - n - - lmtp
		discard unix - - n - - discard
		virtual unix - n n - - virtual
		local unix - n n - - local
		proxymap unix - - n - - proxymap
		anvil unix - - n - 1 anvil
		showq unix n - n - - showq
	END
	printf '%s' "${SERVICES:-}"
}

# The directories its installer would make.
postfix_queue() {
	local own=(active bounce corrupt defer deferred flush hold incoming saved trace)
	(
		cd "$P/queue" || exit
		mkdir pid "${own[@]}"
		install -d -o news -m 700 private
		install -d -o news -g uucp -m 2710 public
		install -d -o news -g uucp -m 1730 maildrop
		chown news "${own[@]}" "$P/data"
	)
}

# postfix program argument...: one of its commands
postfix() {
	local program=$1
	shift
	env "${postfix_env[@]}" "$POSTFIX/sbin/$program" "$@"
}

postfix_stop() {
	[ -z "${MASTER:-}" ] || { kill "$MASTER" && wait "$MASTER"; } || :
	MASTER=
	[ -z "${P:-}" ] || rm -rf "$P"
}

# delivered count: so many lines of its log say status=sent
delivered() { [ "$(grep -c 'status=sent' "$P/maillog")" -eq "$1" ]; }
queue_empty() { [ -z "$(find "$P"/queue/{active,deferred,incoming,maildrop} -type f)" ]; }
