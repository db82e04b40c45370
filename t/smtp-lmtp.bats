#!/usr/bin/env bats
# -l: LMTP, RFC 2033.
# shellcheck disable=SC2034 # helper.bash has SERVER

setup() {
	load helper
	SERVER='' # for unserve
	export SMTP_ANY=1 SMTP_NAME=mx.example
}
teardown() { unserve; }

# deliver: its standard input becomes the program ./deliver.
deliver() {
	{
		echo '#!/bin/sh'
		cat
	} >deliver
	chmod +x deliver
}

# lmtp line...: talk LMTP from LHLO on.
lmtp() { talk smtp-session -l ./deliver -- 'LHLO c' "$@" QUIT; }

@test "the greeting says LMTP, and LHLO offers what EHLO does" {
	deliver </dev/null
	lmtp >said
	run -0 cat said
	assert_line --index 0 '220 mx.example LMTP'
	assert_line --index 1 '250-mx.example'
	assert_line '250-PIPELINING'
	assert_line '250-ENHANCEDSTATUSCODES'
}

@test "EHLO and HELO are 500 in LMTP, LHLO is 500 in SMTP, and HELP says so" {
	deliver </dev/null
	talk smtp-session -l ./deliver -- 'EHLO c' 'HELO c' 'MAIL FROM:<>' HELP QUIT >said
	assert_equal "$(codes)" '220 500 500 503 214 221 '
	run -0 grep '^214' said
	assert_output --partial LHLO
	refute_output --regexp ' (EHLO|HELO)'
	talk smtp-session ./deliver -- 'LHLO c' HELP QUIT >said
	assert_equal "$(codes)" '220 500 214 221 '
	run -0 grep '^214' said
	refute_output --partial LHLO
}

@test "one run and one reply for each recipient, in order" {
	deliver <<-'END'
		cat >"message.${RECIPIENT%@*}"
		echo "$RECIPIENT $RECIPIENTS $NRECIPIENT $SMTPPROTO $SENDER" >>ran
		case $RECIPIENT in full@*) echo '4.2.2 Mailbox full'; exit 111 ;; no@*) exit 67 ;; esac
	END
	lmtp 'MAIL FROM:<al@x>' 'RCPT TO:<a@b>' 'RCPT TO:<full@b>' 'RCPT TO:<no@b>' 'RCPT TO:<z@b>' DATA 'S: t' '' x . NOOP >said 2>log
	assert_equal "$(codes)" '220 250 250 250 250 250 250 354 250 451 550 250 250 221 '
	run -0 cat ran
	assert_output "$(printf '%s@b %s@b 1 LMTP al@x\n' a a full full no no z z)"
	run -0 grep -A4 '^354' said
	assert_line --index 1 --regexp '^250 2\.0\.0 OK id='
	assert_line --index 2 '451 4.2.2 Mailbox full'
	assert_line --index 3 --regexp '^550 5\.1\.1 '
	assert_line --index 4 --regexp '^250 2\.0\.0 OK id='
	cmp message.a message.z
	run -0 tail -n 1 message.full
	assert_output x
	assert_equal "$(sed -n 's/.* ev=mail .* \(rcpts=[0-9]*\) .* \(rcpt=.*\)/\1 \2/p' log)" \
		"$(printf 'rcpts=1 rcpt=%s@b\n' a full no z)"
}

@test "a recipient named twice gets two replies and one message, a dropped one its 250 without a run" {
	deliver <<<'echo "$RECIPIENT" >>ran'
	printf '#!/bin/sh\ncase $RECIPIENT in drop@*) exit 112 ;; esac\n' >check
	chmod +x check
	RCPTCHECK=./check lmtp 'MAIL FROM:<>' 'RCPT TO:<a@b>' 'RCPT TO:<drop@b>' 'RCPT TO:<a@b>' DATA x . NOOP >/dev/null
	assert_equal "$(codes)" '220 250 250 250 250 250 354 250 250 250 250 221 '
	assert_equal "$(tr '\n' ' ' <ran)" 'a@b '
}

@test "a recipient named twice gets the message the second time if it was not taken the first" {
	deliver <<<'echo x >>ran; [ -e again ] || { : >again; exit 111; }'
	lmtp 'MAIL FROM:<>' 'RCPT TO:<a@b>' 'RCPT TO:<a@b>' 'RCPT TO:<a@b>' DATA x . 'MAIL FROM:<>' 'RCPT TO:<a@b>' DATA x . >/dev/null 2>log
	assert_equal "$(codes)" '220 250 250 250 250 250 354 451 250 250 250 250 354 250 221 '
	assert_equal "$(wc -l <ran)" 3
	assert_equal "$(grep -c 'ev=mail .*rcpts=1 .*exit=[0-9]* rcpt=a@b' log)" 3
	run -0 grep -c 'ev=mail .*dur=[0-9.]* rcpt=a@b' log
	assert_output 1
}

@test "refused recipients have no reply at the end of the data" {
	deliver </dev/null
	echo b >hosts
	SMTP_ANY=0 RCPTHOSTS=$PWD/hosts lmtp 'MAIL FROM:<>' 'RCPT TO:<a@c>' 'RCPT TO:<a@b>' 'RCPT TO:<b@c>' DATA x . NOOP >/dev/null
	assert_equal "$(codes)" '220 250 250 554 250 554 354 250 250 221 '
}

@test "DATA after only refused recipients is 503" {
	deliver </dev/null
	SMTP_ANY=0 lmtp 'MAIL FROM:<>' 'RCPT TO:<a@c>' DATA >/dev/null
	assert_equal "$(codes)" '220 250 250 554 503 221 '
}

@test "a message too big is told to every recipient, and nothing runs" {
	deliver <<<'echo ran >>ran'
	DATABYTES=10 lmtp 'MAIL FROM:<>' 'RCPT TO:<a@b>' 'RCPT TO:<c@b>' DATA 0123456789 . NOOP >said
	assert_equal "$(codes)" '220 250 250 250 250 354 552 552 250 221 '
	assert_not_exist ran
}

@test "the last chunk of BDAT is answered for every recipient too" {
	deliver <<<'case $RECIPIENT in no@*) exit 67 ;; esac'
	printf '%s\r\n' 'LHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' 'RCPT TO:<no@b>' 'BDAT 3' >sent
	printf 'x\r\n' >>sent
	printf '%s\r\n' 'BDAT 0 LAST' NOOP QUIT >>sent
	smtp-session -l ./deliver <sent >got
	assert_equal "$(codes)" '220 250 250 250 250 250 250 550 250 221 '
}

@test "two messages in a session each have their replies" {
	deliver <<<'echo "$RECIPIENT" >>ran'
	lmtp 'MAIL FROM:<>' 'RCPT TO:<a@b>' 'RCPT TO:<b@b>' DATA x . 'MAIL FROM:<>' 'RCPT TO:<c@b>' DATA x . >/dev/null
	assert_equal "$(codes)" '220 250 250 250 250 354 250 250 250 250 354 250 221 '
	assert_equal "$(tr '\n' ' ' <ran)" 'a@b b@b c@b '
}

@test "maildir-deliver stores the message for each, and RCPT's parameters go with their recipient" {
	mkdir -p Maildir/{al,bo}/{tmp,new,cur}
	deliver <<-'END'
		echo "$RECIPIENT $SMTPNOTIFY_1 ${SMTPNOTIFY_2-unset}" >>ran
		exec maildir-deliver -r Maildir/%l
	END
	lmtp 'MAIL FROM:<>' 'RCPT TO:<al@b> NOTIFY=NEVER' 'RCPT TO:<bo@b> NOTIFY=SUCCESS' DATA 'S: t' '' x . >/dev/null
	assert_equal "$(codes)" '220 250 250 250 250 354 250 250 221 '
	assert_equal "$(cat ran)" $'al@b NEVER unset\nbo@b SUCCESS unset'
	cmp Maildir/al/new/* Maildir/bo/new/*
}

@test "a queue of qmail's gets one message for each recipient" {
	mkdir queue
	export QUEUE=queue
	talk smtp-session -lq sh -c 'exec "$0" <&0' "$DATA/qmail-queue.py" -- 'LHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' DATA x . QUIT >/dev/null
	assert_equal "$(codes)" '220 250 250 250 354 250 221 '
	run -0 cat queue/*.envelope
	assert_output $'\na@b'
}

@test "a reply is told before the next recipient's program has ended" {
	mkfifo go
	deliver <<<'case $RECIPIENT in b@*) read -r line <go ;; esac'
	serve smtp-session -l ./deliver
	run -0 timeout 20 python3 - "$PORT" <<-'END'
		import socket, sys
		s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
		f = s.makefile("rb")
		s.sendall(b"LHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nRCPT TO:<b@b>\r\nDATA\r\n")
		while not f.readline().startswith(b"354"): pass
		s.sendall(b"x\r\n.\r\n")
		print(f.readline().decode()[:3])
		open("go", "w").write("go\n")
		print(f.readline().decode()[:3])
	END
	assert_output $'250\n250'
}

@test "swaks and Python's smtplib.LMTP deliver" {
	deliver <<<'cat >"$RECIPIENT"'
	serve smtp-session -l ./deliver
	run -0 timeout 20 swaks --protocol LMTP --server "127.0.0.1:$PORT" --from x@y.example --to a@b.example,c@b.example --body swaks
	assert_file_contains a@b.example swaks
	assert_file_contains c@b.example swaks
	run -0 timeout 20 python3 - "$PORT" <<-'END'
		import smtplib, sys
		l = smtplib.LMTP("127.0.0.1", int(sys.argv[1]), timeout=10)
		print(l.sendmail("x@y.example", "d@b.example", "Subject: python\n\nx\n"), l.quit()[0])
	END
	assert_output '{} 221'
	assert_file_contains d@b.example python
}

@test "Postfix's smtp-source brings fifty messages in five sessions, four recipients each" {
	load postfix
	deliver <<<'echo x >>"$RECIPIENT"'
	serve smtp-session -l ./deliver
	run -0 timeout 20 env LD_LIBRARY_PATH="$POSTFIX/lib/postfix" "$POSTFIX/sbin/smtp-source" -L -s 5 -m 50 -r 4 \
		-f x@y.example -t a@b.example "127.0.0.1:$PORT"
	run -0 bash -c 'cat *a@b.example | wc -l'
	assert_output 200
}

@test "smtp-send -L brings a message to two recipients and tells each one's fate" {
	deliver <<<'case $RECIPIENT in no@*) exit 67 ;; esac'
	serve smtp-session -l ./deliver
	printf 'S: t\n\nx\n' >message
	run -100 timeout 20 tcpclient -RHl0 127.0.0.1 "$PORT" smtp-send -L x@y.example a@b.example no@b.example <message
	assert_line --regexp '^a@b.example.250'
	assert_line --regexp '^no@b.example.550.5.1.1'
}
