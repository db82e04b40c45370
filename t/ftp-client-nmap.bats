#!/usr/bin/env bats
# What nmap's scripts find out.

setup() {
	load helper
	load ftp-clients
	mkdir root
	echo hi >root/readme
	serve_both ftp-session root
}
teardown() { unserve_both; }

# scan script [option...]: of the server at $ADDRESS.
scan() {
	local family=()
	[ "$ADDRESS" = ::1 ] && family=(-6)
	timeout 30 nmap -n -Pn -sT "${family[@]}" -p "$PORT" --script "+$1" "${@:2}" "$ADDRESS"
}

finds() {
	run -0 scan ftp-anon
	assert_line --partial 'ftp-anon: Anonymous FTP login allowed (FTP code 230)'
	assert_line --regexp '-rw-r--r-- .* readme$'
	run -0 scan ftp-syst
	assert_line --regexp '^\| *STAT: *$'
	assert_line --regexp '^\| +Connected to '
	assert_line --partial 'End of status'
}

@test "ftp-anon finds the anonymous login and the listing, ftp-syst the status" { over_both finds; }

@test "ftp-bounce is refused, and finds nothing" {
	ADDRESS=127.0.0.1
	run -0 scan ftp-bounce --script-args ftp-bounce.checkhost=192.0.2.7
	refute_output --partial 'bounce working'
	assert_equal "$(grep -c ' login ' log)" 1
	run -0 grep -c ' why=bounce' log
	assert_output 1
}

@test "the scripts for the holes of other servers find none" {
	ADDRESS=127.0.0.1
	for script in ftp-proftpd-backdoor ftp-vsftpd-backdoor ftp-vuln-cve2010-4221 ftp-libopie; do
		run -0 scan "$script"
		refute_output --partial VULNERABLE
		refute_output --partial backdoored
	done
	run -0 curl -sS "ftp://127.0.0.1:$PORT/readme"
	assert_output hi
}
