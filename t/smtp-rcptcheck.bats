#!/usr/bin/env bats
# RCPTCHECK: a program is asked about every recipient.
# shellcheck disable=SC2034,SC2154 # helper.bash has SERVER, run sets stderr

setup() {
	load helper
	SERVER='' # for unserve
	export SMTP_ANY=1
}
teardown() { unserve; }

# checker: its standard input becomes the program ./check.
checker() {
	{
		echo '#!/bin/sh'
		cat
	} >check
	chmod +x check
}

# rcpt recipient...: the last line of each reply to RCPT.
rcpt() {
	RCPTCHECK=${RCPTCHECK-./check} talk smtp-session true -- 'EHLO me' 'MAIL FROM:<al@x.example>' "${@/#/RCPT TO:}" QUIT >/dev/null
	tr -d '\r' <got | grep '^... ' | sed '1,3d;$d'
}

@test "each exit code of RCPTCHECK has its reply" {
	checker <<-'END'
		exit "${RECIPIENT%@*}"
	END
	while read -r code reply; do
		run -0 --separate-stderr rcpt "<$code@b.example>"
		assert_equal "$code ${output:0:9}" "$code $reply"
	done <<-'END'
		0 250 2.1.5
		99 250 2.1.5
		100 550 5.1.1
		112 250 2.1.5
		113 452 4.5.3
		111 451 4.3.0
		1 451 4.3.0
		65 451 4.3.0
		127 451 4.3.0
	END
}

@test "a signal, and a program that is not there, are 451 and leave a line in the log" {
	checker <<<'kill -9 $$'
	run -0 --separate-stderr rcpt '<a@b.example>'
	assert_output --regexp '^451 4\.3\.0 '
	assert_regex "$stderr" 'ev=err .*RCPTCHECK=./check end=signal code=9'
	RCPTCHECK=./nowhere run -0 --separate-stderr rcpt '<a@b.example>'
	assert_output --regexp '^451 4\.3\.0 '
	assert_regex "$stderr" 'ev=err .*RCPTCHECK=./nowhere end=unborn'
}

@test "RCPTCHECK sees sender, recipient, name and address of the client, and nothing of a message" {
	export PROTO=TCP TCPREMOTEIP=192.0.2.1 RECIPIENTS=stale NRECIPIENT=7 ARRIVAL_ID=stale SMTPPROTO=stale
	checker <<-'END'
		env >seen
		cat >>seen
		i=3; while [ $i -lt 20 ]; do [ -e /proc/$$/fd/$i ] && [ $i != 10 ] && echo "$i is open" >>seen; i=$((i + 1)); done
		:
	END
	DEFAULTDOMAIN=b.example rcpt '<a>'
	run -0 cat seen
	for line in SENDER=al@x.example RECIPIENT=a@b.example SMTPHELOHOST=me TCPREMOTEIP=192.0.2.1; do assert_line "$line"; done
	refute_output --partial stale
	refute_output --partial NRECIPIENT
	refute_output --partial 'is open'
}

@test "the line RCPTCHECK prints is the text of its refusal, safe bytes only" {
	checker <<-'END'
		case $RECIPIENT in
		a@*) printf 'Gone to \303\251\001x\nmore\n' ;;
		b@*) echo '5.2.1 Disabled' ;;
		c@*) echo '551 5.1.6 Moved' ;;
		esac
		exit 100
	END
	run -0 --separate-stderr rcpt '<a@b.example>' '<b@b.example>' '<c@b.example>' '<d@b.example>'
	assert_line --index 0 '550 5.1.1 Gone to ???x'
	assert_line --index 1 '550 5.2.1 Disabled'
	assert_line --index 2 '551 5.1.6 Moved'
	assert_line --index 3 '550 5.1.1 No such mailbox'
	assert_equal "$(grep -c 'ev=rcpt-rej .*by=RCPTCHECK' <<<"$stderr")" 4
}

@test "its answer is kept for the session, by sender and recipient; later is not kept" {
	checker <<-'END'
		echo "$SENDER $RECIPIENT" >>asked
		case $RECIPIENT in bad@*) echo '5.1.1 Unknown'; exit 100 ;; later@*) exit 111 ;; esac
	END
	RCPTCHECK=./check talk smtp-session true -- 'EHLO c' 'MAIL FROM:<one@x>' 'RCPT TO:<a@b>' 'RCPT TO:<bad@b>' \
		'RCPT TO:<later@b>' RSET 'MAIL FROM:<one@x>' 'RCPT TO:<a@b>' 'RCPT TO:<bad@b>' 'RCPT TO:<later@b>' \
		RSET 'MAIL FROM:<two@x>' 'RCPT TO:<a@b>' QUIT >said
	assert_equal "$(codes)" '220 250 250 250 550 451 250 250 250 550 451 250 250 250 221 '
	assert_equal "$(tr '\n' , <asked)" 'one@x a@b,one@x bad@b,one@x later@b,one@x later@b,two@x a@b,'
	assert_equal "$(grep -c '^550 5.1.1 Unknown' said)" 2
}

@test "an answer of 113 is not kept either" {
	checker <<<'echo x >>asked; exit 113'
	rcpt '<a@b>' '<a@b>' >/dev/null
	assert_equal "$(wc -l <asked)" 2
}

@test "recipients that cannot be checked now, fifty and more, count as no refusals and cost no time" {
	local to
	checker <<<'exit 111'
	mapfile -t to < <(printf 'RCPT TO:<u%d@b>\n' {1..55})
	RCPTCHECK=./check talk smtp-session true -- 'EHLO c' 'MAIL FROM:<>' "${to[@]}" QUIT >/dev/null 2>log
	assert_equal "$(codes)" "220 250 250 $(printf '451 %.0s' {1..55})221 "
	run -0 grep -c '^smtp ev=disc .* rej=0 .* why=quit$' log
}

@test "what is remembered is bounded: after 32 more the first is asked about again" {
	checker <<<'echo x >>asked'
	mapfile -t to < <(printf '<u%d@b>\n' {1..33} 33 1)
	rcpt "${to[@]}" >/dev/null
	assert_equal "$(wc -l <asked)" 34
}

@test "RELAYCLIENT does not skip RCPTCHECK" {
	checker <<<'exit 100'
	RELAYCLIENT='' run -0 --separate-stderr rcpt '<a@b.example>'
	assert_output --regexp '^550 5\.1\.1 '
}

@test "RCPTCHECK is asked last: not about a recipient that another policy refuses" {
	checker <<<'echo "$RECIPIENT" >>asked'
	echo b.example >hosts
	SMTP_ANY=0 RCPTHOSTS=hosts rcpt '<a@c.example>' '<x%y@b.example>' '<a@b.example>' >/dev/null
	assert_equal "$(cat asked)" a@b.example
}

@test "RCPTCHECK is not asked about recipients beyond SMTP_MAXRCPT" {
	checker <<<'echo "$RECIPIENT" >>asked'
	SMTP_MAXRCPT=2 run -0 --separate-stderr rcpt '<a@b>' '<b@b>' '<c@b>' '<d@b>' '<a@b>'
	assert_equal "$(cut -c1-9 <<<"$output" | tr '\n' ,)" '250 2.1.5,250 2.1.5,452 4.5.3,452 4.5.3,250 2.1.5,'
	assert_equal "$(tr '\n' , <asked)" a@b,b@b,
}

@test "a recipient accepted and dropped gets nothing, the others their message" {
	checker <<<'case $RECIPIENT in drop@*) exit 112 ;; esac'
	RCPTCHECK=./check talk smtp-session sh -c 'echo "$RECIPIENTS" >>ran' -- 'EHLO c' 'MAIL FROM:<>' \
		'RCPT TO:<drop@b>' 'RCPT TO:<a@b>' DATA x . QUIT >/dev/null
	assert_equal "$(codes)" '220 250 250 250 250 354 250 221 '
	assert_equal "$(cat ran)" a@b
	# Not in our field either, which has a for with one recipient only.
	RCPTCHECK=./check talk smtp-session sh -c 'cat >message' -- 'EHLO c' 'MAIL FROM:<>' \
		'RCPT TO:<a@b>' 'RCPT TO:<drop@b>' DATA x . QUIT >/dev/null
	run -0 grep -c 'for <a@b>;' message
}

@test "a message all of whose recipients are dropped is 250 and no program runs" {
	checker <<<'exit 112'
	RCPTCHECK=./check talk smtp-session sh -c 'echo ran >>ran' -- 'EHLO c' 'MAIL FROM:<>' \
		'RCPT TO:<drop@b>' 'RCPT TO:<a@b>' DATA x . NOOP QUIT >said 2>log
	assert_equal "$(codes)" '220 250 250 250 250 354 250 250 221 '
	run -0 grep ev=mail log
	refute_output --partial exit=
	run -0 grep -c '^250 2.0.0 OK id=' said
	assert_not_exist ran
}

@test "a RCPTCHECK that names no program ends the session before the greeting" {
	RCPTCHECK='  ' run -100 --separate-stderr smtp-session true </dev/null
	assert_output --regexp '^421 '
	assert_regex "$stderr" 'RCPTCHECK names no program'
}

@test "its command is words between blanks" {
	checker <<<'echo "5.1.1 $# $2"; exit 100'
	RCPTCHECK='./check a  "b c"' run -0 --separate-stderr rcpt '<a@b.example>'
	assert_output '550 5.1.1 3 "b'
}

@test "a program that takes too long is killed with its group, and the answer is 451" {
	checker <<<'sleep 1234 & echo $! >pid; sleep 1234'
	ARRIVAL_TIMEOUT=1 run -0 --separate-stderr rcpt '<a@b.example>'
	assert_output --regexp '^451 4\.3\.0 '
	until_true gone "$(cat pid)"
}

@test "when the client resets the connection the program is killed with its group" {
	checker <<<'sleep 1234 & echo $! >pid.new; mv pid.new pid; sleep 1234'
	RCPTCHECK=./check serve smtp-session true
	run -0 timeout 20 python3 - "$PORT" <<-'END'
		import os, socket, struct, sys, time
		s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
		s.sendall(b"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\n")
		while not os.path.exists("pid"): time.sleep(0.02)
		s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
		s.close()
	END
	until_true gone "$(cat pid)"
	until_true no_sessions
}

@test "a client killed while it is asked about: the program is killed two seconds later" {
	checker <<<'sleep 1234 & echo $! >pid.new; mv pid.new pid; sleep 1234'
	RCPTCHECK=./check serve smtp-session true
	printf '%s\r\n' 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' >sent
	exec 5<>"/dev/tcp/127.0.0.1/$PORT"
	cat sent >&5
	until_true test -e pid
	exec 5>&-
	until_true gone "$(cat pid)"
	until_true no_sessions
}

@test "SIGTERM ends the program with its group; the client is told 451, then 421" {
	checker <<<'sleep 1234 & echo $! >pid.new; mv pid.new pid; sleep 1234'
	RCPTCHECK=./check serve smtp-session true
	timeout 20 python3 - "$PORT" >got <<-'END' &
		import socket, sys
		s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
		s.sendall(b"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\n")
		while d := s.recv(9999): sys.stdout.buffer.write(d)
	END
	client=$!
	until_true test -e pid
	kill "$(pgrep -P "$SERVER")"
	wait "$client"
	assert_equal "$(codes)" '220 250 250 451 421 '
	until_true gone "$(cat pid)"
}

@test "a client that closed its side but has more to say is served to the end" {
	checker <<<'read -r line <go'
	mkfifo go
	RCPTCHECK=./check serve smtp-session true
	printf '%s\r\n' 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' NOOP QUIT >sent
	timeout 20 python3 - "$PORT" >got <<-'END' &
		import socket, sys
		s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
		s.sendall(open("sent", "rb").read())
		s.shutdown(socket.SHUT_WR)
		while d := s.recv(9999): sys.stdout.buffer.write(d)
	END
	client=$!
	echo >go
	wait "$client"
	assert_equal "$(codes)" '220 250 250 250 250 221 '
}

@test "maildir-deliver -n -r says which mailboxes there are" {
	mkdir -p Maildir/al/{tmp,new,cur}
	export RCPTCHECK='maildir-deliver -n -r Maildir/%l'
	talk smtp-session maildir-deliver -r 'Maildir/%l' -- 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<al-list@b.example>' \
		'RCPT TO:<bob@b.example>' DATA 'S: t' '' b . QUIT >/dev/null
	assert_equal "$(codes)" '220 250 250 250 550 354 250 221 '
	run -0 ls Maildir/al/new
	assert_equal "${#lines[@]}" 1
}

@test "a monitor that is killed takes the program with it, which has no deadline without it" {
	checker <<-'END'
		echo $$ >pid.new
		mv pid.new pid
		sleep 25
	END
	RCPTCHECK=./check timeout -s KILL 20 smtp-session true \
		< <(printf '%s\r\n' 'EHLO me' 'MAIL FROM:<>' 'RCPT TO:<a@b.example>'; sleep 10) >got 2>log &
	until_true test -s pid
	kill -9 "$(ps -o ppid= "$(cat pid)")"
	wait "$!" || true
	until_true gone "$(cat pid)"
}
