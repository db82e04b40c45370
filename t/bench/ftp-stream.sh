#!/bin/bash
# How fast are streams? RETR and STOR, one and four at a time, on tmpfs and on
# disk (page cache), and TYPE A both ways, beside peers and a floor.
# Usage: t/bench/ftp-stream.sh [MiB]; ROUNDS, PLACES ("shm disk") and DISK.
set -u
# shellcheck source=t/bench/ftp-servers.bash
. "$(dirname "$0")/ftp-servers.bash"
mib=${1:-1024}
mb=$((mib * 1048576))

streams() {
	local n
	for n in 1 4; do
		turns "RETR $mib MiB on $1, streams: $n" "$((mb * n / 1000000))" MB/s down I big "$mb" "$n"
		turns "STOR $mib MiB on $1, streams: $n" "$((mb * n / 1000000))" MB/s up I "$tree/big" 0 "$n"
	done
}

# Lines of 50 bytes, a quarter of the size, with LF and with CRLF. The floor does
# not convert.
texts() {
	local bytes=$((mb / 4)) all=("${ports[@]}") i
	for i in "${!ports[@]}"; do [ "${ports[i]%% *}" != floor ] || unset "ports[i]"; done
	base64 -w 49 "$tree/big" | head -c "$bytes" >"$tree/unix"
	base64 -w 49 "$tree/big" | sed 's/$/\r/' | head -c "$bytes" >"$tree/net"
	turns "RETR TYPE A, $((mib / 4)) MiB, one stream" "$((bytes / 1000000))" MB/s down A unix \
		"$((bytes + $(tr -cd '\n' <"$tree/unix" | wc -c)))" 1
	turns "STOR TYPE A, $((mib / 4)) MiB, one stream" "$((bytes / 1000000))" MB/s up A "$tree/net" 0 1
	ports=("${all[@]}")
	rm "$tree/unix" "$tree/net"
}

for place in ${PLACES:-shm disk}; do
	at=$dir/$place
	[ "$place" = shm ] || at=$(mktemp -d "${DISK:-/var/tmp}/ftp-bench.XXXXXX")
	bench_places+=("$at")
	mkdir -p "$at"
	chmod 755 "$at"
	grow "$at"
	head -c "$mb" /dev/urandom >"$tree/big"
	chmod 644 "$tree/big"
	# The first files on tmpfs pay for pages that the later ones find ready.
	cat "$tree/big" "$tree/big" >"$at/warm" && rm "$at/warm"
	start "$at"
	streams "$place"
	[ "$place" != shm ] || texts
	stop
	rm -rf "$at"
done
