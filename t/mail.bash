# For the tests that bring mail with clients people use: into a Maildir, over
# both families, every message compared byte by byte with what was given.
# shellcheck disable=SC2034 # the tests use what is set here

# shellcheck source=/dev/null
. "${BASH_SOURCE[0]%/*}/both.bash"

# serve_mail: any recipient, into Maildir; the envelope of the last in envelope. BEFORE may
# be words before smtp-session.
serve_mail() {
	mkdir -p Maildir/tmp Maildir/new Maildir/cur
	export SMTP_ANY=1
	# shellcheck disable=SC2016,SC2086 # for the program; words
	SCHEME=smtp serve_both ${BEFORE:-} smtp-session "$@" \
		sh -c 'printf "%s\n" "$SENDER" "$RECIPIENTS" >envelope; exec maildir-deliver Maildir'
}

# over_both function: with URL, ADDRESS and PORT of each; every Maildir is empty before and after.
over_both() {
	local url
	for url in "${URLS[@]}"; do
		at "$url"
		"$@"
		assert_equal "$(find . -path '*/new/*' -o -path '*/tmp/*')" ''
	done
}

# bare: the messages on standard input or in files without the field we put first.
bare() { perl -0777 -pe 's/\AReceived: [^\n]*\n(?:[ \t][^\n]*\n)+//' "$@"; }

# arrived file sender recipient...: this one message, and no other; it is taken away.
arrived() {
	local file=$1
	shift
	assert_equal "$(find Maildir/new -type f | wc -l)" 1
	bare Maildir/new/* >kept
	rm -f Maildir/new/*
	cmp kept "$file" || fail "not as it was given: $file"
	assert_equal "$(cat envelope)" "$(printf '%s\n' "$@")"
}
