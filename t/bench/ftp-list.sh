#!/bin/bash
# ftp-list.sh [entries [rounds]]: LIST, MLSD and NLST of one large directory:
# first byte and total in ms, peak memory in KiB, beside a loop of getdents64 and
# statx that writes the same lines (list-floor.c) and the servers `make bench`
# unpacks, all in turns. The user ftp, where there is none, is that of ftp.sh.
set -u
if [ -z "${FTP_BENCH_APART:-}" ] && ! id ftp >/dev/null 2>&1 && unshare -m true 2>/dev/null; then
	FTP_BENCH_APART=1 exec unshare -m "$BASH" "$0" "$@"
fi
entries=${1:-100000}
rounds=${2:-7}
here=$(cd "$(dirname "$0")/../.." && pwd)
PATH=${BIN:-$here/bin}:$PATH:$here/.build/bench/usr/sbin
dir=$(mktemp -d -p /dev/shm)
servers=()
trap 'kill "${servers[@]}" 2>/dev/null; rm -rf "$dir"' EXIT
chmod 755 "$dir"
mkdir -p "$dir/tree/large" "$dir/empty"
(cd "$dir/tree/large" && seq -f 'a-file-of-some-name-%06g.txt' "$entries" | xargs touch)
if [ -n "${FTP_BENCH_APART:-}" ]; then
	{ cat /etc/passwd && echo "ftp:x:65533:65534::$dir/tree:/bin/false"; } >"$dir/passwd"
	chmod 644 "$dir/passwd"
	mount --bind "$dir/passwd" /etc/passwd
fi
cc=cc
command -v musl-gcc >/dev/null && cc=musl-gcc
if ! "$cc" -O2 -static -idirafter /usr/include -idirafter "/usr/include/$(gcc -print-multiarch)" \
	-o "$dir/floor" "$here/t/bench/list-floor.c"; then
	echo "list-floor: does not build"
	exit 1
fi

# under name command...: start it under tcpserver, if it is there.
ports=()
under() {
	local name=$1 port
	shift
	[ -x "$1" ] || command -v "$name" >/dev/null || { echo "$name: not found, left out"; return; }
	mkfifo "$dir/$name.port"
	tcpserver -1DRHl0 -c 100 127.0.0.1 0 "$@" >"$dir/$name.port" 2>/dev/null &
	servers+=("$!")
	read -r port <"$dir/$name.port"
	ports+=("$name:$port:$!")
}

echo "$(uname -srm), $(nproc) cpus, load $(cut -d' ' -f1-3 /proc/loadavg), $entries entries, $rounds rounds"
under floor "$dir/floor" "$dir/tree/large"
under ftp-session ftp-session "$dir/tree"
if id ftp >/dev/null 2>&1; then
	printf '%s\n' listen=NO anonymous_enable=YES no_anon_password=NO "anon_root=$dir/tree" \
		"secure_chroot_dir=$dir/empty" seccomp_sandbox=NO >"$dir/vsftpd.conf"
	under vsftpd vsftpd "$dir/vsftpd.conf"
	under pure-ftpd env FTP_ANON_DIR="$dir/tree" pure-ftpd -e -M -H -L 1000000:5
	printf '%s\n' 'ServerType inetd' 'ServerName x' 'User ftp' 'Group nogroup' 'UseIPv6 off' 'DefaultServer on' \
		'ScoreboardFile none' 'RequireValidShell off' "<Anonymous $dir/tree>" 'User ftp' 'Group nogroup' \
		'UserAlias anonymous ftp' 'RequireValidShell off' '</Anonymous>' \
		>"$dir/proftpd.conf"
	under proftpd proftpd -c "$dir/proftpd.conf"
else
	echo "vsftpd, pure-ftpd, proftpd: no user ftp, left out"
fi

# measure what name:port:server...: "name what first-ms total-ms KiB bytes".
measure() {
	timeout 120 python3 - "$@" <<-'END'
		import glob, socket, sys, time
		buffer = bytearray(1 << 20)
		def drain(d, began):
		    first, n, got = 0, 1, 0
		    while n:
		        n = d.recv_into(buffer, 0, socket.MSG_TRUNC)
		        first = first or time.perf_counter() - began
		        got += n
		    return first * 1000, (time.perf_counter() - began) * 1000, got
		def peak(server):
		    parents, most = {}, {}
		    for name in glob.glob("/proc/[0-9]*/status"):
		        try: s = dict(l.split(":", 1) for l in open(name).read().splitlines() if ":" in l)
		        except OSError: continue
		        parents[int(s["Pid"])] = int(s["PPid"])
		        most[int(s["Pid"])] = int(s.get("VmHWM", "0 kB").split()[0])
		    def below(p):
		        while p in parents:
		            p = parents[p]
		            if p == server: return True
		    return max([most[p] for p in parents if below(p)] or [0])
		def floor(port, server, what):
		    d = socket.create_connection(("127.0.0.1", port))
		    time.sleep(0.05)
		    began = time.perf_counter(); d.sendall(what[:1].encode())
		    r = drain(d, began); d.close()
		    return r + (0,)
		def ftp(port, server, what):
		    c = socket.create_connection(("127.0.0.1", port)); f = c.makefile("rb")
		    def reply():
		        l = text = f.readline()
		        while l[3:4] == b"-" or not l[:3].isdigit():
		            if not l: raise OSError("gone")
		            l = f.readline(); text += l
		        if l[:1] not in b"123": raise OSError(l.decode("latin-1"))
		        return text
		    def say(l): c.sendall(l.encode() + b"\r\n"); return reply()
		    reply(); say("USER ftp"); say("PASS x"); say("TYPE I"); say("CWD large")
		    if what == "MLSD" and b"MLST" not in say("FEAT"): raise OSError("has no MLSD")
		    d = socket.create_connection(("127.0.0.1", int(say("EPSV").split(b"|")[3])))
		    d.settimeout(5); c.settimeout(5)
		    began = time.perf_counter(); c.sendall(what.encode() + b"\r\n")
		    r = drain(d, began); d.close(); reply(); reply()
		    most = peak(server)
		    say("QUIT"); c.close()
		    return r + (most,)
		what = sys.argv[1]
		for one in sys.argv[2:]:
		    name, port, server = one.split(":")
		    if name == "floor" and what == "NLST": continue
		    try: first, total, got, most = (floor if name == "floor" else ftp)(int(port), int(server), what)
		    except OSError as e: print(name, what, 0, 0, 0, str(e).split("\r")[0].replace(" ", "_")); continue
		    print(name, what, "%.2f" % first, "%.1f" % total, most, got)
	END
}

for _ in $(seq "$rounds"); do
	for what in LIST MLSD NLST; do measure "$what" "${ports[@]}"; done
done | awk '
	{ k = $2 " " $1; if (!(k in n)) order[++m] = k
	  i = ++n[k]; f[k, i] = $3; t[k, i] = $4; if ($5 > p[k]) p[k] = $5; b[k] = $6 }
	function sorted(a, k, i, j, x) { for (i = 2; i <= n[k]; i++) for (j = i; j > 1 && a[k, j] < a[k, j - 1]; j--) {
		x = a[k, j]; a[k, j] = a[k, j - 1]; a[k, j - 1] = x } }
	END {
		printf "%-18s %21s %23s %9s %9s\n", "", "first byte ms", "total ms (least, ratio)", "peak KiB", "bytes"
		for (j = 1; j <= m; j++) {
			k = order[j]; split(k, w, " ")
			sorted(f, k); sorted(t, k)
			if (t[k, 1] + 0 == 0) { printf "%-18s refused: %s\n", k, b[k]; continue }
			base = (w[1] " floor") in n ? w[1] " floor" : w[1] " ftp-session"
			h = int((n[k] + 1) / 2)
			printf "%-18s %9.2f (least %5.2f) %9.1f (%6.1f, %4.2f) %8d %9d\n", k, f[k, h], f[k, 1], t[k, h], t[k, 1],
				t[k, 1] / t[base, 1], p[k], b[k]
		}
	}'
