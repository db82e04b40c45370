#!/bin/bash
# dot-scan.sh: GB/s of the decoder of mail data, linked with each C library there
# is, as the programs are (static, -O2, nothing for this machine alone).
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for cc in musl-gcc gcc; do
	command -v "$cc" >/dev/null || continue
	"$cc" -std=c11 -D_GNU_SOURCE -O2 -static -I"$here/src" -o "$dir/dot-scan" \
		"$here"/t/bench/dot-scan.c "$here"/src/smtp/dot.c "$here"/src/smtp/dotblock.c || exit
	echo "$cc:"
	for width in 76 20 500 -76; do "$dir/dot-scan" "$width" || exit; done
done
