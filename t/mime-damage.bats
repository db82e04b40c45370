#!/usr/bin/env bats
# A hundred damaged messages, one or more for each of the rules R1 to R30: how many
# come out whole, that what does not is told, and that nothing depends on reads.

setup() { load helper; }

# judged: what becomes of each message, by the defaults and with its options.
judged() { python3 "$DATA/mime/damage" judge mime-unpack; }

@test "of a hundred damaged messages 95 come out whole, every byte and name, and with options all" {
	run -0 judged
	assert_equal "${#lines[@]}" 100
	printf '%s\n' "${lines[@]}" >all
	assert_equal "$(cut -f 1 all | sort -uV | tr '\n' ' ')" "$(printf 'R%s ' {1..30})"
	assert_equal "$(awk -F '\t' '$4 != "recovered"' all)" ''
	assert_equal "$(awk -F '\t' '$3 != "recovered" { print $1, $2, $3 }' all)" "$(
		cat <<-'LOST'
			R5 parts after the closing delimiter lost
			R5 a closing delimiter between all parts lost
			R21 text whose mixed line ends matter changed
			R27 300 multiparts within each other lost
			R27 2 MiB of fields before those that count lost
		LOST
	)"
}

@test "R30: the damaged messages, in pieces" {
	mkdir damaged
	python3 "$DATA/mime/damage" write damaged
	local action
	for action in '-c -a -E' -L; do
		# shellcheck disable=SC2086 # words
		run -0 python3 "$DATA/mime/cuts.py" damaged "$BIN/mime-unpack" $action
		assert_output '100 files'
	done
}

# events size file: the parser's events. What is within what is encoded (R8, R22)
# comes before or after the bytes it is decoded from: there only the sums count.
events() {
	"$PROBE/mime-events" "$1" <"$2" >.events || return
	if [[ $2 == *-R8 || $2 == *-R22 ]]; then
		awk '/^[a-z]/ { sum[$1] += $2; next } { print } END { for (piece in sum) print piece, sum[piece] }' .events
	else
		cat .events
	fi
}

@test "every byte of the damaged messages is given out once, in pieces too" {
	mkdir damaged
	python3 "$DATA/mime/damage" write damaged
	local file size
	for file in damaged/*; do
		events 5000000 "$file" >whole || fail "$file"
		for size in 1 61 4096; do
			events "$size" "$file" >pieces || fail "$file in $size"
			cmp whole pieces || fail "$file in $size"
		done
	done
}

@test "a message cut short anywhere: a beginning of what was in it comes out, and it is told" {
	run -0 python3 "$DATA/mime/short.py" "$BIN/mime-unpack"
	assert_output --regexp '^[0-9]+ cuts$'
}

@test "truncated: a header that the input ends in, and a line of base64 that nothing encloses; exit 2" {
	local head='MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n'
	local cut
	for cut in "${head}Content-Type: application/pdf; na" "${head}Content-Type: application/pdf\n" \
		"${head}Content-Type: message/rfc822\n\nSubject: x\n" "${head}Content-Type: message/rfc822\n\n" \
		'Subject: x\nFrom: a@b' 'Content-Transfer-Encoding: base64\n\nQUJD\nQU'; do
		printf '%b' "$cut" >message
		run -2 mime-unpack -qq -L <message
		[ "$(printf '%s\n' "${lines[@]}" | cut -f 12 | grep -c truncated)" = 1 ] || fail "$cut: $output"
	done
	for cut in "${head}\ntwo" "$head" 'Subject: x\nFrom: a@b\n' 'Content-Transfer-Encoding: base64\n\nQUJD\nQU\n' \
		'Content-Type: message/rfc822\n\nSubject: x\n' "${head}Content-Type: application/pdf\n--b--\n"; do
		printf '%b' "$cut" >message
		run mime-unpack -qq -L <message
		[[ $output != *truncated* ]] || fail "$cut: $output"
	done
}

@test "tnef: a winmail.dat is delivered as it is, with a notice, by its type or its name" {
	local type
	for type in application/ms-tnef application/vnd.ms-tnef 'application/octet-stream; name=WINMAIL.DAT'; do
		printf 'MIME-Version: 1.0\nContent-Type: %s\n\nx' "$type" >message
		run -0 mime-unpack -qq -L <message
		assert_equal "$(cut -f 12 <<<"${lines[0]}")" tnef
		run -0 mime-unpack -qq -c -a <message
		assert_output x
	done
	printf 'MIME-Version: 1.0\nContent-Type: application/pdf; name=winmail.dat\n\nx' >message
	run -0 mime-unpack -qq -L <message
	assert_equal "$(cut -f 12 <<<"${lines[0]}")" -
}
