#!/usr/bin/env bats
# Postfix as the one who sends: its load generator, and its queue relaying to us.

setup() {
	load helper
	load mail
	load postfix
	serve_mail
}

teardown() {
	postfix_stop
	unserve_both
}

count() { find Maildir/new -type f | wc -l; }

# flood option...: 500 messages in 16 sessions at once
flood() { LD_LIBRARY_PATH=$POSTFIX/lib/postfix timeout 60 "$POSTFIX/sbin/smtp-source" -s 16 -m 500 "$@"; }

many() {
	local how
	for how in '' -d; do
		# shellcheck disable=SC2086
		flood $how -N -f al@x.example -t c@d.example -l 3000 "inet:[$ADDRESS]:$PORT"
		assert_equal "$(count)" 500
		assert_equal "$(grep -ch '^Message-Id: ' Maildir/new/* | sort | uniq -c)" '    500 1'
		assert_equal "$(sed -n 's/^Message-Id: //p' Maildir/new/* | sort -u | wc -l)" 500
		sed -n 's/.*for <\([0-9]*\)c@d\.example>.*/\1/p' Maildir/new/* | sort -n | diff - <(seq 500)
		find Maildir/new -type f -delete
	done
}

@test "500 messages of smtp-source in 16 sessions, a connection each or many over one: all there, none twice" {
	over_both many
}

# given n: the n-th message of a relay's user, with all that is hard in it
given() {
	printf 'Subject: %s\nFrom: al@x.example\nTo: c@d.example\nDate: Thu, 26 Nov 2026 01:00:00 +0000\nMessage-ID: <%s@x.example>\n\n' "$1" "$1"
	printf '%s\n' . .. .x "grüße $1" '' 'From here ' "$(printf '%0900d' "$1")" . ''
	head -c "$((($1 % 7) * 20000))" /dev/zero | base64
}

# relayed n: of the n messages each is there once, and ends with the bytes given
relayed() {
	local f i seen=
	for f in Maildir/new/*; do
		i=$(sed -n 's/^Subject: //p' "$f")
		given "$i" >want
		tail -c "$(stat -c %s want)" "$f" | cmp - want || fail "message $i"
		seen+="$i "
	done
	assert_equal "$(tr ' ' '\n' <<<"$seen" | sort -n | xargs)" "$(seq -s ' ' 1 "$1")"
}

# inject n option...: n messages by its sendmail
inject() {
	local i n=$1
	shift
	for ((i = 1; i <= n; i++)); do given "$i" | postfix sendmail -i -f al@x.example "$@"; done
}

@test "Postfix relays what its sendmail was given: each message once, its bytes unchanged" {
	local url
	for url in "${URLS[@]}"; do
		at "$url"
		postfix_start "relayhost = [$ADDRESS]:$PORT" 'inet_protocols = all'
		inject 8 c@d.example e@f.example
		until_true delivered 16
		assert queue_empty
		relayed 8
		assert_equal "$(cat envelope)" $'al@x.example\nc@d.example\ne@f.example'
		rm Maildir/new/*
		postfix_stop
	done
}

@test "a recipient we refuse is a bounce at the relay, the others get the message" {
	postfix_start "relayhost = [127.0.0.1]:$PORT" 'soft_bounce = yes'
	inject 1 c@d.example c/d@d.example e@f.example
	until_true delivered 2
	until_true grep -q 'to=<c/d@d.example>.*dsn=4.1.1, status=.*550 5.1.1 No such mailbox' "$P/maillog"
	relayed 1
	assert_equal "$(cat envelope)" $'al@x.example\nc@d.example\ne@f.example'
}

@test "what was refused for a time is kept by the relay, comes again, and is there once" {
	unserve
	serve sh -c '[ -e go ] || export RCPTHOSTS=/nonexistent/dir SMTP_ANY=0
		exec smtp-session sh -c "[ -e kept ] || { : >kept; exit 111; }; exec maildir-deliver Maildir"'
	postfix_start "relayhost = [127.0.0.1]:$PORT" 'minimal_backoff_time = 1s' 'queue_run_delay = 1s'
	inject 1 c@d.example
	until_true grep -q 'status=deferred.*451 4.3.0' "$P/maillog"
	: >go
	postfix postqueue -f
	until_true grep -q 'status=deferred.*end of DATA' "$P/maillog"
	postfix postqueue -f
	until_true delivered 1
	relayed 1
}

@test "Postfix by LMTP: a message and a reply for each recipient, the one that failed alone again" {
	mkdir -p e/tmp e/new e/cur
	unserve
	serve smtp-session -l sh -c '
		case $RECIPIENT in e@*) exec maildir-deliver e ;; none@*) exit 67 ;; al@*) exit 0 ;; esac # that is the bounce
		[ -e tried ] || { : >tried; exit 111; }
		exec maildir-deliver Maildir'
	postfix_start "default_transport = lmtp:inet:127.0.0.1:$PORT" 'minimal_backoff_time = 1s'
	inject 1 c@d.example e@d.example none@d.example
	until_true grep -q 'to=<e@d.example>.*status=sent' "$P/maillog"
	until_true grep -q 'to=<none@d.example>.*dsn=5.1.1, status=bounced' "$P/maillog"
	until_true grep -q 'to=<c@d.example>.*dsn=4.3.0, status=deferred' "$P/maillog"
	assert_equal "$(find Maildir/new -type f)" ''
	postfix postqueue -f
	until_true grep -q 'to=<c@d.example>.*status=sent' "$P/maillog"
	relayed 1
	given 1 | cmp - <(tail -c "$(given 1 | wc -c)" e/new/*)
	assert_equal "$(find e/new -type f | wc -l)" 1
}

@test "what the writer asked of reports reaches the program: ENVID, RET, NOTIFY, ORCPT" {
	unserve
	serve sh -c 'exec smtp-session sh -c "env | grep ^SMTP >asked"'
	postfix_start "relayhost = [127.0.0.1]:$PORT"
	inject 1 -N success,delay -V 'id=7+x' -R hdrs c@d.example
	until_true grep -q 'status=sent' "$P/maillog"
	run -0 cat asked
	assert_line 'SMTPENVID=id=7+x'
	assert_line 'SMTPRET=HDRS'
	assert_line 'SMTPNOTIFY_1=SUCCESS,DELAY'
	assert_line 'SMTPORCPT_1=rfc822;c@d.example'
}
