#!/bin/bash
# How fast is one large message, durable? By DATA and by BDAT in chunks of 1 MiB,
# from MAIL to the last answer, on disk, beside peers and a floor.
# Usage: t/bench/smtp-large.sh [MiB]; ROUNDS, DISK.
set -u
# shellcheck source=t/bench/smtp-servers.bash
. "$(dirname "$0")/smtp-servers.bash"
mib=${1:-100}
bytes=$((mib * 1048576))

start
turns "one message of $mib MiB by DATA" "$((bytes / 1000000))" MB/s data "$bytes"
turns "one message of $mib MiB by BDAT" "$((bytes / 1000000))" MB/s bdat "$bytes"
