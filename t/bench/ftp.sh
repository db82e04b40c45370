#!/bin/bash
# How fast are one stream each way, and short sessions? ftp-session beside vsftpd
# and pure-ftpd (PATH or .build/bench, see `make bench`), all under the same
# tcpserver, medians of three, files on tmpfs. Needs tcpserver and python3.
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
server=
dir=$(mktemp -d -p /dev/shm)
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$dir"' EXIT
chmod 755 "$dir"
mkdir -p "$dir/root/in" "$dir/empty"
chmod 1777 "$dir/root/in"
head -c "$mib"M /dev/urandom >"$dir/root/big"
chmod 644 "$dir/root/big"
if [ -n "${FTP_BENCH_APART:-}" ]; then
	{ cat /etc/passwd && echo "ftp:x:65533:65534::$dir/root:/bin/false"; } >"$dir/passwd"
	chmod 644 "$dir/passwd"
	mount --bind "$dir/passwd" /etc/passwd
fi

# client port: MB/s down, MB/s up, sessions per second; a 0 is what the server
# refused. It drops what it receives unread and sends by sendfile, so that the
# server is what is measured.
client() {
	python3 - "$1" "$sessions" "$dir/root/big" <<-'END'
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

		def median(what):
		    try:
		        return sorted(what() for _ in range(3))[1]
		    except OSError as e:
		        print("%s: %s" % (what.__name__, str(e).strip()), file=sys.stderr)
		        return 0
		print(*(int(median(w)) for w in (down, up, short)))
	END
}

# under name command...: the command under tcpserver, measured; a row, and a line in all.
under() {
	local name=$1 port down up rate
	shift
	command -v "$name" >/dev/null || { echo "$name: not found, left out"; return; }
	mkfifo "$dir/$name"
	tcpserver -1DRHl0 -c 100 127.0.0.1 0 "$@" >"$dir/$name" 2>/dev/null &
	server=$!
	read -r port <"$dir/$name"
	read -r down up rate <<<"$(client "$port")"
	kill "$server"
	server=
	printf '%-12s down %6d MB/s  up %6d MB/s  sessions %5d /s\n' "$name" "$down" "$up" "$rate"
	echo "$name $down $up $rate" >>"$dir/all"
}

echo "$(uname -srm), $(nproc) cpus, load $(cut -d' ' -f1-3 /proc/loadavg), $mib MiB each way; 0 is refused"
under ftp-session env FTP_MODE=rw ftp-session "$dir/root"
if id ftp >/dev/null 2>&1; then
	printf '%s\n' listen=NO anonymous_enable=YES no_anon_password=NO write_enable=YES anon_upload_enable=YES \
		anon_other_write_enable=YES "anon_root=$dir/root" "secure_chroot_dir=$dir/empty" seccomp_sandbox=NO >"$dir/vsftpd.conf"
	under vsftpd vsftpd "$dir/vsftpd.conf"
	under pure-ftpd env FTP_ANON_DIR="$dir/root" pure-ftpd -e -M -H
else
	echo "vsftpd, pure-ftpd: no user ftp and no root to pretend one, left out"
fi
awk 'NR == 1 { for (i = 2; i <= 4; i++) own[i] = $i; next }
	{ printf "ftp-session/%-10s down %s, up %s, sessions %s\n", $1, by(2), by(3), by(4) }
	function by(i) { return $i ? sprintf("%.2f", own[i] / $i) : "-" }' "$dir/all"
