#!/usr/bin/env bats
# The parser's events: every byte of the input is given out once, and how it is
# cut does not matter (R30).

setup() { load helper; }

# events: of the message on standard input, the same in pieces of 1, 2, 3, 61 and
# 4096 bytes; fails unless what is given out is the input.
events() {
	local size
	cat >input
	"$PROBE/mime-events" <input >whole || return
	for size in 1 2 3 61 4096; do
		"$PROBE/mime-events" "$size" <input | cmp - whole || return
		[ "${PIPESTATUS[0]}" = 0 ] || return
	done
	cat whole
}

@test "what belongs to what: header, preamble, delimiters, body, epilogue" {
	run -0 events < <(printf '%s\n' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed;' ' boundary=b' '' \
		pre '--b' 'X: y' '' one '--b--' epi)
	assert_output "$(
		cat <<-'EVENTS'
			BEGIN 1
			header 18
			FIELD MIME-Version: 1.0
			header 43
			FIELD Content-Type: multipart/mixed; boundary=b
			header 1
			HEAD 0 multipart/mixed
			preamble 3
			delimiter 5
			BEGIN 1
			header 5
			FIELD X: y
			header 1
			HEAD 1 text/plain
			body 3
			END 1
			delimiter 7
			epilogue 4
			END 0
		EVENTS
	)"
}

@test "every message of the tests is given out whole, however it is cut, and with CRLF and CR" {
	local file
	for file in "$DATA"/mime/*.eml; do
		events <"$file" >/dev/null
		events < <(sed 's/$/\r/' "$file") >/dev/null
		events < <(tr '\n' '\r' <"$file") >/dev/null
	done
}

@test "what is skipped in a header is given out too" {
	run -0 events < <(printf '\xef\xbb\xbf\n\nFrom a@b Thu\nX: y\njunk\nZ: z\n  \n q\n\nbody\n')
	assert_line --index 1 'header 23'
	assert_line 'body 5'
	refute_line 'FIELD junk'
	assert_line 'WARN mbox-from 5'
	assert_line 'WARN hdr-junk 23'
	assert_line 'WARN obs-fold 33'
}

@test "a message within a message: what is between its HEAD and END is the message" {
	run -0 events < <(printf '%s\n' 'Content-Type: multipart/mixed; boundary=b' '' '--b' \
		'Content-Type: message/rfc822' '' 'X: y' '' 'body' '--b--')
	assert_equal "$(sed -n '/^HEAD 1 m/,/^END 1$/p' <<<"$output")" "$(
		cat <<-'EVENTS'
			HEAD 1 message/rfc822
			BEGIN 1.1
			header 5
			FIELD X: y
			header 1
			HEAD 1.1 text/plain
			body 4
			END 1.1
			END 1
		EVENTS
	)"
}

@test "delimiters that open no part, and those after the closing one" {
	run -0 events < <(printf '%s\n' 'Content-Type: multipart/mixed; boundary=a' '' '--a' \
		'Content-Type: multipart/mixed; boundary=b' '' '--b' '' '--a--' '--a' x '--')
	run -0 events < <(printf '%s\n' 'Content-Type: multipart/mixed; boundary=a' '' '--a' '' '')
	run -0 events < <(printf '%s\n' 'Content-Type: multipart/mixed; boundary=a' '' '--a')
	run -0 events < <(printf 'Content-Type: multipart/mixed; boundary=a\n\n--a\n-')
}

@test "a field is unfolded, and one of more than 64 KiB cut" {
	run -0 events < <(
		printf 'A: b\n c\n\td\nX: '
		printf '%70000s\n\n' '' | tr ' ' x
	)
	assert_line $'FIELD A: b c\td'
	assert_line "FIELD X: $(printf '%57s' '' | tr ' ' x) cut"
	assert_line --regexp '^header 70004$'
}

@test "what is kept of a field is 64 KiB with its line end, in one piece as in many" {
	local end n
	for end in '\n' '\r\n'; do
		for n in 65532 65533 65534; do
			# shellcheck disable=SC2059 # the line end is an escape
			run -0 events < <(printf "A: b${end}X: %${n}s${end}C: d${end}${end}x${end}" '' | tr ' ' x)
			assert_equal "$n $end $(grep -c ' cut$' <<<"$output")" "$n $end $((n + 3 + ${#end} / 2 > 65536))"
			assert_equal "$(grep -c '^WARN limit-field ' <<<"$output")" "$((n + 3 + ${#end} / 2 > 65536))"
		done
	done
}

@test "a field of 90,000 bytes in continuation lines is cut and given out whole" {
	run -0 events < <(
		printf 'X: y\r\n'
		for _ in {1..9000}; do printf ' xxxxxxx\r\n'; done
		printf 'Z: z\n\nbody\n'
	)
	assert_line --index 1 'header 90006'
	assert_line 'FIELD Z: z'
	assert_line 'body 5'
}
