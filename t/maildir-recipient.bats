#!/usr/bin/env bats
# -r: from recipients to maildirs.

setup() {
	load helper
	load maildir
	box mail/example.com/ann mail/example.com/bob
	unset RECIPIENT RECIPIENTS
}

# to recipients template...: deliver with -r.
to() {
	local list=$1
	shift
	RECIPIENTS=$list run --separate-stderr maildir-deliver -r "$@" < <(echo x)
}

@test "local part, domain and extension name the maildir, in lower case" {
	to Ann+Lists-x@Example.COM 'mail/%d/%l'
	assert_success
	one mail/example.com/ann/new
	box 'ext/lists-x' 'all/ann+lists-x' 'per%ann'
	to Ann+Lists-x@Example.COM 'ext/%e' 'all/%a' 'per%%%l'
	assert_success
	one ext/lists-x/new
	one all/ann+lists-x/new
	one per%ann/new
}

@test "each recipient has the message, equal results have it once" {
	to $'ann@example.com\nbob@example.com\nann+x@example.com' 'mail/%d/%l'
	assert_success
	one mail/example.com/ann/new
	one mail/example.com/bob/new
}

@test "RECIPIENT will do, without any it is a usage error" {
	RECIPIENT=ann@example.com run -0 maildir-deliver -r mail/%d/%l < <(echo x)
	run -100 maildir-deliver -r mail/%d/%l < <(echo x)
	assert_line '5.3.5 System incorrectly configured'
	RECIPIENT=ann@example.com run -100 maildir-deliver -r mail/%x < <(echo x)
	RECIPIENT=ann@example.com run -100 maildir-deliver -r mail/% < <(echo x)
}

@test "a recipient without a maildir is refused for good and none has the message" {
	to $'ann@example.com\neve@example.com' 'mail/%d/%l'
	assert_failure 100
	assert_output '5.1.1 No such mailbox'
	bare mail/example.com/ann
	RECIPIENTS=eve@example.com run -67 maildir-deliver -e -r mail/%d/%l < <(echo x)
}

@test "a maildir that is there but broken is no reason to refuse for good" {
	rmdir mail/example.com/bob/new
	to bob@example.com 'mail/%d/%l'
	assert_failure 111
}

@test "no recipient leads out of the tree" {
	local bad
	box mail/x/.. mail/.hidden mail/new
	for bad in ../x@example.com ..@example.com .hidden@example.com a/b@example.com '@example.com' \
		'' $'a\tb@example.com' 'ann' 'ann@' 'ann@..' 'ann@../example.com' 'ann@.example.com'; do
		to "$bad" 'mail/%d/%l'
		assert_failure 100
		assert_output '5.1.1 No such mailbox'
	done
	to "ann@$(printf '%2000s' x)" 'mail/%d/%l'
	assert_failure 100
	to 'ann@example.com' 'mail/%d/%e'
	assert_failure 100
	bare mail/example.com/ann
}

@test "more than 64 maildirs are too many" {
	to "$(seq -f '%g@example.com' 65)" 'mail/%d/%l'
	assert_failure 111
	assert_output '4.5.3 Too many recipients'
}

@test "-n with -r answers for a recipient" {
	RECIPIENT=bob@example.com run -0 maildir-deliver -n -r mail/%d/%l </dev/null
	RECIPIENT=eve@example.com run -100 maildir-deliver -n -r mail/%d/%l </dev/null
	bare mail/example.com/bob
}
