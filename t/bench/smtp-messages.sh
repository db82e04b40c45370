#!/bin/bash
# How many messages of 4 KiB are in a Maildir, durable, per second? One per connection
# from one client and from sixteen, a hundred in one connection of one client, then
# many per connection from sixteen, on disk, beside peers and a floor, loaded by
# Postfix's smtp-source; the clock stops when the last one is there. Then the same until
# the last one is accepted, which for a server with a queue is earlier; and how often
# each of them flushes for a message.
# Usage: t/bench/smtp-messages.sh [messages [bytes]]; ROUNDS, DISK.
set -u
# shellcheck source=t/bench/smtp-servers.bash
. "$(dirname "$0")/smtp-servers.bash"
messages=${1:-200}
bytes=${2:-4096}

# delivered port messages: wait until they all are where they are brought.
delivered() {
	local name port have _
	for server in "${ports[@]}"; do
		read -r name port _ <<<"$server"
		[ "$port" != "$1" ] || break
	done
	for _ in {1..6000}; do
		have=("${kept[$name]}"/*)
		[ "${#have[@]}" -lt "$2" ] || return 0
		read -rt 0.01 _ <> <(:)
	done
	echo "$name: ${#have[@]} of $2 delivered" >>"$dir/errors"
	return 1
}

# One work against one server: seconds, or 0 for what it refuses. All is delivered
# before the next one's turn, whether the clock waits for it or not.
work() {
	local port=$1 t accepted
	shift
	t=$(date +%s%N)
	if timeout 60 smtp-source -l "$bytes" "$@" "127.0.0.1:$port" >/dev/null 2>>"$dir/errors" &&
		accepted=$(date +%s%N) && delivered "$port" "$messages"; then
		[ -n "$until_accepted" ] || accepted=$(date +%s%N)
		awk "BEGIN { printf \"%.9f\\n\", ($accepted - $t) / 1e9 }"
	else
		echo 0
	fi
	tidy
}

# All four works.
works() {
	turns "messages of $bytes bytes $1, one per connection, one client" "$messages" /s -m "$messages" -s 1
	turns "messages of $bytes bytes $1, one per connection, sixteen clients" "$messages" /s -m "$messages" -s 16
	messages=100 turns "messages of $bytes bytes $1, 100 per connection, one client" 100 /s -d -m 100 -s 1
	turns "messages of $bytes bytes $1, many per connection, sixteen clients" "$messages" /s -d -m "$messages" -s 16
}

# flushes_of trace maildir: of files in the Maildir or without a name yet, of files
# elsewhere (a queue), and of directories, that the calls in it flushed; then how
# often something was done that syncs by other means.
flushes_of() {
	local path stored=0 queued=0 dirs=0
	while read -r path; do
		if [ -d "$path" ]; then
			((++dirs))
		elif [[ $path == "$2"/* || $path == */'#'[0-9]* ]]; then
			((++stored))
		else
			((++queued))
		fi
	done < <(sed -n 's/.* \(fsync\|fdatasync\|syncfs\)([0-9]*<\([^>]*\)>.*/\2/p' "$1")
	echo "$stored $queued $dirs $(grep -cE 'O_D?SYNC| (sync|sync_file_range|io_uring_enter|msync)\(' "$1")"
}

# syncs name port pid: what all its processes flush, for a message.
syncs() {
	local p tracer who=() messages=20 stored queued dirs others
	for p in $(family "$3"); do who+=(-p "$p"); done
	strace -fqqy -e trace=fsync,fdatasync,syncfs,sync,sync_file_range,msync,io_uring_enter,open,openat -o "$dir/trace" "${who[@]}" 2>/dev/null &
	tracer=$!
	until grep -q '^TracerPid:[[:space:]]*[1-9]' "/proc/$3/status"; do read -rt 0.1 _ <> <(:); done
	work "$2" -m "$messages" -s 1 >/dev/null
	kill -INT "$tracer"
	wait "$tracer"
	read -r stored queued dirs others < <(flushes_of "$dir/trace" "${kept[$1]%/new}")
	awk -v name="$1" -v stored="$stored" -v queued="$queued" -v dirs="$dirs" -v others="$others" -v n="$messages" \
		'BEGIN { printf "  %-16s %5.2f %5.2f %5.2f %5.2f\n", name, stored / n, queued / n, dirs / n, others / n }'
}

start
command -v smtp-source >/dev/null || { echo "no smtp-source: left out" && exit 0; }
until_accepted=
works delivered
until_accepted=1
works accepted
command -v strace >/dev/null || exit 0
printf '\nflushed for a message: files in the Maildir, files elsewhere, directories; synced otherwise\n'
for server in "${ports[@]}"; do
	# shellcheck disable=SC2086 # three words
	syncs $server
done
