#!/usr/bin/env bats
# Messages that others test their readers of mail with, real and broken ones: those of
# Python, enmime and mailman. What GMime, MIME::Parser and Python's email make of them.

setup() {
	load helper
	local enmime=$PEERS-mime/usr/share/gocode/src/github.com/jhillyerd/enmime/testdata kind file
	mkdir corpus
	cp "$PEERS-mime"/usr/lib/python3*/test/test_email/data/msg_*.txt \
		"$PEERS-mime"/usr/lib/python3/dist-packages/mailman/*/tests/{data/,}*.eml corpus
	for kind in mail low-quality parts; do
		for file in "$enmime/$kind"/*.raw; do cp "$file" "corpus/$kind-${file##*/}"; done
	done
}

@test "the leaves are those that two of three others agree on, or a rule says why not" {
	[ -x /usr/bin/python3 ] # which has Debian's modules
	run -0 /usr/bin/python3 "$DATA/mime/agree.py" "$BIN/mime-unpack" corpus/*
	assert_equal "${#lines[@]}" 139
	assert_equal "$(grep -v ' same' <<<"$output" | LC_ALL=C sort)" "$(cut -d : -f 1 "$DATA/mime/agree.differ" | LC_ALL=C sort)"
}

@test "in pieces, and every byte given out once" {
	local file
	run -0 python3 "$DATA/mime/cuts.py" corpus "$BIN/mime-unpack" -c -a -E
	assert_output '139 files'
	for file in corpus/*; do "$PROBE/mime-events" <"$file" >/dev/null || fail "$file"; done
}
