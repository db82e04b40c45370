#!/bin/bash
# memory.sh: proportional set size per idle session, both processes together,
# and the time from connect to 220, under tcpserver; beside vsftpd and pure-ftpd
# under the same tcpserver where installed (PATH or .build/bench).
# They want a user ftp; where there is none, see ftp.sh.
set -eu
if [ -z "${FTP_BENCH_APART:-}" ] && ! id ftp >/dev/null 2>&1 && unshare -m true 2>/dev/null; then
	FTP_BENCH_APART=1 exec unshare -m "$BASH" "$0" "$@"
fi
here=$(cd "$(dirname "$0")/../.." && pwd)
PATH=${BIN:-$here/bin}:$PATH:$here/.build/bench/usr/sbin
dir=$(mktemp -d "$here/.build/memory.XXXXXX")
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$dir"' EXIT
cd "$dir"
mkdir root
chmod 755 . root
if [ -n "${FTP_BENCH_APART:-}" ]; then
	{ cat /etc/passwd && echo "ftp:x:65533:65534::$dir/root:/bin/false"; } >passwd
	chmod 644 passwd
	mount --bind passwd /etc/passwd
fi

# measure name port lines...: 100 idle sessions that have said these lines
measure() {
	python3 - "$@" "$server" <<-'END'
		import os, socket, subprocess, sys, time
		name, port, *lines, server = sys.argv[1:]
		def tree(pid):
		    kids = subprocess.run(["pgrep", "-P", pid], capture_output=True, text=True).stdout.split()
		    return [pid] + [p for k in kids for p in tree(k)]
		def pss(pid):
		    for line in open("/proc/%s/smaps_rollup" % pid):
		        if line.startswith("Pss:"):
		            return int(line.split()[1])
		held, took = [], []
		for i in range(100):
		    t = time.perf_counter()
		    s = socket.create_connection(("127.0.0.1", int(port)))
		    f = s.makefile("rb")
		    f.readline()
		    took.append(time.perf_counter() - t)
		    for line in lines:
		        s.sendall(line.encode() + b"\r\n")
		        said = f.readline()
		        while said[3:4] == b"-":
		            said = f.readline()
		    if said[:1] not in (b"2", b"3"):
		        sys.exit("%s: left out: %s" % (name, said.decode("latin-1").strip() or "gone"))
		    held.append((s, f))
		total = sum(pss(p) for p in tree(server) if p != server)
		took.sort()
		print("%-14s PSS %6.1f KiB per session, connect to greeting %.2f ms (median)" % (name, total / 100, took[50] * 1000))
	END
}

# idle name port "line..." program...
idle() {
	local name=$1 port=$2 lines
	mapfile -t lines <<<"$3"
	shift 3
	tcpserver -c 200 -b 200 -RHl0 127.0.0.1 "$port" "$@" 2>/dev/null &
	server=$!
	until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do read -rt 0.05 _ <> <(:) || :; done
	measure "$name" "$port" "${lines[@]}" || :
	kill "$server"
	wait "$server" 2>/dev/null || :
	server=
}

login=$'USER ftp\nPASS x'
idle smtp-session 4031 'EHLO c' env SMTP_ANY=1 smtp-session true
idle ftp-session 4032 "$login" ftp-session root
if command -v vsftpd >/dev/null; then
	printf '%s\n' anonymous_enable=YES "anon_root=$dir/root" "secure_chroot_dir=$dir/root" listen=NO seccomp_sandbox=NO one_process_model=NO >vsftpd.conf
	idle vsftpd 4033 "$login" vsftpd "$dir/vsftpd.conf"
fi
if command -v pure-ftpd >/dev/null; then
	idle pure-ftpd 4034 "$login" pure-ftpd -e -H -c 200
fi
