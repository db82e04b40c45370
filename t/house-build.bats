#!/usr/bin/env bats
# What an installer and a packager rely on.

setup() { load helper; }

# As an installer has it: none of the variables this test run was started with.
installed() {
	env -i PATH="$PATH" HOME="$HOME" make -s -C "$HERE/.." install BIN="$BATS_TEST_TMPDIR/bin" \
		DESTDIR="$BATS_TEST_TMPDIR/dest" PREFIX=/usr 3>&- 4>&-
}

@test "make install puts every program and its page below DESTDIR and PREFIX, and nothing else there" {
	local p page dest=$BATS_TEST_TMPDIR/dest
	installed
	for p in "$BATS_TEST_TMPDIR"/bin/*; do
		assert_file_executable "$dest/usr/bin/${p##*/}"
		page=("$dest"/usr/share/man/man?/"${p##*/}".?)
		assert_file_exists "${page[0]}"
	done
	run -0 find "$dest" -mindepth 1 -maxdepth 2 ! -path "$dest/usr/bin" ! -path "$dest/usr/share" ! -path "$dest/usr"
	assert_output ''
}

@test "an installed program needs nothing to start, but tls-io, which needs the system's OpenSSL" {
	local p
	installed
	for p in "$BATS_TEST_TMPDIR"/dest/usr/bin/*; do
		if [ "${p##*/}" = tls-io ]; then
			run -0 readelf -dW "$p"
			assert_equal "$(sed -n 's/.*NEEDED.*\[\(lib[a-z]*\).*/\1/p' <<<"$output" | sort | tr '\n' ' ')" 'libc libcrypto libssl '
			continue
		fi
		run -0 readelf -lW "$p"
		refute_output --partial INTERP
		run -0 readelf -dW "$p"
		refute_output --partial NEEDED
	done
}
