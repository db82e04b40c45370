#!/usr/bin/env bats
# The exchanges of the founding document, typed slowly through tcpclient.

setup() { load helper; }
teardown() { unserve; }

# typed: standard input is the exchange; t/data/typist.py types it.
typed() { timeout 60 tcpclient -RHl0 127.0.0.1 "$PORT" python3 "$DATA/typist.py" <"$1"; }

@test "FTP: login, HELP with every verb of the document, QUIT" {
	mkdir root
	serve ftp-session root
	printf '%s\t%s\n' 220 '' 331 'USER anonymous' 230 'PASS bonjour@bonjour.com' 214 HELP 221 QUIT >exchange
	run -0 typed exchange
	for verb in USER PORT MODE REST XCWD HELP PWD MDTM PASS PASV RETR RNFR LIST NOOP XPWD EPRT STOR RNTO \
		NLST MKD CDUP EPSV APPE ABOR SITE XMKD XCUP TYPE DELE SYST RMD STOU QUIT STRU ALLO CWD STAT XRMD SIZE; do
		assert_line --regexp "(^|[ -])$verb( |\$)"
	done
	assert_line closed
}

@test "FTP: PORT and a listing in ls -l form" {
	mkdir -p root/pub root/bin
	serve ftp-session root
	printf '%s\t%s\n' 220 '' 331 'USER anonymous' 230 'PASS bonjour@bonjour.com' 200 'PORT A,B,C,D,P1,P2' \
		'150 226' LIST 221 QUIT >exchange
	run -0 typed exchange
	run -0 cat data
	assert_line --regexp $'^drwxr-xr-x +[0-9]+ [^ ]+ +[^ ]+ +[0-9]+ [A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2} pub\r$'
	assert_line --partial ' bin'
}

@test "FTP: PORT, TYPE I, RETR pub/fichier.jpg" {
	mkdir -p root/pub
	head -c 100000 /dev/urandom >root/pub/fichier.jpg
	serve ftp-session root
	printf '%s\t%s\n' 220 '' 331 'USER anonymous' 230 'PASS bonjour@bonjour.com' 200 'PORT A,B,C,D,P1,P2' \
		200 'TYPE I' '150 226' 'RETR pub/fichier.jpg' 200 'TYPE A' 221 QUIT >exchange
	run -0 typed exchange
	cmp data root/pub/fichier.jpg
}

@test "FTP: STOR pub/fichier3.jpg, active and then passive" {
	mkdir -p root/pub
	head -c 100000 /dev/urandom >photo
	export FTP_MODE=rw
	serve ftp-session root
	printf '%s\t%s\n' 220 '' 331 'USER anonymous' 230 'PASS bonjour@bonjour.com' 200 'PORT A,B,C,D,P1,P2' \
		200 'TYPE I' '150 226' '@put photo STOR pub/fichier3.jpg' 227 PASV 200 'TYPE I' \
		'150 226' '@put photo STOR pub/fichier4.jpg' 221 QUIT >exchange
	run -0 typed exchange
	cmp photo root/pub/fichier3.jpg
	cmp photo root/pub/fichier4.jpg
	assert_line --regexp '^227 Entering Passive Mode \(127,0,0,1,[0-9]+,[0-9]+\)$'
}

@test "SMTP: EHLO, HELP, and the message of the document" {
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
	export SMTP_ANY=1
	serve smtp-session maildir-deliver ./Maildir
	printf '%s\t%s\n' 220 '' 250 'EHLO ssmtp.free.fr' 214 HELP 250 'MAIL FROM: Cristian <versari@free.fr>' \
		250 'RCPT TO: Laurent <l.noe@gimeil.com>' 354 DATA '' 'Subject: Titre du curriel' '' 'Bonjour!' 250 . 221 QUIT >exchange
	run -0 typed exchange
	assert_line --regexp '^220 [^ ]+ ESMTP'
	assert_line --regexp '^250-SIZE [0-9]+$'
	assert_line '250-PIPELINING'
	assert_line '250 HELP'
	for verb in HELO EHLO MAIL RCPT DATA NOOP QUIT RSET HELP; do assert_line --regexp "^214 .*\b$verb\b"; done
	assert_line --regexp '^250 .*id='
	run -0 grep -c 'Bonjour!' Maildir/new/*
	assert_output 1
}

@test "SMTP: the keywords and the words of the document, where SMTP_EXT asks for them" {
	export SMTP_ANY=1 SMTP_EXT="=SIZE,PIPELINING,HELP"
	serve smtp-session true
	printf '%s\t%s\n' 220 '' 250 'EHLO ssmtp.free.fr' 250 'MAIL FROM: Cristian <versari@free.fr>' \
		250 'RCPT TO: Laurent <l.noe@gimeil.com>' 354 DATA '' 'Subject: Titre du curriel' '' 'Bonjour!' 250 . 221 QUIT >exchange
	run -0 typed exchange
	assert_line --index 1 --regexp '^250-[^ ]+$'
	assert_line --index 2 '250-SIZE 52428800'
	assert_line --index 3 '250-PIPELINING'
	assert_line --index 4 '250 HELP'
	assert_line --index 5 '250 OK'
	assert_line --index 6 --regexp '^250 [A-Z][A-Za-z]*$'
	assert_line --index 8 --regexp '^250 OK id=[A-Za-z0-9.-]{1,40}$'
}
