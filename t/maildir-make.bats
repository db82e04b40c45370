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

@test "-q sets the quota, changes it and counts all mail again, durably" {
	local bad
	maildir-make -q 5000S,9C a/M
	assert_equal "$(cat a/M/maildirsize)" "$(printf '5000S,9C\n%12d %12d' 0 0)"
	maildir-deliver a/M <<<'four and so'
	maildir-make -f .Sub a/M
	maildir-deliver a/M/.Sub <<<x
	echo 'broken' >a/M/maildirsize
	strace -y -e trace=fsync,/^rename -o trace maildir-make -q 6000S a/M/.Sub
	assert_equal "$(cat a/M/maildirsize)" "$(printf '6000S\n%12d %12d' 14 2)"
	assert_equal "$(tail -n 4 trace | sed -E 's/\(.*(a\/M[^>"]*)>.*/ \1/; s/[0-9]+[.][0-9]+_.*[.].*/NAME/' | head -n 3 | xargs)" \
		'fsync a/M/tmp/NAME renameat a/M fsync a/M'
	assert_equal "$(ls -A a/M/tmp)" ''
	assert_file_not_exists a/M/.Sub/maildirsize
	for bad in '' 1 1K 1S1C; do run -100 maildir-make -q "$bad" N; done
	assert_file_not_exists N
	rm a/M/maildirsize && mkdir a/M/maildirsize
	run -111 maildir-make -q 1S a/M
	assert_output --partial 'unable to set the quota of a/M: Is a directory'
}
