#!/bin/bash
# How fast are one stream each way, and short sessions? ftp-session beside vsftpd
# and pure-ftpd (PATH or .build/bench, see `make bench`), all under the same
# tcpserver, in turns, medians of three, files on tmpfs. Needs tcpserver and python3.
# Usage: t/bench/ftp.sh [MiB [sessions]]
#
# The peers log in "anonymous" as the user ftp. Where there is none, it exists in
# a mount namespace of this script alone, which takes root; else they are left out.
set -u
if [ -z "${FTP_BENCH_APART:-}" ] && ! id ftp >/dev/null 2>&1 && unshare -m true 2>/dev/null; then
	FTP_BENCH_APART=1 exec unshare -m "$BASH" "$0" "$@"
fi
mib=${1:-1024}
sessions=${2:-1000}
here=$(cd "$(dirname "$0")/../.." && pwd)
PATH=${BIN:-$here/bin}:$PATH:$here/.build/bench/usr/sbin
servers=()
ports=()
dir=$(mktemp -d -p /dev/shm)
trap 'kill "${servers[@]}" 2>/dev/null; rm -rf "$dir"' EXIT
chmod 755 "$dir"
mkdir -p "$dir/tree/in" "$dir/empty"
chmod 1777 "$dir/tree/in"
head -c "$mib"M /dev/urandom >"$dir/tree/big"
chmod 644 "$dir/tree/big"
if [ -n "${FTP_BENCH_APART:-}" ]; then
	{ cat /etc/passwd && echo "ftp:x:65533:65534::$dir/tree:/bin/false"; } >"$dir/passwd"
	chmod 644 "$dir/passwd"
	mount --bind "$dir/passwd" /etc/passwd
fi

# client port: MB/s down, MB/s up, sessions per second; a 0 is what the server
# refused. It drops what it receives unread and sends by sendfile, so that the
# server is what is measured.
client() {
	python3 - "$1" "$sessions" "$dir/tree/big" <<-'END'
		import os, socket, sys, time
		port, sessions, name = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
		size, buffer = os.path.getsize(name), bytearray(1 << 20)

		class Session:
		    def __init__(self):
		        self.c = socket.create_connection(("127.0.0.1", port))
		        self.f = self.c.makefile("rb")
		        self.reply()
		    def reply(self):
		        line = last = self.f.readline()
		        while last and (last[3:4] == b"-" or last[:3] != line[:3]):
		            last = self.f.readline()
		        if line[:1] not in (b"1", b"2", b"3"):
		            raise OSError(line.decode("latin-1"))
		        return last
		    def say(self, line):
		        self.c.sendall(line.encode() + b"\r\n")
		        return self.reply()
		    def login(self):
		        self.say("USER ftp"), self.say("PASS x")
		        return self
		    def data(self, verb):
		        self.say("TYPE I")
		        d = socket.create_connection(("127.0.0.1", int(self.say("EPSV").split(b"|")[3])))
		        self.say(verb)
		        return d
		    def quit(self):
		        self.say("QUIT"), self.f.close(), self.c.close()

		def down():
		    s = Session().login()
		    t = time.perf_counter()
		    d, got, n = s.data("RETR big"), 0, 1
		    while n:
		        n = d.recv_into(buffer, 0, socket.MSG_TRUNC)
		        got += n
		    d.close(), s.reply()
		    t = time.perf_counter() - t
		    s.quit()
		    if got != size: raise OSError("%d of %d bytes down" % (got, size))
		    return size / t / 1e6

		def up():
		    into = os.path.dirname(name) + "/in/up"
		    s = Session().login()
		    t = time.perf_counter()
		    with open(name, "rb") as f:
		        d = s.data("STOR in/up")
		        at = 0
		        while at < size:
		            at += os.sendfile(d.fileno(), f.fileno(), at, size - at)
		    d.close(), s.reply()
		    t = time.perf_counter() - t
		    s.quit()
		    held = os.path.getsize(into)
		    os.unlink(into)
		    if held != size: raise OSError("%d of %d bytes up" % (held, size))
		    return size / t / 1e6

		def short():
		    t = time.perf_counter()
		    for _ in range(sessions):
		        s = Session().login()
		        s.say("PWD"), s.quit()
		    return sessions / (time.perf_counter() - t)

		def once(what):
		    try:
		        return int(what())
		    except OSError as e:
		        print("%s: %s" % (what.__name__, str(e).strip()), file=sys.stderr)
		        return 0
		print(*(once(w) for w in (down, up, short)))
	END
}

# under name command...: start it under tcpserver, if it is there.
under() {
	local name=$1 port
	shift
	command -v "$name" >/dev/null || { echo "$name: not found, left out"; return; }
	mkfifo "$dir/$name"
	tcpserver -1DRHl0 -c 100 127.0.0.1 0 "$@" >"$dir/$name" 2>/dev/null &
	servers+=("$!")
	read -r port <"$dir/$name"
	ports+=("$name $port")
}

echo "$(uname -srm), $(nproc) cpus, load $(cut -d' ' -f1-3 /proc/loadavg), $mib MiB each way; 0 is refused"
under ftp-session env FTP_MODE=rw ftp-session "$dir/tree"
if id ftp >/dev/null 2>&1; then
	printf '%s\n' listen=NO anonymous_enable=YES no_anon_password=NO write_enable=YES anon_upload_enable=YES \
		anon_other_write_enable=YES "anon_root=$dir/tree" "secure_chroot_dir=$dir/empty" seccomp_sandbox=NO >"$dir/vsftpd.conf"
	under vsftpd vsftpd "$dir/vsftpd.conf"
	under pure-ftpd env FTP_ANON_DIR="$dir/tree" pure-ftpd -e -M -H
else
	echo "vsftpd, pure-ftpd: no user ftp and no root to pretend one, left out"
fi
# The first file on tmpfs pays for pages that the later ones find ready.
cat "$dir/tree/big" "$dir/tree/big" >"$dir/warm" && rm "$dir/warm"
for _ in 1 2 3; do
	for name_port in "${ports[@]}"; do
		echo "${name_port% *} $(client "${name_port#* }")"
	done
done | awk '
	{ if (!($1 in runs)) names[++k] = $1
	  r = ++runs[$1]; for (i = 2; i <= 4; i++) v[$1, i, r] = $i }
	function middle(n, i, a, b, c) { a = v[n, i, 1]; b = v[n, i, 2]; c = v[n, i, 3]
		return a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b) }
	function by(n, i) { return middle(n, i) ? sprintf("%.2f", middle(names[1], i) / middle(n, i)) : "-" }
	END {
		for (j = 1; j <= k; j++) printf "%-12s down %5d MB/s  up %5d MB/s  sessions %4d /s  ours/it %s %s %s\n",
			names[j], middle(names[j], 2), middle(names[j], 3), middle(names[j], 4),
			by(names[j], 2), by(names[j], 3), by(names[j], 4)
	}'
