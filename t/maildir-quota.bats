#!/usr/bin/env bats
# -q, -Q and maildirsize: Maildir++ quotas.

setup() {
	load helper
	load maildir
	load dovecot
	PEERS=${PEERS:-$HERE/../.build/peers}
	box M
	message 1000 m
}

teardown() { dovecot_leave; }

# size line...: M's maildirsize is these lines, fresh.
size() { printf '%s\n' "$@" >M/maildirsize; }

# said line...: maildirsize is these lines, blanks aside.
said() { assert_equal "$(sed 's/^ *//; s/  */ /g' M/maildirsize)" "$(printf '%s\n' "$@")"; }

# sums: bytes and messages, as all its lines but the first say.
sums() { tail -n +2 M/maildirsize | awk '{ b += $1; c += $2 } END { print b, c }'; }

stored() { find M -path '*/new/*' -o -path '*/cur/*' | wc -l; }

# refuse exit status option...: M is full, from a file and from a pipe, and gets nothing.
refuse() {
	local held
	held=$(stored)
	run "-$1" --separate-stderr maildir-deliver "${@:3}" M <m
	assert_output "$2 Mailbox full"
	run "-$1" --separate-stderr maildir-deliver "${@:3}" M < <(cat m)
	assert_output "$2 Mailbox full"
	assert_equal "$(stored)" "$held"
	assert_equal "$(ls -A M/tmp)" ''
}

@test "mail is taken up to the quota, in bytes or in messages, and then refused" {
	local i quota
	for quota in 3000S 3C 3000S,0C 0S,3C 999999999999999999S,3C 3C,3500S; do
		rm -f M/maildirsize M/new/*
		for i in 1 2 3; do maildir-deliver -q "$quota" M <m; done
		refuse 111 4.2.2 -q "$quota"
	done
	refuse 75 4.2.2 -e -q 3C
	refuse 100 5.2.2 -Q -q 3C
	refuse 73 5.2.2 -eQ -q 3C
	rm M/maildirsize "$(find M/new -type f | head -n 1)"
	maildir-deliver -q 3000S M < <(cat m)
	assert_equal "$(stored)" 3
	maildir-deliver -q 0S M <m
	maildir-deliver -q 0C M <m
}

@test "a bad quota is a usage error" {
	local bad
	for bad in '' S 1 1K '1S,' ',1S' -1S ' 1S' 1S,1S 1S,1C,1C 1S1C 1000000000000000000S; do
		run -100 maildir-deliver -q "$bad" M <m
	done
	bare M
	assert_file_not_exists M/maildirsize
}

@test "maildirsize has the quota and a line of 26 bytes for each delivery" {
	local i
	for i in 1 2 3; do maildir-deliver -q 12345678S,50C M <m; done
	{
		echo 12345678S,50C
		printf '%12d %12d\n' 0 0 1000 1 1000 1 1000 1
	} | cmp - M/maildirsize
	assert_equal "$(stat -c %a M/maildirsize)" 600
	strace -o trace -e trace=openat,write maildir-deliver -q 12345678S,50C M <m
	grep -A 1 'maildirsize.*O_APPEND' trace | grep -qF '"        1000            1\n", 26'
}

@test "without -q a quota is what maildirsize says, and none is made" {
	maildir-deliver M <m
	assert_file_not_exists M/maildirsize
	size 2000S '1000 1'
	maildir-deliver M <m
	said 2000S '1000 1' '1000 1'
	refuse 111 4.2.2
	refuse 100 5.2.2 -Q
	maildir-deliver -q 3000S M <m
	said 3000S '2000 2' '1000 1'
}

@test "all folders count, and a delivery to one; not .Trash, nor what has the flag T" {
	box M/.Sub M/.Trash M/.Trash.Sub M/beside
	touch M/.Sub/maildirfolder
	truncate -s 10 M/new/1.a.h M/.Sub/cur/2.b.h:2,S M/.Trash/cur/3.c.h:2,S M/cur/4.d.h:2,ST M/.Trash.Sub/new/5.e.h
	truncate -s 10 M/beside/new/6.f.h M/tmp/7.g.h M/new/.8.h.h
	# The last S= before the flags counts, if it is a number, not what the file has.
	truncate -s 10 'M/cur/9.i.h,S=7,S=100:2,S=3' 'M/cur/10.j.h,S=1x:2,' 'M/cur/11.k.h,S=:2,'
	mkdir M/new/12.l.h && ln -s 1.a.h M/new/13.m.h
	maildir-deliver -q 1000000S M/.Sub <m
	assert_file_not_exists M/.Sub/maildirsize
	said 1000000S '150 6' '1000 1'
	(cd M/.Sub && maildir-deliver . <../../m)
	said 1000000S '150 6' '1000 1' '1000 1'
	size 2000S '2000 1'
	run -111 maildir-deliver M/.Sub <m
	run -111 maildir-deliver -f .Sub M <m
	rm M/.Sub/maildirfolder
	run -111 maildir-deliver -f .Sub M <m
	run -111 maildir-deliver -c -f .New M <m
	run -111 maildir-deliver -n -c -f .Other M
}

@test "a message of known size is refused unread, any other unpublished" {
	size 999S '0 0'
	run -111 strace -o trace maildir-deliver M <m
	run ! grep -q 'pread64(0' trace
	run -111 strace -o trace maildir-deliver M < <(cat m)
	grep -q '^read(0' trace
	run ! grep -q '^linkat' trace
	SENDER=a@b.example run -111 maildir-deliver -R -q 1010S M <m
	SENDER=a@b.example maildir-deliver -R -q 1010S M < <(head -c 900 m)
	run -100 maildir-deliver -s 900 -q 1010S M <m
	bare M/tmp
}

@test "it is counted anew where lines do not add up, or no line is left to trust" {
	local bad
	maildir-deliver M <m
	for bad in '5 x' '5' '5 5 5' '-1 3' '3 -1' '99999999999999999999 1' '1.5 1' $'5 5\n' x; do
		size 5000S "$bad"
		maildir-deliver M < <(cat m)
		said 5000S "$((($(stored) - 1) * 1000)) $(($(stored) - 1))" '1000 1'
		rm "$(find M/new -type f | head -n 1)"
	done
	printf '5000S\n1 1' >M/maildirsize # a line that is not whole
	maildir-deliver M <m
	said 5000S '1000 1' '1000 1'
	size 5000S
	maildir-deliver M <m
	said 5000S '2000 2' '1000 1'
	{ echo 50000S && yes '           1            0' | head -n 196; } >M/maildirsize
	maildir-deliver M <m
	assert_equal "$(stat -c %s M/maildirsize)" $((7 + 197 * 26))
	maildir-deliver M <m
	said 50000S '4000 4' '1000 1'
	# Of 5120 bytes, and whole.
	{ echo 000000050000S,00000100C && yes '           1            0' | head -n 196; } >M/maildirsize
	maildir-deliver M <m
	said 50000S,100C '5000 5' '1000 1'
}

@test "it says no after one fresh line only, else all mail is counted first" {
	size 2000S '1000 1' '1000 1'
	maildir-deliver M <m
	said 2000S '0 0' '1000 1'
	size 2000S '2000 1'
	strace -o trace maildir-deliver M <m || :
	run ! grep -q getdents trace
	refuse 111 4.2.2
	for when in '16 minutes ago' '+2 years'; do
		rm -f M/new/*
		size 2000S '2000 1'
		touch -d "$when" M/maildirsize
		maildir-deliver M <m
		said 2000S '0 0' '1000 1'
	done
	# Counted and still full: written anew, so that the next is refused at once.
	size 1500S '900 1' '1000 1'
	refuse 111 4.2.2
	said 1500S '1000 1'
}

@test "while others change the maildir a count refuses nobody" {
	size 500S '1000 1' '1000 1'
	maildir-deliver -q 0S M <m
	cp M/maildirsize before
	strace -o trace -e trace=/^rename -e inject=renameat:delay_exit=1500000 maildir-deliver -q 500S M <m &
	local pid=$!
	until_true grep -q 500S M/maildirsize
	touch M/new/other
	wait "$pid"
	assert_equal "$(stored)" 3
	assert_file_not_exists M/maildirsize # it cannot be right
	# Where it alone has the quota it stays, and is made anew by the next one.
	size 500S '1000 1' '1000 1'
	strace -o trace -e trace=/^rename -e inject=renameat:delay_exit=1500000 maildir-deliver M <m &
	pid=$!
	until_true grep -q ' 2000 ' M/maildirsize
	touch M/new/another
	wait "$pid"
	said 500S '2000 3' '-99999999999 -99999999999' '1000 1'
	assert_equal "$(stat -c %s M/maildirsize)" $((5 + 3 * 26))
	maildir-deliver -Q M <m || assert_equal $? 100
	said 500S '3000 5'
}

@test "nothing in the place of maildirsize makes a delivery fail, hang or follow it" {
	local with kind
	box elsewhere
	echo 1S >elsewhere/size
	for with in '' '-q 10000S'; do
		for kind in empty binary long huge negative lines many directory link dangling fifo socket unreadable; do
			rm -rf M/maildirsize M/new/*
			case $kind in
			empty) : >M/maildirsize ;;
			binary) head -c 4000 /dev/urandom >M/maildirsize ;;
			long) head -c 1000000 /dev/zero | tr '\0' 1 >M/maildirsize ;;
			huge) size 999999999999999999S '999999999999999999 1' '999999999999999999 1' '-9 -9' ;;
			negative) size -5S '-1 -1' ;;
			lines) yes '' | head -c 1000000 >M/maildirsize ;;
			many) { echo 10000S && yes '999999999999999999 9' | head -c 1000000; } >M/maildirsize ;;
			directory) mkdir M/maildirsize ;;
			link) ln -s ../elsewhere/size M/maildirsize ;;
			dangling) ln -s ../elsewhere/none M/maildirsize ;;
			fifo) mkfifo M/maildirsize ;;
			socket) python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("M/maildirsize")' ;;
			unreadable) size 1S '1 1' && chmod 0 M/maildirsize && chown -R 12345 M ;;
			esac
			if [ "$kind" = unreadable ]; then
				cp "$(command -v maildir-deliver)" . && chmod 755 . maildir-deliver
				# shellcheck disable=SC2086
				timeout 10 setpriv --reuid 12345 --clear-groups ./maildir-deliver $with M < <(cat m)
				chown -R 0 M
			else
				# shellcheck disable=SC2086
				timeout 10 maildir-deliver $with M <m || fail "$kind $with"
			fi
			assert_equal "$(stored)" 1
			[ -z "$with" ] || [ "$kind" = directory ] || said 10000S '0 0' '1000 1'
		done
	done
	assert_equal "$(ls elsewhere) $(cat elsewhere/size)" "$(printf 'cur\nnew\nsize\ntmp') 1S"
}

@test "a folder of somebody else's directory has no quota there" {
	chown 12345 M
	box M/.Sub
	touch M/.Sub/maildirfolder
	run -0 maildir-deliver -q 1S M/.Sub <m
	assert_file_not_exists M/maildirsize
}

@test "-n looks at the quota, of every maildir" {
	box N
	maildir-deliver -q 1000S M <m
	run -111 --separate-stderr maildir-deliver -n -q 1000S M
	assert_output '4.2.2 Mailbox full'
	run -100 maildir-deliver -nQ -q 1C M
	run -111 maildir-deliver -n -q 1C N M
	run -0 maildir-deliver -n -q 1001S M
	run -0 maildir-deliver -n M
	run -111 maildir-deliver -q 1C N M <m
	bare N
}

@test "a disk quota is a quota, a full disk is none" {
	run -111 --separate-stderr strace -o trace -e inject=write:error=EDQUOT:when=1 maildir-deliver M <m
	assert_output '4.2.2 Mailbox full'
	run -100 --separate-stderr strace -o trace -e inject=write:error=EDQUOT:when=1 maildir-deliver -Q M <m
	assert_output '5.2.2 Mailbox full'
	run -73 strace -o trace -e inject=fsync:error=EDQUOT:when=1 maildir-deliver -eQ M <m
	run -111 --separate-stderr strace -o trace -e inject=write:error=ENOSPC:when=1 maildir-deliver -Q M <m
	assert_output '4.3.1 Disk full'
	bare M
}

# crowd option...: twenty deliveries to M at once, exit codes to codes.
crowd() {
	local i
	for i in {1..20}; do
		(
			code=0
			maildir-deliver "$@" M <m >/dev/null || code=$?
			echo $code
		) >"code.$i" 2>/dev/null &
	done
	wait
	cat code.* >codes
}

@test "twenty deliveries at once are all stored and all counted; a quota is passed by few" {
	maildir-deliver -q 1000000S M <m
	crowd -q 1000000S
	assert_equal "$(sort -u codes) $(stored)" '0 21'
	assert_equal "$(sums)" '21000 21'
	# All of them count at once: at most they are off by all of them, until the next count.
	rm M/maildirsize
	crowd -q 1000000S
	assert_equal "$(sort -u codes) $(stored)" '0 41'
	maildir-deliver -q 1000000S M <m
	run sums
	[ "${output#* }" -ge 22 ] && [ "${output#* }" -le 62 ]
	maildir-deliver -q 2000000S M <m
	assert_equal "$(sums)" '43000 43'
	rm M/maildirsize M/new/*
	crowd -q 10C
	assert_equal "$(sort -u codes | tr -d '01\n')" ''
	[ "$(stored)" -ge 10 ] && [ "$(stored)" -le 20 ]
	assert_equal "$(grep -cx 0 codes)" "$(stored)"
	crowd -q 10C
	refuse 111 4.2.2 -q 10C
}

@test "Dovecot reads the same quota and use, adds to it, and so do we after it" {
	local i
	dovecot_place
	box "$D/M"
	for i in {1..50}; do
		message $((i * 100)) m
		maildir-deliver -q 1048576S,1000C "$D/M" <m
	done
	chown -R 65534:65534 "$D"
	cp "$D/M/maildirsize" before
	RULE=bytes=1048576:messages=1000 doveadm quota get >got
	assert_equal "$(cut -f 2-4 got | tail -n 2 | tr '\t\n' '  ')" 'STORAGE 125 1024 MESSAGE 50 1000 '
	cmp before "$D/M/maildirsize"
	RULE=bytes=1048576:messages=1000 doveadm expunge mailbox INBOX 1:20
	assert_equal "$(find "$D/M/new" "$D/M/cur" -type f | wc -l)" 30
	message 1000 m
	cp "$(command -v maildir-deliver)" "$D"
	setpriv --reuid 65534 --regid 65534 --clear-groups "$D/maildir-deliver" -q 1048576S,1000C "$D/M" < <(cat m)
	mv M empty
	cp -a "$D/M" M
	assert_equal "$(sums)" "$((127500 - 21000 + 1000)) 31"
	RULE=bytes=1048576:messages=1000 doveadm quota get >got
	assert_equal "$(cut -f 2-4 got | tail -n 2 | tr '\t\n' '  ')" 'STORAGE 105 1024 MESSAGE 31 1000 '
	run -0 maildir-check "$D/M"
	RULE=bytes=1048576:messages=1000 doveadm quota recalc
	assert_equal "$(tail -n +2 "$D/M/maildirsize" | awk '{ b += $1; c += $2 } END { print b, c }')" "$(sums)"
}

@test "Python's mailbox has the same mail as maildirsize, and is no quota's enemy" {
	local i
	for i in 1 2 3; do maildir-deliver -q 10000S M <m; done
	run -0 python3 - <<-'EOF'
		import mailbox
		box = mailbox.Maildir("M", create=False)
		assert [len(box.get_bytes(k)) for k in box.keys()] == [1000] * 3
		box.remove(box.keys()[0])
		box.add(b"Subject: x\n\n" + b"x" * 88)
		moved = box.keys()[0]
		flagged = box.get_message(moved)
		flagged.set_subdir("cur")
		flagged.set_flags("ST")
		box[moved] = flagged
	EOF
	maildir-deliver -q 10001S M <m
	assert_equal "$(head -n 2 M/maildirsize | tail -n 1 | xargs)" \
		"$(find M/new M/cur -type f ! -name '*T' ! -newer M/maildirsize -printf '%s\n' | awk '{ b += $1; c++ } END { print b - 1000, c - 1 }')"
}

@test "what a key has delivered is not refused when it comes again, nor counted twice" {
	maildir-deliver -i key -q 1C M <m
	said 1C '0 0' '1000 1'
	ATTEMPT=2 maildir-deliver -i key -q 1C M < <(cat m)
	maildir-deliver -i key -q 1C M <m
	said 1C '0 0' '1000 1'
	ATTEMPT=2 run -111 maildir-deliver -i other -q 1C M < <(cat m)
	assert_equal "$(stored)" 1
}
