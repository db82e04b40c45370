#!/usr/bin/env bats
# Verbs that want a word back, what HELP and FEAT say of them, FTP_CMDS_DENY.

setup() {
	load helper
	mkdir -p root/dir
	echo x >root/plain
}

session() { talk ftp-session root -- 'USER ftp' 'PASS x' "$@" QUIT; }

@test "FTP_CMDS_DENY: the verbs it names are 502 under all their names, and in neither HELP nor FEAT" {
	export FTP_CMDS_DENY=mkd,SIZE,NOOP,CWD
	run -0 session 'MKD x' 'XMKD x' 'SIZE plain' NOOP 'XCWD /' CDUP HELP FEAT 'HELP SIZE' PWD
	assert_equal "$(codes)" '220 331 230 502 502 502 502 502 250 214 211 502 257 221 '
	assert_line '502 Command not implemented.'
	run ! grep -wE 'X?MKD|SIZE|NOOP|X?CWD' got
	talk ftp-session root -- NOOP 'MKD x' SYST QUIT
	assert_equal "$(codes)" '220 502 530 215 221 '
}

@test "FTP_CMDS_DENY that names no verb of ours is a mistake of the administrator" {
	for FTP_CMDS_DENY in MKDR 'MKD RMD' ,MKD; do
		export FTP_CMDS_DENY
		run -100 --separate-stderr ftp-session </dev/null
		assert_output $'421 Server misconfigured.\r'
		# shellcheck disable=SC2154
		[[ "$stderr" == *FTP_CMDS_DENY* ]]
	done
}

@test "what policy makes 502 is not in HELP" {
	FTP_ACTIVE=0 run -0 session HELP 'PORT 127,0,0,1,8,8' 'HELP PORT'
	assert_equal "$(codes)" '220 331 230 214 502 502 221 '
	run ! grep -wE 'PORT|EPRT' got
}

@test "PBSZ and PROT in clear: 503 in their order, 501 without sense; AUTH of any kind 502" {
	talk ftp-session -- 'PBSZ 0' 'PBSZ x' PBSZ 'PROT P' 'PROT S' PROT 'AUTH SSL' 'AUTH TLS-P' 'AUTH X' AUTH CCC QUIT
	assert_equal "$(codes)" '220 503 501 501 503 503 501 502 502 502 502 530 221 '
	run -0 session 'PBSZ 0' 'PROT C' CCC 'MIC x' 'ENC x' 'CONF x' 'ADAT x' 'AUTH TLS'
	assert_equal "$(codes)" '220 331 230 503 503 533 502 502 502 502 502 221 '
	assert_line '503 AUTH first.'
	assert_line '503 PBSZ first.'
	assert_line '533 Not protected.'
	assert_line '502 TLS not available.'
}

@test "OPTS UTF8 takes ON, OFF and NLST, in both spellings, and says that it is always so" {
	session 'OPTS UTF8 ON' 'opts utf-8 off' 'OPTS UTF8 NLST' 'OPTS UTF8' 'OPTS UTF8 MAYBE' 'OPTS X' \
		'OPTS MODE Z LEVEL 1' 'OPTS REST' OPTS
	assert_equal "$(codes)" '220 331 230 200 200 200 200 501 501 501 501 501 221 '
	run -0 grep -c '^200 Always in UTF8 mode\.' got
	assert_output 4
	run -0 grep -c '^501 Option not understood\.' got
	assert_output 4
}

@test "OPTS REST STOR is 200 where an upload can be resumed and 451 where not" {
	local mode
	for mode in rw append; do
		FTP_MODE=$mode session 'OPTS REST STOR'
		assert_equal "$(codes)" '220 331 230 200 221 '
	done
	for mode in ro drop worm; do
		FTP_MODE=$mode session 'OPTS REST STOR'
		assert_equal "$(codes)" '220 331 230 451 221 '
	done
	FTP_MODE=rw FTP_OVERWRITE=no session 'OPTS REST STOR'
	assert_equal "$(codes)" '220 331 230 451 221 '
}

# A REST beyond the file is 554 if it is still in force, and 425 follows if not.
rest() { session 'REST 9' "$@" 'RETR plain'; }

@test "REST outlives PASV, EPSV, PORT, EPRT, NOOP, STAT, SIZE, TYPE I, ALLO and OPTS" {
	local word
	for word in PASV EPSV 'PORT 1,2,3,4,5,6' 'EPRT |1|1.2.3.4|99|' NOOP STAT 'STAT dir' 'SIZE plain' \
		'TYPE I' 'TYPE L 8' 'ALLO 1' 'OPTS UTF8 ON' 'P@SW'; do
		rest "$word"
		run -0 grep -c '^554 Restart offset beyond end of file' got
	done
}

@test "REST is forgotten with any other verb, and with the transfer it was for, even a failed one" {
	local word
	for word in 'TYPE A' 'STRU F' 'MODE S' SYST PWD 'CWD /' XYZZY 'MDTM plain' 'MLST plain' 'RETR none' \
		'RETR plain' 'PRET RETR x' FEAT 'HELP NOOP' 'DELE none' 'STOR x' ABOR; do
		rest "$word"
		run -0 tail -n 2 got
		assert_line --index 0 $'425 Use PASV or PORT first.\r'
	done
}

@test "RNFR outlives NOOP and STAT and nothing else" {
	local word
	export FTP_MODE=rw
	session 'RNFR plain' NOOP STAT 'STAT dir' 'RNTO moved' 'RNFR moved' PWD 'RNTO plain' 'RNFR moved' 'TYPE I' 'RNTO plain'
	assert_equal "$(codes)" '220 331 230 350 200 211 213 250 350 257 503 350 200 503 221 '
	for word in PASV EPSV 'PORT 1,2,3,4,5,6' 'EPRT |1|1.2.3.4|99|' 'SIZE moved' 'ALLO 1' 'OPTS UTF8 ON' P@SW 'REST 0' \
		'STRU F' 'MODE S' SYST FEAT HELP 'CWD /' 'MLST moved' 'RETR moved' 'DELE none' ABOR XYZZY 'RNTO none/x'; do
		session 'RNFR moved' "$word" 'RNTO plain'
		run -0 tail -n 2 got
		assert_line --index 0 $'503 Send RNFR first.\r'
	done
}

@test "extra words behind NOOP, PWD and ABOR are ignored" {
	run -0 session 'NOOP now' 'PWD here' 'ABOR please' 'SYST x' 'XPWD y'
	assert_equal "$(codes)" '220 331 230 200 257 225 215 257 221 '
	assert_line '225 No transfer to abort.'
}

@test "HELP ends with 214 Help OK., STAT has its lines" {
	run -0 session HELP STAT
	assert_line '214-The following commands are recognized:'
	assert_line '214 Help OK.'
	assert_line '211-FTP server status:'
	assert_line ' Connected to unknown'
	assert_line ' Logged in as ftp'
	assert_line ' TYPE: ASCII, STRU F, MODE S, PROT C'
	assert_line '211 End of status.'
}

@test "HOST takes any name, or the one of FTP_HOSTNAME, before the login" {
	run -0 talk ftp-session -- 'HOST ftp.example' 'HOST FTP.Example.' 'HOST [::1]' 'HOST 127.0.0.1' HOST \
		'HOST ftp.example:2112' 'HOST a b' 'HOST -x' 'HOST a..b' 'HOST [::1' 'HOST [127.0.0.1]' 'HOST .' QUIT
	assert_equal "$(codes)" '220 220 220 220 220 501 501 501 501 501 501 501 501 221 '
	assert_line '220 Host accepted.'
	FTP_HOSTNAME=ftp.example. run -0 talk ftp-session -- 'HOST FTP.example' 'HOST other.example' 'HOST x:1' QUIT
	assert_equal "$(codes)" '220 220 504 501 221 '
	assert_line '504 Unknown host.'
	session 'HOST ftp.example'
	assert_equal "$(codes)" '220 331 230 503 221 '
	# The name given to one host is not given to another.
	talk ftp-session -- 'USER ftp' 'HOST x.example' 'PASS x' QUIT
	assert_equal "$(codes)" '220 331 220 503 221 '
	FTP_HOSTNAME='a b' run -100 ftp-session </dev/null
}

@test "CLNT and CSID are logged, cut and made safe" {
	run -0 session "CLNT lftp/4 $(printf 'x%.0s' {1..80})" $'CSID Name=a\xff;Version="1";' CLNT CSID 2>log
	assert_equal "$(codes)" '220 331 230 200 200 501 501 221 '
	assert_line '200 Noted.'
	assert_line '200 Name=ftp-session;'
}

@test "the log has what a client says of itself, 64 bytes of it" {
	printf 'CLNT lftp/4 %s\r\nCSID Name=a"b;\r\nQUIT\r\n' "$(printf 'x%.0s' {1..80})" | ftp-session >/dev/null 2>log
	run -0 grep -cE '^ftp-session: client pid=.* verb=CLNT text=lftp/4%20x{57}$' log
	run -0 grep -cE '^ftp-session: client pid=.* verb=CSID text=Name=a%22b;$' log
}

@test "what is not built is 502 after login and in neither HELP nor FEAT" {
	session LANG 'LANG de' 'RANG 1 2' 'COMB a b' 'SMNT x' 'LPRT 1' LPSV SPSV ESTA ESTP 'XRSQ' 'XSEN x' 'MSND x' 'DSIZ x' \
		'THMB x' 'MODE Z' 'MODE B' 'STRU P' 'STRU X' 'MODE X' 'TYPE E' FEAT HELP
	assert_equal "$(codes)" '220 331 230 502 502 502 502 502 502 502 502 502 502 502 502 502 502 502 504 504 504 501 501 504 211 214 221 '
	run ! grep -wE 'LANG|RANG|COMB|SMNT|LPRT|AUTH' got
}

@test "FEAT has REST STREAM where anything can be restarted, which in a drop box nothing can" {
	for mode in ro rw worm append; do
		FTP_MODE=$mode session FEAT
		grep -q '^ REST STREAM' "$BATS_TEST_TMPDIR/got"
	done
	FTP_MODE=drop session FEAT
	run ! grep -q 'REST' "$BATS_TEST_TMPDIR/got"
}

@test "FEAT has its lines in their order, each behind one blank" {
	FTP_MODE=rw FTP_LINKS_CREATE=1 FTP_HASH=SHA-256,SHA-512,SHA-1,MD5,CRC32 session FEAT
	run -0 sed -n '/^211-/,/^211 /p' got
	assert_output "$(printf '%s\r\n' '211-Features:' ' UTF8' ' MDTM' ' MFMT' ' MFF modify;UNIX.mode;' ' SIZE' ' REST STREAM' \
		' MLST type*;size*;modify*;perm*;unique*;UNIX.mode*;UNIX.uid;UNIX.gid;' ' TVFS' ' EPRT' ' EPSV' \
		' HASH SHA-256*;SHA-512;SHA-1;MD5;CRC32' ' XCRC' ' XMD5' ' XSHA1' ' XSHA256' ' XSHA512' ' AVBL' ' CLNT' ' CSID' \
		' HOST' ' SITE MKDIR' ' SITE SYMLINK' ' SITE UTIME' '211 End')"
}

@test "the log says why a SITE command, a HOST and a HASH were refused" {
	printf '%s\r\n' 'HOST other' 'USER ftp' 'PASS x' 'SITE EXEC ls' 'HASH plain' QUIT |
		FTP_HOSTNAME=ours FTP_HASH=MD5 FTP_HASH_MAX=1 ftp-session root >/dev/null 2>log
	run -0 grep -oE 'why=[a-z]* .*' log
	assert_output $'why=host verb=HOST code=504\nwhy=site verb=SITE code=500\nwhy=hash verb=HASH code=552'
}

@test "without a connection of TCP there are no data connections: 425, and why" {
	session PASV EPSV 'PORT 127,0,0,1,200,200' 'EPRT |1|127.0.0.1|51400|' P@SW 'EPSV ALL' 'RETR plain'
	assert_equal "$(codes)" '220 331 230 425 425 425 425 425 200 425 221 '
	assert_equal "$(grep -c '^425 No data connections on this transport' got)" 5
}
