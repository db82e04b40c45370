# For the tests that replay what clients said: data/smtp-client/replay.py says it,
# what arrives lies in came/, a file for the message and one for its envelope.

# serve_replay [NAME=value...]: a session that accepts any recipient
serve_replay() {
	mkdir -p came
	serve env SMTP_ANY=1 "$@" smtp-session \
		sh -c 'printf "%s\n" "$SENDER" "$RECIPIENTS" >"came/$ARRIVAL_ID.to"; cat >"came/$ARRIVAL_ID"'
}

# says: the dialogue on standard input, to the session.
says() { timeout 30 python3 "$DATA/smtp-client/replay.py" "$PORT"; }

# came message sender recipient...: that, as printf %b has it, and nothing else.
came() {
	until_true no_sessions
	local -a files
	mapfile -t files < <(find came -type f ! -name '*.to')
	assert_equal "${#files[@]}" 1
	sed '1,/^\t[A-Z][a-z][a-z], /d' "${files[0]}" | cmp - <(printf '%b' "$1")
	shift
	assert_equal "$(cat "${files[0]}.to")" "$(printf '%s\n' "$@")"
	rm came/*
}

nothing_came() { until_true no_sessions && [ -z "$(ls came)" ]; }
