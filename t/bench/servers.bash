# Read by the benches of servers: servers beside each other, and rounds in turns.
#
# A bench sets client (a program of t/bench) and mine (a pattern of the names that
# are no peers), reads this, starts servers, and takes turns. Peers come from PATH
# or .build/bench (`make bench`) and are left out where they are not there.
# shellcheck shell=bash disable=SC2154 # client, mine and prefix are the reader's

here=$(cd "$(dirname "$0")/../.." && pwd)
PATH=${BIN:-$here/bin}:$PATH:$here/.build/bench/usr/sbin
ROUNDS=${ROUNDS:-5}
patience=${patience:-120} # seconds for one work
servers=()
ports=()
dir=$(mktemp -d "${scratch:-/dev/shm}/$client.XXXXXX") || exit
bench_places=("$dir")
chmod 755 "$dir"
trap 'stop; rm -rf "${bench_places[@]}"' EXIT
trap 'exit 1' INT TERM

echo "$(uname -srm), $(nproc) cpus, load $(cut -d' ' -f1-3 /proc/loadavg), $ROUNDS rounds in turns"
cc -std=c11 -D_GNU_SOURCE -O2 -o "$dir/client" "$here/t/bench/$client.c" "$here/t/bench/client.c" || exit

# floor name: t/bench/name.c, static, as $dir/name
floor() {
	"$(command -v musl-gcc || echo cc)" -static -std=c11 -D_GNU_SOURCE -O2 -o "$dir/$1" "$here/t/bench/$1.c"
}

answers() {
	local line
	read -rt 5 line <"/dev/tcp/127.0.0.1/$1" && [ "${line:0:3}" = 220 ]
} 2>/dev/null

# up name port: wait until it greets.
up() {
	local _
	for _ in {1..50}; do
		if answers "$2"; then
			ports+=("$1 $2 ${servers[-1]}")
			return
		fi
		read -rt 0.1 _ <> <(:)
	done
	echo "$1: does not answer, left out"
}

# super name [VAR=value...] -- command...: under tcpserver, which chooses the port.
super() {
	local name=$1 port vars=()
	while shift && [ "$1" != -- ]; do vars+=("$1"); done
	shift
	mkfifo "$dir/port"
	env "${vars[@]}" "${prefix[@]}" tcpserver -1DRHl0 -b 300 -c 300 127.0.0.1 0 "$@" >"$dir/port" 2>/dev/null &
	servers+=("$!")
	read -r port <"$dir/port"
	rm "$dir/port"
	up "$name" "$port"
}

# alone name port command...: it listens by itself.
alone() {
	local name=$1 port=$2
	shift 2
	"${prefix[@]}" "$@" >/dev/null 2>&1 </dev/null &
	servers+=("$!")
	up "$name" "$port"
}

free_port() {
	local port
	for ((port = 20000 + RANDOM % 10000; ; port++)); do
		(: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
	done
	echo "$port"
}

stop() {
	local pid
	for pid in "${servers[@]}"; do
		kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
	done
	servers=()
}

# family pid: it and all its descendants.
family() {
	ps -eo pid=,ppid= | awk -v root="$1" '{ parent[$1] = $2 }
		END { for (p in parent) {
			for (x = p; x != root && x in parent; x = parent[x]) continue
			if (x == root) print p } }'
}

# After each turn.
tidy() { :; }

# One work against one server: seconds, or 0 for what it refuses.
work() {
	local port=$1
	shift
	timeout "$patience" "$dir/client" "$port" "$@" 2>>"$dir/errors" || echo 0
	tidy
}

# turns title amount unit client-argument...: in turns, ROUNDS times. Prints each
# one's median and best, as amount per second, or for a unit of time as seconds
# times amount; and how many times better ours is than each.
turns() {
	local title=$1 amount=$2 unit=$3 server name port i
	shift 3
	: >"$dir/errors"
	for ((i = 0; i < ROUNDS; i++)); do
		for server in "${ports[@]}"; do
			read -r name port _ <<<"$server"
			echo "$name $(work "$port" "$@")"
		done
	done | awk -v mine="$mine" -v title="$title" -v amount="$amount" -v unit="$unit" '
		$2 > 0 { if (!($1 in n)) names[++k] = $1; v[$1, ++n[$1]] = $2 }
		function sort(name, i, j, x) {
			for (i = 2; i <= n[name]; i++)
				for (j = i; j > 1 && v[name, j] < v[name, j - 1]; j--) {
					x = v[name, j]; v[name, j] = v[name, j - 1]; v[name, j - 1] = x } }
		function show(t) { return unit ~ /\/s$/ ? amount / t : t * amount }
		END {
			printf "\n%s, %s: median and best; ours is better by\n", title, unit
			us = names[1]
			for (i = 1; i <= k; i++) {
				it = names[i]
				sort(it)
				m[i] = v[it, int((n[it] + 1) / 2)]; b[i] = v[it, 1]
				printf "  %-16s %9.1f %9.1f   %5.2f %5.2f\n", it, show(m[i]), show(b[i]), m[i] / m[1], b[i] / b[1]
				if (it !~ mine) {
					if (!bm || m[i] < bm) bm = m[i]
					if (!bb || b[i] < bb) bb = b[i] } }
			if (bm) printf "  %-36s   %5.2f %5.2f\n", "the best peer", bm / m[1], bb / b[1]
		}'
	sort "$dir/errors" | uniq -c | sed 's/^ */  refused: /'
}
