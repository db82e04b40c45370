#!/usr/bin/env bats
# login-add: users into and out of the file of login-check.

setup() { load helper; }

add() { login-add "${@:2}" <<<"$1"; }

# accepts name password: login-check does.
accepts() {
	printf '%s\0%s\0stamp\0' "$1" "$2" >login
	login-check users true 3<login
}

@test "a new file has mode 0600, and the user can log in" {
	(umask 0 && add secret users bob /)
	assert_equal "$(stat -c %a users)" 600
	accepts bob secret
	run -1 accepts bob Secret
	run -0 cut -d: -f1,3- users
	assert_output 'bob:/'
}

@test "the hash is the library's preferred one, with a new salt each time" {
	add secret users bob .
	add secret users al .
	run -0 cut -d: -f2 users
	[[ "${lines[0]}" == '$y$'* && "${lines[1]}" == '$y$'* && "${lines[0]}" != "${lines[1]}" ]]
}

@test "a user that is there gets a new line in the same place; all else stays" {
	add one users bob .
	add two users bobby .
	{ printf '# bob:comment\n\nodd line\n' && cat users && printf 'bob:again:x'; } >new && cat new >users
	cp users before
	add three users bob home FTP_MODE=drop FTP_IDLE=7
	run -0 diff <(grep -v '^bob:' before) <(grep -v '^bob:' users)
	run -0 sed -n 4p users
	[[ "$output" == 'bob:$y$'*':home:FTP_MODE=drop,FTP_IDLE=7' ]]
	assert_equal "$(wc -l <users)" 5
	assert_equal "$(grep -c '^bob:' users)" 1
}

@test "-d takes a user out; one that is not there is exit 100" {
	add one users bob .
	add two users al .
	login-add -d users bob
	run -1 accepts bob one
	accepts al two
	cp users before
	run -100 login-add -d users bob
	run -100 login-add -d users a
	cmp users before
}

@test "a last line without its end gets one" {
	add one users bob .
	truncate -s -1 users
	add two users al .
	accepts bob one
	accepts al two
}

@test "owner, group and mode stay, but others' right to write" {
	add one users bob .
	chmod 666 users
	run -111 add two users bob .
	chmod 640 users
	[ "$(id -u)" -ne 0 ] || chown 7:9 users
	local before
	before=$(stat -c '%a %u %g' users)
	add two users bob .
	assert_equal "$(stat -c '%a %u %g' users)" "$before"
}

@test "a symbolic link stays one, and the file behind it is replaced" {
	mkdir real
	add one real/users bob .
	ln -s real/users users
	add two users bob .
	[ -L users ]
	accepts bob two
	assert_equal "$(ls real)" users
}

@test "a symbolic link to nothing is exit 111, and stays one" {
	mkdir real
	ln -s real/users users
	run -111 add one users bob .
	assert_equal "$(readlink users)" real/users
	assert_equal "$(ls real)" ''
}

@test "nothing but the file is left, whatever happened" {
	add one users bob .
	printf '%01100d\n' 0 >>users
	cp users before
	run -111 add two users bob .
	cmp users before
	run -0 find . -name 'users*'
	assert_output './users'
}

@test "what cannot be a line is exit 100, and nothing is written" {
	run -100 add x users 'a:b' .
	run -100 add x users '' .
	run -100 add x users '#a' .
	run -100 add x users $'a\nb' .
	run -100 add x users a ''
	run -100 add x users a 'x:y'
	run -100 add x users a . PATH=/
	run -100 add x users a . FTP_MODE=ro,FTP_LOGIN=x
	run -100 add x users a . FTP_MODE=ro:x
	run -100 add '' users a .
	run -100 add "$(printf 'x%.0s' {1..256})" users a .
	run -100 bash -c "printf 'a\0b\n' | login-add users a ."
	run -100 login-add users a </dev/null
	run -100 login-add
	assert_file_not_exists users
}

@test "a value that ftp-session would refuse is exit 100 before a password is asked for, and nothing is written" {
	local value
	for value in FTP_MODE=zz FTP_UMASK=9 FTP_MAXFILE=-1 FTP_RATE_UP=1T FTP_PARTIAL_AGE=soon FTP_LINKS=all \
		FTP_HASH=MD4 FTP_ATOMIC=yes FTP_IDLE=0 'FTP_OWNER=two words' FTP_MESSAGE=a/b; do
		run -100 login-add users bob . FTP_MODE=rw "$value" </dev/null
		assert_output --partial "${value%%=*}"
		assert_file_not_exists users
	done
	run -100 add x users bob . FTP_MODE=zz
	assert_output --partial 'FTP_MODE=zz: not one of ro rw drop worm append'
}

@test "values are held against what ftp-session has, not against the environment login-add has" {
	export FTP_IDLE=never PATH=/usr/bin:/bin
	run -100 "$BIN/login-add" users bob / FTP_HASH=MD5 SHA-1 <<<secret
	run -100 "$BIN/login-add" users al / FTP_MODE=zz <<<secret
	"$BIN/login-add" users al / FTP_UMASK=077 FTP_DENY='*.exe' FTP_HIDE= <<<secret
	cut -d: -f1,3- users >got
	printf 'al:/:FTP_UMASK=077,FTP_DENY=*.exe,FTP_HIDE=\n' | cmp - got
}

@test "a parent that ignores the ends of its children does not keep login-add from trying a policy" {
	cat >ignore.py <<-'END'
		import os, signal, sys
		signal.signal(signal.SIGCHLD, signal.SIG_IGN)
		os.execvp(sys.argv[1], sys.argv[1:])
	END
	run -100 python3 ignore.py login-add users al / FTP_MODE=zz <<<secret
	python3 ignore.py login-add users al / FTP_MODE=rw <<<secret
	accepts al secret
}

@test "an ftp-session that comes to no answer has refused nothing: exit 111" {
	local end
	cp "$BIN/login-add" .
	for end in 'exit 1' 'exit 111' 'kill -9 $$'; do
		printf '#!/bin/sh\n%s\n' "$end" >ftp-session
		chmod +x ftp-session
		run -111 ./login-add users al / FTP_MODE=rw <<<secret
		assert_output --partial 'run ftp-session'
		refute_output --partial 'does not take'
		assert_not_exists users
	done
}

@test "where there is no ftp-session a policy is exit 111, and no policy is fine" {
	cp "$BIN/login-add" .
	PATH=/usr/bin:/bin
	run -111 ./login-add users bob / FTP_MODE=rw <<<secret
	assert_file_not_exists users
	./login-add users bob / <<<secret
	cp "$BIN/ftp-session" .
	./login-add users bob / FTP_MODE=rw <<<secret
}

@test "the password is the first line of standard input, byte for byte" {
	printf ' pa:ss \xff\nnext\n' | login-add users bob .
	accepts bob $' pa:ss \xff'
}

@test "on a terminal it is asked for twice and not shown" {
	run -0 timeout 20 python3 "$DATA/typist-pty.py" s3cret s3cret -- login-add users bob .
	assert_output --partial Password:
	refute_output --partial s3cret
	accepts bob s3cret
}

@test "two that differ, and a key that interrupts: nothing is written and the terminal echoes again" {
	run -100 timeout 20 python3 "$DATA/typist-pty.py" one two -- login-add users bob .
	assert_file_not_exists users
	run -0 timeout 20 python3 "$DATA/typist-pty.py" one ^C -- sh -c 'trap : INT; login-add users bob .; echo "exit $?"; stty -a'
	assert_output --partial 'exit 111'
	assert_output --regexp '[^-]echo '
	assert_file_not_exists users
}

@test "a key that interrupts, or nobody reading the prompt, ends it at once, and the terminal echoes again" {
	cat >prompt.py <<-'END'
		import fcntl, os, pty, signal, termios, time
		def echo(fd): return termios.tcgetattr(fd)[3] & termios.ECHO
		def end(pid):
		    for i in range(200):
		        done, status = os.waitpid(pid, os.WNOHANG)
		        if done: return os.waitstatus_to_exitcode(status)
		        time.sleep(0.05)
		    os.kill(pid, 9)
		def case(full):
		    out, err = os.pipe()
		    if full: os.write(err, bytes(fcntl.fcntl(err, fcntl.F_GETPIPE_SZ)))  # the prompt waits
		    else: os.close(out)
		    pid, fd = pty.fork()
		    if pid == 0:
		        os.dup2(err, 2)
		        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
		        os.execvp("login-add", ["login-add", "users", "bob", "."])
		    while full and echo(fd): time.sleep(0.01)
		    if full: os.write(fd, b"\x03")
		    code = end(pid)
		    assert code == 111 and echo(fd), (full, code)
		case(True)
		case(False)
	END
	run -0 timeout 25 python3 prompt.py
	assert_file_not_exists users
}

@test "ten at once: every user is there" {
	local i pids=()
	for i in {1..10}; do
		add "pw$i" users "user$i" . &
		pids+=($!)
	done
	for i in "${pids[@]}"; do wait "$i"; done
	assert_equal "$(wc -l <users)" 10
	accepts user1 pw1
	accepts user10 pw10
}

@test "one killed at any moment leaves the old file or the new one" {
	add old users bob .
	local i pid
	for i in {1..25}; do
		add new users al . &
		pid=$!
		read -rt "0.0$i" _ <> <(:) || true
		kill -9 "$pid" 2>/dev/null || true
		accepts bob old
	done
	# What a killed one left beside it is not the file, and locks nobody out.
	timeout 5 login-add users bob . <<<newer
	accepts bob newer
}
