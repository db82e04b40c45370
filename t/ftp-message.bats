#!/usr/bin/env bats
# FTP_MESSAGE: what a directory tells those who enter it.

setup() {
	load helper
	mkdir -p root/dir/sub outside
	printf 'Welcome\r\n230 not a reply\n\ttab \033[1m \xff grün' >root/dir/.message
	export FTP_MESSAGE=.message
}

session() { talk ftp-session root -- 'USER ftp' 'PASS x' "$@" QUIT; }

@test "CWD into a directory with a message shows it, every time, each line behind a blank" {
	run -0 session 'CWD dir' 'CWD sub' CDUP 'CWD /'
	assert_equal "$(codes)" '220 331 230 250 250 250 250 221 '
	local want
	want=$'250-Message:\n Welcome\n 230 not a reply\n  tab ?[1m ? grün\n250 Directory changed to "/dir".'
	assert_equal "$(tr -d '\r' <got | sed -n 4,8p)" "$want"
	assert_equal "$(tr -d '\r' <got | sed -n 10,14p)" "$want"
	assert_line '250 Directory changed to "/".'
}

@test "unset, the default, no file is read" {
	unset FTP_MESSAGE
	run -0 session 'CWD dir'
	refute_line '250-Message:'
}

@test "at most 64 lines and 4096 bytes are shown" {
	seq 1 100 >root/dir/.message
	run -0 session 'CWD dir'
	assert_line ' 64'
	refute_line ' 65'
	printf 'y%.0s' {1..5000} >root/dir/.message
	run -0 session 'CWD dir'
	assert_line " $(printf 'y%.0s' {1..4096})"
}

@test "a message that is no plain file, leads out, is empty or missing is none" {
	echo secret >outside/file
	mkfifo root/dir/sub/.message
	ln -sf "$PWD/outside/file" root/dir/.message
	: >root/.message
	run -0 timeout 5 ftp-session root < <(printf '%s\r\n' 'USER ftp' 'PASS x' 'CWD dir' 'CWD sub' 'CWD /' QUIT)
	refute_output --partial secret
	refute_output --partial Message
	assert_output --partial '221 '
}

@test "a drop box shows none, and a name with a slash is a mistake" {
	FTP_MODE=drop run -0 session 'CWD dir'
	refute_line '250-Message:'
	local bad
	for bad in ../x /etc/motd . ..; do
		FTP_MESSAGE=$bad run -100 ftp-session </dev/null
	done
}
