#!/usr/bin/env bats
# LMTP clients into smtp-session -l, over IPv4 and IPv6: each recipient has its own
# message and its own reply, and who was refused is known.

setup() {
	load helper
	load mail
	serve_lmtp
}
teardown() { unserve_both; }

# serve_lmtp: a Maildir for each local part; busy is to be tried again, none is unknown
serve_lmtp() {
	local box
	for box in c e; do mkdir -p $box/tmp $box/new $box/cur; done
	export SMTP_ANY=1
	SCHEME=lmtp serve_both smtp-session -l sh -c '
		case $RECIPIENT in busy@*) exit 111 ;; none@*) exit 67 ;; esac
		exec maildir-deliver "${RECIPIENT%@*}"'
}

# boxed box file
boxed() {
	assert_equal "$(find "$1/new" -type f | wc -l)" 1
	bare "$1"/new/* | cmp - "$2"
	rm "$1"/new/*
}

swakses() {
	printf 'Subject: s\n\n.\n..\n.x\nend\n' >message
	{ cat message; echo; } >want # swaks ends the last line once more
	timeout 20 swaks --server "$ADDRESS" --port "$PORT" --protocol LMTP -f al@x.example -t c@d.example,e@d.example \
		--data @message --silent 2
	boxed c want
	boxed e want
}

@test "swaks speaks LMTP" { over_both swakses; }

pythons() {
	printf 'Subject: s\n\n.\nend\n' >want
	run -0 timeout 20 python3 - "$ADDRESS" "$PORT" <<-'END'
		import smtplib, sys
		with smtplib.LMTP(sys.argv[1], int(sys.argv[2])) as c:
		    for to in "c@d.example", "e@d.example": # it reads one reply, however many recipients
		        print(c.sendmail("al@x.example", to, "Subject: s\n\n.\nend\n"))
	END
	assert_output $'{}\n{}'
	boxed c want
	run -0 cat e/new/*
	assert_line --partial 'with LMTP'
	boxed e want
}

@test "smtplib's LMTP" { over_both pythons; }

sends() {
	printf 'Subject: s\n\n.\nend' >message
	{ cat message; echo; } >want
	run -111 timeout 20 "${PEERS}6/usr/bin/tcpclient" -RHl0 "$ADDRESS" "$PORT" smtp-send -L al@x.example \
		c@d.example busy@d.example none@d.example e@d.example <message
	assert_equal "$(cut -f 1-3 <<<"$output")" $'c@d.example\t250\t2.0.0
busy@d.example\t451\t4.3.0
none@d.example\t550\t5.1.1
e@d.example\t250\t2.0.0'
	boxed c want
	boxed e want
}

@test "smtp-send -L reports each recipient's own reply" { over_both sends; }
