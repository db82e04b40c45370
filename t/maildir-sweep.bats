#!/usr/bin/env bats
# maildir-sweep: what interrupted deliveries left in tmp goes after 36 hours.

setup() {
	load helper
	mkdir -p M/{tmp,new,cur} M/.Sub/{tmp,new,cur}
}

# later hours argument...: the program, its clock that many hours ahead.
later() { LATER=$1 "$PROBE/maildir-sweep" "${@:2}"; }

@test "files in tmp that nobody has used for 36 hours go, of folders too, and nothing else" {
	touch M/{tmp,new,cur,.Sub/tmp,.Sub/new}/file M/file M/.Sub/maildirfolder
	later 35 M
	[ -e M/tmp/file ] && [ -e M/.Sub/tmp/file ]
	run -0 later 37 M
	assert_output ''
	assert_equal "$(cd M && find . -type f | sort | tr '\n' ' ')" \
		'./.Sub/maildirfolder ./.Sub/new/file ./cur/file ./file ./new/file '
}

@test "a file that was read, written or renamed since stays" {
	touch M/tmp/{read,written,renamed,old}
	touch -a -d '+2 hours' M/tmp/read
	touch -m -d '+2 hours' M/tmp/written
	touch -d '40 hours ago' M/tmp/renamed
	later 37 M
	assert_equal "$(find M/tmp -type f | sort | xargs)" 'M/tmp/read M/tmp/written'
	# Its other times say nothing: only now it has been made.
	touch -d '40 hours ago' M/tmp/renamed
	maildir-sweep M
	[ -e M/tmp/renamed ]
}

@test "-a changes the 36 hours, from 1 up" {
	touch M/tmp/file
	later 5 -a 6 M
	[ -e M/tmp/file ]
	later 7 -a 6 M
	[ ! -e M/tmp/file ]
	run -100 maildir-sweep -a 0 M
	run -100 maildir-sweep -a 1x M
	run -100 maildir-sweep -a 87841 M
}

@test "-n prints the names, made safe, and removes nothing" {
	touch M/tmp/one M/.Sub/tmp/$'tw\no\e[31m'
	run -0 later 37 -n M
	assert_equal "$(sort <<<"$output")" $'M/.Sub/tmp/tw?o?[31m\nM/tmp/one'
	[ -e M/tmp/one ]
}

@test "links are not followed, whatever they are called, directories not removed" {
	mkdir -p other/{tmp,new} N/new M/tmp/directory
	touch other/tmp/file other/file
	ln -s ../other M/.Link
	ln -s ../other/tmp N/tmp
	ln -s ../../other/file M/tmp/link
	later 37 M
	run -111 later 37 N
	[ -e other/tmp/file ] && [ -L M/tmp/link ] && [ -d M/tmp/directory ]
	ln -s M Name
	touch M/tmp/file
	later 37 Name
	[ ! -e M/tmp/file ]
}

@test "directories of others in a maildir are passed over, what is missing is told" {
	mkdir M/.index
	touch M/.file M/tmp/file
	run -0 later 37 M
	run -111 later 37 missing M
	assert_output --partial 'unable to open missing'
	rm -r M/tmp
	run -111 maildir-sweep M
	assert_output --partial 'unable to open M/tmp'
	run -100 maildir-sweep
}

@test "what cannot be removed is told, the rest goes" {
	touch M/tmp/{one,two,three}
	LATER=37 run -111 strace -qq -o trace -e inject=unlinkat:error=EIO:when=2 "$PROBE/maildir-sweep" M
	assert_output --partial 'unable to remove M/'
	assert_equal "$(find M/tmp -type f | wc -l)" 1
}
