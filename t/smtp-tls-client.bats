#!/usr/bin/env bats
# Clients people use, by STARTTLS and in TLS from the first byte: what is kept is
# what was given.
# shellcheck disable=SC2094,SC2154 # it waits for what comes; port is set by tls_server

setup_file() {
	load helper
	load tls
	cd "$BATS_FILE_TMPDIR" || return
	certificate localhost
	printf 'bob:secret:%s\n' "$PWD" >users
}

setup() {
	load helper
	load tls
	load mail
	load postfix
	PATH=$PATH:${PEERS}-mail/usr/bin
	cp "$BATS_FILE_TMPDIR"/* .
	export HOME=$PWD SSL_CERT_FILE=$PWD/localhost.pem
	export SMTP_ANY=1 SMTP_AUTH="$DATA/checker.py users"
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
	printf '%s\n' 'From: <al@x.example>' 'To: c@d.example' 'Subject: dots' \
		'Date: Thu, 26 Nov 2026 01:00:00 +0000' 'Message-ID: <1@x.example>' '' . .. .x 'grüße' '' end >message
}

teardown() {
	postfix_stop
	tls_stop
}

# session option...: ours, behind tls-session with these
session() {
	tls_server "$@" smtp-session sh -c \
		'printf "%s\n" "$SENDER" "$RECIPIENTS" >envelope; echo "$SMTPPROTO $SMTPAUTHUSER" >how; exec maildir-deliver Maildir'
}

# kept how: the message of al@x.example to c@d.example has come so
kept() {
	arrived message al@x.example c@d.example
	assert_equal "$(cat how)" "$1"
}

@test "curl, with smtp:// and --ssl-reqd, and with smtps://" {
	session
	curl -sS --max-time 20 --cacert localhost.pem --ssl-reqd "smtp://localhost:$port" --mail-from al@x.example \
		--mail-rcpt c@d.example --crlf -T message
	kept 'ESMTPS '
	curl -sS --max-time 20 --cacert localhost.pem --ssl-reqd -u bob:secret "smtp://localhost:$port" \
		--mail-from al@x.example --mail-rcpt c@d.example --crlf -T message
	kept 'ESMTPSA bob'
	tls_stop
	session -i
	curl -sS --max-time 20 --cacert localhost.pem -u bob:secret "smtps://localhost:$port" \
		--mail-from al@x.example --mail-rcpt c@d.example --crlf -T message
	kept 'ESMTPSA bob'
}

@test "swaks --tls, with a login, and --tls-on-connect" {
	session
	swak() { timeout 20 swaks -S 2 --server 127.0.0.1 --port "$port" -f al@x.example -t c@d.example --data - "$@" < <(head -c -1 message); } # it adds one
	swak --tls
	kept 'ESMTPS '
	swak --tls --auth PLAIN --auth-user bob --auth-password secret
	kept 'ESMTPSA bob'
	swak --tls --auth LOGIN --auth-user bob --auth-password secret
	kept 'ESMTPSA bob'
	run -28 swak --auth PLAIN --auth-user bob --auth-password secret
	tls_stop
	session -i
	swak --tls-on-connect
	kept 'ESMTPS '
}

@test "Python's smtplib: starttls, a login and two messages; and SMTP_SSL" {
	session
	PORT=$port timeout 20 python3 - <<-'END'
		import os, smtplib, ssl
		context = ssl.create_default_context(cafile="localhost.pem")
		with smtplib.SMTP("127.0.0.1", int(os.environ["PORT"]), timeout=10) as s:
		    s.ehlo()
		    assert s.has_extn("starttls") and not s.has_extn("auth")
		    s._host = "localhost"
		    s.starttls(context=context)
		    s.ehlo()
		    assert s.has_extn("auth") and not s.has_extn("starttls")
		    s.login("bob", "secret")
		    s.sendmail("al@x.example", ["c@d.example"], open("message", "rb").read().replace(b"\n", b"\r\n"))
	END
	kept 'ESMTPSA bob'
	tls_stop
	session -i
	PORT=$port timeout 20 python3 - <<-'END'
		import os, smtplib, ssl
		context = ssl.create_default_context(cafile="localhost.pem")
		with smtplib.SMTP_SSL("localhost", int(os.environ["PORT"]), timeout=10, context=context) as s:
		    s.sendmail("al@x.example", ["c@d.example"], open("message", "rb").read().replace(b"\n", b"\r\n"))
	END
	kept 'ESMTPS '
}

@test "msmtp, by STARTTLS with a login, and from the first byte" {
	session
	ms() {
		timeout 20 msmtp -C /dev/null --host=localhost --port="$port" --tls=on --tls-trust-file=localhost.pem \
			-f al@x.example "$@" c@d.example <message
	}
	ms --tls-starttls=on --auth=plain --user=bob --passwordeval='echo secret'
	kept 'ESMTPSA bob'
	tls_stop
	session -i
	ms --tls-starttls=off
	kept 'ESMTPS '
}

@test "openssl s_client -starttls smtp, TLS 1.2 and 1.3" {
	local how
	session
	for how in -tls1_2 -tls1_3; do
		{
			printf 'EHLO c\r\nMAIL FROM:<al@x.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n'
			until_true grep -q '^354 ' got
			sed 's/^\./../; s/$/\r/' message
			printf '.\r\nQUIT\r\n'
		} | tls -starttls smtp -quiet "$how" >got
		kept 'ESMTPS '
		rm got
	done
}

@test "Postfix relays with smtp_tls_security_level = encrypt, and holds the certificate against the name" {
	# shellcheck disable=SC2034 # for postfix_start
	SERVICES=$'tlsmgr unix - - n 1000? 1 tlsmgr\n'
	session
	postfix_start "relayhost = [127.0.0.1]:$port" 'smtp_tls_security_level = secure' \
		"smtp_tls_CAfile = $PWD/localhost.pem" 'smtp_tls_secure_cert_match = localhost' 'smtp_tls_loglevel = 1'
	for _ in 1 2 3; do postfix sendmail -i -f al@x.example c@d.example <message; done
	until_true delivered 3
	grep -q 'Verified TLS connection established to 127.0.0.1' "$P/maillog"
	assert_equal "$(cat how)" 'ESMTPS '
	assert_equal "$(find Maildir/new -type f | wc -l)" 3
}
