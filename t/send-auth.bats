#!/usr/bin/env bats
# smtp-send -a: logging in to our own session, to aiosmtpd, and to servers that
# answer what they please. RFC 4954.

setup() {
	load helper
	load send
	letter
	printf 'al\np w\n' >secret
	unset "${!SSL_@}" SSLREADFD
	DOOR=
}
teardown() {
	[ -z "$DOOR" ] || { kill "$DOOR" && wait "$DOOR"; } || :
	unserve
	unscript
}

# ours [variable=value...]: smtp-session with al, whose password is "p w".
ours() {
	printf 'al:p w:%s\n' "$PWD" >users
	# shellcheck disable=SC2016 # for the program
	serve env SMTP_AUTH="$DATA/checker.py users" "$@" "${PROBE:-$BIN/../.build/probe}/hasty-smtp-session" \
		sh -c 'echo "$SMTPAUTHUSER $SMTPAUTHMETHOD" >who'
}

# door mechanism...: aiosmtpd that offers these.
door() {
	PORT=$(free_port)
	# the one Debian's packages are for
	/usr/bin/python3 "$DATA/send/doorkeeper.py" "$PORT" "$@" >said 2>&1 3>&- 4>&- &
	DOOR=$!
	until_true listening "$PORT"
}

give() { hand "$@" al@x.example c@d.example <letter; }

# reported: the report, its two codes.
reported() { cut -f 2,3 report; }

@test "PLAIN and LOGIN, from a file or descriptor 3, log in to our session" {
	ours SMTP_AUTH_CLEAR=1
	give -a PLAIN -A insecure -P secret
	assert_equal "$(cat who)" 'al PLAIN'
	give -a login -A insecure 3<secret
	assert_equal "$(cat who)" 'al LOGIN'
	printf 'al\r\np w' >secret
	give -a XOAUTH2,LOGIN,PLAIN -A insecure -P secret
	assert_equal "$(cat who)" 'al LOGIN'
	timeout 20 tcpclient -RHl0 127.0.0.1 "$PORT" sh -c 'exec smtp-send -i -a PLAIN -A insecure -P secret al@x c@d <&6 >&7 3<letter 2>report'
	assert_equal "$(cat who)" 'al PLAIN'
	assert_equal "$(cut -f 2 report)" 250
}

@test "a refused login is to be tried again, or with -k for good; the recipients have it in the report" {
	ours SMTP_AUTH_CLEAR=1
	printf 'al\nwrong\n' >secret
	run -111 give -a PLAIN -A insecure -P secret
	run -0 cat report
	assert_output $'c@d.example\t454\t4.7.8\tsmtp-send: the login was refused: Name or password incorrect'
	run -100 give -k -a LOGIN -A insecure -P secret
	assert_equal "$(reported)" $'535\t5.7.8'
	assert_file_not_exists who
}

@test "nothing is said of a login without TLS, unless -A insecure allows it" {
	script 'EHLO=250-server\r\n250 AUTH PLAIN LOGIN' 'AUTH=235 2.7.0 OK'
	run -111 give -a PLAIN -P secret
	assert_equal "$(reported)" $'454\t4.7.0'
	run -0 cut -d ' ' -f 1 heard
	assert_output --regexp $'^EHLO\nQUIT'
	SSL_PROTOCOL=TLSv1.3 SSLREADFD=5 run -111 give -a PLAIN -P secret
	SSL_PROTOCOL='' run -111 give -a PLAIN -P secret
	# Of a connection that is TCP it is not said: a session that runs us has it too.
	SSL_PROTOCOL=TLSv1.3 run -111 give -a PLAIN -P secret
	run ! grep AUTH heard
	give -s active -a PLAIN -P secret
	run -0 grep -c '^AUTH PLAIN AGFsAHAgdw==$' heard
	assert_output 1
}

@test "aiosmtpd: PLAIN, LOGIN and XOAUTH2; what it does not offer is to be tried again" {
	door PLAIN LOGIN XOAUTH2
	run -100 give
	assert_equal "$(reported)" $'530\t5.7.0'
	give -a PLAIN -A insecure -P secret
	give -a LOGIN -A insecure -P secret
	printf 'al\ntoken\n' >token
	give -a XOAUTH2 -A insecure -P token
	assert_equal "$(tr '\n' ' ' <logins)" 'PLAIN LOGIN XOAUTH2 '
	run -111 give -a XOAUTH2 -A insecure -P secret
	run -0 cat report
	assert_output --regexp '454.4\.7\.8.smtp-send: the login was refused: Authentication credentials invalid'
	run -100 give -k -a PLAIN -A insecure -P token
	kill "$DOOR"
	wait "$DOOR" || true
	door LOGIN
	run -111 give -a PLAIN,XOAUTH2 -A insecure -P secret
	assert_equal "$(reported)" $'454\t4.7.0'
	give -a PLAIN,LOGIN,XOAUTH2 -A insecure -P secret
}

@test "a response too long for a command follows 334, whatever the server offers it by" {
	script 'EHLO=250-server\r\n250-AUTH=LOGIN\r\n250 AUTH CRAM-MD5 xoauth2' 'AUTH=334 ' 'RESPONSE=235 2.7.0 OK'
	printf 'al\n%02000d\n' 0 >token
	give -a XOAUTH2 -A insecure -P token
	run -0 sed -n 2p heard
	assert_output 'AUTH XOAUTH2'
	run -0 sed -n 3p heard
	printf 'user=al\1auth=Bearer %02000d\1\1' 0 | base64 -w0 | cmp - <(printf %s "$output")
	give -a PLAIN,LOGIN -A insecure -P secret < letter
	run -0 grep -c '^AUTH LOGIN$' heard
}

@test "an answer that makes no sense to a login sends nothing, and is to be tried again" {
	local answer
	for answer in '250 2.0.0 what' '334 b25l;' '334' 'close' '221 bye' '421 4.3.2 later' '454 4.7.0 later' \
		'334 x\r\n334 y\r\n334 z'; do
		script 'EHLO=250-server\r\n250 AUTH PLAIN' "AUTH=$answer" 'RESPONSE=334 more'
		run -111 give -k -a PLAIN -A insecure -P secret
		run ! grep -q '^MAIL' heard
	done
	script 'EHLO=502 no' 'AUTH=235 yes'
	run -111 give -a PLAIN -A insecure -P secret
	run ! grep -q '^AUTH' heard
}

@test "name and password are not in what -v shows" {
	script 'EHLO=250-server\r\n250 AUTH PLAIN LOGIN' 'AUTH=334 VXNlcm5hbWU6' 'RESPONSE=334 UGFzc3dvcmQ6' 'RESPONSE=235 2.7.0 OK'
	give -v -a LOGIN -A insecure -P secret 2>shown
	run ! grep -E 'cCB3|YWw=' shown
	run -0 grep -c '> \.\.\.$' shown
	assert_output 3
	run -0 grep -c '> MAIL FROM' shown
}

@test "credentials that are not two lines are 111, and nothing is said" {
	script
	local what
	for what in '' 'al' 'al\n' '\np w\n' 'al\np w\nmore\n' 'al\n\n' 'a\0l\np w\n' 'a\01l\np w\n' "al\\n$(printf '%05000d' 0)\\n"; do
		printf '%b' "$what" >secret
		run -111 give -a PLAIN -A insecure -P secret
	done
	run -111 give -a PLAIN -A insecure -P nowhere
	run -111 give -a PLAIN -A insecure
	run ! grep -q EHLO heard
	for what in '-a CRAM-MD5' '-a PLAIN,PLAIN' '-a PLAIN,' '-A secure' '-s maybe' '-i -a PLAIN'; do
		# shellcheck disable=SC2086 # words
		run -100 give $what
	done
}
