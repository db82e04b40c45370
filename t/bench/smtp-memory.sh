#!/bin/bash
# What does an idle SMTP session hold, and how fast does it greet? Proportional set
# size of both processes of 100 sessions at once, and the time from connect to 220,
# under tcpserver.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
PATH=${BIN:-$here/bin}:$PATH
dir=$(mktemp -d "$here/.build/memory.XXXXXX")
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$dir"' EXIT
cd "$dir"
mkfifo port
SMTP_ANY=1 tcpserver -1RHl0 -c 200 -b 200 127.0.0.1 0 smtp-session true >port 2>/dev/null &
server=$!
read -r port <"$PWD/port"
python3 - "$port" "$server" <<-'END'
	import socket, subprocess, sys, time
	port, server = sys.argv[1:]
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
	    s.sendall(b"EHLO c\r\n")
	    while f.readline()[3:4] == b"-": pass
	    held.append((s, f))
	total = sum(pss(p) for p in tree(server) if p != server)
	took.sort()
	print("smtp-session PSS %6.1f KiB per session, connect to greeting %.2f ms (median)" % (total / 100, took[50] * 1000))
END
