#!/bin/bash
# How many messages of 4 KiB does a program a message bring into a Maildir in a second?
# One after another, eight and thirty-two at once, to one maildir and to ten, beside
# peers and a floor that syncs file and directory; and how often each of them syncs for
# a message, and the disk is asked to empty its cache.
# Usage: t/bench/deliver.sh [seconds [works]]; ROUNDS, DISK. works are letters: d is the
# disk as it is, e an ext4 of its own there, with a journal (root), m memory; 1 is one
# maildir, t ten; all if not given. Only e has flushes of nobody else's.
set -u
client=deliver-load
mine='^(maildir-deliver|deliver-floor)$'
ROUNDS=${ROUNDS:-3}
# shellcheck source=t/bench/servers.bash
. "$(dirname "$0")/servers.bash"
seconds=${1:-1}
works=${2:-dem1t}
disk=$(mktemp -d "${DISK:-/var/tmp}/deliver.XXXXXX")
bench_places+=("$disk")
trap 'umount -l "$disk/ext4" 2>/dev/null; rm -rf "${bench_places[@]}"' EXIT
chmod 755 "$disk"
peers=$here/.build/bench/usr
PATH=$PATH:$peers/bin
floor deliver-floor
# Installed it has a group of its own, and then no library from elsewhere.
maildrop=$(command -v maildrop) && install -m 755 "$maildrop" "$dir/maildrop"
# Dovecot wants no messages of root's; all run as another.
as=(setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/ USER=nobody
	DOVECONF_ENV=1 LOG_PATH=/dev/null LD_LIBRARY_PATH="$peers/lib/dovecot:$peers/lib")
{ printf 'From: a@example.com\nTo: b@example.com\nSubject: bench\n\n' && yes 'a line of the body'; } 2>/dev/null |
	head -c 4096 >"$dir/message"
declare -A command

# place dir: maildirs M0 to M9 in it, D0 to D9 whose directories are written at once
# (chattr +D, the durability maildrop's manual asks for), and the peers' rules
place() {
	local i m
	where=$1
	mkdir -p "$where"/{M,D}{0..9}/{tmp,new,cur}
	chattr +D "$where"/D*/{tmp,new,cur} 2>/dev/null || echo "no chattr +D in $what"
	for m in M D; do
		for i in {1..9}; do printf ':0 c\n%s/%s%d/\n' "$where" $m "$i"; done >"$where/procmailrc${m}10"
		for i in {1..9}; do printf 'cc "%s/%s%d/"\n' "$where" $m "$i"; done >"$where/mailfilter${m}10"
		for i in 1 10; do
			printf 'DEFAULT=%s/%s0/\n' "$where" $m >>"$where/procmailrc$m$i"
			printf 'to "%s/%s0/"\n' "$where" $m >>"$where/mailfilter$m$i"
		done
	done
	chmod 600 "$where"/mailfilter*
	chown -R 65534:65534 "$where"
}

# offer name program [argument...]: a deliverer, if it is there
offer() {
	command -v "$2" >/dev/null || { echo "$1: not found, left out"; return; }
	command[$1]=${*:2}
	ports+=("$1 $1 0")
}

# offers maildirs: all of them, for so many
offers() {
	local ten=("$where/M"{0..9})
	ports=()
	offer maildir-deliver maildir-deliver "${ten[@]:0:$1}"
	offer deliver-floor "$dir/deliver-floor" "${ten[@]:0:$1}"
	offer safecat safecat "$where/M%/tmp" "$where/M%/new"
	offer mdeliver mdeliver "$where/M%"
	offer procmail procmail -m "$where/procmailrcM$1"
	offer maildrop "$dir/maildrop" "$where/mailfilterM$1"
	offer maildrop-dirsync "$dir/maildrop" "$where/mailfilterD$1"
	offer dovecot-lda "$peers/lib/dovecot/dovecot-lda" -o "mail_location=maildir:$where/M%"
}

emptied() { find "$where"/[MD]?/{new,cur,tmp} -type f -delete; }

# work deliverer clients maildirs
work() {
	# shellcheck disable=SC2086 # the words of a command
	"${as[@]}" "$dir/client" "$seconds" "$2" "$3" "$dir/message" ${command[$1]} 2>>"$dir/errors" || echo 0
	emptied
}

# flushes: those the disk below was ever asked for, 0 where there is none
flushes() {
	local disk
	disk=$(basename "$(df --output=source "$where" | tail -n 1)")
	awk '{ print $16 }' "/sys/class/block/$disk/stat" 2>/dev/null || echo 0
}

# counted maildirs: what one message costs each of them.
counted() {
	local name port before i
	printf '\na message to %d: fsync calls, flushes of the disk (of 20 messages), files in new\n' "$1"
	for server in "${ports[@]}"; do
		read -r name port _ <<<"$server"
		set -- "$1" "${as[@]}" "$dir/client" 0 1 "$1" "$dir/message"
		# shellcheck disable=SC2086
		strace -f -qq -o "$dir/trace" -e trace=fsync,fdatasync,sync,syncfs "${@:2}" ${command[$name]} 2>>"$dir/errors"
		printf '  %-16s %4d' "$name" "$(grep -c sync "$dir/trace")"
		emptied
		before=$(flushes)
		# shellcheck disable=SC2086
		for i in {1..20}; do "${@:2}" ${command[$name]} 2>>"$dir/errors"; done
		awk "BEGIN { printf \" %6.1f %6.1f\\n\", ($(flushes) - $before) / 20, $(find "$where"/[MD]?/new -type f | wc -l) / 20 }"
		emptied
	done
}

works() {
	local clients
	offers "$2"
	[ "$1" = memory ] || counted "$2"
	for clients in 1 8 32; do
		turns "messages of 4 KiB to $2 $1, $clients at once" 1 /s "$clients" "$2"
	done
}

case $works in *e*)
	truncate -s 1G "$disk/ext4.img" && mkfs.ext4 -q -F -E lazy_itable_init=0 "$disk/ext4.img" &&
		mkdir "$disk/ext4" && mount -o loop "$disk/ext4.img" "$disk/ext4" || works=${works//e/}
	;;
esac
for place in d:disk:$disk/maildirs e:ext4:$disk/ext4 m:memory:$dir/memory; do
	IFS=: read -r letter what path <<<"$place"
	case $works in *"$letter"*) place "$path" ;; *) continue ;; esac
	case $works in *1*) works "$what" 1 ;; esac
	case $works in *t*) works "$what" 10 ;; esac
done
