#!/bin/bash
# smtp.sh: messages per second into a directory, durable, and sessions per
# second: smtp-session with maildir-deliver beside mailfront with its queuedir
# backend (which syncs the file but not the directory), under the same
# tcpserver, loaded by Postfix's smtp-source. Programs come from PATH or from
# .build/bench (see `make bench`).
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
peers=$here/.build/bench
PATH=${BIN:-$here/bin}:$PATH:$peers/usr/sbin
export LD_LIBRARY_PATH=$peers/usr/lib:$peers/usr/lib/postfix
dir=$(mktemp -d "$here/.build/smtp.XXXXXX")
server=
stop() {
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
	until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do read -rt 0.05 _ <> <(:) || :; done
}

# rate count command...: count per second of wall clock
rate() {
	local count=$1 t
	shift
	t=$(date +%s%N)
	"$@" >/dev/null 2>&1
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
		        s = socket.create_connection(("127.0.0.1", port))
		        f = s.makefile("rb")
		        f.readline()
		        s.sendall(b"EHLO c\r\n")
		        while f.readline()[3:4] == b"-":
		            pass
		        s.sendall(b"QUIT\r\n")
		        f.read()
		        s.close()
		t = [threading.Thread(target=one) for _ in range(n)]
		[x.start() for x in t]
		[x.join() for x in t]
	END
}

# measure port: one line of results
measure() {
	printf '%s %s %s %s %s\n' "$(rate 2000 sessions 1 2000 "$1")" "$(rate 4000 sessions 16 4000 "$1")" \
		"$(rate 1000 smtp-source -m 1000 -s 1 -l 4096 "127.0.0.1:$1")" \
		"$(rate 3200 smtp-source -m 3200 -s 16 -l 4096 "127.0.0.1:$1")" \
		"$(rate 6400 smtp-source -d -m 6400 -s 16 -l 4096 "127.0.0.1:$1")"
}

command -v smtp-source >/dev/null || { echo "smtp.sh: no smtp-source" >&2; exit 0; }
echo "per second: sessions 1 at a time, 16; 4 KiB messages one per connection 1 client, 16; many per connection 16"
for round in 1 2 3; do
	start 4025 env SMTP_ANY=1 SMTP_MAXMAIL=1000000 smtp-session maildir-deliver "$dir/M"
	ours=$(measure 4025)
	stop
	rm -f M/new/*
	echo "round $round smtp-session $ours"
	command -v mailfront >/dev/null || continue
	start 4026 env MODULE_PATH="$peers/usr/lib/mailfront" MAILRULES="$dir/rules" QUEUEDIR="$dir/q" mailfront smtp queuedir mailrules
	theirs=$(measure 4026)
	stop
	rm -f q/new/*
	echo "round $round mailfront    $theirs"
	paste -d' ' <(tr ' ' '\n' <<<"$ours") <(tr ' ' '\n' <<<"$theirs") | awk '{ printf "%s%.2f", (NR > 1 ? " " : "ratio "), $1 / ($2 + 0.001) } END { print "" }'
done
