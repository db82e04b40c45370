#!/usr/bin/env bats
# The clients of the shell: wget, ncftp, tnftp.

setup() {
	load helper
	load ftp-clients
	mkdir -p 'root/pub/a b/ü' root/pub/c
	head -c 400000 /dev/urandom >root/pub/big
	printf 'eins\n' >'root/pub/a b/ü/eins zwei.txt'
	printf 'x' >'root/pub/c/100% [sure].txt'
	: >root/pub/empty
	touch -d '2021-02-03 04:05:06Z' root/pub/big
	touch -d '2 hours ago' root/pub/empty
	export FTP_MODE=rw HOME=$PWD
	serve_both ftp-session root
}
teardown() { unserve_both; }

@test "wget -r brings the whole tree with its dates, passive and active" {
	recurses() {
		local way
		for way in '' --no-passive-ftp; do
			rm -rf back/*
			timeout 20 wget -q -r -nH -P back $way "$URL/pub/"
			rm -f back/pub/.listing
			diff -r root/pub back/pub
			assert_equal "$(stat -c %y back/pub/empty | cut -c 1-16)" "$(stat -c %y root/pub/empty | cut -c 1-16)"
		done
	}
	over_both recurses
}

@test "wget -c goes on where it stopped, -N fetches only what is newer, a glob what matches" {
	again() {
		head -c 100000 root/pub/big >back/big
		timeout 20 wget -q -c -P back "$URL/pub/big"
		cmp back/big root/pub/big
		timeout 20 wget -q -N -P back "$URL/pub/big"
		run -0 grep -c ' get .*path=/pub/big ' log
		assert_output 1
		run -8 timeout 20 wget -q -P back "$URL/pub/none"
		timeout 20 wget -q -P back "$URL/pub/emp*"
		assert_file_exists back/empty
		: >log
	}
	over_both again
}

# ncftp speaks IPv4 only.
@test "ncftpput -R and ncftpget -R: a tree there and back with its dates; ncftpls" {
	local way
	for way in -F -E; do
		rm -rf back root/in
		mkdir back
		timeout 20 ncftpput -V $way -R -m -P "$PORT" 127.0.0.1 /in root/pub
		diff -r root/pub root/in/pub
		timeout 20 ncftpget -V $way -R -P "$PORT" 127.0.0.1 back /in/pub
		diff -r root/pub back/pub
		assert_equal "$(stat -c %Y root/in/pub/big back/pub/big | uniq)" "$(stat -c %Y root/pub/big)"
	done
	run -0 timeout 20 ncftpls -P "$PORT" "ftp://127.0.0.1/pub/"
	assert_line --regexp '^ *a b'
	run -0 timeout 20 ncftpls -l -P "$PORT" "ftp://127.0.0.1/pub/c/"
	assert_line --regexp ' 1 .* 100% \[sure\].txt$'
}

# ncftpput -z is no test: 3.2.6 says REST and sends the file from its beginning.
@test "ncftpget resumes; ncftpput appends, puts through a temporary name, and deletes what it sent" {
	mkdir -p root/in back
	cp root/pub/big sent
	head -c 100000 root/pub/big >back/big
	timeout 20 ncftpget -V -z -P "$PORT" 127.0.0.1 back /pub/big
	cmp back/big root/pub/big
	timeout 20 ncftpput -V -P "$PORT" 127.0.0.1 /in root/pub/big
	timeout 20 ncftpput -V -S .part -P "$PORT" 127.0.0.1 /in root/pub/empty
	assert_equal "$(ls root/in)" $'big\nempty'
	timeout 20 ncftpput -V -A -P "$PORT" 127.0.0.1 /in root/pub/big
	cat sent sent | cmp - root/in/big
	timeout 20 ncftpput -V -DD -P "$PORT" 127.0.0.1 /in sent
	assert_not_exists sent
	cmp root/in/sent root/pub/big
	timeout 20 ncftpget -V -DD -P "$PORT" 127.0.0.1 back /in/sent
	assert_not_exists root/in/sent
}

# batch line...: tnftp told these lines.
batch() {
	printf '%s\n' "open $ADDRESS $PORT" 'user anonymous x' "$@" quit >lines
	timeout 20 tnftp -n -v <lines
}

@test "tnftp in batch: put, get, append, reget, restart, rename, mls, and every mode" {
	does() {
		local way
		head -c 100000 root/pub/big >back/part
		for way in 'epsv on' 'epsv off' 'passive off'; do
			[ "$ADDRESS,$way" = '::1,epsv off' ] && continue
			rm -rf root/in/*
			batch "$way" binary 'put root/pub/big in/big' 'get in/big back/big' 'reget pub/big back/part' \
				'append root/pub/big in/big' 'mkdir in/d' 'rename in/big in/d/big' 'size in/d/big' \
				'modtime pub/big' 'mlst pub/big' 'mlsd pub' 'ls "-la pub"' 'nlist pub' 'chmod 600 in/d/big' 'pwd' 'system' \
				>said 2>&1
			cmp back/big root/pub/big
			cmp back/part root/pub/big
			cat root/pub/big root/pub/big | cmp - root/in/d/big
			assert_equal "$(stat -c %a root/in/d/big)" 600
			run -1 grep '^[45][0-9][0-9] ' said
		done
	}
	over_both does
}

@test "tnftp fetches and puts by URL" {
	by_url() {
		timeout 20 tnftp -V -o back/big "$URL/pub/big"
		cmp back/big root/pub/big
		head -c 1000 root/pub/big >back/part
		timeout 20 tnftp -V -R -o back/part "$URL/pub/big"
		cmp back/part root/pub/big
		timeout 20 tnftp -V -u "$URL/in/up" root/pub/big
		cmp root/in/up root/pub/big
	}
	over_both by_url
}
