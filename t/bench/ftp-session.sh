#!/bin/bash
# What does a session cost? Connect, log in, PWD, QUIT, one after another and
# sixteen at a time; then the round trip of a NOOP with all on one CPU.
# Usage: t/bench/ftp-session.sh [milliseconds-a-turn [NOOPs]]; ROUNDS.
set -u
# shellcheck source=t/bench/ftp-servers.bash
. "$(dirname "$0")/ftp-servers.bash"
ms=${1:-1000}
noops=${2:-20000}

one=1
grow "$dir"
chmod -R a+rX "$tree"
start "$dir"
turns "sessions, one after another" 1 /s sessions "$ms" 1
turns "sessions, sixteen at a time" 1 /s sessions "$ms" 16
stop
prefix=(taskset -c 0)
taskset -pc 0 $$ >/dev/null
start "$dir"
turns "NOOP, one CPU" "$(awk "BEGIN { print 1e6 / $noops }")" us noop "$noops"
