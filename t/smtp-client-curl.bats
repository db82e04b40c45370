#!/usr/bin/env bats
# curl brings files as mail, over IPv4 and IPv6: what is kept is what was given.

setup() {
	load helper
	load mail
	mkdir samples
	(cd samples && python3 "$DATA/smtp-client/samples.py")
	serve_mail
}
teardown() { unserve_both; }

mail() { curl -sS -g --max-time 30 "$URL/host.example" --mail-from al@x.example "$@"; }

each() {
	local sample n=0
	for sample in samples/*.want; do
		sample=${sample%.want}
		mail --mail-rcpt c@d.example -T "$sample"
		arrived "$sample.want" al@x.example c@d.example
		n=$((n + 1))
	done
	assert_equal "$n" 14
}

@test "curl: LF, CRLF, both, dots, false ends, NUL, all bytes and a line of 2 MB arrive as they are" {
	over_both each
}

from_pipe() {
	mail --mail-rcpt c@d.example -T - <samples/bytes
	arrived samples/bytes.want al@x.example c@d.example
}

@test "curl: a message of unknown length, from a pipe" { over_both from_pipe; }

crlf() {
	local sample
	for sample in lf dots-lf; do
		mail --mail-rcpt c@d.example --crlf -T "samples/$sample"
		arrived "samples/$sample" al@x.example c@d.example
	done
}

@test "curl --crlf: a file with LF arrives without one line end more" {
	printf '\n' >>samples/dots-lf
	over_both crlf
}

several() {
	mail --mail-rcpt c@d.example --mail-rcpt e@f.example --mail-rcpt c@d.example --mail-rcpt '<g@h.example>' -T samples/crlf
	arrived samples/crlf.want al@x.example c@d.example e@f.example g@h.example
	curl -sS -g --max-time 30 "$URL" --mail-from '' --mail-rcpt c@d.example -T samples/crlf
	arrived samples/crlf.want '' c@d.example
}

@test "curl: several recipients are one message, the null sender is one" { over_both several; }

series() {
	local i
	for i in {1..20}; do
		printf -- '%s\nurl = "%s"\nmail-from = "al@x.example"\nmail-rcpt = "c@d.example"\nupload-file = "sent.%s"\n' "${next-}" "$URL" "$i"
		next=next
		printf 'message %s\r\n' "$i" >"sent.$i"
	done >config
	unset next
	curl -sS -g --max-time 30 -K config
	assert_equal "$(find Maildir/new -type f | wc -l)" 20
	bare Maildir/new/* | sort | cmp - <(printf 'message %s\n' {1..20} | sort)
	rm Maildir/new/*
}

@test "curl: twenty messages over one connection, each once" {
	over_both series
	assert_equal "$(grep -c 'disc .*msgs=20 ' log)" 2
}

refusals() {
	run -55 mail --mail-rcpt 'c/d@x.example' -T samples/crlf
	run -55 mail --mail-rcpt c@d.example --mail-rcpt 'c/d@x.example' -T samples/crlf
	mail --mail-rcpt c@d.example --mail-rcpt 'c/d@x.example' --mail-rcpt-allowfails -T samples/crlf
	arrived samples/crlf.want al@x.example c@d.example
}

@test "curl: a refused recipient is known as refused, and the others get it if they may" { over_both refusals; }

too_big() {
	run -55 --separate-stderr mail --mail-rcpt c@d.example -T samples/many
	run -8 --separate-stderr mail --mail-rcpt c@d.example -T - <samples/many
}

@test "curl: a message over DATABYTES is refused by its size, declared or found" {
	unserve_both
	export DATABYTES=1000000
	serve_mail
	over_both too_big
}
