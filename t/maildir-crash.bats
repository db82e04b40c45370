#!/usr/bin/env bats
# What was acknowledged is there after a crash: the device as it was written so
# far is copied right after exit 0, and what its journal gives back is looked at.

setup() {
	load helper
	load maildir
	DELIVER=$(command -v maildir-deliver)
	PROBE=${PROBE:-$HERE/../.build/musl/probe}
	in_memory # the disks are files in it
	message 20000 m
}

teardown() {
	local fs
	for fs in ext4 xfs btrfs; do umount $fs 2>/dev/null || :; done
	leave_memory
}

# disk fs maildir...: a new disk, mounted as ./fs, with these maildirs
disk() {
	local fs=$1
	shift
	mkdir -p "$fs"
	case $fs in
	ext4) truncate -s 64M ext4.img && mkfs.ext4 -q -F -E lazy_itable_init=0,lazy_journal_init=0 ext4.img ;;
	xfs) truncate -s 300M xfs.img && mkfs.xfs -q -f xfs.img ;;
	btrfs) truncate -s 110M btrfs.img && mkfs.btrfs -q -f btrfs.img ;;
	esac
	insert "$fs"
	(cd "$fs" && box "$@")
	sync -f "$fs"
}

# ext4 would commit every 5 seconds what nobody synced.
insert() {
	local how=loop
	[ "$1" != ext4 ] || how=loop,commit=300
	# The one before the crash may be mounted elsewhere still.
	[ "$1" != xfs ] || how=loop,nouuid
	mount -o "$how" "$1.img" "$1"
}

# crash fs...: cut the power, and start again.
crash() {
	local fs
	for fs; do cp --sparse=always "$fs.img" "$fs.cut"; done
	for fs; do umount "$fs" && mv "$fs.cut" "$fs.img" && insert "$fs"; done
}

# kept n maildir...: n whole messages, and nothing else, are in new of each.
kept() {
	local want=$1 f n
	for f in "${@:2}"; do
		n=$(find "$f/new" -mindepth 1 | wc -l)
		[ "$n" -eq "$want" ] || return
		find "$f/new" -mindepth 1 -print0 | xargs -0 -r -n 1 cmp m || return
	done
}

adopt() { python3 "$DATA/maildir/adopt.py" "$@"; }

# every way to deliver, each followed by a crash of the file system
survives() {
	local fs=$1 _
	disk "$fs" lone a b c adopted d renamed
	for _ in 1 2 3 4 5; do maildir-deliver "$fs/lone" < <(cat m); done
	crash "$fs"
	kept 5 "$fs/lone"
	maildir-deliver "$fs"/{a,b,c} < <(cat m)
	crash "$fs"
	kept 1 "$fs"/{a,b,c}
	adopt "$fs" m maildir-deliver "$fs"/{adopted,d}
	crash "$fs"
	kept 1 "$fs"/{adopted,d}
	strace -o trace -e inject=linkat:error=EPERM "$DELIVER" "$fs/renamed" < <(cat m)
	maildir-deliver -c "$fs/made/M" < <(cat m)
	crash "$fs"
	kept 1 "$fs/renamed" "$fs/made/M"
	maildir-deliver -cf .Sub "$fs/made/M" < <(cat m)
	crash "$fs"
	kept 1 "$fs/made/M/.Sub"
	[ -e "$fs/made/M/.Sub/maildirfolder" ]
}

@test "every message acknowledged before a crash is whole and in new" {
	survives ext4
	survives xfs
	survives btrfs
}

# missed n fs -- program...: with its n-th sync left out the program says 0, and after
# the crash the message is not everywhere.
missed() {
	local n=$1 fs=$2
	shift 3
	SKIP=$n "$@"
	crash "$fs"
	run ! kept 1 "$fs/M"
	rm -f "$fs"/M/*/*
	sync -f "$fs"
}

@test "each sync of a delivery is needed: left out, the message is lost" {
	local fs n
	for fs in ext4 xfs btrfs; do
		disk "$fs" M
		for n in 1 2; do
			missed "$n" "$fs" -- "$PROBE/maildir-deliver" "$fs/M" < <(cat m)
			missed "$n" "$fs" -- adopt "$fs" m "$PROBE/maildir-deliver" "$fs/M"
		done
		SKIP=3 "$PROBE/maildir-deliver" "$fs/M" < <(cat m)
		crash "$fs"
		kept 1 "$fs/M"
	done
}

@test "each sync of a delivery to several disks is needed" {
	local all=(ext4 xfs btrfs) fs n
	for fs in "${all[@]}"; do disk "$fs" M; done
	for n in 1 2 3 4 5 6 7; do
		SKIP=$n "$PROBE/maildir-deliver" {ext4,xfs,btrfs}/M < <(cat m)
		crash "${all[@]}"
		if [ "$n" -eq 7 ]; then kept 1 {ext4,xfs,btrfs}/M; else run ! kept 1 {ext4,xfs,btrfs}/M; fi
		rm -f {ext4,xfs,btrfs}/M/*/*
		for fs in "${all[@]}"; do sync -f "$fs"; done
	done
}

# broken fs call nth most: the delivery ends at that call and the system with it;
# in new are at most so many, whole
broken() {
	local new
	run strace -o trace -e "inject=$2:signal=KILL:when=$3" "$DELIVER" "$1/M" < <(cat m)
	crash "$1"
	new=$(find "$1/M/new" -mindepth 1 | wc -l)
	kept "$new" "$1/M"
	[ "$new" -le "$4" ]
	[ "$(find "$1/M/tmp" -mindepth 1 | wc -l)" -le 1 ]
	rm -f "$1"/M/*/*
	sync -f "$1"
}

@test "a crash before the exit leaves the message whole in new, or not at all" {
	local fs nth
	for fs in ext4 xfs btrfs; do
		disk "$fs" M
		strace -o base "$DELIVER" "$fs/M" < <(cat m)
		nth=$(grep '^openat' base | grep -n O_EXCL | cut -d: -f1)
		rm "$fs"/M/new/*
		sync -f "$fs"
		broken "$fs" openat "$nth" 0
		broken "$fs" write 1 0
		broken "$fs" fsync 1 0
		broken "$fs" linkat 1 0
		broken "$fs" fsync 2 1
		broken "$fs" unlinkat 1 1
	done
}

# cut_short fs: a delivery with a key ends when its file has a name that is not synced
cut_short() {
	run ! strace -o trace -e inject=fsync:signal=KILL:when=2 "$DELIVER" -i key "$1/M" < <(cat m)
	one "$1/M/new"
}

@test "what an earlier delivery with the key left is synced before it counts" {
	local fs
	for fs in ext4 xfs btrfs; do
		disk "$fs" M
		cut_short "$fs"
		maildir-deliver -i key "$fs/M" < <(cat m)
		crash "$fs"
		kept 1 "$fs/M"
		rm -f "$fs"/M/*/*
		sync -f "$fs"
		cut_short "$fs"
		mv "$fs"/M/new/* "$fs"/M/cur/
		ATTEMPT=2 maildir-deliver -i key "$fs/M" < <(cat m)
		crash "$fs"
		cmp m "$(one "$fs/M/cur")"
		rm -f "$fs"/M/*/*
		sync -f "$fs"
		cut_short "$fs"
		ATTEMPT=2 SKIP=1 "$PROBE/maildir-deliver" -i key "$fs/M" < <(cat m)
		crash "$fs"
		run ! kept 1 "$fs/M"
	done
}

# flushed fs command...: FLUSHES, what the command asked of the disk
flushed() {
	local fs=$1 before stat
	shift
	stat=/sys/block/$(basename "$(findmnt -no SOURCE "$fs")")/stat
	before=$(awk '{ print $16 }' "$stat")
	"$@"
	FLUSHES=$(($(awk '{ print $16 }' "$stat") - before))
}
lone() { maildir-deliver "$@" < <(cat m); }

@test "four flushes of the disk for a message, in one maildir or in ten" {
	local fs
	for fs in ext4 xfs; do
		disk "$fs" {0..9}
		lone "$fs/0"
		flushed "$fs" lone "$fs/0"
		assert_equal "$fs $FLUSHES" "$fs 4"
		flushed "$fs" lone "$fs"/{0..9}
		[ "$FLUSHES" -le 5 ] || fail "$fs: $FLUSHES for ten maildirs"
		flushed "$fs" lone -c "$fs/0"
		[ "$FLUSHES" -le 6 ] || fail "$fs: $FLUSHES with -c"
		lone -i key "$fs/0"
		ATTEMPT=2 flushed "$fs" lone -i key "$fs/0"
		[ "$FLUSHES" -le 2 ] || fail "$fs: $FLUSHES for what is there"
		# How many meet at the disk is a matter of the machine's load.
		for _ in 1 2 3; do
			rm -f "$fs"/0/new/*
			flushed "$fs" python3 "$DATA/maildir/crowd.py" 100 "$fs/0" "$DELIVER"
			[ "$FLUSHES" -ge 300 ] || break
		done
		[ "$FLUSHES" -lt 300 ] || fail "$fs: $FLUSHES for a hundred at once"
	done
}
