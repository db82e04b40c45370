# What the tests of smtp-send share.

# hand argument...: smtp-send under tcpclient, the message on standard input;
# its report to the file report, its exit code ours.
hand() { timeout 20 tcpclient -RHl0 127.0.0.1 "$PORT" smtp-send "$@" >report; }

# letter [text]: a small message in the file letter.
letter() { printf 'Subject: t\n\n%b' "${1:-body\\n}" >letter; }

# script STAGE=ACTION...: what the scripted server of data/send/server.py does from
# now on, on PORT. It is started by the first, and stopped by teardown's unscript.
script() {
	rm -f heard body
	printf '%s\n' "$@" | sed '/^$/d' >script
	[ -z "${SCRIPTED:-}" ] || return 0
	mkfifo .scripted
	python3 "$DATA/send/server.py" listen >.scripted 3>&- 4>&- &
	SCRIPTED=$!
	read -r PORT <.scripted
}

unscript() {
	[ -n "${SCRIPTED:-}" ] || return 0
	# shellcheck disable=SC2046 # pids
	kill "$SCRIPTED" $(descendants "$SCRIPTED") 2>/dev/null || true
	wait "$SCRIPTED" 2>/dev/null || true
	SCRIPTED=
}

# sink: our own smtp-session, each message to the file mail.N, without our Received.
sink() {
	export SMTP_ANY=1
	# shellcheck disable=SC2016 # the sh of the session expands it
	serve "$@" smtp-session sh -c 'sed 1,/^X-Begin/d >"mail.$RECIPIENTS"; printf "%s\n" "$SENDER" >from; env >env'
}
