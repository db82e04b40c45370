# Read by the benches of memory, after the servers: the proportional set size of
# all processes that so many sessions at once add to their server, per session.
# The text of a program is shared by all and counts once.
# shellcheck shell=bash disable=SC2154 # sessions and what servers.bash has

# pss pid: KiB of it and all its descendants.
pss() {
	local p
	for p in $(family "$1"); do cat "/proc/$p/smaps_rollup"; done 2>/dev/null |
		awk '$1 == "Pss:" { sum += $2 } END { print sum + 0 }'
}

# hold name port pid: of one server, for $sessions.
hold() {
	local name=$1 port=$2 pid=$3 client before line
	before=$(pss "$pid")
	mkfifo "$dir/hold" "$dir/ready"
	"$dir/client" "$port" idle "$sessions" <"$dir/hold" >"$dir/ready" 2>"$dir/errors" &
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

# hold_all title: of each server that is up.
hold_all() {
	local server
	echo "$1, $sessions at once"
	for server in "${ports[@]}"; do
		# shellcheck disable=SC2086 # three words
		hold $server
	done
}
