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
