#!/usr/bin/env bats
# Every client with a name and a password, into a home of its own.

setup() {
	load helper
	load ftp-clients
	mkdir -p home/pub root
	head -c 200000 /dev/urandom >home/pub/big
	printf 'bob:p w/@;%%x:%s/home\n' "$PWD" >users
	export FTP_LOGIN="$DATA/checker.py $PWD/users" HOME=$PWD
	serve_both ftp-session root
}
teardown() { unserve_both; }

ours() {
	local there=${URL#ftp://}
	rm -rf home/in
	# curl: the password as an option and in the URL, and a wrong one.
	curl -sS --max-time 20 -u 'bob:p w/@;%x' --ftp-create-dirs -T home/pub/big "$URL/in/curl"
	curl -sS --max-time 20 "ftp://bob:p%20w%2f%40%3b%25x@$there/pub/big" | cmp - home/pub/big
	run -67 curl -sS --max-time 20 -u bob:wrong "$URL/pub/big"
	run -67 curl -sS --max-time 20 "$URL/pub/big"
	timeout 20 lftp -u bob,'p w/@;%x' -e 'set cmd:fail-exit yes; put -O in home/pub/big -o lftp; get in/lftp -o back/lftp; chmod 600 in/lftp; quit' "$URL"
	timeout 20 wget -q -P back --user=bob --password='p w/@;%x' "$URL/pub/big"
	printf '%s\n' "open $ADDRESS $PORT" 'user bob "p w/@;%x"' binary 'put home/pub/big in/tnftp' quit | timeout 20 tnftp -n >said
	python3 - "$ADDRESS" "$PORT" <<-'END'
		import ftplib, sys
		f = ftplib.FTP(timeout=10); f.connect(sys.argv[1], int(sys.argv[2])); f.login("bob", "p w/@;%x")
		assert f.pwd() == "/" and sorted(f.nlst()) == ["in", "pub"], f.nlst()
		f.storbinary("STOR in/ftplib", open("home/pub/big", "rb")); f.rename("in/ftplib", "in/moved"); f.quit()
	END
	for f in home/in/curl home/in/lftp home/in/tnftp home/in/moved back/lftp back/big; do cmp "$f" home/pub/big; done
	assert_equal "$(stat -c %a home/in/lftp)" 600
}

@test "curl, lftp, wget, tnftp and ftplib log in and are at home" {
	mkdir root/in
	over_both ours
	assert_equal "$(find root -type f)" ''
}

@test "ncftp logs in, and is at home" {
	timeout 20 ncftpput -V -u bob -p 'p w/@;%x' -P "$PORT" -m 127.0.0.1 /in home/pub/big
	cmp home/in/big home/pub/big
	timeout 20 ncftpget -V -u bob -p 'p w/@;%x' -P "$PORT" 127.0.0.1 . /in/big
	cmp big home/pub/big
	run ! timeout 20 ncftpls -u bob -p wrong -r 0 -P "$PORT" ftp://127.0.0.1/
}
