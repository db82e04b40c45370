#!/usr/bin/env bats
# login-check: the checkpassword interface over a file of crypt(3) hashes.

setup() {
	load helper
	mkdir home
	printf 'bob:%s:%s/home\n' "$(hash secret)" "$PWD" >users
	chmod 600 users
}

# hash password [setting]: by the system's own crypt(3); sha512crypt, cheap, unless told.
hash() { perl -e 'print crypt($ARGV[0], $ARGV[1])' -- "$1" "${2:-\$6\$rounds=1000\$abcdefgh}"; }

# check name password [program...]: what login-check does with them.
check() {
	printf '%s\0%s\0stamp\0' "$1" "$2" >login
	login-check users "${@:3}" 3<login
}

@test "the right password runs the program in the user's directory, with USER, HOME and SHELL" {
	run -0 check bob secret sh -c 'echo "$USER $HOME $SHELL $*"; pwd' sh 'two words' -x
	assert_output "bob $PWD/home /bin/sh two words -x
$PWD/home"
}

@test "a wrong password, no password, a wrong name: exit 1, and nothing runs" {
	run -1 check bob Secret touch "$PWD/ran"
	run -1 check bob '' touch "$PWD/ran"
	run -1 check eve secret touch "$PWD/ran"
	run -1 check '' secret touch "$PWD/ran"
	run -1 check 'bob:' secret touch "$PWD/ran"
	run -1 check bob secretsecret touch "$PWD/ran"
	assert_file_not_exists ran
}

@test "the exit status is the program's" {
	run -0 check bob secret true
	run -7 check bob secret sh -c 'exit 7'
}

@test "yescrypt, sha512crypt and bcrypt are known" {
	local setting
	for setting in "\$y\$j75\$MW5SnaX39SGng6SZwbc3U0" "\$6\$rounds=1000\$saltsalt" "\$2b\$04\$abcdefghijklmnopqrstuu"; do
		printf 'al:%s:.\n' "$(hash 'pa ss%' "$setting")" >users
		grep -q "^al:[$]" users
		run -0 check al 'pa ss%' true
		run -1 check al 'pa ss' true
	done
}

@test "a locked user cannot log in with anything" {
	local lock
	for lock in '!' '*' '' '*0' '*1' x "!$(hash secret)"; do
		printf 'bob:%s:.\n' "$lock" >users
		run -1 check bob secret true
		run -1 check bob '' true
		run -1 check bob "$lock" true
	done
}

@test "comments and empty lines are passed over, and the first of two lines counts" {
	printf '\n#bob:%s:/nowhere\nbob:%s:.\nbob:%s:/nowhere' "$(hash secret)" "$(hash secret)" "$(hash other)" >users
	run -0 check bob secret true
	run -1 check bob other true
	run -1 check '#bob' secret true
}

@test "the policy of a line is in the environment of the program, and no other" {
	printf 'bob:%s:.:FTP_MODE=drop,FTP_UMASK=027,FTP_BANNER=x\n' "$(hash secret)" >users
	run -111 check bob secret env
	printf 'bob:%s:.:FTP_MODE=drop,FTP_UMASK=027\nal:%s:.:FTP_MODE=rw\n' "$(hash secret)" "$(hash secret)" >users
	FTP_UMASK=1 run -0 check bob secret env
	assert_line FTP_MODE=drop
	assert_line FTP_UMASK=027
	local key
	for key in PATH=/ LD_PRELOAD=x FTP_LOGIN=x FTP_ACTIVE=1 CONFINE=try FTP_MODE =x ftp_mode=ro; do
		printf 'bob:%s:.:%s\n' "$(hash secret)" "$key" >users
		run -111 check bob secret true
	done
}

@test "every variable a line may set is one of ftp-session's, and is in the page" {
	ftp-session -h | sed -n 's/^  \([A-Z_]*\)=.*/\1/p' | sort >table
	sed -n '/^\.Ar KEY/,/^None/p' "$HERE/../src/login/login-check.8" | grep -o 'FTP_[A-Z_]*' | sort >page
	[ "$(wc -l <page)" -gt 15 ]
	run -0 comm -23 page table
	assert_output ''
	local key
	while read -r key; do
		printf 'bob:%s:.:%s=1\n' "$(hash secret)" "$key" >users
		run -0 check bob secret true
	done <page
}

@test "a file that others may write, that is not there, or that is no file: exit 111" {
	chmod 620 users
	run -111 check bob secret true
	chmod 602 users
	run -111 check bob secret true
	chmod 644 users
	run -0 check bob secret true
	rm users
	run -111 check bob secret true
	mkdir users
	run -111 check bob secret true
	rmdir users
	mkfifo users
	run -111 timeout 5 bash -c 'login-check users true 3< <(printf "bob\0secret\0x\0")'
}

@test "a line that cannot be right is exit 111 for all, and is named" {
	local bad
	cp users good
	for bad in 'al' 'al:x' ':x:home' 'al:x:' $'al:x:ho\tme' 'al:x:home:' "al:x:$(printf 'x%.0s' {1..1100})"; do
		[ "$bad" = al:x:home: ] && continue
		{ cat good && printf '%s\n' "$bad"; } >users
		run -111 check bob secret true
		assert_line --partial 'users: line 2: '
	done
	printf 'bob:%s:.\nal:\0x:y\n' "$(hash secret)" >users
	run -111 check bob secret true
}

@test "what is no login on descriptor 3, and wrong usage, are exit 2" {
	run -2 bash -c 'login-check users true 3< <(printf bob)'
	run -2 bash -c 'login-check users true 3< <(printf "bob\0secret")'
	run -2 bash -c 'login-check users true 3</dev/null'
	assert_output 'login-check: fatal: what descriptor 3 gives is no login'
	run -2 bash -c 'login-check users true 3<&-'
	run -2 check bob "$(printf 'x%.0s' {1..600})" true
	run -2 login-check
	run -2 login-check users
}

@test "a directory that cannot be entered, and a program that cannot be run, are exit 111" {
	run -111 check bob secret ./none
	rmdir home
	run -111 check bob secret true
}

@test "too little memory for the hash is exit 111, for an unknown name too" {
	[ -z "${SANITIZED:-}" ] || skip 'the sanitizer takes memory of its own'
	printf 'bob:%s:.\n' "$(hash secret "\$y\$j9T\$MW5SnaX39SGng6SZwbc3U0")" >users
	run -0 check bob secret true
	ulimit -v 12000
	run -111 check bob secret true
	run -111 check eve secret true
}

@test "an unknown name and a locked user take as long as a wrong password" {
	printf 'bob:%s:.\nal:!:.\n' "$(hash secret "\$6\$rounds=50000\$saltsalt")" >users
	cat >time.py <<-'END'
		import os, resource, subprocess
		# Of the processor: that it is busy with others must not matter.
		def spent():
		    r = resource.getrusage(resource.RUSAGE_CHILDREN)
		    return r.ru_utime + r.ru_stime
		def once(name):
		    r, w = os.pipe()
		    os.write(w, name + b"\0wrong\0x\0"); os.close(w)
		    began = spent()
		    subprocess.run(["sh", "-c", "exec login-check users true 3<&0"], stdin=r, check=False)
		    os.close(r)
		    return spent() - began
		times = {n: [] for n in (b"bob", b"al", b"nobody")}
		for i in range(9):
		    for n in times: times[n].append(once(n))
		best = {n: min(t) for n, t in times.items()}
		print(best)
		# Without the work the others would be done in a tenth of it.
		assert min(best.values()) > 0.6 * max(best.values())
	END
	run -0 python3 time.py
}

@test "FTP_LOGIN=\"login-check users\" logs in, with the user's own mode" {
	echo x >home/file
	printf 'bob:%s:%s/home\nro:%s:home:FTP_MODE=ro\n' "$(hash secret)" "$PWD" "$(hash secret)" >users
	export FTP_LOGIN="login-check users"
	talk ftp-session -- 'USER ro' 'PASS secret' 'DELE file' QUIT
	assert_equal "$(codes)" '220 331 230 550 221 '
	talk ftp-session -- 'USER bob' 'PASS wrong' 'USER bob' 'PASS secret' 'DELE file' QUIT
	assert_equal "$(codes)" '220 331 530 331 230 250 221 '
	chmod 666 users
	talk ftp-session -- 'USER bob' 'PASS secret' NOOP
	assert_equal "$(codes)" '220 331 421 '
}
