#!/bin/bash
# How fast are small files? 1,000 of 4 KiB in one session, down and up, on tmpfs,
# beside peers and a floor. An upload waits up to 20 ms for signs of a client that
# was killed, unless it knows the length or was told not to: hence the last two.
# Usage: t/bench/ftp-files.sh [files [bytes]]; ROUNDS.
set -u
# shellcheck source=t/bench/ftp-servers.bash
. "$(dirname "$0")/ftp-servers.bash"
files=${1:-1000}
bytes=${2:-4096}

at=$dir/shm
mkdir "$at"
chmod 755 "$at"
grow "$at"
head -c "$bytes" /dev/urandom >"$tree/one"
for ((i = 0; i < files; i++)); do cp "$tree/one" "$tree/f/$i"; done
chmod -R a+rX "$tree"
start "$at"
turns "RETR of $files files of $bytes bytes" "$files" files/s fetch "$files" "$bytes"
turns "STOR of $files files of $bytes bytes" "$files" files/s store "$tree/one" "$files" 0
turns "STOR of $files files of $bytes bytes, ALLO first" "$files" files/s store "$tree/one" "$files" 1
stop
ours=(FTP_EOF_WAIT=0)
start "$at"
turns "STOR of $files files of $bytes bytes, FTP_EOF_WAIT=0" "$files" files/s store "$tree/one" "$files" 0
