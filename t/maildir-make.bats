#!/usr/bin/env bats
# maildir-make: directories, and their syncs.

setup() { load helper; }

@test "a maildir, what is missing above it, and a folder are made for the owner alone" {
	umask 0
	run -0 maildir-make -f .Sub.Two a/b//M/
	assert_output ''
	find a -printf '%m %p\n' | sort >made
	{
		echo 600 a/b/M/.Sub.Two/maildirfolder
		printf '700 %s\n' a a/b a/b/M a/b/M/{,.Sub.Two/}{tmp,new,cur} a/b/M/.Sub.Two
	} | sort | diff - made
	maildir-deliver a/b/M <<<x
	maildir-make a/b/M
	[ "$(find a/b/M/new -type f | wc -l)" = 1 ]
}

@test "each new directory and what holds it is synced, and one that was there too" {
	strace -y -e trace=fsync -o trace maildir-make a/M
	assert_equal "$(sed -n 's/^fsync([0-9]*<\(.*\)>).*/\1/p' trace | sed "s|^$PWD|.|" | xargs)" \
		". ${PWD%/*} ./a ./a/M/tmp ./a/M/cur ./a/M/new ./a/M"
	strace -y -e trace=fsync -o trace maildir-make a/M
	assert_equal "$(grep -c '^fsync' trace)" 5
	run -111 strace -o trace -e inject=fsync:error=EIO:when=3 maildir-make a/M
}

@test "bad names are usage errors, links and files are not followed" {
	local bad
	for bad in Sub . .. .a/b .a..b .a. $'.a\nb' $'.a\x7f' ''; do run -100 maildir-make -f "$bad" M; done
	run -100 maildir-make
	run -100 maildir-make M N
	run -111 maildir-make ''
	assert_file_not_exists M
	mkdir M elsewhere
	ln -s ../elsewhere M/tmp
	run -111 maildir-make M
}
