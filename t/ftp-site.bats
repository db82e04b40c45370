#!/usr/bin/env bats
# SITE: what clients ask for beside the RFCs.

setup() {
	load helper
	mkdir -p root/dir
	echo x >root/plain
	export FTP_MODE=rw
}
teardown() { unserve; }

session() { talk ftp-session root -- 'USER ftp' 'PASS x' "$@" QUIT; }

@test "SITE alone is 501, an unknown one 500, SITE HELP has one name per line" {
	run -0 session SITE 'SITE EXEC ls' 'SITE CHOWN 0 plain' 'SITE CPFR plain' 'SITE CPTO x' 'SITE COPY plain x' 'site help'
	assert_equal "$(codes)" '220 331 230 501 500 500 500 500 500 214 221 '
	assert_line '500 Unknown SITE command.'
	assert_line '214-The following SITE commands are recognized:'
	for name in CHMOD HELP IDLE MKDIR QUOTA RMDIR UMASK UTIME; do assert_line " $name"; done
	refute_line ' SYMLINK'
	assert_line '214 End.'
}

@test "FEAT names the SITE commands clients look for while they may be used" {
	run -0 session FEAT
	assert_line ' SITE MKDIR'
	assert_line ' SITE UTIME'
	refute_line ' SITE SYMLINK'
	FTP_LINKS_CREATE=1 run -0 session FEAT 'SITE HELP'
	assert_line ' SITE SYMLINK'
	assert_line ' SYMLINK'
	for mode in ro drop; do
		FTP_MODE=$mode session FEAT
		[ "$mode" = drop ] || run ! grep -a 'SITE' got
		run ! grep -a 'SITE UTIME' got
	done
	FTP_CMDS_DENY=SITE session FEAT 'SITE HELP' 'HELP SITE' 'SITE QUOTA'
	assert_equal "$(codes)" '220 331 230 211 502 502 502 221 '
	run ! grep -a 'SITE' got
}

@test "SITE CHMOD: blanks in the path, no set-id bits, 501 for bad digits, 550 where it may not" {
	mv root/plain 'root/two words'
	session 'SITE CHMOD 7751 two words' 'SITE CHMOD 8 dir' 'SITE CHMOD 77777 dir' 'SITE CHMOD 600' 'SITE CHMOD' \
		'SITE CHMOD 700 none' 'SITE CHMOD 700 dir'
	assert_equal "$(codes)" '220 331 230 200 501 501 501 501 550 200 221 '
	assert_equal "$(stat -c %a 'root/two words' root/dir)" $'751\n700'
	FTP_CHMOD=0 session 'SITE CHMOD 600 dir'
	assert_equal "$(codes)" '220 331 230 550 221 '
}

@test "SITE UMASK shows and sets, from 0 to 777" {
	run -0 session 'SITE UMASK' 'SITE UMASK 077' 'SITE UMASK 1000' 'SITE UMASK 8' 'SITE UMASK'
	assert_line '200 Current UMASK is 022.'
	assert_line '200 UMASK set to 077 (was 022).'
	assert_line '200 Current UMASK is 077.'
	assert_equal "$(codes)" '220 331 230 200 200 501 501 200 221 '
}

@test "SITE IDLE shows and sets, from FTP_IDLE to two hours" {
	FTP_IDLE=100 run -0 session 'SITE IDLE' 'SITE IDLE 600' 'SITE IDLE 1' 'SITE IDLE 99999' 'SITE IDLE x' 'SITE IDLE 0' 'SITE IDLE'
	assert_line --index 6 '200 Idle time is 100.'
	assert_line --index 7 '200 Idle time is 600.'
	assert_line --index 8 '200 Idle time is 100.'
	assert_line --index 9 '200 Idle time is 7200.'
	assert_equal "$(codes)" '220 331 230 200 200 200 200 501 501 200 221 '
	FTP_IDLE=10000 run -0 session 'SITE IDLE 8000'
	assert_line '200 Idle time is 10000.'
}

@test "SITE QUOTA and AVBL say what is free, within the limits" {
	run -0 session 'SITE QUOTA' AVBL 'AVBL dir' 'AVBL none'
	assert_line --regexp '^200 Free [0-9]{6,} bytes; file limit none\.$'
	assert_equal "$(grep -cE '^213 [0-9]{6,}.$' got)" 2
	assert_equal "$(codes)" '220 331 230 200 213 213 550 221 '
	FTP_MAXFILE=1k run -0 session 'SITE QUOTA' AVBL
	assert_line --regexp '^200 Free [0-9]{6,} bytes; file limit 1024\.$'
	assert_line '213 1024'
	FTP_MINFREE=9000000G run -0 session 'SITE QUOTA' AVBL
	assert_line --regexp '^200 Free 0 bytes'
	assert_line '213 0'
	# What is there is not told.
	FTP_MODE=drop session 'AVBL none' 'AVBL dir'
	assert_equal "$(codes)" '220 331 230 213 213 221 '
}

@test "SITE MKDIR makes what is missing above too, and is content with what is there" {
	run -0 session 'SITE MKDIR a/b/c' 'SITE MKDIR a/b' 'SITE MKDIR plain' 'SITE MKDIR plain/x' 'SITE MKDIR .ftp-x' 'SITE MKDIR'
	assert_equal "$(codes)" '220 331 230 200 200 550 550 553 501 221 '
	assert_dir_exists root/a/b/c
	FTP_MODE=ro session 'SITE MKDIR z'
	assert_equal "$(codes)" '220 331 230 550 221 '
}

@test "lftp's mkdir -p works" {
	serve ftp-session root
	timeout 20 lftp -e 'set net:max-retries 1; mkdir -p a/b/c; mkdir -p a/b/c; quit' "ftp://127.0.0.1:$PORT"
	unserve
	assert_dir_exists root/a/b/c
}

@test "SITE RMDIR takes an empty directory and no other" {
	mkdir -p root/full/x root/empty
	session 'SITE RMDIR full' 'SITE RMDIR empty' 'SITE RMDIR plain' 'SITE RMDIR none' 'SITE RMDIR /'
	assert_equal "$(codes)" '220 331 230 550 250 550 550 550 221 '
	assert_dir_exists root/full/x
	assert_dir_not_exists root/empty
}

@test "FTP_RMDIR_R: SITE RMDIR takes a tree, removes links and follows none; RMD does not" {
	export FTP_RMDIR_R=1
	mkdir -p root/full/{a,b/c,d}/e outside
	touch root/full/{1,a/2,b/c/3,b/c/e/4,d/.5,d/.ftp-6} outside/safe root/dir/safe
	ln -s ../dir root/full/link
	ln -s "$PWD/outside" root/full/b/c/away
	ln -s / root/full/root
	session 'RMD full' 'SITE RMDIR full' 'SITE RMDIR plain'
	assert_equal "$(codes)" '220 331 230 550 250 550 221 '
	assert_not_exists root/full
	assert_file_exists outside/safe
	assert_file_exists root/dir/safe
	ln -s dir root/link
	session 'SITE RMDIR link'
	assert_equal "$(codes)" '220 331 230 550 221 '
	assert_file_exists root/dir/safe
	FTP_DELETE=0 session 'SITE RMDIR dir'
	assert_equal "$(codes)" '220 331 230 550 221 '
}

@test "FTP_RMDIR_R: what FTP_DENY names stays, and what is too deep or too much" {
	export FTP_RMDIR_R=1
	mkdir -p root/full/sub "root/deep/$(printf 'd/%.0s' {1..40})" root/many
	touch root/full/sub/secret
	(cd root/many && seq 10050 | xargs touch)
	FTP_DENY='sec*' session 'SITE RMDIR full' 'SITE RMDIR deep' 'SITE RMDIR many' 'SITE RMDIR many'
	assert_equal "$(codes)" '220 331 230 550 550 550 250 221 '
	assert_file_exists root/full/sub/secret
	assert_dir_exists root/deep
}

@test "FTP_LINKS_CREATE: SITE SYMLINK makes a relative link that stays inside" {
	session 'SITE SYMLINK plain link'
	assert_equal "$(codes)" '220 331 230 502 221 '
	export FTP_LINKS_CREATE=1
	mkdir -p root/dir/sub
	session 'SITE SYMLINK plain link' 'SITE SYMLINK ../plain dir/a b' 'SITE SYMLINK ../../dir/sub dir/sub/up' \
		'SITE SYMLINK plain link' 'SITE SYMLINK plain' 'SITE SYMLINK  x' 'SIZE link'
	assert_equal "$(codes)" '220 331 230 200 200 200 550 501 553 213 221 '
	assert_equal "$(readlink root/link 'root/dir/a b' root/dir/sub/up)" $'plain\n../plain\n../../dir/sub'
	FTP_MODE=ro session 'SITE SYMLINK plain other'
	assert_equal "$(codes)" '220 331 230 550 221 '
}

@test "SITE SYMLINK: no target that is absolute, leads out, or is denied" {
	export FTP_LINKS_CREATE=1 FTP_DENY='*.secret'
	mkdir -p root/real/x/y
	ln -s real/x/y root/dir/deep
	ln -s dir root/alias
	local target
	for target in /etc/passwd .. ../x dir/../../x a/../b x.secret dir/.ftp-1 ./../x; do
		session "SITE SYMLINK $target made"
		assert_equal "$(codes)" '220 331 230 553 221 '
	done
	# The depth of a path through a link is not that of the directory it leads to.
	session 'SITE SYMLINK ../../plain alias/made' 'SITE SYMLINK ../../../plain dir/made' 'SITE SYMLINK ../plain alias/made'
	assert_equal "$(codes)" '220 331 230 553 553 550 221 '
	assert_equal "$(find root -name made)" ''
}
