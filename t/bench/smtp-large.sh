#!/bin/bash
# smtp-large.sh [MiB [rounds]]: one large message by DATA and by BDAT, durable, MB/s
# from the first byte to the reply: smtp-session with maildir-deliver beside a
# program that writes what comes and syncs file and directory (the floor), and
# mailfront with its queuedir backend, where `make bench` unpacked it, which does
# not sync the directory. All in turns, under the same tcpserver.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
peers=$here/.build/bench
PATH=${BIN:-$here/bin}:$PATH:$peers/usr/sbin
export LD_LIBRARY_PATH=$peers/usr/lib
mib=${1:-100} rounds=${2:-7}
dir=$(mktemp -d "${TMPDIR:-/var/tmp}/large.XXXXXX")
server=
stop() {
	[ -z "$server" ] || kill "$server" 2>/dev/null || :
	wait
	server=
}
trap 'stop; rm -rf "$dir"' EXIT
cd "$dir"
mkdir -p M/tmp M/new M/cur q/tmp q/new floor
printf ':sender\nk*:*:\n:recipient\nk*:*:\n' >rules
cc=$(command -v musl-gcc || echo cc)
"$cc" -std=c11 -D_GNU_SOURCE -O2 -static -o smtp-large "$here/t/bench/smtp-large.c"

# one name data|bdat program...: one message, one line
one() {
	local name=$1 how=$2 port
	shift 2
	mkfifo fifo
	tcpserver -1RHl0 127.0.0.1 0 "$@" >fifo 2>/dev/null &
	server=$!
	read -r port <fifo
	rm fifo
	echo "$name $(timeout 60 ./smtp-large "$port" "$mib" "$how" 2>/dev/null || echo 0)"
	stop
	rm -f M/new/* q/new/* floor/*
	sync -f .
}

echo "$mib MiB, load $(cut -d' ' -f1-3 /proc/loadavg), $(df --output=fstype . | tail -1), MB/s:"
for ((round = 1; round <= rounds; round++)); do
	one smtp-session data env SMTP_ANY=1 DATABYTES=0 smtp-session maildir-deliver M
	one smtp-session,BDAT bdat env SMTP_ANY=1 DATABYTES=0 smtp-session maildir-deliver M
	one floor data "$PWD/smtp-large" floor "$PWD/floor"
	if command -v mailfront >/dev/null; then
		one mailfront data env MODULE_PATH="$peers/usr/lib/mailfront" MAILRULES="$dir/rules" QUEUEDIR="$dir/q" \
			DATABYTES=0 mailfront smtp queuedir mailrules
	fi
done | awk '
	{ if (!($1 in runs)) order[++k] = $1; v[$1, ++runs[$1]] = $2; all[$1] = all[$1] " " $2 }
	function middle(name, i, j, below) {
		for (i = 1; i <= runs[name]; i++) {
			below = 0
			for (j = 1; j <= runs[name]; j++) if (v[name, j] < v[name, i] || v[name, j] == v[name, i] && j < i) below++
			if (below == int(runs[name] / 2)) return v[name, i]
		}
	}
	END {
		for (i = 1; i <= k; i++) printf "%-20s%s  median %d, ours/it %.2f\n", order[i], all[order[i]],
			middle(order[i]), middle(order[1]) / (middle(order[i]) + 0.001)
	}'
