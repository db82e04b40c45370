#!/bin/bash
# What does an idle session hold? Proportional set size of all processes that 200
# logged-in sessions at once add to their server, per session, beside peers and a
# floor. The text of a program is shared by all and counts once.
# Usage: t/bench/ftp-memory.sh [sessions]
set -u
# shellcheck source=t/bench/ftp-servers.bash
. "$(dirname "$0")/ftp-servers.bash"
# shellcheck source=t/bench/memory.bash
. "$(dirname "$0")/memory.bash"
sessions=${1:-200}

one=1
grow "$dir"
chmod -R a+rX "$tree"
start "$dir"
hold_all "PSS of an idle logged-in session"
