#!/usr/bin/env bats
# What was delivered, as those who read maildirs see it: flags, sizes, bytes.

setup() {
	load helper
	load maildir
	load dovecot
	PEERS=${PEERS:-$HERE/../.build/peers}
	box M
	for i in 1 2 3 4; do
		{ printf 'From: al@x.example\nTo: c@d.example\nSubject: number %d\nDate: Thu, 26 Nov 2026 01:00:0%d +0000\n\n' $i $i && printf 'grüße\n\nFrom here\n.\n%0*d' $((i * 1000)) 0; } >"m$i"
	done
	printf '\n' >>m2
	sed -i 's/$/\r/' m3
	maildir-deliver M < <(cat m1)
	maildir-deliver -d M <m2
	maildir-deliver -F SF M < <(cat m3)
	python3 "$DATA/maildir/adopt.py" . m4 maildir-deliver M
}

@test "Python's mailbox has every message, its bytes and its flags" {
	run -0 python3 - <<-'EOF'
		import mailbox
		found = {}
		for m in mailbox.Maildir("M", create=False):
		    found[m["subject"]] = m.get_subdir() + " " + m.get_flags()
		for n, flags in (1, "new "), (2, "cur "), (3, "cur FS"), (4, "new "):
		    assert found[f"number {n}"] == flags, found
		box = mailbox.Maildir("M", create=False)
		kept = sorted(box.get_bytes(k) for k in box.keys())
		assert kept == sorted(open(f"m{n}", "rb").read() for n in (1, 2, 3, 4))
	EOF
}

@test "mblaze lists the new, the seen and the flagged, and shows them" {
	assert_equal "$(mlist M | wc -l)" 4
	assert_equal "$(mlist -N M | wc -l)" 2
	assert_equal "$(mlist -C M | wc -l)" 2
	assert_equal "$(mlist -S M | xargs mhdr -h subject)" 'number 3'
	assert_equal "$(mlist -F M | xargs mhdr -h subject)" 'number 3'
	assert_equal "$(mlist M | xargs mhdr -h subject | sort)" "$(printf 'number %d\n' 1 2 3 4)"
	assert_equal "$(mlist M | mblaze-sort -d | xargs -n 1 mhdr -h subject | tail -n 1)" 'number 4'
}

@test "mutt opens it and copies every message" {
	# auto_tag: <tag-prefix> is forgotten where anything comes between it and the next key.
	printf 'set %s\n' "dotlock_program=$PEERS-mail/usr/bin/mutt_dotlock" copy=no confirmcreate=no confirmappend=no move=no mbox_type=mbox delete=no 'sort=date-sent' auto_tag=yes >muttrc
	echo "push '<tag-pattern>~A<enter><copy-message>$PWD/mbox<enter><exit>'" >>muttrc
	# No end of input: script(1) would type it, between two of these keys.
	mkfifo keys
	# Of what it is pushed it still forgets a key now and then, on a busy machine.
	for _ in 1 2 3; do
		rm -f mbox
		TERM=xterm timeout 20 script -qec "$PEERS-mail/usr/bin/mutt -n -F muttrc -f M" /dev/null <>keys >screen
		[ "$(grep -ac '^Subject: ' mbox)" -lt 4 ] || break
	done
	assert_equal "$(tr -d '\r' <mbox | grep -a '^Subject: ')" "$(printf 'Subject: number %d\n' 1 2 3 4)"
	assert_equal "$(grep -ac '^grüße' mbox)" 4
}

teardown() { dovecot_leave; }

@test "Dovecot finds every message, has their sizes from their names, and counts the quota" {
	local i lf total=0
	dovecot_place
	cp -a M "$D"
	chown -R 65534:65534 "$D"
	doveadm fetch 'hdr.subject size.physical size.virtual flags' all >found
	for i in 1 2 3 4; do
		lf=$(tr -cd '\n' <"m$i" | wc -c)
		[ $i -ne 3 ] || lf=0 # every one has its CR
		assert_equal "$(grep "^number $i" found | cut -f 2,3)" "$(stat -c %s "m$i")	$(($(stat -c %s "m$i") + lf))"
		total=$((total + $(stat -c %s "m$i")))
	done
	assert_equal "$(grep -c 'Seen' found) $(grep -c 'Flagged' found)" '1 1'
	doveadm quota recalc
	assert_equal "$(doveadm quota get | grep -c $'MESSAGE\t4\t')" 1
	assert_equal "$(tail -n 1 "$D/M/maildirsize")" "$total 4"
}
