#!/usr/bin/env bats
# Clients people use, logging in over IPv4 and IPv6: what they send arrives, and
# with a wrong password nothing does.

setup() {
	load helper
	load mail
	PATH=$PATH:${PEERS}-mail/usr/bin
	export HOME=$PWD
	printf 'Subject: t\r\nFrom: al@x.example\r\n\r\n.dot\r\nlast\r\n' >sent
	tr -d '\r' <sent >message
	export SMTP_AUTH='login-check users' SMTP_AUTH_CLEAR=1 PASSWORD='p w+=/%'
	perl -e 'print "al\@x.example:", crypt($ENV{PASSWORD}, "\$6\$rounds=1000\$abcdefgh"), ":/:\n"' >users
	chmod 600 users
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
	# A failed login costs seconds: not here.
	# shellcheck disable=SC2016 # for the program
	SCHEME=smtp serve_both "${PROBE:-$BIN/../.build/probe}/hasty-smtp-session" sh -c 'echo "$SMTPAUTHUSER $SMTPAUTHMETHOD $SMTPPROTO" >who; exec maildir-deliver Maildir'
}
teardown() { unserve_both; }

# by method: the one message here came after this login; it is taken away.
by() {
	assert_equal "$(cat who)" "al@x.example $1 ESMTPA"
	assert_equal "$(find Maildir/new -type f | wc -l)" 1
	bare Maildir/new/* >kept
	rm -f Maildir/new/* who
	run -0 diff -B <(grep -A9 '^$' message) <(grep -A9 '^$' kept)
}

over_both() {
	local url URL
	for url in "${URLS[@]}"; do
		at "$url"
		"$@"
		assert_equal "$(find Maildir -type f)" ''
	done
}

curls() {
	local how
	for how in 'PLAIN' 'PLAIN --sasl-ir' 'LOGIN' 'LOGIN --sasl-ir'; do
		# shellcheck disable=SC2086 # words
		curl -sS --max-time 10 "$URL" --login-options "AUTH=${how%% *}" ${how#"${how%% *}"} --user "al@x.example:$PASSWORD" \
			--mail-from al@x.example --mail-rcpt c@d.example -T sent
		by "${how%% *}"
	done
	run -67 curl -sS --max-time 10 "$URL" --user "al@x.example:wrong" --mail-from al@x.example --mail-rcpt c@d.example -T sent
	run -55 curl -sS --max-time 10 "$URL" --mail-from al@x.example --mail-rcpt c@d.example -T sent
	assert_output --partial 530
}

@test "curl, by PLAIN and LOGIN, with an initial response and without" { over_both curls; }

swakses() {
	local how
	for how in PLAIN LOGIN; do
		timeout 20 swaks --server "$ADDRESS" --port "$PORT" -f al@x.example -t c@d.example -a "$how" -au al@x.example -ap "$PASSWORD" \
			--data @message --silent 2
		by "$how"
	done
	run -28 timeout 20 swaks --server "$ADDRESS" --port "$PORT" -f al@x.example -t c@d.example -a PLAIN -au al@x.example -ap wrong --silent 3
}

@test "swaks, by PLAIN and LOGIN" { over_both swakses; }

msmtps() {
	local how
	for how in plain login; do
		# shellcheck disable=SC2016 # msmtp's shell
		timeout 20 msmtp -C /dev/null --host="$ADDRESS" --port="$PORT" --auth="$how" --user=al@x.example \
			--passwordeval='printf %s "$PASSWORD"' -f al@x.example c@d.example <message
		by "${how^^}"
	done
	run timeout 20 msmtp -C /dev/null --host="$ADDRESS" --port="$PORT" --auth=plain --user=al@x.example \
		--passwordeval='echo wrong' -f al@x.example c@d.example <message
	assert_equal "$status $output" "77 $output"
}

@test "msmtp, by PLAIN and LOGIN" { over_both msmtps; }

snails() {
	local how
	for how in plain login; do
		timeout 20 s-nail -n -S v15-compat -S smtp-auth="$how" -S user=al@x.example -S password="$PASSWORD" -S mta="$URL" \
			-S from=al@x.example -s t c@d.example < <(printf '.dot\nlast\n')
		until_true test -e who
		by "${how^^}"
	done
}

@test "s-nail (mailx), by PLAIN and LOGIN" {
	URLS=("${URLS[0]}") # it has no form for an address with colons
	over_both snails
}

smtplibs() {
	python3 - "$ADDRESS" "$PORT" PLAIN LOGIN <<-'END'
		import os, smtplib, sys
		message = open("sent", "rb").read()
		for method in sys.argv[3:]:
		    for ir in True, False:
		        with smtplib.SMTP(sys.argv[1], int(sys.argv[2])) as s:
		            s.ehlo()
		            s.user, s.password = "al@x.example", os.environ["PASSWORD"]
		            s.auth(method, getattr(s, "auth_" + method.lower()), initial_response_ok=ir)
		            s.sendmail("al@x.example", "c@d.example", message)
		            assert open("who").read() == f"al@x.example {method} ESMTPA\n"
		with smtplib.SMTP(sys.argv[1], int(sys.argv[2])) as s:
		    try: s.login("al@x.example", "wrong")
		    except smtplib.SMTPAuthenticationError as e: assert e.smtp_code == 535, e
		    else: assert 0
		    s.login("al@x.example", os.environ["PASSWORD"])
	END
	for f in Maildir/new/*; do
		bare "$f" | cmp - message
		rm "$f"
	done
}

@test "Python's smtplib, by PLAIN and LOGIN, with an initial response and without" { over_both smtplibs; }

gits() {
	timeout 30 git -C repository send-email --quiet --suppress-cc=all --confirm=never --smtp-server="$ADDRESS" --smtp-server-port="$PORT" \
		--smtp-auth=PLAIN --smtp-user=al@x.example --smtp-pass="$PASSWORD" --from=al@x.example \
		--to=c@d.example --envelope-sender=al@x.example "$PWD/message" >git.log 2>&1 || fail "$(cat git.log)"
	by PLAIN
}

@test "git send-email, by PLAIN" {
	printf '[user]\nname = Al\nemail = al@x.example\n[init]\ndefaultBranch = main\n' >.gitconfig
	git init -q repository
	over_both gits
}
