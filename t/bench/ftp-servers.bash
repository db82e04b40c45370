# Read by the FTP benches: the servers beside each other, and rounds in turns.
#
# Peers come from PATH or .build/bench (`make bench`), are left out where they
# are not there, and log in "ftp" without a password. They want a user of that
# name: where there is none, it exists in a mount namespace of the bench alone,
# and that takes root; so do their chroots.
# shellcheck shell=bash

if [ -z "${FTP_BENCH_APART:-}" ] && ! id ftp >/dev/null 2>&1 && unshare -m true 2>/dev/null; then
	FTP_BENCH_APART=1 exec unshare -m "$BASH" "$0" "$@"
fi
here=$(cd "$(dirname "$0")/../.." && pwd)
PATH=${BIN:-$here/bin}:$PATH:$here/.build/bench/usr/sbin
ROUNDS=${ROUNDS:-5}
servers=()
ports=()
dir=$(mktemp -d /dev/shm/ftp-bench.XXXXXX)
bench_places=("$dir")
chmod 755 "$dir"
trap 'stop; rm -rf "${bench_places[@]}"' EXIT
trap 'exit 1' INT TERM

echo "$(uname -srm), $(nproc) cpus, load $(cut -d' ' -f1-3 /proc/loadavg), $ROUNDS rounds in turns"
cc -std=c11 -D_GNU_SOURCE -O2 -o "$dir/ftp-client" "$here/t/bench/ftp-client.c" || exit
"$(command -v musl-gcc || echo cc)" -static -std=c11 -D_GNU_SOURCE -O2 -o "$dir/ftp-floor" \
	"$here/t/bench/ftp-floor.c" || exit

# grow dir: the directory all serve, which none but its owner may write to.
grow() {
	tree=$1/tree
	mkdir -p "$tree/in" "$tree/f" "$1/empty"
	chmod 1777 "$tree/in"
	if [ -n "${FTP_BENCH_APART:-}" ]; then
		umount /etc/passwd 2>/dev/null
		{ cat /etc/passwd && echo "ftp:x:65533:65534::$tree:/bin/sh"; } >"$dir/passwd"
		chmod 644 "$dir/passwd"
		mount --bind "$dir/passwd" /etc/passwd
	fi
}

missing() {
	command -v "$1" >/dev/null || { echo "$1: not found, left out"; return 0; }
	[ "$1" = ftp-session ] || [ "$1" = "$dir/ftp-floor" ] || id ftp >/dev/null 2>&1 && return 1
	echo "$1: no user ftp and no root to pretend one, left out"
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

start_vsftpd() {
	local way port
	missing vsftpd && return
	printf '%s\n' anonymous_enable=YES no_anon_password=NO write_enable=YES anon_upload_enable=YES \
		anon_other_write_enable=YES anon_umask=022 ascii_download_enable=YES ascii_upload_enable=YES \
		"anon_root=$tree" "secure_chroot_dir=$1/empty" seccomp_sandbox=NO max_per_ip=0 >"$1/vsftpd.conf"
	for way in YES NO; do
		port=$(free_port)
		{ cat "$1/vsftpd.conf" && printf '%s\n' listen=YES background=NO listen_address=127.0.0.1 \
			"listen_port=$port" "one_process_model=$way"; } >"$1/vsftpd-$way.conf"
		if [ "$way" = YES ]; then
			alone vsftpd "$port" vsftpd "$1/vsftpd-YES.conf"
		else
			alone vsftpd-two "$port" vsftpd "$1/vsftpd-NO.conf"
		fi
	done
	echo listen=NO >>"$1/vsftpd.conf"
	super vsftpd-inetd -- vsftpd "$1/vsftpd.conf"
}

start_pure() {
	local port
	missing pure-ftpd && return
	port=$(free_port)
	alone pure-ftpd "$port" env FTP_ANON_DIR="$tree" pure-ftpd -e -M -H -c 300 -C 300 -S "127.0.0.1,$port" \
		-g "$1/pure.pid"
	super pure-ftpd-inetd FTP_ANON_DIR="$tree" -- pure-ftpd -e -M -H -c 300 -C 300
}

start_proftpd() {
	local port
	missing proftpd && return
	port=$(free_port)
	cat >"$1/proftpd.conf" <<-END
		ServerType standalone
		Port $port
		DefaultAddress 127.0.0.1
		SocketBindTight on
		User nobody
		Group nogroup
		MaxInstances 300
		UseReverseDNS off
		WtmpLog off
		AuthOrder mod_auth_unix.c
		RequireValidShell off
		DelayEngine off
		UseFtpUsers off
		PidFile $1/proftpd.pid
		ScoreboardFile $1/proftpd.scores
		SystemLog none
		TransferLog none
		<Anonymous $tree>
			User ftp
			Group nogroup
			AllowOverwrite on
		</Anonymous>
	END
	alone proftpd "$port" proftpd -n -q -c "$1/proftpd.conf"
}

# It has the name of a package and the file name ftpd.
start_inetutils() {
	missing "$here/.build/bench/usr/sbin/ftpd" && return
	super inetutils -- "$here/.build/bench/usr/sbin/ftpd" -q
}

# start place: all of them, on place's tree. The array prefix goes before each, ours
# is the environment of ftp-session; with one set it is there a second time, as one
# process, which is what it is where it need not connect.
prefix=()
one=
start() {
	ports=()
	super ftp-session FTP_MODE=rw FTP_ASCII=1 "${ours[@]}" -- ftp-session "$tree"
	[ -z "$one" ] || super ftp-session-one FTP_ACTIVE=0 -- ftp-session "$tree"
	super floor -- "$dir/ftp-floor" "$tree"
	start_vsftpd "$1"
	start_pure "$1"
	start_proftpd "$1"
	start_inetutils
}
ours=()

stop() {
	local pid
	for pid in "${servers[@]}"; do
		kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
	done
	servers=()
}

# One work against one server: seconds, or 0 for what it refuses.
work() {
	local port=$1
	shift
	timeout 120 "$dir/ftp-client" "$port" "$@" 2>>"$dir/errors" || echo 0
	rm -f "$tree"/in/*
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
	done | awk -v title="$title" -v amount="$amount" -v unit="$unit" '
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
				if (it !~ /^(ftp-session|floor)/) {
					if (!bm || m[i] < bm) bm = m[i]
					if (!bb || b[i] < bb) bb = b[i] } }
			if (bm) printf "  %-36s   %5.2f %5.2f\n", "the best peer", bm / m[1], bb / b[1]
		}'
	sort "$dir/errors" | uniq -c | sed 's/^ */  refused: /'
}
