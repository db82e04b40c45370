#!/usr/bin/env bats
# The program of an arrival: its environment, its end, its one line.

setup() {
	load helper
	printf '%s\r\n' 'EHLO c' 'MAIL FROM: Al <al@x.example> SIZE=5 BODY=8BITMIME' \
		'RCPT TO:<a@b.example>' DATA 'S: t' '' b . QUIT >one
	printf '%s\r\n' 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b.example>' 'RCPT TO:<c@d.example>' \
		'RCPT TO:<a@b.example>' DATA 'S: t' '' b . QUIT >three
}

# hand file program...: the reply to the end of data.
hand() {
	local file=$1
	shift
	SMTP_ANY=1 timeout 20 smtp-session "$@" <"$file" 2>log | tr -d '\r' | sed -n '/^354/{n;p;}'
}

@test "the program finds a regular file at offset 0, complete, nobody else has a name for" {
	hand one sh -c 'stat -L -c "%F %h %s %a" /proc/self/fd/0 >stat; echo "$ARRIVAL_SIZE" >size; cat >message'
	run -0 cat stat
	assert_output "regular file 0 $(stat -c %s message) 600"
	assert_equal "$(cat size)" "$(stat -c %s message)"
}

@test "only descriptors 0, 1 and 2 are open in the program" {
	exec 7</dev/null 9</dev/null
	# Nothing in this script opens anything itself, as a pipe or a redirection would.
	run -0 hand one sh -c 'i=3; while [ $i -lt 40 ]; do [ -e /proc/$$/fd/$i ] && echo "$i is open"; i=$((i + 1)); done; echo none'
	assert_output --regexp '^250 2\.0\.0 OK id=[0-9A-Z-]+ none$'
}

@test "the environment of an arrival with one recipient" {
	RECIPIENTS=stale SENDER=stale ARRIVAL_USER=stale NRECIPIENT=9 hand one sh -c 'env | sort >env'
	run -0 grep -E '^(ARRIVAL|SENDER|RECIP|NRECIP|SMTPM|SMTPH|SMTPP|SMTPS|SMTPB)' env
	assert_line 'ARRIVAL=smtp'
	assert_line --regexp '^ARRIVAL_ID=[0-9A-Z-]+$'
	assert_line --regexp '^ARRIVAL_SIZE=[0-9]+$'
	assert_line 'SENDER=al@x.example'
	assert_line 'RECIPIENT=a@b.example'
	assert_line 'RECIPIENTS=a@b.example'
	assert_line 'NRECIPIENT=1'
	assert_line 'SMTPHELOHOST=c'
	assert_line 'SMTPMAILFROM=Al <al@x.example>'
	assert_line 'SMTPPROTO=ESMTP'
	assert_line 'SMTPSIZE=5'
	assert_line 'SMTPBODY=8BITMIME'
	refute_line --partial 'stale'
	refute_line --partial 'ARRIVAL_USER'
}

@test "several recipients stand in RECIPIENTS, each once, and RECIPIENT is unset" {
	RECIPIENT=stale hand three sh -c 'printf "%s" "$RECIPIENTS" >to; echo "${RECIPIENT-unset} $NRECIPIENT $SENDER." >one'
	printf 'a@b.example\nc@d.example' | cmp - to
	assert_equal "$(cat one)" 'unset 2 .'
}

@test "a recipient that is the begin of another one is not the same" {
	SMTP_ANY=1 talk smtp-session sh -c 'printf "%s" "$RECIPIENTS" >to' -- 'EHLO c' 'MAIL FROM:<>' \
		'RCPT TO:<a@b.example.org>' 'RCPT TO:<a@b.example>' 'RCPT TO:<a@b.example.org>' DATA . QUIT >/dev/null
	printf 'a@b.example.org\na@b.example' | cmp - to
}

@test "each exit code has its reply" {
	while read -r code reply; do
		run -0 hand one sh -c "exit $code"
		assert_output --regexp "^$reply"
	done <<-'END'
		0 250.2\.0\.0.OK.id=
		99 250.2\.0\.0.OK.id=
		100 554.5\.3\.0.
		65 554.5\.6\.0.
		76 554.5\.6\.0.
		112 554.5\.6\.0.
		67 550.5\.1\.1.
		68 550.5\.1\.2.
		69 554.5\.3\.0.
		77 554.5\.7\.1.
		111 451.4\.3\.0.
		1 451.4\.3\.0.
		31 451.4\.3\.0.
		64 451.4\.3\.0.
		75 451.4\.3\.0.
		127 451.4\.3\.0.
	END
}

@test "a signal, a program that is not there and one that cannot run are 451" {
	run -0 hand one sh -c 'kill -9 $$'
	assert_output --regexp '^451 4\.3\.0 '
	run -0 hand one ./nowhere
	assert_output --regexp '^451 4\.3\.0 '
	: >plain
	run -0 hand one ./plain
	assert_output --regexp '^451 4\.3\.0 '
}

@test "the first line printed is the text, with its code where the class fits" {
	run -0 hand one sh -c 'echo "5.2.2 Mailbox full"; echo more; exit 100'
	assert_output '554 5.2.2 Mailbox full'
	run -0 hand one sh -c 'echo "552 5.2.2 Mailbox full"; exit 100'
	assert_output '552 5.2.2 Mailbox full'
	run -0 hand one sh -c 'echo "450 4.2.1 Come back"; exit 111'
	assert_output '450 4.2.1 Come back'
	run -0 hand one sh -c 'echo "4.2.2 wrong class"; exit 100'
	assert_output '554 5.3.0 4.2.2 wrong class'
	run -0 hand one sh -c 'echo "stored as 7"'
	assert_output --regexp '^250 2\.0\.0 OK id=[0-9A-Z-]+ stored as 7$'
}

@test "a program's 421 closes the connection, and no other reply of it does" {
	local reply
	for reply in '421 4.3.2 Closing' '450 4.2.1 Later'; do
		SMTP_ANY=1 talk smtp-session sh -c "echo '$reply'; exit 111" -- 'EHLO c' 'MAIL FROM:<>' \
			'RCPT TO:<a@b.example>' DATA . NOOP QUIT >said 2>log
		codes
		run -0 grep 'ev=disc' log
		echo "${output##* }"
	done >ends
	run -0 cat ends
	assert_output '220 250 250 250 354 421 why=program
220 250 250 250 354 450 250 221 why=quit'
}

@test "the text is at most 200 safe bytes" {
	run -0 hand one sh -c 'printf "\001\303\251%0300d\n" 0; exit 100'
	assert_output "554 5.3.0 ???$(printf '%0197d' 0)"
}

@test "a program that prints a flood is read to the end" {
	run -0 hand one sh -c 'echo ok; head -c 3000000 /dev/zero; cat >/dev/null'
	assert_output --regexp '^250 2\.0\.0 OK id=[0-9A-Z-]+ ok$'
}

@test "after ARRIVAL_TIMEOUT the whole process group is killed and the reply is 451" {
	export ARRIVAL_TIMEOUT=1
	run -0 hand one sh -c 'sleep 1234 & echo $! >pid; sleep 1234'
	assert_output --regexp '^451 4\.3\.0 '
	# A zombie that nobody has reaped yet has no command line.
	run grep -c sleep "/proc/$(cat pid)/cmdline"
	refute_output 1
}

@test "what a program leaves in the background is not waited for" {
	run -0 timeout 5 bash -c "$(declare -f hand); hand one sh -c 'sleep 30 & echo \$! >pid'"
	assert_output --regexp '^250 '
	kill "$(cat pid)"
}

@test "HELO clients get replies without enhanced codes" {
	sed 's/^EHLO/HELO/; s/ SIZE=5 BODY=8BITMIME//' one >helo
	run -0 hand helo true
	assert_output --regexp '^250 OK id='
	run -0 hand helo sh -c 'echo "5.2.2 Full"; exit 100'
	assert_output '554 Full'
}

@test "two messages in a session are two runs with two tokens" {
	{ grep -v QUIT one; grep -v EHLO three; } >two
	SMTP_ANY=1 smtp-session sh -c 'echo "$ARRIVAL_ID" >>ids' <two >got
	assert_equal "$(codes)" '220 250 250 250 354 250 250 250 250 250 354 250 221 '
	assert_equal "$(sort -u ids | wc -l)" 2
}

@test "a parent that ignored its children does not hide how the program ended" {
	cat >ignoring.py <<-'END'
		import os, signal, sys
		signal.signal(signal.SIGCHLD, signal.SIG_IGN)
		os.execvp(sys.argv[1], sys.argv[1:])
	END
	run -0 --separate-stderr env SMTP_ANY=1 ARRIVAL_TIMEOUT=3 timeout -k 1 8 python3 ignoring.py smtp-session sh -c 'exit 67' <one
	assert_output --partial '550 5.1.1 '
}

@test "the code a program gives its refusals is not counted against the client" {
	printf '%s\r\n' 'EHLO c' >many
	for _ in {1..22}; do printf '%s\r\n' 'MAIL FROM:<>' 'RCPT TO:<a@b>' DATA x . >>many; done
	SMTP_ANY=1 timeout 10 smtp-session sh -c 'echo "504 5.5.4 no"; exit 100' <many 2>log >got
	run -0 grep -c '^504 5.5.4 no' got
	assert_output 22
}

@test "many descriptors left open by the parent do not stop the session" {
	for fd in {3..40}; do [ -e "/proc/$BASHPID/fd/$fd" ] || eval "exec $fd</dev/null"; done
	run -0 hand one true
	assert_output --regexp '^250 '
}

@test "nothing that describes a message is inherited" {
	for name in SMTPSIZE SMTPBODY SMTPUTF8 SMTPRET SMTPENVID SMTPBARELF SMTPBY SMTPHOLD SMTPPRIORITY \
		SMTPAUTHUSER SMTPAUTHMETHOD SMTPREQUIRETLS SMTPNOTIFY_1 SMTPORCPT_1 RECIPIENT SENDER ARRIVAL_ID; do
		export "$name=stale"
	done
	KEPT=stale hand three sh -c 'env >env'
	run -0 grep stale env
	assert_output KEPT=stale
}

@test "what the super-server set is passed on" {
	PROTO=TCP TCPREMOTEIP=192.0.2.1 TCPREMOTEHOST=h.example SSL_PROTOCOL=TLSv1.3 SSL_CIPHER=X hand one sh -c 'echo "$PROTO $TCPREMOTEIP $TCPREMOTEHOST $SSL_CIPHER" >seen'
	assert_equal "$(cat seen)" 'TCP 192.0.2.1 h.example X'
}

@test "a line with codes is the reply to a message that was kept, too" {
	run -0 hand one sh -c 'echo "2.6.0 Filed"'
	assert_output '250 2.6.0 Filed'
	run -0 hand one sh -c 'echo "252 2.1.5 Passed on"'
	assert_output '252 2.1.5 Passed on'
	run -0 hand one sh -c 'echo "5.6.0 not so"'
	assert_output --regexp '^250 2\.0\.0 OK id=[0-9A-Z-]+ 5\.6\.0 not so$'
}

@test "recipients of more than 120000 bytes in all are 452, and the program starts with the rest" {
	{
		printf '%s\r\n' 'EHLO c' 'MAIL FROM:<>'
		local=$(printf 'x%.0s' {1..50})
		domain=$(printf 'label.%.0s' {1..20})example
		printf "RCPT TO:<$local%04d@$domain>\r\n" {1..700}
		printf '%s\r\n' DATA x . QUIT
	} >many
	SMTP_MAXRCPT=700 SMTP_ANY=1 timeout 20 smtp-session sh -c 'printf %s "$RECIPIENTS" | wc -c' <many >got 2>log
	one=$((50 + 4 + 1 + 127 + 1))
	most=$((120000 / one))
	assert_equal "$(grep -c '^250 2.1.5' got) $(grep -c '^452 4.5.3' got)" "$most $((700 - most))"
	run -0 grep -c "^250 2.0.0 OK id=.* $((most * one - 1))" got
}

@test "transactions that never come to their data leave no descriptor behind, however they end" {
	SMTP_ANY=1 run -0 timeout 30 python3 "$DATA/hand.py" '
def held(): return [sorted(os.listdir(f"/proc/{x}/fd")) for x in (p.pid, talker())]
def do(*lines):
    for l in lines:
        say(l); r = hear()[0]
        while r[3:4] == "-": r = hear()[0]
        got.append(r[:3])
hear(); got = []; do("EHLO c"); before = held()
for end in ["RSET", "EHLO c"] * 50: do("MAIL FROM:<>", "RCPT TO:<a@b>", "RCPT TO:<c@b>", end)
print(set(got), held() == before)
do("MAIL FROM:<>", "RCPT TO:<a@b>"); print([len(x) for x in before], [len(x) for x in held()])' smtp-session true
	assert_output $'{\'250\'} True\n[4, 4] [5, 5]\nexit 1'
}

@test "the disk is told of a message before its program starts" {
	SMTP_ANY=1 run -0 timeout 20 strace -f -qq -e trace=sync_file_range,execve -o trace smtp-session touch ran <one
	assert_file_exists ran
	run -0 grep -oE 'sync_file_range\(|execve\("[^"]*/touch"' trace
	assert_line --index 0 'sync_file_range('
	assert_line --index 1 --partial touch
}
