#!/usr/bin/env bats
# Fields before the message, and what is looked for in its header.

setup() {
	load helper
	load maildir
	box M N
	printf 'Subject: x\n\nDelivered-To: a@x\n' >m
	cp m M.txt
}

@test "-R, -O and -D put their fields before the message, in that order" {
	SENDER=s@x ORIGINAL_RECIPIENT=o@x RECIPIENT=a@x run -0 maildir-deliver -D -R -O M <m
	{ printf 'Return-Path: <s@x>\nX-Original-To: o@x\nDelivered-To: a@x\n'; cat m; } >want
	holds M want
	assert_regex "$(one M/new)" ",S=$(wc -c <want),W=$(($(wc -c <want) + $(wc -l <want)))\$"
}

@test "qmail's variables will do, and X-Original-To is left out where it is not known" {
	run -0 env -u SENDER -u RECIPIENT -u ORIGINAL_RECIPIENT RPLINE=$'Return-Path: <q@x>\n' \
		DTLINE=$'Delivered-To: r@x\n' maildir-deliver -ROD M <m
	{ printf 'Return-Path: <q@x>\nDelivered-To: r@x\n'; cat m; } >want
	holds M want
}

@test "a value is one line whatever it holds, and a missing or long one is a usage error" {
	SENDER=$'s\n\x7f\rTo: y' run -0 maildir-deliver -R M <m
	{ printf 'Return-Path: <s___To: y>\n'; cat m; } >want
	holds M want
	run -100 env -u SENDER -u RPLINE maildir-deliver -R N <m
	run -100 env -u RECIPIENT -u DTLINE maildir-deliver -D N <m
	run -100 env -u RECIPIENT -u DTLINE maildir-deliver -L N <m
	RECIPIENT=$(printf '%01000d' 0) run -100 maildir-deliver -D N <m
	bare N
}

@test "with -r every maildir has its own Delivered-To, and the same message behind it" {
	rm m && box m n
	RECIPIENTS=$'M+1@x\nlonger.n@x\nn@x' run -100 maildir-deliver -D -r '%l' <M.txt
	RECIPIENTS=$'M+1@x\nn@x' run -0 maildir-deliver -D -r '%l' < <(cat M.txt)
	{ printf 'Delivered-To: M+1@x\n'; cat M.txt; } >want
	holds m want
	{ printf 'Delivered-To: n@x\n'; cat M.txt; } >want
	holds n want
	assert_regex "$(one n/new)" ",S=$(wc -c <want),"
}

@test "-U drops a From line at the beginning, only there, however it comes in" {
	{ printf 'From a@x Thu Nov 26\n'; cat m; printf 'From here\n'; } >mbox
	{ cat m; printf 'From here\n'; } >want
	run -0 maildir-deliver -U M <mbox
	holds M want
	run -0 maildir-deliver -U N < <(while IFS= read -rn1 -d '' c; do printf %s "$c"; done <mbox)
	holds N want
	rm N/new/*
	printf 'From' >short
	run -0 maildir-deliver -U N <short
	holds N short
	run -111 maildir-deliver -U N < <(echo 'From a@x')
}

@test "-L refuses for good what has been here, by its header alone" {
	RECIPIENT=a@x run -0 maildir-deliver -L M <m
	holds M m
	printf 'X: y\ndelivered-TO:  a@x \nSubject: x\n\n' >loop
	RECIPIENT=a@x run -100 --separate-stderr maildir-deliver -L N <loop
	assert_output '5.4.6 Routing loop'
	RECIPIENT=a@x run -69 maildir-deliver -eL N < <(cat loop)
	bare N
	RECIPIENT=b@x run -0 maildir-deliver -L N <loop
	holds N loop
}

@test "-T wakes who reads the fifo, and nobody need be there" {
	mkfifo f
	run -0 timeout 5 maildir-deliver -T f M <m
	run -0 timeout 5 maildir-deliver -T nowhere M <m
	exec 9<>f
	run -0 maildir-deliver -T f N <m
	IFS= read -rn1 -t 5 -d '' -u 9
	run -111 maildir-deliver -T f nowhere <m
	run ! read -rn1 -t 0.2 -u 9
	exec 9>&-
	echo kept >file
	maildir-deliver -T file M <m
	assert_equal "$(cat file)" kept
}
