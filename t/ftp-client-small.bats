#!/usr/bin/env bats
# Perl's Net::FTP, busybox and GNU ftp: the clients of scripts and of small boxes.

setup() {
	load helper
	load ftp-clients
	mkdir -p root/pub
	head -c 300000 /dev/urandom >big
	printf 'one\ntwo\n' >lines
	cp big root/pub
	export FTP_MODE=rw HOME=$PWD
	serve_both ftp-session root
}
teardown() { unserve_both; }

@test "Net::FTP: all it offers, passive and active" {
	perls() {
		local passive
		for passive in 1 0; do
			rm -rf back/*
			run -0 timeout 30 perl "$DATA/net-ftp.pl" "$ADDRESS" "$PORT" "$passive"
			assert_output 'done'
			cmp back/one big
			cmp back/two big
			cmp back/lines lines
			assert_equal "$(ls root/in)" ''
		done
	}
	over_both perls
}

@test "busybox: ftpput, ftpget, and ftpget -c" {
	boxes() {
		timeout 20 busybox ftpput -P "$PORT" "$ADDRESS" in/up big
		cmp root/in/up big
		timeout 20 busybox ftpget -P "$PORT" "$ADDRESS" back/whole pub/big
		cmp back/whole big
		head -c 100000 big >back/part
		timeout 20 busybox ftpget -c -P "$PORT" "$ADDRESS" back/part pub/big
		cmp back/part big
		run ! timeout 20 busybox ftpget -P "$PORT" "$ADDRESS" back/none pub/none
	}
	URLS=("${URLS[0]}") # it says PASV and nothing else
	over_both boxes
}

@test "GNU ftp in batch: put, get, append, reget, rename, mget, mput, ascii" {
	gnu() {
		local way
		head -c 100000 big >back/part
		for way in 'passive' ''; do
			rm -rf root/in/*
			printf '%s\n' "open $ADDRESS $PORT" 'user anonymous x' "$way" binary 'put big in/up' 'get in/up back/up' 'append big in/up' \
				'reget pub/big back/part' 'mkdir in/d' 'rename in/up in/d/up' 'cd in/d' 'mput lines big' 'lcd back' 'mget lin*' \
				'size up' 'modtime up' 'newer big nothing' 'sunique' 'put ../big up' 'chmod 600 up' 'ls' 'nlist' 'pwd' 'system' 'status' quit >todo
			timeout 20 inetutils-ftp -n -i -v <todo >said 2>&1
			cmp back/up big
			cmp back/part big
			cat big big | cmp - root/in/d/up
			cmp root/in/d/big big
			cmp root/in/d/up.1 big
			cmp back/lines lines
			assert_equal "$(stat -c %a root/in/d/up)" 600
			run -1 grep '^[45][0-9][0-9] ' said || fail "$output"
		done
	}
	over_both gnu
}
