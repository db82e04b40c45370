#!/usr/bin/env bats
# What a newcomer does first: `make run`, and the lines it shows.

setup() {
	load helper
	VAR=$BATS_TEST_TMPDIR/a\ place
	shown=$BATS_TEST_TMPDIR/shown
}

teardown() {
	[ -z "${try:-}" ] || kill -TERM "$try" 2>/dev/null || :
}

# start [NAME=value...]: guichet-try on free ports, until it has shown its lines.
start() {
	: >"$shown" # which tail may look for before the background has it
	env --default-signal=INT BIN="$BIN" VAR="$VAR" FTP_PORT=0 SMTP_PORT=0 "$@" \
		"$HERE/../bin/guichet-try" >"$shown" 2>&1 3>&- &
	try=$!
	timeout 10 tail -n +1 -f --pid="$try" -s 0.1 "$shown" | grep -q -m 1 'Ctrl-C stops both'
}

# ours: the processes, of any parent, that were started with this test's VAR.
ours() { grep -lzsxF "VAR=$VAR" /proc/[0-9]*/environ | cut -d / -f 3; }

# ended: guichet-try is gone within 20 s; status is its exit code.
ended() {
	timeout 20 tail -f --pid="$try" -s 0.1 /dev/null
	status=0
	wait "$try" || status=$?
}

port() { sed -n "s/^$1 on .* port \([0-9]*\),.*/\1/p" "$shown"; }

@test "every line that make run shows works as it is, from any directory" {
	local n=0 line
	start
	cd /
	while read -r line; do
		echo "$line"
		timeout 20 env -i PATH=/usr/bin:/bin ${ASAN_OPTIONS:+"ASAN_OPTIONS=$ASAN_OPTIONS"} bash -o pipefail -c "$line"
		n=$((n + 1))
	done < <(sed -n '/^Try/,/^Ctrl-C/s/^  //p' "$shown")
	assert [ "$n" -ge 7 ]
	assert_file_exists "$VAR/pub/date.txt"
	assert_equal "$(find "$VAR/Maildir/new" -type f | wc -l)" 2
	assert_equal "$(grep -lr '^Subject: in TLS' "$VAR/Maildir/new" | xargs -d '\n' grep -c 'with ESMTPS (TLSv1')" 1
	assert_equal "$(grep -c 'ftp-session: tls ' "$shown")" 1
	assert_equal "$(find "$VAR/Maildir/tmp" -type f | wc -l)" 0
}

@test "interrupted, it ends with 0 and leaves no process, not even a session" {
	start
	exec 4<>"/dev/tcp/127.0.0.1/$(port FTP)" 5<>"/dev/tcp/127.0.0.1/$(port SMTP)"
	timeout 10 head -n 1 <&4
	timeout 10 head -n 1 <&5
	assert [ "$(ours | wc -l)" -ge 5 ]
	kill -INT "$try"
	ended
	assert_equal "$status" 0
	assert_equal "$(ours)" ''
}

@test "told to end by SIGTERM, it does the same" {
	start
	kill -TERM "$try"
	ended
	assert_equal "$status" 0
	assert_equal "$(ours)" ''
}

@test "a port in use is said so, and nothing stays" {
	start
	run -1 env VAR="$VAR" FTP_PORT=0 SMTP_PORT="$(port FTP)" timeout 20 "$HERE/../bin/guichet-try"
	assert_line "guichet-try: fatal: cannot listen on 127.0.0.1, port $(port FTP)"
	kill -TERM "$try"
	ended
	assert_equal "$status" 0
	assert_equal "$(ours)" ''
}

# fingerprint: of the certificate; checked: the listing, in TLS, through it
fingerprint() { openssl x509 -in "$VAR/cert.pem" -noout -fingerprint; }
checked() { curl -sS --max-time 10 --ssl-reqd --cacert "$VAR/cert.pem" "ftp://$1:$(port FTP)/"; }

@test "the certificate is made once and kept, its key closed, and made again for another address" {
	local first
	start
	first=$(fingerprint)
	assert_equal "$(stat -c %a "$VAR/key.pem")" 600
	kill -TERM "$try"
	ended
	start
	assert_equal "$(fingerprint)" "$first"
	kill -TERM "$try"
	ended
	start ADDRESS=127.0.0.3
	checked 127.0.0.3
	assert_not_equal "$(fingerprint)" "$first"
	kill -TERM "$try"
	ended
	echo broken >"$VAR/key.pem"
	start ADDRESS=0.0.0.0
	checked 127.0.0.1
	checked localhost
	kill -TERM "$try"
	ended
	assert_equal "$(ours)" ''
}

@test "an address that others reach gets a warning" {
	start ADDRESS=0.0.0.0
	run -0 grep -c 'guichet-try: warning: whoever reaches 0.0.0.0' "$shown"
}

@test "make run needs no more than a port and a place" {
	: >"$shown"
	env -i --default-signal=INT PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$HOME" \
		make -C "$HERE/.." run BIN="$BATS_TEST_TMPDIR/bin" VAR="$VAR" FTP_PORT=0 SMTP_PORT=0 \
		>"$shown" 2>&1 3>&- 4>&- &
	try=$!
	timeout 120 tail -n +1 -f --pid="$try" -s 0.1 "$shown" | grep -q -m 1 'Ctrl-C stops both'
	kill -TERM "$try"
	ended
	assert_equal "$(ours)" ''
}
