#!/usr/bin/env bats
# What stands before the message: Received and Return-Path. RFC 5321 4.4.

setup() {
	load helper
	unset "${!TCP@}" "${!SSL_@}"
	export PROTO=TCP TCPREMOTEIP=192.0.2.7 TCPREMOTEPORT=4711 TCPREMOTEHOST=client.example
	export SMTP_ANY=1 SMTP_NAME=mx.example
	hello=EHLO from='<>' to='RCPT TO:<a@b.example>\r\n' name=c.example
}

# send: one message "b"; the program keeps it in message.
send() {
	printf '%b' "$hello $name\r\nMAIL FROM:$from\r\n${to}DATA\r\nb\r\n.\r\nQUIT\r\n" >sent
	timeout 10 smtp-session sh -c 'cat >message' <sent >got 2>log
	id=$(sed -n 's/.*id=//p' got | tr -d '\r')
	assert [ -n "$id" ]
}

# dateless: the message, with D for a date as RFC 5322 3.3 has it.
dateless() { sed -E 's/(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} \+0000$/D/' message; }

@test "Received is exactly who, from where, by whom, how, id, for whom, when" {
	send
	run -0 dateless
	assert_output "Received: from c.example (client.example [192.0.2.7]:4711)
	by mx.example with ESMTP id $id
	for <a@b.example>;
	D
b"
}

@test "after HELO the protocol is SMTP, in the field and in SMTPPROTO" {
	hello=HELO send
	run -0 sed -n 2p message
	assert_output "	by mx.example with SMTP id $id"
}

@test "what is not known is unknown" {
	unset TCPREMOTEHOST
	name='' send
	run -0 head -n 1 message
	assert_output 'Received: from unknown (unknown [192.0.2.7]:4711)'
}

@test "two recipients are not named, one given twice is" {
	to='RCPT TO:<a@b.example>\r\nRCPT TO:<c@b.example>\r\n' send
	run -0 dateless
	assert_output "Received: from c.example (client.example [192.0.2.7]:4711)
	by mx.example with ESMTP id $id;
	D
b"
}

@test "TLS that a server before us ended is named with its cipher, and the protocol has an S" {
	export SSL_PROTOCOL=TLSv1.3 SSL_CIPHER=TLS_AES_256_GCM_SHA384
	send
	run -0 dateless
	assert_output "Received: from c.example (client.example [192.0.2.7]:4711)
	by mx.example with ESMTPS (TLSv1.3 TLS_AES_256_GCM_SHA384)
	id $id
	for <a@b.example>;
	D
b"
}

@test "lines are folded at 76 characters, words are never broken" {
	local long=a-rather-long-name-for-a-host.in-a-department.of-an-institute.example
	export TCPREMOTEHOST=$long SMTP_NAME=x.$long
	name=y.$long send
	run -0 dateless
	assert_output "Received: from
	y.$long
	($long
	[192.0.2.7]:4711)
	by x.$long
	with ESMTP id $id
	for <a@b.example>;
	D
b"
}

@test "a line of 76 characters is not folded, one of 77 is" {
	local n
	n=$(printf '%027d' 0)
	TCPREMOTEHOST=client.example name=$n send
	run -0 head -n 1 message
	assert_output "Received: from $n (client.example [192.0.2.7]:4711)"
	assert_equal "${#output}" 76
	name=0$n send
	run -0 head -n 2 message
	assert_output "Received: from 0$n (client.example
	[192.0.2.7]:4711)"
}

@test "every byte of a name outside the list is a question mark" {
	name='a(b)<c>"d\\e;f,g\0303\0274 h!{}~`^*$&'"'"'|#' TCPREMOTEHOST='x) by y;' send
	run -0 head -n 1 message
	assert_output 'Received: from a?b??c??d?e?f?g???h???????????? (unknown [192.0.2.7]:4711)'
}

@test "the date is now, in UTC, wherever we are" {
	local before after at
	before=$(date +%s)
	TZ=Asia/Kolkata send
	after=$(date +%s)
	at=$(date -d "$(sed -n 4p message)" +%s)
	assert [ "$at" -ge "$before" ]
	assert [ "$at" -le "$after" ]
	run -0 sed -n 4p message
	assert_output --regexp ' \+0000$'
}

@test "SMTP_RETURNPATH puts the sender above, and without it there is none" {
	from='<s@d.example>' send
	run -0 head -c 9 message
	assert_output 'Received:'
	export SMTP_RETURNPATH=1
	from='<s@d.example>' send
	run -0 head -n 2 message
	assert_output $'Return-Path: <s@d.example>\nReceived: from c.example (client.example [192.0.2.7]:4711)'
	send
	run -0 head -n 1 message
	assert_output 'Return-Path: <>'
}

@test "Return-Path has a local part quoted where it must be, and only there" {
	export SMTP_RETURNPATH=1
	while IFS=$'\t' read -r typed want; do
		from=$typed send
		run -0 head -n 1 message
		assert_output "Return-Path: $want"
	done <<-'END'
		<"a b"@d.example>	<"a b"@d.example>
		<"a.b"@d.example>	<a.b@d.example>
		<"q\\\\\\"x"@d.example>	<"q\\\"x"@d.example>
		<a..b@d.example>	<"a..b"@d.example>
		<"x@y"@d.example>	<"x@y"@d.example>
		<.a@d.example>	<".a"@d.example>
		<@r.example:a@d.example>	<a@d.example>
		Name <a+b{c}@[192.0.2.1]>	<a+b{c}@[192.0.2.1]>
	END
}

@test "a recipient named twice is one, in the field and in the log" {
	local to='RCPT TO:<a@b.example>\r\n'
	printf '%b' "EHLO c\r\nMAIL FROM:<>\r\n$to${to}DATA\r\nb\r\n.\r\nMAIL FROM:<>\r\n$to${to}RCPT TO:<c@d>\r\n${to}DATA\r\nb\r\n.\r\n" |
		timeout 10 smtp-session sh -c 'cat >>messages' >got 2>log
	assert_equal "$(grep -c 'for <' messages)" 1
	assert_equal "$(sed -n 's/.* ev=mail .* \(rcpts=[0-9]*\) .*/\1/p' log)" $'rcpts=1\nrcpts=2'
}

@test "with SMTP_EOL=crlf our fields end with CRLF, folded or not" {
	export SMTP_EOL=crlf SMTP_RETURNPATH=1
	export SMTP_NAME=a-rather-long-name-for-a-host.in-a-department.of-an-institute.of.example
	send
	run ! grep -v $'\r$' message
	run -0 bash -c "$(declare -f dateless); tr -d '\r' <message >m && mv m message && dateless"
	assert_output "Return-Path: <>
Received: from c.example (client.example [192.0.2.7]:4711)
	by $SMTP_NAME
	with ESMTP id $id
	for <a@b.example>;
	D
b"
}

@test "ARRIVAL_SIZE is the size of the file, our fields included" {
	printf '%b' 'EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\nb\r\n.\r\nQUIT\r\n' |
		SMTP_RETURNPATH=1 timeout 10 smtp-session sh -c 'cat >message; echo "$ARRIVAL_SIZE" >size' >got 2>log
	assert_equal "$(cat size)" "$(stat -c %s message)"
}
