#!/bin/bash
# Of the hundred damaged messages of t/data/mime/damage, from how many do mime-unpack
# and its peers recover every payload, byte for byte but for line ends, under any name?
# And how often did they tell, by their exit status, when they did not?
# usage: t/bench/mime-recover.sh
/usr/bin/python3 -c "import gi" 2>/dev/null || { echo "mime-recover: without python3-gi" && exit 0; }
here=$(cd "$(dirname "$0")" && pwd)
PATH=${BIN:-$here/../../bin}:$PATH:$here/../../.build/bench/usr/bin:$here/../../.build/bench/usr/bin/mh \
	exec /usr/bin/python3 "$here/mime-recover.py" "$@"
