#!/bin/bash
# How many messages of 4 KiB are kept, durable, per second? One per connection from
# one client and from sixteen, then many per connection from sixteen, on disk, beside
# peers and a floor, loaded by Postfix's smtp-source; and how often each of them
# flushes for a message.
# Usage: t/bench/smtp-messages.sh [messages [bytes]]; ROUNDS, DISK.
set -u
# shellcheck source=t/bench/smtp-servers.bash
. "$(dirname "$0")/smtp-servers.bash"
messages=${1:-200}
bytes=${2:-4096}

# One work against one server: seconds, or 0 for what it refuses.
work() {
	local port=$1 t
	shift
	t=$(date +%s%N)
	if timeout 60 smtp-source -l "$bytes" "$@" "127.0.0.1:$port" >/dev/null 2>>"$dir/errors"; then
		awk "BEGIN { printf \"%.9f\\n\", ($(date +%s%N) - $t) / 1e9 }"
	else
		echo 0
	fi
	tidy
}

# syncs name port pid: calls that flush, of all its processes, for a message.
syncs() {
	local p tracer who=()
	for p in $(family "$3"); do who+=(-p "$p"); done
	strace -fqq -e trace=fsync,fdatasync,syncfs,sync -o "$dir/trace" "${who[@]}" 2>/dev/null &
	tracer=$!
	until grep -q '^TracerPid:[[:space:]]*[1-9]' "/proc/$3/status"; do read -rt 0.1 _ <> <(:); done
	work "$2" -m 20 -s 1 >/dev/null
	kill -INT "$tracer"
	wait "$tracer"
	awk -v name="$1" '/ f?(data)?sync(fs)?\(/ { n++ } END { printf "  %-16s %5.2f\n", name, n / 20 }' "$dir/trace"
}

start
command -v smtp-source >/dev/null || { echo "no smtp-source: left out" && exit 0; }
turns "messages of $bytes bytes, one per connection, one client" "$messages" /s -m "$messages" -s 1
turns "messages of $bytes bytes, one per connection, sixteen clients" "$messages" /s -m "$messages" -s 16
turns "messages of $bytes bytes, 100 per connection, sixteen clients" 1600 /s -d -m 1600 -s 16
command -v strace >/dev/null || exit 0
printf '\nflushes for a message\n'
for server in "${ports[@]}"; do
	# shellcheck disable=SC2086 # three words
	syncs $server
done
