#!/usr/bin/env bats
# Real clients with what is newer than RFC 959: restarts after a death, FXP,
# checksums, facts, messages.

setup() {
	load helper
	load ftp-clients
	mkdir -p root/pub
	head -c 4000000 /dev/urandom >big
	cp big root/pub/big
	export FTP_MODE=rw HOME=$PWD
}
teardown() {
	unserve
	SERVER=${SECOND:-}
	unserve
}

@test "a client killed in the middle of its upload goes on where it was: curl, lftp, ncftp" {
	serve env FTP_EOF_WAIT=100 FTP_RATE_UP=2M ftp-session root
	local client=() which victim
	for which in curl lftp ncftpput; do
		case $which in
		curl) client=(curl -sS -T big "ftp://127.0.0.1:$PORT/curl") ;;
		lftp) client=(lftp -c "open ftp://127.0.0.1:$PORT; put big -o lftp") ;;
		ncftpput) client=(ncftpput -V -P "$PORT" -C 127.0.0.1 big ncftpput) ;;
		esac
		"${client[@]}" 3>&- 4>&- &
		victim=$!
		until_true wrote
		kill -9 $victim
		wait $victim || true
		until_true no_sessions
		assert_not_exists "root/$which"
		assert_exists "root/.ftp-part.$which"
	done
	unserve
	serve ftp-session root
	curl -sS -C - -T big "ftp://127.0.0.1:$PORT/curl"
	timeout 20 lftp -c "open ftp://127.0.0.1:$PORT; reput big -o lftp"
	cmp root/curl big
	cmp root/lftp big
	[ "$(sed -n 's/.* put .*path=\/curl .*rest=\([0-9]*\).*/\1/p' log | tail -n 1)" -gt 0 ]
	[ "$(sed -n 's/.* put .*path=\/lftp .*rest=\([0-9]*\).*/\1/p' log | tail -n 1)" -gt 0 ]
}

# wrote: a session has written some of its upload.
wrote() {
	local p
	for p in $(sessions); do
		awk '/^wchar/ && $2 > 500000 { found = 1 } END { exit !found }' "/proc/$p/io" 2>/dev/null && return
	done
	return 1
}

@test "lftp copies from server to server, by FXP where FTP_FXP=1 and through itself where not" {
	mkdir -p second/in
	local fxp
	for fxp in 1 0; do
		serve env FTP_FXP=$fxp FTP_PASV_PEER=any ftp-session root
		SECOND=$SERVER
		first=$PORT
		PORT=$(free_port)
		tcpserver -RHl0 127.0.0.2 "$PORT" env FTP_FXP=$fxp FTP_PASV_PEER=any ftp-session second 2>>log2 3>&- 4>&- &
		SERVER=$!
		until_true listening "$PORT" 127.0.0.2
		rm -rf second/in/*
		timeout 30 lftp -c "set cmd:fail-exit yes; set ftp:use-fxp yes; get ftp://127.0.0.1:$first/pub/big -o ftp://127.0.0.2:$PORT/in/big"
		cmp second/in/big big
		unserve
		SERVER=$SECOND
		unserve
		SECOND=
	done
	run -0 grep -c ' put ' log2
	assert_output 2
	# Once by FXP; then PORT to another host is refused.
	run -0 grep -hc ' why=bounce' log log2
	grep -q 'ip=127.0.0.1 .* why=bounce' log log2
}

@test "quote: HASH, X forms, MFF, AVBL, SITE QUOTA, CSID by lftp and curl" {
	serve env FTP_HASH=SHA-256,MD5 ftp-session root
	touch root/pub/f
	run -0 timeout 20 lftp -c "set cmd:fail-exit yes; open ftp://127.0.0.1:$PORT; quote HASH pub/big; quote XSHA256 \"pub/big\"; quote OPTS HASH MD5; quote HASH pub/big; quote MFF Modify=20200102030405\\;UNIX.mode=0640\\; pub/f; quote AVBL; site quota; quote CSID; quote STAT"
	sum=$(sha256sum <big | cut -d ' ' -f 1)
	assert_line "213 SHA-256 0-4000000 $sum pub/big"
	assert_line --partial "250 ${sum^^}"
	assert_line "213 MD5 0-4000000 $(md5sum <big | cut -d ' ' -f 1) pub/big"
	assert_line '213 Modify=20200102030405;UNIX.mode=0640; pub/f'
	assert_line --regexp '^213 [0-9]+$'
	assert_equal "$(TZ=UTC stat -c '%a %y' root/pub/f | cut -c 1-23)" '640 2020-01-02 03:04:05'
	curl -sS -Q '*HASH none' -Q 'XMD5 pub/big' -Q 'SITE MKDIR made' -Q '-SITE RMDIR /made' "ftp://127.0.0.1:$PORT/pub/f"
	assert_not_exists root/made
}

@test "a message of thirty lines in CWD disturbs no client" {
	for n in {1..30}; do echo "226 line $n of the message (1,2,3,4,5,6)"; done | tee root/.message >root/pub/.message
	serve env FTP_MESSAGE=.message ftp-session root
	curl -sS "ftp://127.0.0.1:$PORT/pub/big" | cmp - big
	mkdir back
	timeout 20 wget -q -P back "ftp://127.0.0.1:$PORT/pub/big"
	cmp back/big big
	timeout 20 lftp -c "set cmd:fail-exit yes; open ftp://127.0.0.1:$PORT; cd pub; get big -o back/lftp; mirror . back/all"
	cmp back/lftp big
	cmp back/all/big big
	timeout 20 ncftpget -V -P "$PORT" 127.0.0.1 back/all /pub/.message
	printf '%s\n' "open 127.0.0.1 $PORT" 'user anonymous x' 'cd pub' binary 'get big back/tnftp' quit | timeout 20 tnftp -n
	cmp back/tnftp big
	python3 -c 'import ftplib, sys
f = ftplib.FTP(timeout=10); f.connect("127.0.0.1", int(sys.argv[1])); f.login()
assert f.cwd("pub").count("\n") == 31 and f.pwd() == "/pub" and "big" in f.nlst()' "$PORT"
}

@test "lftp mirrors symbolic links there and back where they may be made and seen, and none that lead out" {
	mkdir -p tree/d
	echo x >tree/f
	ln -s f tree/rel
	ln -s ../f tree/d/up
	serve env FTP_LINKS_CREATE=1 FTP_LINKS=show ftp-session root
	# MLSD has no target for a link: lftp takes it from LIST.
	timeout 20 lftp -c "set cmd:fail-exit yes; set ftp:use-mlsd no; open ftp://127.0.0.1:$PORT; mirror -R tree in; mirror in back"
	diff -r --no-dereference tree root/in
	diff -r --no-dereference tree back
	ln -s /etc tree/d/out
	ln -s ../../../etc tree/d/up-and-out
	timeout 20 lftp -c "open ftp://127.0.0.1:$PORT; mirror -R tree in; rm in/rel" || true
	assert_link_not_exists root/in/d/out
	assert_link_not_exists root/in/d/up-and-out
	assert_link_not_exists root/in/rel
}
