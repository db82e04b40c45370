#!/usr/bin/env bats
# smtp-send under tls-session -c: STARTTLS with our own session, with Postfix, and
# with servers that mean harm. RFC 3207.

setup_file() {
	load helper
	load tls
	cd "$BATS_FILE_TMPDIR" || return
	certificate localhost
	certificate other.example
}

setup() {
	load helper
	load tls
	load send
	load postfix
	cp "$BATS_FILE_TMPDIR"/* .
	export TLS_CA=$PWD/localhost.pem TLS_NAME=localhost
	letter
}

teardown() {
	tls_stop
	unscript
	postfix_stop
}

# give option...: as hand, with TLS where both sides have it
give() { timeout 20 tcpclient -RHl0 127.0.0.1 "$PORT" tls-session -c smtp-send "$@" al@x.example a@box.example <letter >report 2>said; }
reported() { cut -f 2,3 report; }

# ours [variable=value...]: our session, the message to the file mail and its variables to env
ours() {
	SMTP_ANY=1 tls_server env "$@" smtp-session sh -c 'cat >mail; env >env'
	PORT=${port:?}
}

@test "to our own session mail goes in TLS where it is offered, or not with -s never" {
	ours X=1
	for how in '' '-s opportunistic' '-s require' '-z on' '-p off'; do
		rm -f env
		# shellcheck disable=SC2086
		give $how
		assert_equal "$(reported)" $'250\t2.0.0'
		grep -q '^SMTPPROTO=ESMTPS$' env
		tail -n 1 mail | cmp - <(echo body)
	done
	give -s never
	grep -q '^SMTPPROTO=ESMTP$' env
	run -0 hand al@x.example a@box.example <letter
	grep -q '^SMTPPROTO=ESMTP$' env
}

@test "in TLS from the first byte nothing is asked for, and a login is said" {
	printf 'bob:secret:%s\n' "$PWD" >users
	printf 'bob\nsecret\n' >secret
	SMTP_ANY=1 SMTP_AUTH="$DATA/checker.py users" tls_server -i smtp-session sh -c 'cat >mail; env >env'
	timeout 20 tcpclient -RHl0 127.0.0.1 "$port" tls-session -ci smtp-send -s require -a PLAIN -P secret \
		al@x.example a@box.example <letter
	grep -q '^SMTPPROTO=ESMTPSA$' env
}

@test "a large message by DATA and by chunks is whole behind TLS" {
	head -c 3000000 /dev/urandom | base64 >>letter
	ours DATABYTES=0
	for how in '-z on' '-z off'; do
		# shellcheck disable=SC2086
		give -s require $how
		tail -c "$(stat -c %s letter)" mail | cmp - letter
	done
}

@test "-r: REQUIRETLS to a server that offers it in TLS, else it is 5.7.30 and nothing is said" {
	ours SMTP_EXT=+REQUIRETLS
	give -r
	assert_equal "$(reported)" $'250\t2.0.0'
	grep -q '^SMTPREQUIRETLS=1$' env
	rm env
	run -100 hand -r -s active al@x.example a@box.example <letter
	run -100 hand -r -s never al@x.example a@box.example <letter
	tls_stop
	ours X=1
	run -100 give -r
	assert_equal "$(reported)" $'550\t5.7.30'
	assert_file_not_exists env
}

@test "a login is said in TLS, to who offers it there only" {
	printf 'bob:secret:%s\n' "$PWD" >users
	printf 'bob\nsecret\n' >secret
	ours "SMTP_AUTH=$DATA/checker.py users"
	give -a PLAIN -P secret
	grep -q '^SMTPAUTHUSER=bob$' env
	grep -q '^SMTPPROTO=ESMTPSA$' env
	run -111 give -s never -a PLAIN -P secret
}

@test "a certificate for another name, or of an unknown root, is 111, and nothing is sent" {
	ours X=1
	for wrong in TLS_NAME=other.example "TLS_CA=$PWD/other.example.pem"; do
		for how in opportunistic require; do
			(export "${wrong?}" && run -111 give -s "$how" && assert_equal "$(reported)" $'454\t4.7.0')
			grep -q 'tls-io: tls-fail' said
		done
	done
	assert_file_not_exists mail
	TLS_CA=$PWD/other.example.pem TLS_VERIFY=none give -s require
	assert_file_exists mail
}

@test "with -s require a server without STARTTLS gets no mail, and it is 111" {
	script 'EHLO=250-server\r\n250 SIZE'
	run -111 give -s require
	assert_equal "$(reported)" $'454\t4.7.0'
	run ! grep -q MAIL heard
	give
	assert_equal "$(reported)" $'250\t2.0.0'
	run -100 hand -s require al@x.example a@box.example <letter
	script 'EHLO=502 no'
	run -111 give -s require
	run ! grep -q MAIL heard
}

@test "a server that will not begin, says more than 220, or no TLS: 111, and no mail in the clear" {
	local answer
	export TLS_HANDSHAKE=1
	for answer in '454 not now' '502 no' '554 no' '250 yes' 'raw:220 go\r\n250 injected\r\n' 'raw:220 go\r\n2' \
		'220 go;raw:220 x\r\n250 STARTTLS\r\n' '220-go\r\n220 on;raw:2' '220 go;close' '220 go;raw:no TLS at all' '421 no'; do
		for how in require opportunistic; do
			script 'EHLO=250-server\r\n250 STARTTLS' "STARTTLS=$answer"
			run -111 give -s "$how"
			run ! grep -q 'MAIL\|^RCPT' heard
		done
	done
}

# injector answer: a server that answers STARTTLS so, then speaks TLS, and takes all mail
injector() {
	mkfifo .injector
	python3 - "$1" >.injector 2>/dev/null 3>&- <<-'END' &
		import socket, ssl, sys
		server = socket.create_server(("127.0.0.1", 0))
		print(server.getsockname()[1], flush=True)
		s, _ = server.accept()
		def lines(s, answers, last):
		    f = s.makefile("rb")
		    for line in f:
		        verb = line.split()[0].decode()
		        open("heard", "a").write(verb + "\n")
		        s.sendall(answers.get(verb, b"250 OK\r\n"))
		        if verb in last: return
		s.sendall(b"220 server\r\n")
		lines(s, {"EHLO": b"250-server\r\n250 STARTTLS\r\n",
		          "STARTTLS": sys.argv[1].encode().decode("unicode_escape").encode()}, ("STARTTLS",))
		context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
		context.load_cert_chain("localhost.pem", "localhost.key")
		s = context.wrap_socket(s, server_side=True)
		lines(s, {"DATA": b"354 go on\r\n"}, ("DATA",))
		lines(s, {}, (".",))
		lines(s, {}, ("QUIT",))
	END
	# shellcheck disable=SC2034 # for tls_stop
	server=$!
	read -r PORT <.injector
	rm .injector
}

@test "a single byte behind the 220, then a good handshake: 111, and no mail" {
	injector '220 go\r\n'
	give -p off
	grep -q MAIL heard
	tls_stop
	for answer in '220 go\r\n250 OK\r\n' '220 go\r\n2' '220-go\r\n220 on\r\n\n'; do
		: >heard
		injector "$answer"
		run -111 give -s require
		tls_stop
		run -0 xargs <heard
		assert_output 'EHLO STARTTLS'
	done
}

@test "a stolen variable of another session is no TLS, nor are numbers that are not open" {
	ours X=1
	export SSLCTLFD=40 SSLREADFD=41 SSLWRITEFD=42 SSL_PROTOCOL=TLSv1.3
	run -100 hand -s require al@x.example a@box.example <letter
	hand al@x.example a@box.example <letter
	grep -q '^SMTPPROTO=ESMTP$' env
}

@test "a Postfix that insists on TLS gets mail, and mail for the wrong name it does not" {
	SMTPD=$(free_port)
	PORT=$SMTPD
	# shellcheck disable=SC2034 # for postfix_start
	SERVICES=$'tlsmgr unix - - n 1000? 1 tlsmgr\n'
	# shellcheck disable=SC2016 # its own variable
	postfix_start 'virtual_mailbox_domains = box.example' 'virtual_mailbox_base = $queue_directory/../box' \
		'virtual_mailbox_maps = inline:{ {a@box.example=a/} }' \
		'virtual_uid_maps = static:9' 'virtual_gid_maps = static:9' 'virtual_minimum_uid = 1' \
		'smtpd_relay_restrictions = reject_unauth_destination' 'smtpd_peername_lookup = no' \
		'smtpd_tls_security_level = encrypt' "smtpd_tls_cert_file = $PWD/localhost.pem" \
		"smtpd_tls_key_file = $PWD/localhost.key" 'smtpd_tls_received_header = yes'
	install -d -o news "$P/box"
	until_true listening "$SMTPD"
	give -s require
	assert_equal "$(reported)" $'250\t2.0.0'
	give
	run -100 give -s never
	TLS_NAME=other.example run -111 give
	until_true delivered 2
	run -0 grep -rlE 'using TLSv1\.[23] with cipher' "$P/box/a/new"
	assert_equal "${#lines[@]}" 2
}
