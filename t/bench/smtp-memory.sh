#!/bin/bash
# What does an idle session hold, after EHLO? Proportional set size of all processes
# that 200 sessions at once add to their server, per session, beside peers and a floor.
# Usage: t/bench/smtp-memory.sh [sessions]
set -u
# shellcheck source=t/bench/smtp-servers.bash
. "$(dirname "$0")/smtp-servers.bash"
# shellcheck source=t/bench/memory.bash
. "$(dirname "$0")/memory.bash"
sessions=${1:-200}

deliver=
start
hold_all "PSS of an idle session after EHLO"
