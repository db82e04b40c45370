#!/bin/bash
# send.sh: one message of 100 MiB in lines of 76 to a sink that stores nothing, MB/s,
# and 200 messages of 4 KiB, each with a start and a connection of its own, per second:
# smtp-send with dots and in chunks beside msmtp (below .build/peers-mail), curl and
# swaks where they are. Usage: t/bench/send.sh [rounds]
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
PATH=${BIN:-$here/bin}:$PATH:$here/.build/peers-mail/usr/bin
dir=$(mktemp -d)
mkfifo "$dir/port"
python3 "$here/t/bench/send-sink.py" >"$dir/port" &
plain=$!
read -r port <"$dir/port"
python3 "$here/t/bench/send-sink.py" CHUNKING >"$dir/port" &
chunky=$!
read -r chunks <"$dir/port"
trap 'kill $plain $chunky; rm -rf "$dir"' EXIT
cd "$dir"
{ printf 'Subject: large\n\n'; head -c 78000000 /dev/urandom | base64 -w 76; } | head -c 104857600 >large
{ printf 'Subject: small\n\n'; head -c 3000 /dev/urandom | base64 -w 76; } >small

with_smtp_send() { tcpclient -RHl0 127.0.0.1 "$port" smtp-send -z off a@b.example c@d.example <"$1"; }
with_chunks() { tcpclient -RHl0 127.0.0.1 "$chunks" smtp-send -z on a@b.example c@d.example <"$1"; }
with_msmtp() { msmtp --host=127.0.0.1 --port="$port" --auth=off --tls=off -f a@b.example c@d.example <"$1"; }
with_curl() { curl -sS "smtp://127.0.0.1:$port" --mail-from a@b.example --mail-rcpt c@d.example --crlf -T "$1"; }
with_swaks() { swaks --silent 3 --server "127.0.0.1:$port" -f a@b.example -t c@d.example -d "@$1"; }

# took command...: microseconds
took() {
	local t
	t=$(date +%s%N)
	"$@" >/dev/null
	echo $((($(date +%s%N) - t) / 1000))
}
each() { for ((i = 0; i < $2; i++)); do "$1" small; done; }

echo "load $(cut -d' ' -f1-3 /proc/loadavg); MB/s of one large message; small messages per second"
for ((round = 1; round <= ${1:-3}; round++)); do
	for name in smtp_send chunks msmtp curl swaks; do
		command -v "${name/chunks/smtp-send}" >/dev/null || command -v "${name/_/-}" >/dev/null || continue
		large=$(took "with_$name" large)
		n=200
		[ $name = swaks ] && n=20
		small=$(took each "with_$name" $n)
		printf 'round %s %-9s %6s %6s\n' "$round" "$name" $((104857600 / large)) $((n * 1000000 / small))
	done
done
