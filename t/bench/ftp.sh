#!/bin/bash
# How fast are one stream each way, and short sessions? Beside vsftpd and
# pure-ftpd where they are installed. Prints ratios to the best peer; needs
# tcpserver, curl and python3. Usage: t/bench/ftp.sh [MiB [sessions]]
set -u
MIB=${1:-1024}
SESSIONS=${2:-500}
BIN=${BIN:-$(cd "$(dirname "$0")/../.." && pwd)/bin}
DIR=$(mktemp -d -p /dev/shm)
trap 'kill $SERVER 2>/dev/null; rm -rf "$DIR"' EXIT
mkdir -m 777 "$DIR/root"
head -c "$MIB"M /dev/urandom >"$DIR/root/big"

# measure name port: three numbers, MB/s down, MB/s up, sessions per second.
measure() {
	local url=ftp://127.0.0.1:$2 down up rate
	down=$(for _ in 1 2 3; do curl -sS -o /dev/null -w '%{speed_download}\n' "$url/big"; done | sort -n | sed -n 2p)
	up=$(for _ in 1 2 3; do curl -sS -T "$DIR/root/big" -w '%{speed_upload}\n' "$url/up"; done | sort -n | sed -n 2p)
	rate=$(
		python3 - "$2" "$SESSIONS" <<-'END'
			import socket, sys, time
			n = int(sys.argv[2]); t = time.time()
			for i in range(n):
			    c = socket.create_connection(("127.0.0.1", int(sys.argv[1]))); f = c.makefile("rb")
			    f.readline()
			    for line in (b"USER ftp", b"PASS x", b"PWD", b"QUIT"):
			        c.sendall(line + b"\r\n"); f.readline()
			    c.close()
			print(n / (time.time() - t))
		END
	)
	printf '%-12s down %8.0f MB/s  up %8.0f MB/s  sessions %6.0f /s\n' \
		"$1" "$((${down%.*} / 1000000))" "$((${up%.*} / 1000000))" "${rate%.*}"
	echo "$1 ${down%.*} ${up%.*} ${rate%.*}" >>"$DIR/all"
}

# under name command...: the command under tcpserver, then measure it.
under() {
	local name=$1 port
	shift
	mkfifo "$DIR/$name"
	tcpserver -1DRHl0 -c 100 127.0.0.1 0 "$@" >"$DIR/$name" 2>/dev/null &
	SERVER=$!
	read -r port <"$DIR/$name"
	measure "$name" "$port"
	kill "$SERVER"
	rm -f "$DIR/root/up"
}

uname -srm
under ftp-session env FTP_MODE=rw "$BIN/ftp-session" "$DIR/root"
if command -v vsftpd >/dev/null; then
	printf '%s\n' listen=NO anonymous_enable=YES write_enable=YES anon_upload_enable=YES \
		anon_other_write_enable=YES allow_writeable_chroot=YES "anon_root=$DIR/root" \
		seccomp_sandbox=NO >"$DIR/vsftpd.conf"
	under vsftpd vsftpd "$DIR/vsftpd.conf"
fi
if command -v pure-ftpd >/dev/null; then
	under pure-ftpd env FTP_ANON_DIR="$DIR/root" pure-ftpd -e -M -H
fi
awk 'NR == 1 { for (i = 2; i <= 4; i++) own[i] = $i; next }
	{ for (i = 2; i <= 4; i++) if ($i > best[i]) best[i] = $i }
	END { if (NR > 1) printf "to the best peer: down %.2f, up %.2f, sessions %.2f\n",
		own[2] / best[2], own[3] / best[3], own[4] / best[4] }' "$DIR/all"
