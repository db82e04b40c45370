#!/bin/bash
# What does a session cost? Connect, EHLO, QUIT, one after another and sixteen at a
# time; then the round trip of a NOOP with all on one CPU. Postfix keeps processes
# for many sessions each: it is shown, and no peer in this.
# Usage: t/bench/smtp-session.sh [milliseconds-a-turn [NOOPs]]; ROUNDS.
set -u
# shellcheck source=t/bench/smtp-servers.bash
. "$(dirname "$0")/smtp-servers.bash"
mine='^(smtp-session|floor|postfix)'
ms=${1:-1000}
noops=${2:-50}

deliver=
start
turns "sessions, one after another" 1 /s sessions "$ms" 1
turns "sessions, sixteen at a time" 1 /s sessions "$ms" 16
stop
prefix=(taskset -c 0)
taskset -pc 0 $$ >/dev/null
start
turns "NOOP, $noops in a session, one CPU" "$(awk "BEGIN { print 1e6 / $noops }")" us noop "$noops"
