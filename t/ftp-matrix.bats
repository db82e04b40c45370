#!/usr/bin/env bats
# Every verb, with and without argument, before and after login, gets an answer.

setup() { load helper; }

verbs() {
	talk ftp-session -- HELP QUIT | sed -n 's/^ //p' | tr ' ' '\n'
}

# A verb, the replies to it without and with the argument x before login, and after it.
# Before login all is 530 but the verbs of a login and of the negotiation before it.
matrix() {
	cat <<-'END'
		USER 501 331 501 530
		PASS 503 503 230 230
		ACCT 202 202 202 202
		CWD 530 530 250 550
		CDUP 530 530 250 501
		REIN 220 501 502 501
		QUIT 221 221 221 221
		PORT 530 530 501 501
		PASV 530 530 425 501
		TYPE 501 504 501 504
		STRU 501 501 501 501
		MODE 501 501 501 501
		RETR 530 530 501 550
		STOR 530 530 501 425
		STOU 530 530 425 425
		APPE 530 530 501 425
		ALLO 530 530 501 501
		RNFR 530 530 501 550
		RNTO 530 530 503 503
		ABOR 530 530 225 225
		DELE 530 530 501 550
		RMD 530 530 501 550
		MKD 530 530 501 257
		PWD 530 530 257 257
		LIST 530 530 425 550
		NLST 530 530 425 550
		SYST 215 215 215 215
		STAT 211 530 211 550
		HELP 214 502 214 502
		NOOP 200 200 200 200
		FEAT 211 211 211 211
		OPTS 501 501 501 501
		MDTM 530 530 501 550
		MFMT 530 530 501 501
		MFF 530 530 501 501
		MFCT 530 530 504 504
		SIZE 530 530 501 550
		REST 530 530 501 501
		MLST 530 530 250 550
		MLSD 530 530 425 550
		EPRT 530 530 501 501
		EPSV 530 530 425 501
		HASH 530 530 501 550
		XCRC 530 530 501 550
		XMD5 530 530 501 550
		XSHA 530 530 501 550
		XSHA1 530 530 501 550
		XSHA256 530 530 501 550
		XSHA512 530 530 501 550
		MD5 530 530 501 550
		AVBL 530 530 213 550
		CLNT 501 200 501 200
		CSID 501 200 501 200
		HOST 501 220 501 503
		PRET 530 530 501 200
		SITE 530 530 501 500
		XCWD 530 530 250 550
		XCUP 530 530 250 501
		XPWD 530 530 257 257
		XMKD 530 530 501 257
		XRMD 530 530 501 550
		P@SW 530 530 425 501
		AUTH 502 502 502 502
		PBSZ 501 501 501 501
		PROT 501 503 501 503
		CCC 530 530 533 533
		LANG 502 502 502 502
		XYZZY 530 530 500 500
		A 530 530 500 500
	END
	# Known and not implemented.
	printf '%s 530 530 502 502\n' ADAT MIC CONF ENC SMNT LPRT LPSV SPSV ESTA ESTP RANG COMB XRSQ XRCP XSEM XSEN \
		MAIL MLFL MSND MSOM MSAM MRSQ MRCP RMDA DSIZ THMB
}

# said [line...]: the codes of a session of these lines, on an empty tree.
said() {
	rm -rf root && mkdir root
	talk ftp-session root -- "$@" QUIT 2>/dev/null >&2
	codes
}

@test "every verb, known or not, without and with argument, before and after login: its reply" {
	export FTP_MODE=rw FTP_HASH=SHA-256,SHA-512,SHA-1,MD5,CRC32
	local verb a b c d n=0
	while read -r verb a b c d; do
		[ "$verb" = QUIT ] && continue
		assert_equal "$verb: $(said "$verb" "$verb x")" "$verb: 220 $a $b 221 "
		assert_equal "$verb: $(said 'USER ftp' 'PASS x' "$verb" "$verb x")" "$verb: 220 331 230 $c $d 221 "
		n=$((n + 1))
	done < <(matrix)
	((n > 90))
}

@test "the table of this test has every verb of HELP" {
	export FTP_HASH=SHA-256,SHA-512,SHA-1,MD5,CRC32
	verbs | sort >help
	matrix | cut -d ' ' -f 1 | sort >table
	[ -s help ]
	run -0 comm -23 help table
	assert_output ''
}

@test "every verb of HELP has its syntax in HELP verb" {
	local verb
	for verb in $(verbs); do
		[ "$verb" = SITE ] && continue # HELP SITE is SITE HELP
		run -0 talk ftp-session -- "HELP $verb" QUIT
		assert_line --regexp "^214 Syntax: $verb"
	done
}

@test "HELP of an unknown verb is 502; HELP SITE lists one command per line" {
	run -0 talk ftp-session -- 'HELP XYZZY' 'HELP SITE' QUIT
	assert_line --partial '502 '
	assert_line ' CHMOD'
	assert_line ' UTIME'
	assert_line '214 End.'
}

@test "every variable of -h is in the page, and every one of the page in -h" {
	ftp-session -h | sed -n 's/^  \([A-Z0-9_]*\)=.*/\1/p' | sort >table
	sed -n '/^\.Sh ENVIRONMENT/,/^\.Sh VERBS/s/^\.It Ev \([A-Z0-9_]*\).*/\1/p' \
		"$HERE/../src/ftp/ftp-session.8" | sort >page
	[ -s table ]
	run -0 diff table page
}

@test "a variable with a bad value: 421, exit 100, and one line that names it" {
	local pair
	for pair in FTP_MODE=all FTP_IDLE=soon FTP_UMASK=9 FTP_PASV_PORTS=9-1 FTP_PASV_ADDR=::1 \
		FTP_MAXFILE=x FTP_OVERWRITE=maybe CONFINE=no FTP_ANON=yes ARRIVAL_TIMEOUT=0; do
		run -100 --separate-stderr env "$pair" ftp-session </dev/null
		assert_output $'421 Server misconfigured.\r'
		# shellcheck disable=SC2154
		[[ "${stderr_lines[0]}" == *"${pair%%=*}"* ]]
		[ "${#stderr_lines[@]}" -eq 1 ]
	done
}

@test "a variable that is no variable of ours is warned of" {
	run -0 --separate-stderr env FTP_IDEL=3 ftp-session </dev/null
	# shellcheck disable=SC2154
	[[ "$stderr" == *FTP_IDEL=3* ]]
}

@test "a bad option is 100, a root that is not there 111 and 421" {
	run -100 ftp-session -x
	run -111 ftp-session ./nowhere
	assert_line --partial '421 '
}
