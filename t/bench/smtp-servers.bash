# Read by the SMTP benches: the servers.
#
# What ours and mailfront cost is all there is: they have no daemon. Postfix,
# OpenSMTPD and Exim get a queue of their own below the bench's directory, which is
# on disk, and bring what is in it into a Maildir there: ours has it there when it
# answers, they some time later. mailfront keeps it in a queue that is a Maildir,
# and syncs file and directory as ours does. Postfix syncs a file in its queue and one
# in the Maildir, no directory; OpenSMTPD none in its queue, so that a 250 of it is no
# promise; Exim syncs most. Unpacked
# below .build/bench, they see themselves at /usr and /etc, with users of theirs,
# in a mount namespace of the bench alone; that takes root. Without it they are
# left out.
# shellcheck shell=bash

peers=$(cd "$(dirname "$0")/../.." && pwd)/.build/bench
if [ -z "${SMTP_BENCH_APART:-}" ] && [ -d "$peers/usr" ] && unshare -m true 2>/dev/null; then
	SMTP_BENCH_APART=1 exec unshare -m "$BASH" "$0" "$@"
fi
client=smtp-client
mine='^(smtp-session|floor)'
scratch=${DISK:-${peers%/*}}
# OpenSMTPD now and then leaves one of sixteen clients without a word.
patience=20
# shellcheck source=t/bench/servers.bash
. "$(dirname "$0")/servers.bash"
floor smtp-floor || exit
echo "messages on $(df --output=fstype "$dir" | tail -n 1)"
mkdir -p "$dir"/{M,q,postfix/M,opensmtpd/M,exim/M}/{tmp,new,cur} "$dir"/{floor,etc,smtpd,exim/log,pq,pd}
chmod 755 "$dir"/*

# Where each brings a message in the end.
declare -A kept=([smtp-session]=$dir/M/new [floor]=$dir/floor [floor-spawn]=$dir/floor [mailfront]=$dir/q/new
	[postfix]=$dir/postfix/M/new [opensmtpd]=$dir/opensmtpd/M/new [exim]=$dir/exim/M/new)

# Of this namespace only.
apart() {
	[ -n "${SMTP_BENCH_APART:-}" ] || return
	{ cat /etc/passwd && printf '%s\n' postfix:x:64001:64001::/:/bin/false opensmtpd:x:64002:64002::/:/bin/false \
		opensmtpq:x:64003:64003::/:/bin/false Debian-exim:x:64004:64004::/:/bin/false; } >"$dir/etc/passwd"
	{ cat /etc/group && printf '%s\n' postfix:x:64001: opensmtpd:x:64002: opensmtpq:x:64003: Debian-exim:x:64004: \
		postdrop:x:64005:; } >"$dir/etc/group"
	# A resolver that says at once that it is not there: some ask for the client's name.
	echo 'nameserver 127.0.0.1' >"$dir/etc/resolv.conf"
	mount -t overlay -o "lowerdir=$peers/usr:/usr" overlay /usr &&
		mount -t overlay -o "lowerdir=$dir/etc:$peers/etc:/etc" overlay /etc &&
		mount -t tmpfs tmpfs /run && mount -t tmpfs tmpfs /var/lib && mount -t tmpfs tmpfs /var/spool &&
		mkdir -p /var/spool/smtpd /var/lib/opensmtpd/empty && mount --bind "$dir/smtpd" /var/spool/smtpd
}

missing() {
	command -v "$1" >/dev/null || { echo "$1: not found, left out"; return 0; }
	return 1
}

start_mailfront() {
	missing mailfront && return
	printf ':sender\nk*:*:\n:recipient\nk*:*:\n' >"$dir/rules"
	super mailfront LD_LIBRARY_PATH="$peers/usr/lib" MODULE_PATH="$peers/usr/lib/mailfront" MAILRULES="$dir/rules" QUEUEDIR="$dir/q" -- mailfront smtp queuedir mailrules
}

start_postfix() {
	local port
	missing postfix && return
	port=$(free_port)
	chown -R 64001:64001 "$dir"/{pd,postfix/M}
	chmod 755 "$dir/pq"
	cat >"$dir/postfix/main.cf" <<-END
		compatibility_level = 3.6
		queue_directory = $dir/pq
		data_directory = $dir/pd
		command_directory = /usr/sbin
		daemon_directory = /usr/lib/postfix/sbin
		meta_directory = /etc/postfix
		shlib_directory = /usr/lib/postfix
		myhostname = bench.example
		mydestination =
		alias_maps =
		inet_interfaces = 127.0.0.1
		inet_protocols = ipv4
		local_recipient_maps =
		mynetworks = 127.0.0.0/8
		message_size_limit = 0
		default_transport = virtual:
		virtual_mailbox_base = $dir/postfix
		virtual_mailbox_maps = static:M/
		virtual_mailbox_limit = 0
		virtual_minimum_uid = 1
		virtual_uid_maps = static:64001
		virtual_gid_maps = static:64001
		smtpd_relay_restrictions = permit_mynetworks, reject
		smtpd_recipient_restrictions = permit_mynetworks, reject
		smtpd_peername_lookup = no
		smtpd_client_connection_count_limit = 0
		smtpd_client_connection_rate_limit = 0
		smtpd_client_message_rate_limit = 0
		smtpd_client_recipient_rate_limit = 0
		in_flow_delay = 0
	END
	cat >"$dir/postfix/master.cf" <<-END
		127.0.0.1:$port inet n - n - 300 smtpd
		cleanup unix n - n - 0 cleanup
		qmgr unix n - n 300 1 qmgr
		rewrite unix - - n - - trivial-rewrite
		bounce unix - - n - 0 bounce
		defer unix - - n - 0 bounce
		trace unix - - n - 0 bounce
		error unix - - n - - error
		retry unix - - n - - error
		virtual unix - n n - - virtual
		proxymap unix - - n - - proxymap
		anvil unix - - n - 1 anvil
	END
	alone postfix "$port" postfix -c "$dir/postfix" start-fg
	# What was started is not what serves, and has a process group of its own.
	[ ! -s "$dir/pq/pid/master.pid" ] || servers+=("$(tr -d ' ' <"$dir/pq/pid/master.pid")")
	[ "${ports[-1]%% *}" != postfix ] || ports[-1]="postfix $port ${servers[-1]}"
}

start_opensmtpd() {
	local port
	missing smtpctl && return
	port=$(free_port)
	chmod 711 "$dir/smtpd"
	chown -R nobody "$dir/opensmtpd"
	cat >"$dir/smtpd.conf" <<-END
		listen on 127.0.0.1 port $port
		smtp max-message-size 1G
		smtp limit max-mails 1000000
		action "keep" maildir "$dir/opensmtpd/M" virtual { "@" = "nobody" }
		match from any for any action "keep"
	END
	alone opensmtpd "$port" /usr/sbin/smtpd -d -f "$dir/smtpd.conf"
}

start_exim() {
	local port
	missing exim4 && return
	port=$(free_port)
	chown -R 64004:64004 "$dir/exim"
	cat >"$dir/exim.conf" <<-END
		exim_user = 64004
		exim_group = 64004
		spool_directory = $dir/exim
		log_file_path = $dir/exim/log/%s
		primary_hostname = bench.example
		host_lookup =
		rfc1413_hosts =
		tls_advertise_hosts =
		message_size_limit = 0
		smtp_accept_max = 300
		acl_smtp_rcpt = keep
		begin acl
		keep:
		  accept
		begin routers
		all:
		  driver = accept
		  transport = maildir
		begin transports
		maildir:
		  driver = appendfile
		  maildir_format
		  directory = $dir/exim/M
		  user = 64004
		  group = 64004
	END
	chmod 644 "$dir/exim.conf"
	alone exim "$port" /usr/sbin/exim4 -C "$dir/exim.conf" -bdf -oX "127.0.0.1.$port" -oP "$dir/exim/pid"
}

# start: all of them. The array prefix goes before each; with deliver empty ours
# and the floor keep no messages, for the benches that send none.
prefix=()
deliver=1
start() {
	ports=()
	if [ -n "$deliver" ]; then
		super smtp-session SMTP_ANY=1 SMTP_MAXMAIL=1000000 DATABYTES=0 ARRIVAL_SPOOL="$dir/M/tmp" -- smtp-session maildir-deliver "$dir/M"
		super floor -- "$dir/smtp-floor" "$dir/floor"
		super floor-spawn -- "$dir/smtp-floor" spawn "$dir/floor"
	else
		super smtp-session SMTP_ANY=1 -- smtp-session true
		super floor -- "$dir/smtp-floor"
	fi
	start_mailfront
	if apart; then
		start_postfix
		start_opensmtpd
		start_exim
	fi
}

# What was kept is in nobody's way, but is deleted at the end only: whoever makes a file
# soon after has ext4 look at every inode that was freed for minutes.
tidy() {
	local new away
	while read -r new; do
		away=$(mktemp -du "$new.XXXXXX") && mv "$new" "$away" && mkdir "$new" &&
			chmod --reference="$away" "$new" && chown --reference="$away" "$new"
	done < <(printf '%s\n' "${kept[@]}" | sort -u)
}
