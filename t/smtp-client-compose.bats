#!/usr/bin/env bats
# Programs that make the message themselves, from a text and files: what was
# attached comes out again as it was, over IPv4 and IPv6.

setup() {
	load helper
	load mail
	PATH=$PATH:${PEERS}-mail/usr/bin
	export HOME=$PWD
	head -c 300000 /dev/urandom >photo.jpg
	printf 'one\r\ntwo\n.\n\0 gr\303\274\303\237e' >notes.bin
	printf 'Gr\303\274\303\237e\n.\n..\nFrom here\n' >text
	serve_mail
}
teardown() { unserve_both; }

# unpacked recipient...: the one message has both files, and the text.
unpacked() {
	assert_equal "$(find Maildir/new -type f | wc -l)" 1
	mkdir out
	mime-unpack -d out <"$(find Maildir/new -type f)" >/dev/null
	cmp out/photo.jpg photo.jpg
	cmp out/notes.bin notes.bin
	assert_equal "$(cat envelope)" "$(printf '%s\n' al@x.example "$@")"
	rm -rf Maildir/new/* out
}

swakses() {
	local how
	for how in '' --pipeline '--protocol SMTP' '--ehlo _'; do
		# shellcheck disable=SC2086
		timeout 30 swaks --server "$ADDRESS" --port "$PORT" -f al@x.example -t c@d.example,e@f.example $how \
			--header 'Subject: s' --body @text --attach-name photo.jpg --attach @photo.jpg --attach-name notes.bin --attach @notes.bin --silent 2
		unpacked c@d.example e@f.example
	done
}

@test "swaks, in lock-step and pipelined, EHLO and HELO" { over_both swakses; }

raw() {
	printf 'Subject: s\n\n.\n..\n.x\ngr\303\274\303\237e\n\nend\n' >message
	{ cat message; echo; } >want # swaks ends the last line once more
	for how in '' --pipeline; do
		# shellcheck disable=SC2086
		timeout 30 swaks --server "$ADDRESS" --port "$PORT" -f '<>' -t c@d.example $how --data @message --silent 2
		arrived want '' c@d.example
	done
}

@test "swaks: a message of its own making, with dots and 8-bit" { over_both raw; }

snails() {
	# shellcheck disable=SC2153 # over_both sets it
	timeout 30 s-nail -n -S v15-compat -S smtp-auth=none -S mta="$URL" -S from=al@x.example \
		-S sendcharsets=utf-8 -s 'Grüße' -a photo.jpg -a notes.bin c@d.example <text
	unpacked c@d.example
}

@test "s-nail (mailx)" {
	URLS=("${URLS[0]}") # it has no form for an address with colons
	over_both snails
}

mutts() {
	printf 'set %s\n' "smtp_url=$URL" ssl_starttls=no ssl_force_tls=no from=al@x.example copy=no charset=utf-8 >muttrc
	timeout 30 mutt -n -F muttrc -s 'Grüße' -a photo.jpg notes.bin -- c@d.example e@f.example <text
	unpacked c@d.example e@f.example
}

@test "mutt" { over_both mutts; }

# A patch comes as git made it, with the fields git adds before it.
patches() {
	timeout 60 git -C repository send-email --quiet --suppress-cc=all --8bit-encoding=UTF-8 --confirm=never --smtp-server="$ADDRESS" --smtp-server-port="$PORT" \
		--smtp-domain=x.example --envelope-sender=al@x.example --from=al@x.example --to=c@d.example --cc=e@f.example "$PWD"/*.patch
	assert_equal "$(find Maildir/new -type f | wc -l)" 3
	for patch in ./*.patch; do
		sed '1,/^---$/d' "$patch" >want
		file=$(grep -lF "$(sed -n 's/^Subject: //p' "$patch")" Maildir/new/*)
		sed '1,/^---$/d' "$file" | cmp - want
	done
	assert_equal "$(cat envelope)" $'al@x.example\nc@d.example\ne@f.example'
	rm Maildir/new/*
}

@test "git send-email: a series of patches, with dots and 8-bit" {
	printf '[user]\nname = Al\nemail = al@x.example\n[init]\ndefaultBranch = main\n' >.gitconfig
	git init -q repository
	for i in 1 2 3; do
		{ cat text; printf '%s %0900d\n' "$i" 0; } >repository/file
		git -C repository add file
		git -C repository commit -qm "change $i"
	done
	git -C repository format-patch -q -o .. --root
	over_both patches
}
