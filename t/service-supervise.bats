#!/usr/bin/env bats
# The directories of service/ run unchanged under three supervisors.

setup() {
	load helper
	load tls
	mkdir scan
	mkfifo idle # nothing is ever written to it
	BOSS=
	D=
}

teardown() {
	if [ -n "$BOSS" ] && kill -0 "$BOSS" 2>/dev/null; then "end_$KIND"; fi
	local p
	for p in $(below "$BATS_TEST_TMPDIR/scan"); do kill -KILL "$p" || :; done
	[ -z "$D" ] || rm -r "$D"
}

# below dir: the processes that work in dir or below it.
below() {
	find /proc/[0-9]*/cwd -maxdepth 0 \( -lname "$1" -o -lname "$1/*" \) -printf '%h\n' 2>/dev/null | sed 's|/proc/||'
}

# within seconds command...: try it twenty times a second until it succeeds.
within() {
	local end=$((SECONDS + $1))
	shift
	until "$@" 2>/dev/null; do
		[ "$SECONDS" -lt "$end" ] || return 1
		read -rt 0.05 <>idle || :
	done
}

# place service NAME=value...: a copy of the service in scan/, its env/ changed.
place() {
	local service=$1 setting
	shift
	cp -R "$HERE/../service/$service" "scan/$service"
	PORT=$(python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
	echo "$PORT" >"scan/$service/env/PORT"
	# Its shadow is larger than any limit.
	[ -z "${SANITIZED:-}" ] || echo >"scan/$service/env/MEMORY"
	for setting; do echo "${setting#*=}" >"scan/$service/env/${setting%%=*}"; done
}

begin_s6() { s6-svscan scan >boss 2>&1 3>&- & BOSS=$!; }
begin_daemontools() { svscan scan >boss 2>&1 3>&- & BOSS=$!; }
begin_runit() { runsvdir scan >boss 2>&1 3>&- & BOSS=$!; }

end_s6() {
	s6-svscanctl -t scan
	within 10 gone "$BOSS"
}

end_daemontools() {
	kill "$BOSS"
	within 10 gone "$BOSS"
	svc -dx scan/*/ scan/*/log
}

end_runit() {
	kill -HUP "$BOSS"
	within 10 gone "$BOSS"
}

gone() { ! kill -0 "$1"; }

again_s6() { s6-svc -t "scan/$1"; }
again_daemontools() { svc -t "scan/$1"; }
again_runit() { sv term "./scan/$1"; }

down_s6() { s6-svc -d "scan/$1"; }
down_daemontools() { svc -d "scan/$1"; }
down_runit() { sv -w 10 down "./scan/$1"; }

# server service: the pid of its tcpserver.
server() {
	local p
	for p in $(below "$PWD/scan/$1"); do
		[ "$(cat "/proc/$p/comm")" != tcpserver ] || { echo "$p" && return; }
	done
	return 1
}

# greets: the service on PORT says 220, in TLS where it begins with that.
greets() {
	local line
	if [ -e scan/submission ]; then
		curl -sS --max-time 5 --cacert scan/submission/cert.pem "smtps://localhost:$PORT" -X NOOP
		return
	fi
	if [ -s scan/ftps/env/IMPLICIT ] && [ -n "$(cat scan/ftps/env/IMPLICIT)" ]; then
		timeout 5 openssl s_client -quiet -verify_quiet -connect "127.0.0.1:$PORT" <<<$'QUIT\r' | grep -q '^220'
		return
	fi
	exec 8<>"/dev/tcp/127.0.0.1/$PORT" || return
	read -rt 5 line <&8
	exec 8>&-
	[[ $line == 220* ]]
}

refuses() { ! (exec 8<>"/dev/tcp/127.0.0.1/$PORT"); }
another() { [ "$(server "$1")" != "$2" ] && greets; }
nobody_below() { [ -z "$(below "$PWD/scan")" ]; }

use_smtp() {
	timeout 20 swaks --silent 2 --server "127.0.0.1:$PORT" --helo client.example \
		--from a@example.com --to b@example.com --body "kept by $KIND"
	run -0 grep -rl "kept by $KIND" scan/smtp/Maildir/new
	assert_equal "${#lines[@]}" 1
}

# secured service home NAME=value...: placed with a certificate, and bob, whose password is secret
secured() {
	local service=$1 home=$2
	shift 2
	place "$service" "$@"
	(cd "scan/$service" && certificate localhost && mv localhost.pem cert.pem && mv localhost.key key.pem)
	chmod 644 "scan/$service/key.pem"
	perl -e 'print "bob:", crypt("secret", "\$6\$rounds=1000\$abcdefgh"), ":$ARGV[0]:\n"' "$home" >"scan/$service/users"
}

submission() { secured submission / "$@"; }
ftps() { secured ftps pub FTP_MODE=rw "$@"; }

# mail [option...]: a message of bob's for somebody far away, by curl
mail() {
	printf 'Subject: kept by %s\r\n\r\n' "$KIND" >message
	curl -sS --max-time 20 --cacert scan/submission/cert.pem --mail-from bob@x.example --mail-rcpt far@y.example -T message "$@"
}

use_submission() {
	run ! mail "smtps://localhost:$PORT"
	assert_output --partial 530
	run ! mail --user bob:wrong "smtps://localhost:$PORT"
	mail --user bob:secret "smtps://localhost:$PORT"
	run -0 grep -rl "kept by $KIND" scan/submission/Maildir/new
	assert_equal "${#lines[@]}" 1
	run -0 grep -c 'with ESMTPSA (TLSv1' "${lines[0]}"
	run -0 grep -c '^From: <bob@x.example>' scan/submission/Maildir/new/*
	printf 'bob\nsecret\n' >secret
	TLS_CA=scan/submission/cert.pem TLS_NAME=localhost timeout 20 tcpclient -RHl0 127.0.0.1 "$PORT" tls-session -ci \
		smtp-send -a LOGIN,PLAIN -P secret bob@x.example far@y.example <message >report
	assert_equal "$(cut -f 1,2 report)" $'far@y.example\t250'
}

# get url [option...]: by curl, which verifies the certificate
get() { curl -sS --max-time 20 --cacert scan/ftps/cert.pem "$@"; }

use_ftps() {
	local url=ftp://localhost:$PORT
	echo "sent by $KIND" >mine
	if [ -s scan/ftps/env/IMPLICIT ] && [ -n "$(cat scan/ftps/env/IMPLICIT)" ]; then
		url=ftps${url#ftp}
	else
		run ! get --user bob:secret "$url/"
		assert_output --partial 530
	fi
	run ! get --ssl-reqd --user bob:wrong "$url/"
	run ! get --ssl-reqd "$url/"
	get --ssl-reqd --user bob:secret -T mine "$url/file"
	cmp mine scan/ftps/pub/file
	run -0 get --ssl-reqd --user bob:secret "$url/file"
	assert_output "sent by $KIND"
}

use_ftp() {
	echo "sent by $KIND" >scan/ftp/pub/file
	run -0 timeout 20 curl -sS "ftp://127.0.0.1:$PORT/file"
	assert_output "sent by $KIND"
}

# life kind service: up, used, logged, restarted, stopped, and nothing left.
life() {
	local pid
	KIND=$1
	"begin_$KIND"
	within 15 greets
	"use_$2"
	within 5 test -s "scan/$2/log/main/current"
	pid=$(server "$2")
	"again_$KIND" "$2"
	within 10 another "$2" "$pid"
	"down_$KIND" "$2"
	within 10 refuses
	"end_$KIND"
	within 10 nobody_below
	BOSS=
}

@test "smtp lives under s6-svscan" {
	place smtp SMTP_ANY=1
	life s6 smtp
}

@test "smtp lives under daemontools' svscan" {
	place smtp SMTP_ANY=1
	life daemontools smtp
}

@test "smtp lives under runsvdir" {
	place smtp SMTP_ANY=1
	life runit smtp
}

@test "submission lives under s6-svscan" {
	submission
	life s6 submission
}

@test "submission lives under daemontools' svscan" {
	submission
	life daemontools submission
}

@test "submission lives under runsvdir" {
	submission
	life runit submission
}

@test "submission with IMPLICIT empty takes mail after STARTTLS, and none without" {
	submission IMPLICIT=
	KIND=s6
	begin_s6
	within 15 curl -sS --max-time 5 "smtp://127.0.0.1:$PORT" -X NOOP
	run ! mail --user bob:secret "smtp://localhost:$PORT"
	mail --ssl-reqd --user bob:secret "smtp://localhost:$PORT"
	run -0 grep -c 'with ESMTPSA (TLSv1' scan/submission/Maildir/new/*
	end_s6
	within 10 nobody_below
	BOSS=
}

@test "ftp lives under s6-svscan" {
	place ftp
	life s6 ftp
}

@test "ftp lives under daemontools' svscan" {
	place ftp
	life daemontools ftp
}

@test "ftp lives under runsvdir" {
	place ftp
	life runit ftp
}

@test "ftps lives under s6-svscan" {
	ftps
	life s6 ftps
}

@test "ftps, where the client asks for TLS, lives under daemontools' svscan" {
	ftps IMPLICIT=
	life daemontools ftps
}

@test "ftps, as a user, lives under runsvdir" {
	ftps USER=nobody
	life runit ftps
}

# expired: tmp has a file that nobody has used for 36 hours, by the clock of the service
expired() { : >"$D/M/tmp/old" && chown -R nobody "$D/M"; }
swept() { [ ! -e "$D/M/tmp/old" ] && [ "$(working)" = sleep ]; }
working() { for p in $(below "$PWD/scan/sweep"); do cat "/proc/$p/comm"; done | grep -v '^s6-\|^multilog$\|^svlogd$\|^supervise$\|^runsv$' | xargs; }
asleep_no_more() { [ -z "$(working)" ]; }
logged() { grep -qr 'sweep: 2 maildirs, 1 with errors; again in 3600 s' scan/sweep/log/main; }

# sweeping kind: at the start, again after a restart, logged, and stopped; what root could
# sweep, but not nobody who owns the link to it, stays
sweeping() {
	KIND=$1
	# nobody cannot reach our own directories
	D=$(mktemp -d "${TMPDIR:-/tmp}/sweep.XXXXXX")
	chmod 755 "$D"
	mkdir -p "$D"/{M,closed}/{tmp,new,cur}
	ln -s closed "$D/Mine"
	chown -h nobody "$D/Mine"
	touch "$D"/{M/new,closed/tmp}/mail
	chmod 700 "$D/closed"
	install -m 755 "$PROBE/maildir-sweep" "$D"
	cp -R "$HERE/../service/sweep" scan/sweep
	echo "$D/M*" >scan/sweep/env/MAILDIRS
	expired
	PATH=$D:$PATH LATER=37 "begin_$KIND"
	within 15 swept
	expired
	"again_$KIND" sweep
	within 10 swept
	[ -e "$D/M/new/mail" ]
	[ -e "$D/closed/tmp/mail" ]
	within 5 logged
	"down_$KIND" sweep
	within 10 asleep_no_more
	"end_$KIND"
	within 10 nobody_below
	BOSS=
}

@test "sweep lives under s6-svscan" {
	sweeping s6
}

@test "sweep lives under daemontools' svscan" {
	sweeping daemontools
}

@test "sweep lives under runsvdir" {
	sweeping runit
}

@test "with USER the server and its mail belong to that user" {
	place smtp SMTP_ANY=1 USER=nobody
	KIND=s6
	begin_s6
	within 15 greets
	assert_equal "$(stat -c %U "/proc/$(server smtp)")" nobody
	use_smtp
	assert_equal "$(stat -c %U scan/smtp/Maildir/new/*)" nobody
	end_s6
	within 10 nobody_below
	BOSS=
}

@test "MEMORY limits every session" {
	[ -z "${SANITIZED:-}" ] || skip "the sanitizer's shadow is larger than any limit"
	place smtp SMTP_ANY=1 MEMORY=100000000
	KIND=s6
	begin_s6
	within 15 greets
	run -0 grep 'Max address space' "/proc/$(server smtp)/limits"
	assert_output --regexp ' 99999744 '
	end_s6
	BOSS=
}

# waits: the service sleeps before it will try again.
waits() {
	local p
	for p in $(below "$PWD/scan"); do
		[ "$(cat "/proc/$p/comm")" != sleep ] || return 0
	done
	return 1
}

@test "what cannot start says why, once, and waits" {
	local setting
	for setting in IP=::1 USER=no-such-user PORT= MEMORY=much; do
		rm -rf scan && mkdir scan
		place smtp "$setting"
		(cd scan/smtp && exec setsid ./run) >said 2>&1 3>&- &
		within 10 waits
		for p in $(below "$PWD/scan"); do kill "$p"; done
		wait
		run -0 grep -c '^listen: fatal: .*; trying again in 60 s$' said
		assert_output 1
	done
	for setting in SMTP_AUTH= TLS_CERT= TLS_CERT=none; do
		rm -rf scan && mkdir scan
		submission "$setting"
		(cd scan/submission && exec setsid ./run) >said 2>&1 3>&- &
		within 10 waits
		for p in $(below "$PWD/scan"); do kill "$p"; done
		wait
		run -0 grep -c '^[a-z]*: fatal: .*; trying again in 60 s$' said
		assert_output 1
	done
}

@test "a key that is not the certificate's, or that USER may not read, keeps ftps from listening" {
	local setting
	for setting in USER= USER=nobody; do
		rm -rf scan && mkdir scan
		ftps "$setting"
		chmod 600 scan/ftps/key.pem
		[ -n "${setting#USER=}" ] || echo 'no key' >scan/ftps/key.pem
		(cd scan/ftps && exec setsid ./run) >said 2>&1 3>&- &
		within 10 waits
		refuses
		for p in $(below "$PWD/scan"); do kill "$p"; done
		wait
		run -0 grep '^tls-io: fatal: ' said
		assert_output --regexp 'private key|key.pem: Permission denied'
		run -0 grep -c '^tls: fatal: .*; trying again in 60 s$' said
		assert_output 1
	done
}

@test "the directories share their scripts" {
	local service
	for service in smtp submission ftp ftps sweep; do
		cmp "$HERE/../service/$service/data/with-env" "$HERE/../service/smtp/data/with-env"
		cmp "$HERE/../service/$service/log/run" "$HERE/../service/smtp/log/run"
		[ "$service" = sweep ] || cmp "$HERE/../service/$service/data/listen" "$HERE/../service/smtp/data/listen"
	done
	cmp "$HERE"/../service/{submission,ftps}/data/tls
}

@test "the units are valid" {
	cp "$HERE"/../service/systemd/* .
	run -0 systemd-analyze verify ./*.socket ./*.service
	refute_output --partial guichet
}
