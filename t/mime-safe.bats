#!/usr/bin/env bats
# Mail from strangers, safely: a test for each rule, S1 to S10.

setup() {
	load helper
	mkdir -p box/in
	echo precious >box/evil
}

# attached name [header...]: a message with "data" attached under this name.
attached() {
	printf '%s\n' 'MIME-Version: 1.0' "Content-Type: application/octet-stream; name=\"$1\"" "${@:2}" '' data
}

# names: what is in the directory, in one line.
names() { (cd box/in && find . -mindepth 1 -printf '%P\n' | LC_ALL=C sort | paste -sd '|'); }

# seen command...: until it succeeds, for five seconds.
seen() { timeout 5 sh -c "until $1; do sleep 0.02; done"; }

# feed: mime-unpack with the given options reads a pipe, and has half of a part.
feed() {
	mkfifo pipe
	mime-unpack -q "$@" <pipe >records &
	exec 4>pipe
	printf 'Content-Type: a/b; name=x\n\nhalf,' >&4
	seen 'ls box/in/.mime-unpack.* >seen 2>&1'
}

# finish: the other half.
finish() {
	printf 'whole' >&4
	exec 4>&-
	wait $!
}

@test "S1: files are new ones in the directory that was opened, by a name without slash, and nothing else is made" {
	local name
	for name in '../evil' 'sub/evil'; do
		attached "$name" >message
		strace -qq -o trace -f -e trace=file,fchdir mime-unpack -q -d box/in <message >records
		run ! grep -E '^[0-9]* *(mkdir|mkdirat|chdir|fchdir|creat|rename|link|symlink)\(' trace
		run -0 grep -E 'openat\([0-9]+, "\.mime-unpack\.[0-9]+\.[0-9a-f]{16}", O_WRONLY\|O_CREAT\|O_EXCL\|(O_LARGEFILE\|)?O_NOFOLLOW\|O_CLOEXEC' trace
		run -0 grep -E 'linkat\([0-9]+, "\.mime-unpack[^/"]+", [0-9]+, "evil(~2)?", 0\)' trace
	done
	assert_equal "$(names)" 'evil|evil~2'
	assert_equal "$(cat box/evil)" precious
	assert_equal "$(ls box)" $'evil\nin'
}

@test "S1: the directory is opened once: who moves it away gets the files, who puts another there does not" {
	feed -d box/in
	mv box/in box/moved
	ln -s /nowhere box/in
	finish
	assert_equal "$(cat box/moved/x)" half,whole
	# A link that is given for the directory is followed.
	rm box/in && ln -s moved box/in
	attached y | mime-unpack -q -d box/in
	assert_equal "$(cat box/moved/y)" data
}

@test "S2: a file has its name when it is whole; nothing is replaced, no link is followed, but for -f the link itself" {
	feed -d box/in
	[[ $(names) == .mime-unpack.* ]]
	finish
	assert_equal "$(names)" x
	ln -s ../evil box/in/linked
	ln -s ../none box/in/dangling
	for name in x linked dangling; do attached $name | mime-unpack -q -d box/in; done
	assert_equal "$(names)" 'dangling|dangling~2|linked|linked~2|x|x~2'
	assert_equal "$(cat box/in/x)" half,whole
	attached linked | mime-unpack -q -f -d box/in
	[ ! -L box/in/linked ]
	assert_equal "$(cat box/evil)" precious
	[ ! -e box/none ]
}

@test "S3: names are made safe, and nothing of a message reaches a terminal or a log as it is" {
	local option
	# An escape sequence, a line break, a NUL, a mark that turns the text, C1, DEL.
	printf '%s\n' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=b' '' --b \
		"Content-Disposition: attachment; filename*=utf-8''%1b%5b31m%0a%0d%00%e2%80%ae%c2%9b%7fx" \
		$'Content-Type: a\033[31m/\302\233b; charset="\033]0;t\007"' $'Content-ID: <\033[2J\302\233@x>' \
		$'Content-Transfer-Encoding: \033[5m' '' data --b >message
	for option in -l -L -j -V '-d box/in'; do
		# shellcheck disable=SC2086 # two words
		mime-unpack $option -a <message >shown 2>&1 || [ $? = 2 ]
		[ -s shown ]
		run ! env LC_ALL=C grep -aP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80\xae' shown
	done
	assert_equal "$(names)" '_[31m______x'
	assert_equal "$(mime-unpack -qq -L <message | sed -n 's/^1\t.*\t\(.*\)\t-$/\1/p')" \
		'\x1b[31m\n\r\x00\xe2\x80\xae\xc2\x9b\x7fx'
}

@test "S4: files are the owner's alone whatever the umask and the message say, and no programs" {
	umask 0
	attached x 'Content-Disposition: attachment; filename=run.sh' >message
	mime-unpack -q -d box/in <message
	printf '%s\n' 'X: y' '' 'begin 4777 uu.sh' '$9&%T80  ' '`' end | mime-unpack -qq -d box/in || [ $? = 2 ]
	assert_equal "$(find box/in -type f -printf '%m %P\n' | sort)" $'600 run.sh\n600 uu.sh'
	mime-unpack -q -f -p 0644 -d box/in <message
	assert_equal "$(stat -c %a box/in/run.sh)" 644
	for mode in 0755 4644 777 1600 x ''; do
		run -100 mime-unpack -p "$mode" -d box/in <message
	done
}

@test "S5: what is written is bounded, also where each message is a copy of what is in it; nothing is unzipped" {
	# By default it is 64 MiB or four times the message.
	local made
	python3 - >message <<-'END'
		import sys
		for _ in range(10): sys.stdout.write("Content-Type: message/rfc822\n\n")
		sys.stdout.write("Content-Type: a/b; name=end\n\n" + 20000000 * "x")
	END
	run -3 mime-unpack -q -M -a -d box/in <message
	assert_output --partial limit-bytes
	made=$(find box/in -type f -printf '%s\n' | awk '{ n += $1 } END { print n + 0 }')
	[ "$made" -le $((4 * $(stat -c %s message))) ]
	# Of 900 open boundaries none costs a line that begins with dashes a look.
	python3 "$DATA/mime/trap.py" dashes >message
	run timeout 5 mime-unpack -qq -L <message
	[ "$status" = 3 ]
	head -c 100000 /dev/zero | gzip >bomb.gz
	mime-pack -f a@b -T '' -a bomb.gz | mime-unpack -q -d box/in
	cmp bomb.gz box/in/bomb.gz
}

@test "S6: mime-pack refuses CR, LF and NUL in all that it is given for a header, and our own fields, before a byte" {
	local option bad
	for option in -f -t -c -b -r -s -H -j -n -y -D -C -x -e -k; do
		for bad in $'\nBcc: v@example.org' $'\r' $'\r\n x'; do
			run -100 --separate-stderr mime-pack -f a@b "$option" "X: a@b$bad" -a /dev/null
			assert_output ''
		done
		printf '%s\nX: a@b\0c\n' "$option" >options
		run -100 --separate-stderr mime-pack -f a@b -@ options -a /dev/null
		assert_output ''
	done
	for bad in 'Content-Type: a/b' 'content-transfer-encoding : 8bit' 'MIME-Version: 1' 'Content-Disposition: x' \
		'Bcc: a@b' 'From: a@b' 'no colon' ': x' 'a b: x' $'\303\251: x' $'a\tb: x'; do
		run -100 --separate-stderr mime-pack -f a@b -H "$bad" -T ''
		assert_output ''
	done
	# The name of a file comes from whoever made the file.
	bad=$'x\r\nBcc: v@example.org\n\n.txt'
	echo x >"$bad"
	mime-pack -f a@b -T '' -a "$bad" -I "$bad" -x a -a "$bad" >message
	run ! grep -i '^bcc' message
	assert_equal "$(mime-unpack -L -k attach <message | head -n 3 | cut -f 14 | sort -u)" -
	assert_equal "$(mime-unpack -L -k attach <message | grep -c 'xBcc: v@example.org.txt')" 3
}

@test "S7: every doubtful reading has its code and its place, also what other readers may see" {
	printf '%s\n' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=b' 'Content-Type: text/plain' '' --b \
		'Content-Type: a/b; name=one; name=two' 'Content-Transfer-Encoding: base64' \
		'Content-Transfer-Encoding: 8bit' '' QUJD --b-- '' --b 'Content-Type: a/b; name=hidden' '' more --b-- >message
	run -2 mime-unpack -V <message
	while read -r code level at; do
		assert_line --regexp "^[01]"$'\t'"$(grep -obam 1 "$at" message | cut -d : -f 1)"$'\t'"$level"$'\t'"$code"$'\t'
	done <<-'END'
		dup-ctype damage Content-Type: text/plain
		dup-param damage Content-Type: a/b; name=one
		dup-cte damage Content-Transfer-Encoding: 8bit
	END
	assert_line --regexp $'^1\t[0-9]+\tdamage\tepilogue-parts\t'
	run -2 mime-unpack -qq -a -d box/in <message
	assert_equal "$(names)" one
	assert_equal "$(cat box/in/one)" ABC
	run -2 mime-unpack -qq -a -E -d box/in <message
	assert_equal "$(names)" 'hidden|one|one~2'
}

@test "S8: no size that is declared is believed, nothing is fetched, nothing put together" {
	printf '%s\n' 'Content-Length: 3' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=b' '' --b \
		'Content-Length: 1' 'Content-Disposition: attachment; filename=a; size=1' '' data --b \
		'Content-Type: message/external-body; access-type=local-file; name="/etc/passwd"' '' 'Content-Type: a/b' '' --b \
		'Content-Type: message/external-body; access-type=anon-ftp; site=127.0.0.1; name=x' '' '' --b \
		'Content-Type: message/partial; id=p@x; number=1; total=2; name=p1' '' one --b \
		'Content-Type: message/partial; id=p@x; number=2; total=2; name=p2' '' two --b-- >message
	strace -qq -f -o trace -e trace=network,open,openat mime-unpack -q -a -d box/in <message >records
	assert_equal "$(names)" 'a|p1|p2|passwd|x'
	assert_equal "$(cat box/in/{a,p1,p2})" dataonetwo
	assert_equal "$(cat box/in/passwd)" 'Content-Type: a/b'
	run ! grep -E 'socket|etc/passwd' trace
}

@test "S9: a terminal gets text alone, and of that nothing it obeys, unless -f says so" {
	printf 'Content-Type: image/png\n\n\033[31mP\n' >image
	printf 'Content-Type: text/plain; name="\033[2J"\n\n\033]0;title\007red\302\233\n' >text
	run -100 timeout 20 script -qec 'mime-unpack -q -c <image' /dev/null </dev/null
	refute_output --partial $'\033'
	run -0 timeout 20 script -qec 'mime-unpack -q -c <text; mime-unpack -q -l <text; mime-unpack -q -H <text' /dev/null </dev/null
	assert_output --partial '?]0;title?red'
	refute_output --partial $'\033'
	refute_output --partial $'\302\233'
	run -0 timeout 20 script -qec 'mime-unpack -q -f -c <image' /dev/null </dev/null
	assert_output --partial $'\033[31mP'
}

@test "S10: 400 spoilt messages: in pieces as whole, every byte given out once, in bounded memory, and no fault" {
	run -0 python3 "$DATA/mime/spoil.py" "$PROBE/mime-events" "$DATA/mime/nested.eml" "$DATA/mime/course.eml"
	assert_output '400 messages'
}
