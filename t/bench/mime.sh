#!/bin/bash
# How fast do mime-unpack and mime-pack go beside mblaze and mpack? Best of three
# runs each on tmpfs: command, time, MB/s of payload, ratio to ours.
# usage: t/bench/mime.sh [MB of payload]
set -u

here=$(cd "$(dirname "$0")" && pwd)
PATH=${BIN:-$here/../../bin}:$PATH
mb=${1:-100}
dir=$(mktemp -d /dev/shm/mime-bench.XXXXXX) || exit 111
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 111

head -c "${mb}000000" /dev/urandom >raw.bin
# Text like French, some accents to a line.
base64 -w 72 raw.bin | tr 'AEIOQ+/' '      ' | sed 's/x/é/g' | head -c "${mb}000000" >raw.txt
mime-pack -f a@b -T '' -a raw.bin >b64.eml
mime-pack -f a@b -T '' -y text/plain -a raw.txt >qp.eml
ours=

# best file command...: run it thrice with the file on its standard input, in an empty directory.
best() {
	local file=$1 best=999999999 start spent
	shift
	command -v "$1" >/dev/null || { printf '%-46s not installed\n' "$*"; return; }
	for _ in 1 2 3; do
		rm -rf out && mkdir out
		start=$(date +%s%N)
		(cd out && "$@" <"../$file" >/dev/null 2>&1)
		spent=$((($(date +%s%N) - start) / 1000))
		((spent < best)) && best=$spent
	done
	[ -n "$ours" ] || ours=$best
	printf '%-46s %8d us %6d MB/s  x%s\n' "${*//$dir\//}" "$best" "$((mb * 1000000 / best))" \
		"$(awk "BEGIN { printf \"%.2f\", $best / $ours }")"
}

echo "machine: $(nproc) processors, $(grep -m 1 'model name' /proc/cpuinfo | cut -d: -f2), $(uname -r)"
echo "extract $mb MB sent in base64"
best b64.eml mime-unpack -d .
best b64.eml munpack -q -t
best b64.eml mshow -x - 2
best b64.eml cp /dev/stdin copy

echo "extract $mb MB of text sent in quoted-printable"
ours=
best qp.eml mime-unpack -d .
best qp.eml munpack -q -t

echo "list"
ours=
best b64.eml mime-unpack -L
best b64.eml mshow -t -

echo "build from $mb MB"
ours=
printf 'From: a@b\n\n#application/octet-stream#base64 %s/raw.bin\n' "$dir" >mmime.in
best raw.bin mime-pack -f a@b -T '' -a "$dir/raw.bin"
best raw.bin mpack -s x -o made "$dir/raw.bin"
best mmime.in mmime
