# What the tests of smtp-send share.

# hand argument...: smtp-send under tcpclient, the message on standard input;
# its report to the file report, its exit code ours.
hand() { timeout 20 tcpclient -RHl0 127.0.0.1 "$PORT" smtp-send "$@" >report; }

# letter [text]: a small message in the file letter.
letter() { printf 'Subject: t\n\n%b' "${1:-body\\n}" >letter; }

# script STAGE=ACTION...: serve with data/send/server.py.
script() {
	rm -f heard body
	serve python3 "$DATA/send/server.py" "$@"
}

# sink: our own smtp-session, each message to the file mail.N, without our Received.
sink() {
	export SMTP_ANY=1
	# shellcheck disable=SC2016 # the sh of the session expands it
	serve "$@" smtp-session sh -c 'sed 1,/^X-Begin/d >"mail.$RECIPIENTS"; printf "%s\n" "$SENDER" >from; env >env'
}
