#!/usr/bin/env bats
# What a session writes on descriptor 2: promised in smtp-session(8), LOG,
# because fail2ban and scripts read it.

setup() {
	load helper
	export SMTP_NAME=mx.example
}

# hold line...: a session with these lines; its log is in log.
hold() { talk smtp-session true -- "$@" >said 2>log; }

# bring bytes: the same with these bytes, as printf %b has them.
bring() { printf '%b' "$1" | timeout 10 smtp-session true >said 2>log; }

# logged regex: the log has one line that it matches behind the words of every line.
logged() {
	run -0 grep -cE "^smtp ev=$1\$" log
	assert_output 1
}

# said WHO: what stands in every line.
WHO='sid=[0-9]+ ip=unknown port=0'
DUR='dur=[0-9]+\.[0-9]{3}'

@test "a message has its lines: conn, helo, mail, disc, in this order and no other" {
	SMTP_ANY=1 hold 'EHLO me' 'MAIL FROM:<a@b>' 'RCPT TO:<c@d>' 'RCPT TO:<e@f>' DATA x . QUIT
	run -0 sed 's/^smtp ev=\([a-z-]*\) .*/\1/' log
	assert_output $'conn\nhelo\nmail\ndisc'
	logged "conn $WHO"
	logged "helo $WHO helo=me verb=EHLO"
	logged "mail $WHO id=[0-9A-Z-]+ from=a@b rcpts=2 bytes=3 proto=ESMTP helo=me code=250 text= $DUR exit=0"
	logged "disc $WHO msgs=1 rcpts=2 rej=0 cmds=6 errors=0 bytes=3 $DUR why=quit"
	run -0 sed -n 's/.* sid=\([0-9]*\) .*/\1/p' log
	assert_equal "$(printf '%s\n' "${lines[@]}" | sort -u | wc -l)" 1
}

@test "the process in the log is the one the super-server started" {
	bash -c 'echo $$ >pid; exec smtp-session true' <<<$'QUIT\r' 2>log
	run -0 grep -c "^smtp ev=probe sid=$(cat pid) " log
}

@test "a session that is no more than a probe has one short line" {
	smtp-session true </dev/null 2>log
	logged "probe $WHO cmds=0 $DUR why=eof"
	hold QUIT
	logged "probe $WHO cmds=1 $DUR why=quit"
	hold 'EHLO me' QUIT
	logged "probe $WHO cmds=2 $DUR why=quit"
	hold NOOP XYZZY
	logged "probe $WHO cmds=2 $DUR why=eof"
	run -0 wc -l <log
	assert_output 1
}

@test "a session of three commands, or with MAIL, is none" {
	hold 'EHLO me' NOOP QUIT
	logged "disc $WHO msgs=0 rcpts=0 rej=0 cmds=3 errors=0 bytes=0 $DUR why=quit"
	logged "helo $WHO helo=me verb=EHLO"
	hold 'HELO me' 'MAIL FROM:<>' || true
	logged "disc $WHO msgs=0 rcpts=0 rej=0 cmds=2 errors=0 bytes=0 $DUR why=eof"
	logged "helo $WHO helo=me verb=HELO"
	hold NOOP NOOP 'EHLO late' QUIT
	logged "helo $WHO helo=late verb=EHLO"
}

@test "HTTP and TLS clients have one line, and it is the only one" {
	run -1 bring 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'
	logged "junk $WHO what=http"
	run -0 wc -l <log
	assert_output 1
	run -1 bring '\026\003\001'
	logged "junk $WHO what=tls"
	SMTP_LATCH=1 run -1 bring 'GET / HTTP/1.1\n\n'
	logged "junk $WHO what=http"
	SMTP_LATCH=1 bring 'EHLO c\nQUIT\n'
	logged "probe $WHO cmds=2 $DUR why=quit"
	run -0 wc -l <log
	assert_output 1
}

@test "a refused recipient is there with code, text and address" {
	hold 'EHLO me' 'MAIL FROM:<>' 'RCPT TO:<c@d.example>' QUIT
	logged "rcpt-rej $WHO code=554 text=\"5\.7\.1 [A-Za-z_:, ]+\" rcpt=c@d\.example by=RCPTHOSTS"
	logged "disc $WHO msgs=0 rcpts=0 rej=1 cmds=4 errors=0 bytes=0 $DUR why=quit"
}

@test "what is refused for its syntax, its size or its parameters is there as it was typed" {
	SMTP_ANY=1 DATABYTES=9 hold 'EHLO me' 'MAIL FROM:<a@b@c>' 'MAIL FROM:<a@b> SIZE=10' 'MAIL FROM:<a@b> FOO=1' 'MAIL FROM:<a@b>' \
		'MAIL FROM:<a@b>' 'RCPT TO:<c@d@e>' 'RCPT TO:<c@d> FOO=1' 'RCPT TO:<c/@d>' QUIT
	logged "mail-rej $WHO code=501 text=\"5\.1\.7 [^\"]*\" from=FROM:<a@b@c>"
	logged "mail-rej $WHO code=552 text=\"5\.3\.4 [^\"]*\" from=\"FROM:<a@b> SIZE\\\\x3D10\""
	logged "mail-rej $WHO code=555 text=\"5\.5\.4 [^\"]*\" from=\"FROM:<a@b> FOO\\\\x3D1\""
	logged "rcpt-rej $WHO code=501 text=\"5\.1\.3 [^\"]*\" rcpt=TO:<c@d@e> by=syntax"
	logged "rcpt-rej $WHO code=555 text=\"5\.5\.4 [^\"]*\" rcpt=\"TO:<c@d> FOO\" by=syntax"
	logged "rcpt-rej $WHO code=550 text=\"5\.1\.1 [^\"]*\" rcpt=c/@d by=syntax"
	run -0 grep -c -- '-rej ' log
	assert_output 6
	logged "disc .* rej=1 .* errors=5 .*"
}

@test "a message that is refused before its last chunk is logged as one, once" {
	for end in '' 'BDAT 3 LAST\r\nabcQUIT\r\n' 'RSET\r\nQUIT\r\n' 'BDAT 3\r\na'; do
		SMTP_ANY=1 DATABYTES=4 bring "EHLO c\\r\\nMAIL FROM:<a@b>\\r\\nRCPT TO:<c@d>\\r\\nBDAT 6\\r\\nabcdef$end" || true
		logged "mail $WHO id=[0-9A-Z-]+ from=a@b rcpts=1 bytes=6 .* code=552 text=\"5\.3\.4 [^\"]*\" $DUR"
		logged "disc .* msgs=1 .* bytes=6 .*"
		run ! grep -q ev=abort log
	done
}

@test "a message whose chunks the client takes back is logged as broken off, the session going on" {
	local verb
	for verb in RSET 'EHLO d' 'HELO d'; do
		SMTP_ANY=1 bring "EHLO c\\r\\nMAIL FROM:<a@b>\\r\\nRCPT TO:<c@d>\\r\\nBDAT 6\\r\\nabcdef$verb\\r\\nQUIT\\r\\n"
		logged "abort $WHO id=[0-9A-Z-]+ stage=bdat bytes=6 why=reset"
		logged "disc .* msgs=0 .* bytes=0 .* why=quit"
	done
	SMTP_ANY=1 bring 'EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRSET\r\nEHLO d\r\nQUIT\r\n'
	run ! grep -q ev=abort log
}

@test "of the recipients that are too many for a message one is logged" {
	local to
	mapfile -t to < <(printf 'RCPT TO:<u%d@b>\n' {1..50})
	SMTP_MAXRCPT=2 SMTP_ANY=1 hold 'EHLO me' 'MAIL FROM:<>' "${to[@]}" RSET 'MAIL FROM:<>' "${to[@]}" QUIT
	run -0 grep -c 'ev=rcpt-rej .* code=452 .* rcpt=u3@b' log
	assert_output 2
	run -0 grep -c 'ev=rcpt-rej' log
	assert_output 2
}

@test "why a session ended is a word of its own" {
	hold 'EHLO me' NOOP NOOP
	logged "disc .* why=eof"
	mkfifo in
	exec 5<>in
	printf 'NOOP\r\n%.0s' 1 2 3 >&5
	SMTP_TIMEOUT=1 timeout 10 smtp-session true <in >said 2>log || true
	logged "disc .* why=timeout"
	run -1 bring "$(printf 'NOOP\\r\\n%.0s' {1..101})"
	logged "disc .* why=errors"
	SMTP_MAXMAIL=1 SMTP_ANY=1 hold 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' DATA x . 'MAIL FROM:<>' || true
	logged "disc .* why=limit"
	run ! grep -q mail-rej log
}

@test "SMTP_LOG=0 is silent; what is wrong with the service is said all the same" {
	SMTP_LOG=0 SMTP_ANY=1 hold 'EHLO me' 'MAIL FROM: x <a@b>' 'RCPT TO:<c@d>' DATA x . XYZZY QUIT
	assert_equal "$(cat log)" ''
	SMTP_LOG=0 SMTP_ANY=1 ARRIVAL_SPOOL=nowhere hold 'EHLO me' 'MAIL FROM:<>' 'RCPT TO:<c@d>' DATA QUIT
	logged "err $WHO spool=nowhere why=\"No such file or directory\""
}

@test "a client that leaves while a program is asked about it is an event, and with SMTP_LOG=0 nothing" {
	# The client: it waits until the program runs, and resets the connection.
	cat >leave.py <<-'END'
		import os, socket, struct, subprocess, sys, time
		server = socket.create_server(("127.0.0.1", 0))
		client = socket.create_connection(server.getsockname())
		end, _ = server.accept()
		p = subprocess.Popen(["smtp-session", "true"], stdin=end, stdout=end, stderr=open("log", "w"))
		end.close()
		client.sendall(sys.argv[1].encode().decode("unicode_escape").encode())
		while not os.path.exists("begun"): time.sleep(0.02)
		client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
		client.close()
		p.wait(10)
	END
	printf '#!/bin/sh\n: >begun\nexec sleep 20\n' >slow
	chmod +x slow
	export SMTP_ANY=1 SMTP_AUTH_CLEAR=1
	for level in 1 0; do
		rm -f begun
		SMTP_LOG=$level RCPTCHECK=./slow python3 leave.py 'EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\n'
		run grep -c 'ev=err .*RCPTCHECK=./slow end=forgotten' log
		assert_output "$level"
		rm -f begun
		SMTP_LOG=$level SMTP_AUTH=./slow python3 leave.py 'EHLO c\r\nAUTH PLAIN AGEAYg==\r\n'
		run grep -c 'ev=err .*SMTP_AUTH=./slow end=forgotten' log
		assert_output "$level"
	done
	assert_equal "$(cat log)" ''
}

@test "SMTP_LOG=2 adds each command with the code of its reply, 64 bytes of unknown ones" {
	SMTP_LOG=2 SMTP_ANY=1 hold 'EHLO me' 'MAIL FROM:<a@b>' 'RCPT TO:<c@d>' DATA secret . \
		"XYZZY $(printf '%080d' 1)" 'AUTH PLAIN c2VjcmV0' QUIT
	logged "cmd $WHO code=250 line=\"EHLO me\""
	logged "cmd $WHO code=250 line=\"MAIL FROM:<a@b>\""
	logged "cmd $WHO code=250 line=DATA"
	logged "cmd $WHO code=500 line=\"XYZZY $(printf '%058d' 0)\""
	logged "cmd $WHO code=502 line=AUTH"
	run ! grep -q 'secret\|c2VjcmV0\| ev=in \| ev=out ' log
}

@test "SMTP_LOG=3 has each line of both sides, but no secrets and nothing of messages" {
	SMTP_LOG=3 SMTP_ANY=1 SMTP_EXT='=SIZE' hold 'EHLO me' 'MAIL FROM:<a@b>' 'RCPT TO:<c@d>' DATA secret . \
		'AUTH LOGIN c2VjcmV0' QUIT
	run -0 sed -n 's/^smtp ev=\(in\|out\) sid=[0-9]* ip=unknown port=0 /\1 /p' log
	assert_line --index 0 'out code=220 text="mx.example ESMTP"'
	assert_line --index 1 'in line="EHLO me"'
	assert_line --index 2 'out code=250 text=mx.example'
	assert_line --index 3 'out code=250 text="SIZE 52428800"'
	assert_line --index 8 'in line=DATA'
	assert_line --index 9 'out code=354 text="End data with <CR><LF>.<CR><LF>"'
	assert_line --index 11 'in line=AUTH'
	assert_line --index 14 'out code=221 text=Bye'
	run ! grep -q 'secret\|c2VjcmV0' log
}

@test "a message is logged with its answer and how the program ended, or that none was run" {
	ends() {
		printf '%s\r\n' 'HELO me' 'MAIL FROM:<>' 'RCPT TO:<c@d>' DATA 12345 . QUIT >sent
		SMTP_ANY=1 ARRIVAL_TIMEOUT=1 timeout 10 smtp-session "$@" <sent >got 2>log
	}
	local mail="mail $WHO id=[0-9A-Z-]+ from= rcpts=1 bytes=7 proto=SMTP helo=me"
	ends sh -c 'echo stored as 7'
	logged "$mail code=250 text=\"stored as 7\" $DUR exit=0"
	ends sh -c 'echo 5.2.2 Full; exit 100'
	logged "$mail code=554 text=\"5\.2\.2 Full\" $DUR exit=100"
	ends sh -c 'kill -9 $$'
	logged "$mail code=451 text=\"[^\"]*\" $DUR exit=signal-9"
	ends sleep 100
	logged "$mail code=451 text=\"[^\"]*\" dur=1\.[0-9]{3} exit=timeout"
	ends ./nowhere
	logged "$mail code=451 text=\"[^\"]*\" $DUR exit=none"
	DATABYTES=5 ends true
	logged "$mail code=552 text=\"[^\"]*\" $DUR"
}

@test "however long and odd its values are, the line of a message ends with dur and exit" {
	local odd
	odd=$(printf '%060d' 0 | tr 0 '\134')
	SMTP_ANY=1 talk smtp-session sh -c 'printf "%0200d" 0 | tr 0 =' -- "EHLO $odd$odd$odd$odd" \
		"MAIL FROM:<\"$odd\"@$(printf 'a%.0s' {1..60}).$(printf 'b%.0s' {1..60}).$(printf 'c%.0s' {1..60})>" \
		'RCPT TO:<c@d>' DATA x . QUIT >said 2>log
	run -0 grep -cE "^smtp ev=mail .* from=[^ ]* .* helo=[^ ]* code=250 text=[^ ]* $DUR exit=0$" log
}

@test "a password is in no log: after blanks, by LF, or in lines of its own behind a refused AUTH" {
	for level in 2 3; do
		SMTP_LOG=$level hold 'EHLO me' ' AUTH PLAIN c2VjcmV0' $'auth plain c2VjcmV0\nNOOP' $'\tAUTH\tLOGIN c2VjcmV0' \
			'AUTH LOGIN' c2VjcmV0 'c2VjcmV0 x' "AUTH PLAIN c2VjcmV0 $(printf '%05000d' 0)" NOOP c2VjcmV0 'HELP shown' QUIT
		run ! grep -q c2VjcmV0 log
		run -0 grep -c 'line=AUTH$' log
		assert_output 4
		run -0 grep -c '^smtp ev=\(in\|cmd\) .*line=\.\.\.$' log
		run -0 grep -c 'line="HELP shown"$' log
	done
}

@test "what a client says cannot look like another key, or end the line" {
	SMTP_LOG=2 hold NOOP NOOP 'EHLO x ip=192.0.2.1 "a\b' $'HELO \xc3\xa9' $'NOOP \x01' 'MAIL FROM:<ip=192.0.2.2@x>' \
		'RCPT TO:<ip=192.0.2.3@x>' QUIT
	logged "helo $WHO helo=\"x ip\\\\x3D192\.0\.2\.1 \\\\x22a\\\\x5Cb\" verb=EHLO"
	logged "cmd $WHO code=250 line=\"HELO \\\\xC3\\\\xA9\""
	logged "cmd $WHO code=501 line=\"NOOP \\\\x01\""
	run -0 grep -c '[= ]ip=' log
	assert_output "$(wc -l <log)"
	run ! grep -q '[= ]ip=.*[^a-z]ip=' log
}

@test "the awk of the page counts messages in a second" {
	sed -n "/^awk '/,/^\.Ed/{/^\.Ed/!p}" "$HERE/../src/smtp/smtp-session.8" | sed 's/\\e/\\/g' >count
	SMTP_ANY=1 hold 'EHLO c' 'MAIL FROM:<>' 'RCPT TO:<a@b>' DATA x . 'MAIL FROM:<>' 'RCPT TO:<a@b>' DATA x . QUIT
	sed 's/^/@4000000065a000012345678a /' log >current
	sed 's/^/@4000000065a000022345678a /' log | head -n 3 >>current
	run -0 sh count
	assert_output $'4000000065a00001 2\n4000000065a00002 1'
}
