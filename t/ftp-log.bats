#!/usr/bin/env bats
# What a session writes on descriptor 2, and on that of FTP_XFERLOG. The
# formats are promised in ftp-session(8), LOG: fail2ban and scripts read them.

setup() {
	load helper
	load ftp
	mkdir root
	printf 'hello' >root/file
}

teardown() { unserve; }

# logged regex: there is one line of a log that it matches as a whole.
logged() {
	run -0 grep -cE "^ftp-session: $1\$" log
	assert_output 1
}

WHO='pid=[0-9]+ ip=127\.0\.0\.1 port=[0-9]+ user=ftp'

@test "get and put say path, bytes, time, offset, mode and code; close sums up" {
	serve env FTP_MODE=rw FTP_EOF_WAIT=0 ftp-session root
	run -0 client '
		assert read(data("RETR file")) == b"hello"; reply(); reply()
		cmd("REST 2"); l = active(); assert cmd("RETR file")[:3] == "150"; assert read(l.accept()[0]) == b"llo"; reply()
		cmd("ALLO 9"); d = data("STOR \xe9 %\"x"); reply(); d.sendall(b"1234"); d.close(); assert reply()[:3] == "226"
		epsv(); say("RETR file"); reply(); cmd("ABOR"); reply()
		assert cmd("QUIT")[:3] == "221" and c.recv(1) == b""
	'
	until_true grep -q ' close ' log
	run -0 grep -cE '^ftp-session: connect pid=[0-9]+ ip=127\.0\.0\.1 port=[0-9]+ user=-$' log
	logged "login $WHO"
	logged "get $WHO path=/file bytes=5 ms=[0-9]+ rest=0 mode=passive code=226"
	logged "get $WHO path=/file bytes=3 ms=[0-9]+ rest=2 mode=active code=226"
	logged "put $WHO path=/%E9%20%25%22x bytes=4 ms=[0-9]+ rest=0 mode=passive code=226 short=1"
	logged "get $WHO path=/file bytes=0 ms=[0-9]+ rest=0 mode=passive code=426"
	logged "abort $WHO why=abor verb=RETR code=426"
	logged "close $WHO cmds=[0-9]+ gets=2 puts=1 sent=8 received=4 ms=[0-9]+"
}

@test "what changes names is logged, each with its path" {
	serve env FTP_MODE=rw ftp-session root
	run -0 client '
		for line in ("MKD d", "SITE CHMOD 600 file", "RNFR file", "RNTO d/x", "DELE d/x", "RMD d"): assert cmd(line)[:1] in "23", line
	'
	logged "mkdir $WHO path=/d"
	logged "chmod $WHO path=/file"
	logged "mv $WHO path=/file to=/d/x"
	logged "del $WHO path=/d/x"
	logged "rmdir $WHO path=/d"
}

@test "every refusal has a why of its own" {
	touch root/taken
	serve env FTP_MODE=rw FTP_OVERWRITE=no FTP_DELETE=0 FTP_MAXFILE=3 FTP_CMDS_DENY=SIZE ftp-session root
	run -0 client '
		for line in ("PORT 127,0,0,2,20,20", "X", "N\0OP", "X" * 5000, "DELE file", "SIZE file", "STOR taken", "MKD a\x01",
		             "ALLO 1000000", "USER root"): assert cmd(line)[:1] == "5", line
		d = data("STOR big"); reply(); d.sendall(b"12345"); assert reply()[:3] == "552"
		cmd("EPSV ALL"); cmd("PASV")
		for i in range(60): say("X")
	'
	local why
	for why in bounce nul long-line denied verb exists name space user size epsv-all errors; do
		logged "refuse $WHO why=$why (verb=[A-Z]+ )?code=[45][0-9][0-9]"
	done
	run -0 grep -cE "refuse $WHO why=unknown code=500\$" log
	printf 'LIST\r\nQUIT\r\n' | ftp-session root 2>log
	run -0 grep -c ' refuse pid=[0-9]* ip=unknown port=0 user=- why=login verb=LIST code=530$' log
}

@test "timeouts and ends of transfers say which" {
	truncate -s 1G root/huge
	serve env FTP_IDLE=1 FTP_STALL=1 FTP_ACCEPT=1 ftp-session root
	run -0 client '
		epsv(); assert cmd("RETR huge")[:3] == "150" and reply()[:3] == "425"
		d = data("RETR huge"); reply(); assert reply()[:3] == "426"
		d = data("RETR huge"); reply(); d.close(); assert reply()[:3] == "426"
		assert reply()[:3] == "421"
	'
	run -0 client '
		d = data("RETR huge"); reply(); c.shutdown(2)
		try: read(d)
		except ConnectionResetError: pass
	'
	until_true grep -q 'why=control-closed' log
	logged "abort $WHO why=no-data verb=RETR code=425"
	logged "timeout $WHO why=stall verb=RETR code=426"
	logged "abort $WHO why=data-closed verb=RETR code=426"
	logged "timeout $WHO why=idle code=421"
	logged "abort $WHO why=control-closed verb=RETR"
}

@test "FTP_LOG_CMD=1 logs commands, and no password even where it does not belong" {
	printf '%s\r\n' 'USER ftp' 'PASS geheim' 'geheim geheim' 'ACCT geheim' "$(printf 'CWD \351')" NOOP QUIT >sent
	FTP_LOG_CMD=1 ftp-session root <sent >got 2>log
	run ! grep -q geheim log
	logged 'cmd pid=[0-9]+ ip=unknown port=0 user=- verb=USER arg=ftp'
	logged 'cmd pid=[0-9]+ ip=unknown port=0 user=ftp verb=PASS'
	logged 'cmd pid=[0-9]+ ip=unknown port=0 user=ftp verb=-'
	logged 'cmd pid=[0-9]+ ip=unknown port=0 user=ftp verb=CWD arg=%E9'
	logged 'cmd pid=[0-9]+ ip=unknown port=0 user=ftp verb=NOOP'
	FTP_LOG_CMD=1 FTP_LOG_USER=0 FTP_ANON=0 ftp-session root <<<'USER geheim' >got 2>log
	run ! grep -q geheim log
	ftp-session root <sent >got 2>log
	run ! grep -q ' cmd ' log
}

@test "a path that is as long as one may be leaves the rest of its line" {
	local deep
	deep=$(printf 'd%.0s' {1..250})
	mkdir -p "root/$deep/$deep/$deep"
	printf x >"root/$deep/$deep/$deep/$(printf '\351%.0s' {1..250})"
	serve ftp-session root
	run -0 client '
		d = "d" * 250; assert read(data("RETR /%s/%s/%s/%s" % (d, d, d, "\xe9" * 250))) == b"x"; reply(); reply()
	'
	logged "get $WHO path=/d+.* bytes=1 ms=[0-9]+ rest=0 mode=passive code=226"
}

@test "FTP_XFERLOG: a line per transfer as wu-ftpd has it, blanks as _, one write each" {
	local fd
	for fd in 3 4 7; do
		rm -f xferlog root/up*
		serve env FTP_MODE=rw FTP_EOF_WAIT=0 FTP_ASCII=1 FTP_XFERLOG=$fd sh -c "exec ftp-session root $fd>>xferlog"
		run -0 client '
		cmd("TYPE I"); assert read(data("RETR file")) == b"hello"; reply(); reply()
		d = data("STOR up 1"); reply(); d.sendall(b"123"); d.close(); assert reply()[:3] == "226"
		cmd("TYPE A"); read(data("RETR file")); reply(); reply(); cmd("TYPE I")
		epsv(); say("RETR file"); reply(); cmd("ABOR"); reply()
		'
		unserve
		local d='[MTWFS][a-z][a-z] [A-Z][a-z][a-z] [ 0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9] 20[0-9][0-9]'
		for line in '1 127.0.0.1 5 /file b _ o a ftp ftp 0 \* c' '1 127.0.0.1 3 /up_1 b _ i a ftp ftp 0 \* c' \
			'1 127.0.0.1 5 /file a _ o a ftp ftp 0 \* c' '1 127.0.0.1 0 /file b _ o a ftp ftp 0 \* i'; do
			run -0 grep -c "^$d $line\$" xferlog
			assert_output 1
		done
		assert_equal "$(wc -l <xferlog)" 4
	done
}

@test "a second stage writes its transfers too, and no program has the descriptor" {
	cat >check <<-'END'
		#!/bin/sh
		exec "$@"
	END
	chmod +x check
	serve env FTP_LOGIN="$PWD/check" FTP_EOF_WAIT=0 FTP_XFERLOG=5 sh -c "exec ftp-session root \
		sh -c 'ls /proc/self/fd | tr \"\\n\" \" \" >&2; echo >&2' 5>>$PWD/xferlog"
	run -0 python3 -c 'import ftplib, io, sys
f = ftplib.FTP(timeout=10); f.connect("127.0.0.1", int(sys.argv[1])); f.login("me", "x")
f.storbinary("STOR up", io.BytesIO(b"12"))' "$PORT"
	run -0 grep -c ' 1 127.0.0.1 2 /up b _ i r me ftp 0 \* c$' xferlog
	assert_output 1
	run -0 grep -c '^0 1 2 3 $' log
}

@test "FTP_XFERLOG that names no open descriptor is misconfigured" {
	run -100 --separate-stderr env FTP_XFERLOG=9 ftp-session root </dev/null 9>&-
	assert_output $'421 Server misconfigured.\r'
	run -100 env FTP_XFERLOG=2 ftp-session root </dev/null
	run -100 env FTP_XFERLOG=x ftp-session root </dev/null
}

@test "before a login a client cannot fill the log, and what ends the session is in it" {
	{ yes 'PWD' | head -n 300; yes 'CLNT x' | head -n 300; yes '?' | head -n 20; } | tr '\n' '\r' | sed 's/\r/\r\n/g' >sent
	run -0 bash -c 'ftp-session root <sent 2>log | grep -c "^530\|^200"'
	assert_output 610
	run -0 grep -c ' refuse \| client ' log
	assert_output 101
	run -0 grep -c ' why=errors code=421' log
}
