#!/bin/bash
# What does an idle session hold? Proportional set size of all processes that 200
# logged-in sessions at once add to their server, per session, beside peers and a
# floor. The text of a program is shared by all and counts once.
# Usage: t/bench/ftp-memory.sh [sessions]
set -u
# shellcheck source=t/bench/ftp-servers.bash
. "$(dirname "$0")/ftp-servers.bash"
sessions=${1:-200}

# family pid: it and all its descendants.
family() {
	ps -eo pid=,ppid= | awk -v root="$1" '{ parent[$1] = $2 }
		END { for (p in parent) {
			for (x = p; x != root && x in parent; x = parent[x]) continue
			if (x == root) print p } }'
}

# pss pid: KiB of it and all its descendants.
pss() {
	local p
	for p in $(family "$1"); do cat "/proc/$p/smaps_rollup"; done 2>/dev/null |
		awk '$1 == "Pss:" { sum += $2 } END { print sum + 0 }'
}

hold() {
	local name=$1 port=$2 pid=$3 client before line
	before=$(pss "$pid")
	mkfifo "$dir/hold" "$dir/ready"
	"$dir/ftp-client" "$port" idle "$sessions" <"$dir/hold" >"$dir/ready" 2>"$dir/errors" &
	client=$!
	exec 7>"$dir/hold" 8<"$dir/ready"
	if read -rt 60 -u 8 line && [ "$line" = ready ]; then
		awk -v name="$name" -v kib="$(($(pss "$pid") - before))" -v n="$sessions" \
			'BEGIN { printf "  %-16s %8.1f KiB\n", name, kib / n }'
	else
		echo "  $name: left out: $(tail -n 1 "$dir/errors")"
	fi
	exec 7>&- 8<&-
	wait "$client"
	rm "$dir/hold" "$dir/ready"
}

one=1
grow "$dir"
chmod -R a+rX "$tree"
start "$dir"
echo "PSS of an idle logged-in session, $sessions at once"
for server in "${ports[@]}"; do
	# shellcheck disable=SC2086 # three words
	hold $server
done
