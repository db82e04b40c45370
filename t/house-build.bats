#!/usr/bin/env bats
# What an installer and a packager rely on.

setup() { load helper; }

built() { make -s -C "$HERE/.." "$@"; }

@test "make install puts every program and its page below DESTDIR and PREFIX, and nothing else there" {
	local p page dest=$BATS_TEST_TMPDIR/dest
	built install BIN="$BIN" DESTDIR="$dest" PREFIX=/usr 3>&-
	for p in "$BIN"/*; do
		[ "${p##*/}" != guichet-try ] || continue
		cmp -s "$p" "$dest/usr/bin/${p##*/}" || assert_file_executable "$dest/usr/bin/${p##*/}"
		page=("$dest"/usr/share/man/man?/"${p##*/}".?)
		assert_file_exists "${page[0]}"
	done
	run -0 find "$dest" -mindepth 1 -maxdepth 2 ! -path "$dest/usr/bin" ! -path "$dest/usr/share" ! -path "$dest/usr"
	assert_output ''
}

@test "an installed program needs nothing to start: no library, no interpreter" {
	local p
	built install BIN="$BIN" DESTDIR="$BATS_TEST_TMPDIR" PREFIX=/usr 3>&-
	for p in "$BATS_TEST_TMPDIR"/usr/bin/*; do
		run -0 readelf -lW "$p"
		refute_output --partial INTERP
		run -0 readelf -dW "$p"
		refute_output --partial NEEDED
	done
}
