#!/bin/bash
# smtp.sh: messages per second into a directory, durable, and sessions per
# second: smtp-session with maildir-deliver beside mailfront with its queuedir
# backend (which syncs the file but not the directory), under the same
# tcpserver, loaded by Postfix's smtp-source. Programs come from PATH or from
# .build/bench (see `make bench`). Postfix itself, with its own listener, queue
# and processes, is measured where it is installed and we are root: a private
# instance, with its queue here and all mail discarded. Usage: t/bench/smtp.sh [rounds]
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
peers=$here/.build/bench
installed=$(command -v postfix || :)
PATH=${BIN:-$here/bin}:$PATH:$peers/usr/sbin
export LD_LIBRARY_PATH=$peers/usr/lib:$peers/usr/lib/postfix
dir=$(mktemp -d "$here/.build/smtp.XXXXXX")
server=
postfix=
stop() {
	[ -z "$postfix" ] || "$postfix" -c "$dir/postfix" stop >/dev/null 2>&1 || :
	postfix=
	[ -z "$server" ] || kill "$server" 2>/dev/null || :
	wait
	server=
}
trap 'stop; rm -rf "$dir"' EXIT
cd "$dir"
mkdir -p M/tmp M/new M/cur q/tmp q/new
printf ':sender\nk*:*:\n:recipient\nk*:*:\n' >rules

# start port program...
start() {
	local port=$1
	shift
	tcpserver -c 200 -b 200 -RHl0 127.0.0.1 "$port" "$@" 2>/dev/null &
	server=$!
	answers "$port"
}

# rate count command...: count per second of wall clock; 0 if it failed
rate() {
	local count=$1 t
	shift
	t=$(date +%s%N)
	"$@" >/dev/null 2>&1 || { echo 0 && return; }
	t=$((($(date +%s%N) - t) / 1000))
	echo $((count * 1000000 / (t + 1)))
}

# sessions at-once count port: EHLO and QUIT
sessions() {
	python3 - "$@" <<-'END'
		import socket, sys, threading
		n, count, port = map(int, sys.argv[1:])
		def one():
		    for _ in range(count // n):
		        s = socket.create_connection(("127.0.0.1", port), 30)
		        f = s.makefile("rb")
		        f.readline()
		        s.sendall(b"EHLO c\r\n")
		        while f.readline()[3:4] == b"-":
		            pass
		        s.sendall(b"QUIT\r\n")
		        f.read()
		        s.close()
		    done.append(1)
		done = []
		t = [threading.Thread(target=one) for _ in range(n)]
		[x.start() for x in t]
		[x.join() for x in t]
		sys.exit(len(done) != n)
	END
}

# answers port: greets, within five seconds or so
answers() {
	local _
	for _ in {1..100}; do
		(exec 3<>"/dev/tcp/127.0.0.1/$1" && read -rt 5 greeting <&3 && [[ $greeting == 220* ]]) 2>/dev/null && return
		read -rt 0.05 _ <> <(:) || :
	done
	return 1
}

# postfix_start port: an instance that shares nothing with the system's but
# the programs and the user
postfix_start() {
	chmod 755 "$dir"
	mkdir -p postfix pq pd
	chown postfix pd
	cat >postfix/main.cf <<-END
		compatibility_level = 3.6
		queue_directory = $dir/pq
		data_directory = $dir/pd
		command_directory = /usr/sbin
		daemon_directory = /usr/lib/postfix/sbin
		meta_directory = /etc/postfix
		myhostname = bench.example
		mydestination =
		alias_maps =
		inet_interfaces = 127.0.0.1
		inet_protocols = ipv4
		local_recipient_maps =
		mynetworks = 127.0.0.0/8
		default_transport = discard:
		relay_transport = discard:
		smtpd_relay_restrictions = permit_mynetworks, reject
		smtpd_recipient_restrictions = permit_mynetworks, reject
		smtpd_peername_lookup = no
		smtpd_client_connection_count_limit = 0
		smtpd_client_connection_rate_limit = 0
		smtpd_client_message_rate_limit = 0
		smtpd_client_recipient_rate_limit = 0
		in_flow_delay = 0
	END
	cat >postfix/master.cf <<-END
		127.0.0.1:$1 inet n - n - 200 smtpd
		pickup unix n - n 60 1 pickup
		cleanup unix n - n - 0 cleanup
		qmgr unix n - n 300 1 qmgr
		rewrite unix - - n - - trivial-rewrite
		bounce unix - - n - 0 bounce
		defer unix - - n - 0 bounce
		trace unix - - n - 0 bounce
		error unix - - n - - error
		retry unix - - n - - error
		discard unix - - n - - discard
		proxymap unix - - n - - proxymap
		anvil unix - - n - 1 anvil
		showq unix n - n - - showq
	END
	postfix=$installed
	"$postfix" -c "$dir/postfix" start >/dev/null 2>postfix.log && answers "$1" && return
	echo "Postfix did not start, left out: $(tail -n 1 postfix.log)"
	stop
	return 1
}

# ratio ours theirs: column by column
ratio() {
	paste -d' ' <(tr ' ' '\n' <<<"$1") <(tr ' ' '\n' <<<"$2") |
		awk '{ printf "%s%.2f", (NR > 1 ? " " : "  ours/it "), $1 / ($2 + 0.001) } END { print "" }'
}

# measure port: one line of results
measure() {
	printf '%s %s %s %s %s\n' "$(rate 2000 sessions 1 2000 "$1")" "$(rate 4000 sessions 16 4000 "$1")" \
		"$(rate 1000 smtp-source -m 1000 -s 1 -l 4096 "127.0.0.1:$1")" \
		"$(rate 3200 smtp-source -m 3200 -s 16 -l 4096 "127.0.0.1:$1")" \
		"$(rate 6400 smtp-source -d -m 6400 -s 16 -l 4096 "127.0.0.1:$1")"
}

command -v smtp-source >/dev/null || { echo "smtp.sh: no smtp-source" >&2; exit 0; }
if [ -z "$installed" ] || [ "$(id -u)" -ne 0 ]; then
	installed=
	echo "Postfix is not installed, or we are not root: left out"
fi
echo "load $(cut -d' ' -f1-3 /proc/loadavg), $(df --output=fstype . | tail -1)"
echo "per second: sessions 1 at a time, 16; 4 KiB messages one per connection 1 client, 16; many per connection 16"
for ((round = 1; round <= ${1:-3}; round++)); do
	start 4025 env SMTP_ANY=1 SMTP_MAXMAIL=1000000 smtp-session maildir-deliver "$dir/M"
	ours=$(measure 4025)
	stop
	rm -f M/new/*
	echo "round $round smtp-session $ours"
	if command -v mailfront >/dev/null; then
		start 4026 env MODULE_PATH="$peers/usr/lib/mailfront" MAILRULES="$dir/rules" QUEUEDIR="$dir/q" mailfront smtp queuedir mailrules
		theirs=$(measure 4026)
		stop
		rm -f q/new/*
		echo "round $round mailfront    $theirs$(ratio "$ours" "$theirs")"
	fi
	if [ -n "$installed" ] && postfix_start 4027; then
		theirs=$(measure 4027)
		stop
		echo "round $round Postfix      $theirs$(ratio "$ours" "$theirs")"
	fi
done
