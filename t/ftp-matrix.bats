#!/usr/bin/env bats
# Every verb, with and without argument, before and after login, gets an answer.

setup() { load helper; }

verbs() {
	talk ftp-session -- HELP QUIT | sed -n 's/^ //p' | tr ' ' '\n'
}

@test "every verb of HELP is answered, with and without argument, before and after login" {
	local verb arg login n=0
	for verb in $(verbs); do
		[ "$verb" = QUIT ] && continue
		for arg in '' ' x'; do
			for login in 0 1; do
				if [ "$login" = 1 ]; then
					talk ftp-session -- 'USER ftp' 'PASS x' "$verb$arg" NOOP QUIT >/dev/null
				else
					talk ftp-session -- "$verb$arg" NOOP QUIT >/dev/null
				fi
				run -0 grep -c '^[1-5][0-9][0-9] ' "$BATS_TEST_TMPDIR/got"
				[ "$output" -eq $((4 + 2 * login)) ] || fail "$verb$arg: $output replies"
				n=$((n + 1))
			done
		done
	done
	((n > 150))
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
