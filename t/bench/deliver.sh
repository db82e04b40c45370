#!/bin/sh
# Deliveries of one 4 KiB message per second, one process each, one after another:
# maildir-deliver beside what else is installed. It alone syncs the directory.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
PATH=${BIN:-$here/../../bin}:$PATH
n=${1:-300} rounds=${2:-3}
dir=$(mktemp -d "${TMPDIR:-/var/tmp}/deliver.XXXXXX")
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir -p M/tmp M/new M/cur
{ printf 'From: a@example.com\nTo: b@example.com\nSubject: bench\n\n' && yes 'a line of the body'; } 2>/dev/null |
	head -c 4096 >message
printf 'DEFAULT=%s/M/\nMAILDIR=%s\n' "$dir" "$dir" >procmailrc
printf 'to "%s/M/"\n' "$dir" >mailfilter && chmod 600 mailfilter

has() { command -v "$1" >/dev/null 2>&1; }

# each name command...: n deliveries; prints how many per second.
each() {
	name=$1
	shift
	start=$(date +%s%N)
	i=0
	while [ "$i" -lt "$n" ]; do
		"$@" <message >/dev/null 2>&1
		i=$((i + 1))
	done
	end=$(date +%s%N)
	[ "$(find M/new M/cur -type f | wc -l)" -eq "$n" ] || name="$name(LOST)"
	find M/new M/cur -type f -delete
	echo "$name $((n * 1000000000 / (end - start)))"
}

all() {
	each maildir-deliver maildir-deliver M
	if has safecat; then each safecat safecat M/tmp M/new; fi
	if has mdeliver; then each mdeliver mdeliver M; fi
	if has procmail; then each procmail procmail -m procmailrc; fi
	if has maildrop; then each maildrop maildrop "$dir/mailfilter"; fi
}

echo "$n deliveries of 4096 bytes to $(df --output=fstype . | tail -1), $(uname -m), $(nproc) cpus, per second:"
round=0
while [ "$round" -lt "$rounds" ]; do
	all
	round=$((round + 1))
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
		for (i = 1; i <= k; i++) printf "%-20s%s  ours/it %.2f (medians)\n", order[i], all[order[i]],
			middle(order[1]) / middle(order[i])
	}'
