#!/usr/bin/env bats
# Rule R27: limits cut what is done, never what is delivered, and exit with 3.

setup() { load helper; }

# message line...: these lines as a file called message.
message() { printf '%s\n' "$@" >message; }

# many n: a message of n parts.
many() {
	python3 - "$1" <<-'PYTHON' >message
		import sys
		print("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n")
		for i in range(int(sys.argv[1])): print(f"--b\n\npart {i}")
		print("--b--")
	PYTHON
}

@test "R27: depth: what is nested more deeply is one part with all its bytes" {
	message 'Content-Type: multipart/mixed; boundary=a' '' '--a' \
		'Content-Type: multipart/mixed; boundary=b' '' '--b' '' one '--b--' '--a' '' two '--a--'
	run -3 --separate-stderr mime-unpack -x depth=1 -c -s 1 <message
	assert_output $'--b\n\none\n--b--'
	# shellcheck disable=SC2154 # bats sets it
	[[ $stderr == *limit-depth* ]]
	message 'Content-Type: message/rfc822' '' 'Content-Type: message/rfc822' '' 'X: y' '' body
	run -3 mime-unpack -qq -x depth=1 -c -a <message
	assert_output $'X: y\n\nbody'
}

@test "R27: depth: an encoded multipart past it is delivered as it came" {
	message 'Content-Type: multipart/mixed; boundary=a' '' '--a' \
		'Content-Type: multipart/mixed; boundary=b' 'Content-Transfer-Encoding: base64' '' '--b' '' one '--b--' '--a--'
	run -3 mime-unpack -qq -x depth=1 -c -s 1 <message
	assert_output $'--b\n\none\n--b--'
}

@test "R27: 100 levels by default, 1000 at most" {
	python3 - <<-'PYTHON' >message
		for i in range(1000): print(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}")
		print("\npayload")
		for i in reversed(range(1000)): print(f"--b{i}--")
	PYTHON
	run -0 mime-unpack -qq -x depth=1000 -c -a <message
	assert_output payload
	run -3 mime-unpack -qq -L <message
	assert_equal "${#lines[@]}" 102
	run -100 mime-unpack -x depth=1001 <message
}

@test "R27: parts: leaves count, containers do not; the rest is one part" {
	many 3
	run -0 mime-unpack -qq -x parts=3 -c -a <message
	run -3 --separate-stderr mime-unpack -x parts=2 -c -a <message
	assert_output $'part 0part 1part 2\n--b--'
	[[ $stderr == *limit-parts* ]]
}

@test "R27: 10,000 parts by default, parts=0 is no limit" {
	many 10000
	run -0 mime-unpack -qq -L <message
	many 10001
	run -3 mime-unpack -qq -L <message
	run -0 mime-unpack -qq -L -x parts=0 <message
	assert_equal "${#lines[@]}" 10003
}

@test "R27: a field is read to 64 KiB, or less, and cut, not dropped" {
	{
		printf 'Content-Type: text/html; x='
		head -c 70000 /dev/zero | tr '\0' x
		printf '; charset=utf-8\n\nhello\n'
	} >message
	run -3 --separate-stderr mime-unpack -L <message
	assert_line --index 0 --regexp $'^1\tbody\ttext/html\t-\t'
	[[ $stderr == *limit-field* ]]
	message 'Content-Type: text/html; charset=utf-8' '' hello
	run -3 mime-unpack -qq -L -x field=24 <message
	assert_line --index 0 --regexp $'^1\tbody\ttext/html\t-\t'
	run -3 mime-unpack -qq -c -a -x field=3 <message
	assert_output hello
	run -100 mime-unpack -x field=65k <message
}

@test "R27: the continuation lines of a cut field are not read, and not judged" {
	{
		printf 'X: y\n'
		yes ' xxxxxxxxx' | head -n 8000
		printf ' last\nContent-Type: text/html\n\nhello\n'
	} >message
	run -3 --separate-stderr mime-unpack -L <message
	assert_line --index 0 --partial text/html
	[[ $stderr != *obs-fold* ]]
}

@test "R27: fields past the limit of the header are not read, its end is found" {
	message "X: $(printf '%2000s' '')" 'Content-Type: text/html' '' hello
	run -3 --separate-stderr mime-unpack -c -a -x header=1000 <message
	assert_output hello
	[[ $stderr == *limit-header* ]]
	run -0 mime-unpack -qq -L -x header=0 <message
	assert_line --index 0 --partial text/html
}

@test "R27: 256 parameters are read, params says how many" {
	python3 -c 'print("Content-Type: text/plain" + "".join(f"; a{i}=b" for i in range(255)) + "; charset=utf-8\n\nx")' >message
	run -0 mime-unpack -qq -L <message
	assert_line --index 0 --partial utf-8
	run -3 mime-unpack -qq -L -x params=255 <message
	refute_line --index 0 --partial utf-8
}

@test "R27: files: so many are written, the others are listed, exit 3" {
	many 3
	mkdir in
	run -0 mime-unpack -q -a -d in -x files=3 <message
	rm in/*
	run -3 mime-unpack -qq -a -d in -x files=2 <message
	assert_equal "$(printf '%s\n' "${lines[@]}" | cut -f 1,7,12,14 | tr '\t\n' ' ,')" \
		'1 6 - part-1.txt,2 6 - part-2.txt,3 6 limit-files -,.,'
	assert_equal "$(ls -A in)" $'part-1.txt\npart-2.txt'
	run -0 mime-unpack -q -a -d in -x files=0 <message
}

@test "R27: a limit beats damage: exit 3, not 2" {
	message 'Content-Type: multipart/mixed; boundary=a' '' '--a' 'Content-Transfer-Encoding: nonsense' '' one '--a' '' two '--a--'
	run -2 mime-unpack -qq -c -a <message
	run -3 mime-unpack -qq -c -a -x parts=1 <message
}

@test "R29: a message is a part and a container, and counts as no leaf" {
	message 'Content-Type: message/rfc822' '' 'X: y' '' body
	run -0 mime-unpack -qq -L -x parts=1 <message
	assert_equal "$(cut -f 1,2 <<<"${lines[0]} ${lines[1]}")" $'1\tmsg'
	assert_equal "$(cut -f 1,2 <<<"${lines[1]}")" $'1.1\tbody'
	run -0 mime-unpack -qq -m -c -s 1 <message
	assert_output $'X: y\n\nbody'
}

@test "what is made to cost much is read in a moment and in 3 MB, to its last byte" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer takes memory of its own'
	local kind
	for kind in line folds fields params words segments deep dashes; do
		python3 "$DATA/mime/trap.py" $kind >message
		run -3 timeout 3 python3 "$DATA/mime/peak.py" message "$BIN/mime-unpack" -qq -c -a
		[ "$output" -lt 3000 ] || { echo "$kind: $output kB"; false; }
		run -3 mime-unpack -qq -c -a <message
		[[ $output == *body* ]] || { echo "$kind: no body"; false; }
	done
}
