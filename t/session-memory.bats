#!/usr/bin/env bats
# A session does not grow, whatever it is asked to do.

setup() {
	load helper
	mkdir root
	export SMTP_ANY=1 FTP_MODE=rw
}
teardown() { unserve; }

# stays protocol rounds: resident memory after all rounds is what it was after
# a tenth of them, but for a few pages touched late.
stays() {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer takes memory of its own'
	run -0 timeout 100 python3 "$DATA/grow.py" "$PORT" "$SERVER" "$1" "$2"
	assert_output --regexp '^resident [0-9]+ [0-9]+$'
	# shellcheck disable=SC2086
	set -- $output
	assert [ $(($3 - $2)) -le 64 ]
}

@test "an SMTP session does not grow over 300 messages" {
	serve smtp-session sh -c 'cat >/dev/null; echo stored'
	stays smtp 300
}

@test "an FTP session does not grow over 1,000 transfers and 10,000 commands" {
	serve ftp-session root
	stays ftp 1000
}

@test "before the login, and idle after it, an FTP session has touched few pages of its own" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer takes memory of its own'
	serve env FTP_MODE=ro ftp-session root
	exec 5<>"/dev/tcp/127.0.0.1/$PORT"
	read -ru 5 _
	few() {
		local p
		for p in $(sessions); do
			run -0 awk '/^Anonymous:/ { exit $2 > 96 }' "/proc/$p/smaps_rollup"
		done
		[ -n "$p" ]
	}
	few
	printf 'USER ftp\r\nPASS x\r\n' >&5
	read -ru 5 _ && read -ru 5 _
	few
	exec 5>&-
}
