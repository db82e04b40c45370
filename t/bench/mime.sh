#!/bin/bash
# How fast do mime-unpack and mime-pack go beside mblaze, mpack, courier's tools,
# ripmime, GMime and Python, beside cat or cp of as many bytes, and for base64 beside
# the least that it takes (mime-floor)? Best of ROUNDS runs each on tmpfs: time, MB/s of message, ratio to ours, processor time and the
# ratio of that, peak memory.
# usage: t/bench/mime.sh [MB of payload [MB of text]]; ROUNDS; ROWS, a pattern: only the
# rows whose titles it matches, for which alone files are made. In full: 1074 200.
set -u

here=$(cd "$(dirname "$0")" && pwd)
PATH=${BIN:-$here/../../bin}:$PATH:$here/../../.build/bench/usr/bin
mb=${1:-100}
text=${2:-$mb}
ROUNDS=${ROUNDS:-3}
dir=$(mktemp -d /dev/shm/mime-bench.XXXXXX) || exit 111
trap 'rm -rf "$dir" "${installed:-$dir}"' EXIT
# stop pid: what it has started and they have; else a run that goes on would keep the memory.
stop() {
	local pid
	for pid in $(pgrep -P "$1"); do
		stop "$pid"
		kill "$pid" 2>/dev/null
	done
}
trap 'stop $$; exit 143' HUP INT TERM
cd "$dir" || exit 111

# The library's headers are unpacked, not installed, when there are any.
gmime() {
	local lib=$here/../../.build/bench/usr
	# shellcheck disable=SC2046 # flags
	cc -O2 -D_GNU_SOURCE -I"$lib/include/gmime-3.0" $(pkg-config --cflags glib-2.0) -o gmime \
		"$here/gmime.c" -l:libgmime-3.0.so.0 $(pkg-config --libs gobject-2.0) || rm -f gmime
}
gmime 2>/dev/null
floor() {
	"$(command -v musl-gcc || echo cc)" -static -std=c11 -D_GNU_SOURCE -O2 -I"$here/../.." -o mime-floor \
		"$here/mime-floor.c" "$here"/../../mime/b64*.c "$here"/../../mime/cpu{,find}.c
}
floor
PATH=$PATH:$dir

cat >py-extract <<'END_OF_PYTHON'
#!/usr/bin/env python3
import email, sys
for n, part in enumerate(email.message_from_binary_file(sys.stdin.buffer).walk()):
    if not part.is_multipart():
        open(f"part-{n}", "wb").write(part.get_payload(decode=True))
END_OF_PYTHON
cat >py-build <<'END_OF_PYTHON'
#!/usr/bin/env python3
import email.message, sys
m = email.message.EmailMessage()
m["From"] = "a@b.example"
data = open(sys.argv[2], "rb").read()
if sys.argv[1] == "qp":
    m.set_content(data.decode(), cte="quoted-printable")
else:
    m.add_attachment(data, "application", "octet-stream", cte="base64")
sys.stdout.buffer.write(m.as_bytes())
END_OF_PYTHON
chmod +x py-extract py-build

# A megabyte of text like French, some accents to a line, as often as is asked for.
text() {
	[ -e block ] || base64 -w 72 /dev/urandom | tr 'AEIOQ+/' '      ' | sed 's/x/é/g' | head -c 1000000 |
		iconv -c -f utf-8 -t utf-8 >block
	for ((n = 0; n < $1; n++)); do cat block; done
}

# want file: make it unless it is there.
want() {
	local of
	[ -e "$1" ] && return
	case $1 in
	raw*.bin) of=${1//[!0-9]/} && head -c "${of:-$mb}000000" /dev/urandom >"$1" ;;
	raw.txt) text "$text" >"$1" ;;
	b64*.eml) of=${1/b64/raw} && of=${of%.eml}.bin && want "$of" && mime-pack -f a@b -T '' -a "$of" >"$1" ;;
	qp.eml) want raw.txt && mime-pack -f a@b -T '' -y text/plain -a raw.txt >"$1" ;;
	8bit.eml)
		printf 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n' >"$1"
		text "$text" >>"$1"
		;;
	wide.eml) awk 'BEGIN {
			print "Content-Type: multipart/mixed; boundary=b\n"
			for (i = 0; i < 100000; i++) print "--b\nContent-Type: text/plain; name=x" i "\n\ntext " i
			print "--b--"
		}' >"$1" ;;
	deep.eml) awk 'BEGIN {
			for (i = 0; i < 1000; i++) print "Content-Type: multipart/mixed; boundary=b" i "\n\n--b" i
			print "\ntext"
			for (i = 999; i >= 0; i--) print "--b" i "--"
		}' >"$1" ;;
	small.eml) mime-pack -f a@b -s small -a "$here/mime.sh" </dev/null >"$1" ;;
	longline.eml) { printf 'Subject: ' && head -c 100000000 /dev/zero | tr '\0' a && printf '\n\nbody\n'; } >"$1" ;;
	folded.eml) { printf 'Subject: x\n' && yes ' a' | head -n 33000000 && printf '\nbody\n'; } >"$1" ;;
	fields.eml) { yes 'A: b' | head -n 5000000 && printf '\nbody\n'; } >"$1" ;;
	nested.eml) awk 'BEGIN {
			for (i = 0; i < 900; i++) print "Content-Type: multipart/mixed; boundary=b" i "\n\n--b" i
			print ""
			for (i = 0; i < 300000; i++) print "--" i " which is no delimiter, and has so many bytes for all that"
		}' >"$1" ;;
	params.eml) awk 'BEGIN {
			printf "Content-Type: text/plain"
			for (i = 0; i < 200000; i++) printf ";\n a%d=b", i
			print "\n\nbody"
		}' >"$1" ;;
	words.eml) { printf 'Subject:' && yes ' =?utf-8?q?a?=' | head -n 2000000 && printf '\nbody\n'; } >"$1" ;;
	segments.eml) awk 'BEGIN {
			printf "Content-Type: text/plain"
			for (i = 0; i < 100000; i++) printf ";\n name*%d=b", i
			print "\n\nbody"
		}' >"$1" ;;
	esac
}

# row title file: what follows is done with this file on standard input.
row() {
	skip=
	[[ $1 =~ ${ROWS:-.} ]] || skip=1
	input=$2
	ours=
	cpu=
	[ -z "$skip" ] || return 0
	echo "$1"
	want "$2"
	want "${3:-$2}"
	bytes=$(stat -c %s "${3:-$2}")
}

# best command...: run it in turn, in an empty directory; its output is a file there.
# The best time and, where others make the machine wait, the best processor time.
best() {
	local best=999999999 least=999999999 real user sys peak=-
	local TIMEFORMAT='%3R %3U %3S'
	[ -z "$skip" ] || return
	command -v "$1" >/dev/null || { printf '  %-44s not there\n' "$*"; return; }
	for ((i = 0; i < ROUNDS; i++)); do
		rm -rf out && mkdir out
		read -r real user sys < <({ time (cd out && timeout 120 "$@" <"../$input" >made 2>/dev/null; true); true; } 2>&1)
		real=$((10#${real/./}000)) user=$(((10#${user/./} + 10#${sys/./}) * 1000))
		((real < best)) && best=$real
		((user < least)) && least=$user
	done
	[ -n "$ours" ] || ours=$best
	[ -n "$cpu" ] || cpu=$least
	[ ! -x /usr/bin/time ] || peak=$(cd out && /usr/bin/time -f %M timeout 120 "$@" <"../$input" 2>&1 >made | tail -n 1)
	awk -v what="${name:-${*//$dir\//}}" -v best="$best" -v ours="$ours" -v least="$least" -v cpu="$cpu" \
		-v bytes="$bytes" -v peak="$peak" 'BEGIN {
			printf "  %-40s %8.3f s %6d MB/s x%-5.2f cpu %6.3f s x%-5.2f %7s KiB\n", substr(what, 1, 40),
				best / 1e6, bytes / (best + 1), best / (ours + 1), least / 1e6, least / (cpu + 1), peak
		}'
}

cc -O2 -D_GNU_SOURCE -o spawn "$here/spawn.c" || exit

# What a linker wrote is kept by the kernel in single pages, which each process has to map
# one by one, until it is read from the disk again: ours is copied, as the peers were.
installed=$(mktemp -d "$here/../../.build/mime-bench.XXXXXX") || exit 111
cp "$(command -v mime-unpack)" "$installed"

# many command...: a process for each of so many small messages.
many() {
	command -v "$1" >/dev/null || return
	name=$* PATH=$installed:$PATH best spawn "$times" ../small.eml "$@"
}

echo "machine: $(nproc) processors,$(grep -m 1 'model name' /proc/cpuinfo | cut -d: -f2), $(uname -r), load $(cut -d' ' -f1 /proc/loadavg), MIME_CPU=${MIME_CPU:-}"

row "extract $mb MB sent in base64" b64.eml
best mime-unpack -d .
best gmime extract
best mshow -x - 2
best munpack -q -t
best ripmime -i - -d .
best reformime -e -s 1.2
best py-extract
best mime-floor decode payload
best cat
row "  the same from a pipe" b64.eml
best sh -c 'cat | mime-unpack -d .'
best sh -c 'cat | cat'

row "extract $text MB of text sent in quoted-printable" qp.eml
best mime-unpack -d .
best gmime extract
best mshow -x - 2
best munpack -q -t
best ripmime -i - -d .
best reformime -e -s 1.2
best py-extract
best cat

row "extract $text MB of text sent in 8bit" 8bit.eml
best mime-unpack -d . -a
best gmime extract
best munpack -q -t
best py-extract
best cp --reflink=never /dev/stdin copy

row "list 100000 parts" wide.eml
best mime-unpack -qq -x parts=0 -l
best gmime list
best mshow -t -
best reformime -i
row "  a record for each" wide.eml
best mime-unpack -qq -x parts=0 -L
best reformime -i

row "list 1000 deep" deep.eml
best mime-unpack -qq -x depth=1000 -L
best gmime list
best mshow -t -

row "build from $mb MB in base64" raw.bin b64.eml
best mime-pack -f a@b -T '' -a "$dir/raw.bin"
best gmime base64 "$dir/raw.bin"
best makemime -c application/octet-stream -e base64 -N raw.bin "$dir/raw.bin"
best mpack -s x -o made "$dir/raw.bin"
printf 'From: a@b\n\n#application/octet-stream#base64 %s/raw.bin\n' "$dir" >mmime.in
input=mmime.in best mmime
best py-build base64 "$dir/raw.bin"
best mime-floor encode
input=b64.eml best cat

row "build from $text MB of text in quoted-printable" raw.txt qp.eml
best mime-pack -f a@b -T '' -y text/plain -a "$dir/raw.txt"
best gmime qp "$dir/raw.txt"
best makemime -c text/plain -e quoted-printable -N raw.txt "$dir/raw.txt"
best py-build qp "$dir/raw.txt"
input=qp.eml best cat

times=${MESSAGES:-10000}
row "a process for each of $times small messages" small.eml
many mime-unpack -L
many mshow -t -
many gmime list
many /bin/true

# Memory, and the time of what is made to take long.
for size in 10 100 1000; do
	row "memory: extract and build $size MB" "b64-$size.eml"
	best mime-unpack -d .
	best mime-pack -f a@b -T '' -a "$dir/raw-$size.bin"
	best gmime extract
	best mshow -x - 2
done
trap_row() {
	row "trap: $1" "$2"
	best mime-unpack -qq -l
	best mime-header -q -g subject
	best gmime list
	best mshow -t -
	best reformime -i
	best munpack -q -t
	best ripmime -i - -d .
}
trap_row 'a header line of 100 MB' longline.eml
trap_row '33 million folded lines' folded.eml
trap_row '5 million header fields' fields.eml
trap_row '900 nested boundaries, 300,000 lines like them' nested.eml
trap_row '200,000 parameters' params.eml
trap_row '2 million encoded words' words.eml
trap_row '100,000 continuations' segments.eml
