#!/usr/bin/env bats
# mime-unpack on a terminal.

setup() { load helper; }

# terminal command: what a command of the shell shows on a terminal.
terminal() { timeout 20 script -qec "$1" /dev/null </dev/null | tr -d '\r'; }

@test "bodies that are not text are not written to a terminal unless -f is given" {
	printf 'Content-Type: image/png\n\nP\001NG\n' >message
	run -100 timeout 20 script -qec 'mime-unpack -q -c <message' /dev/null </dev/null
	assert_output --partial 'mime-unpack: fatal: section 1 is not text'
	terminal 'mime-unpack -q -f -c <message' | cmp - <(printf 'P\001NG\n')
	mime-unpack -q -c <message | cmp - <(printf 'P\001NG\n')
}

@test "text and headers are shown without what a terminal obeys" {
	printf 'X: \033[31mred\n\na\tb\033]0;title\007 \302\233 \303\251\177\n' >message
	terminal 'mime-unpack -q -c <message' | cmp - <(printf 'a\tb?]0;title? \302? \303\251?\n')
	terminal 'mime-unpack -q -H <message' | cmp - <(printf 'X: ?[31mred\n')
	terminal 'mime-unpack -q -f -H <message' | cmp - <(printf 'X: \033[31mred\n')
	mime-unpack -q -H <message | cmp - <(printf 'X: \033[31mred\n')
}

@test "what takes long is shown on standard error if that is a terminal, unless -q is given" {
	cat >slow <<'END'
printf 'Content-Type: a/b\nContent-Transfer-Encoding: binary\n\n'
for i in 1 2 3 4 5 6; do head -c 500000 /dev/zero; read -t 0.5 <>wait; done
END
	mkfifo wait
	run terminal 'bash slow 2>/dev/null | mime-unpack -c >/dev/null'
	assert_output --regexp 'mime-unpack: 1 MiB, [0-9]+ MiB/s'
	refute_output --partial %
	[[ $output == *$'\033[K' ]]
	run terminal 'bash slow 2>/dev/null | mime-unpack -q -c >/dev/null'
	assert_output ''
}

@test "the percentage is shown where the size is known" {
	{ printf 'MIME-Version: 1.0\nContent-Type: a/b\n\n' && head -c 3000000 /dev/zero; } >message
	run terminal 'strace -qq -o /dev/null -e inject=read:delay_enter=50000 mime-unpack -c <message >/dev/null'
	assert_output --regexp 'mime-unpack: [12] MiB, [0-9]+ MiB/s, [1-9][0-9]%'
}

@test "what takes no second shows nothing" {
	printf 'MIME-Version: 1.0\nContent-Type: a/b\n\nx\n' >message
	run terminal 'mime-unpack -c <message >/dev/null'
	assert_output ''
}
