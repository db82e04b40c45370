#!/usr/bin/env bats
# FTP_MODE: what each mode lets a client do to what is there, and what the
# kernel would let it do.

setup() {
	load helper
	load upload
	mkdir -p root/sub
	printf old >root/file
}
teardown() { unserve; }

mode() { serve env FTP_MODE="$1" "${@:2}"; }

@test "worm makes files and directories, and changes none" {
	mode worm ftp-session root
	upload_client '
		assert put("STOR new", b"abc")[:3] == "226" and content("new") == b"abc"
		assert put("STOU cam", b"x")[:3] == "226" and content("cam") == b"x"
		assert cmd("MKD dir")[:3] == "257"
		assert refused("STOR file") == "553 File exists."
		assert refused("STOR file", rest=3) == "550 Permission denied."
		assert refused("APPE file") == "550 Permission denied."
		assert refused("APPE none") == "550 Permission denied."
		for x in ("DELE file", "RMD sub", "RNFR file", "MFMT 20200101000000 file", "SITE CHMOD 600 file"):
			assert cmd(x) == "550 Permission denied.", x
		assert cmd("SIZE file") == "213 3" and content("file") == b"old"
		assert read(data("RETR file")) == b"old"
	'
}

@test "append adds to files and makes new ones, and never shortens one" {
	mode append ftp-session root
	upload_client '
		assert put("STOR new", b"abc")[:3] == "226" and content("new") == b"abc"
		assert put("APPE file", b"+1")[:3] == "226" and content("file") == b"old+1"
		assert put("APPE made", b"+1")[:3] == "226" and content("made") == b"+1"
		assert put("STOR file", b"+2", rest=5)[:3] == "226" and content("file") == b"old+1+2"
		assert refused("STOR file") == "553 File exists."
		assert refused("STOR file", rest=3) == "550 Permission denied."
		assert refused("STOR file", rest=9)[:3] == "554"
		for x in ("DELE file", "RMD sub", "RNFR file", "MFMT 20200101000000 file", "SITE CHMOD 600 file"):
			assert cmd(x) == "550 Permission denied.", x
		cut("APPE file", b"xyz"); assert content("file") == b"old+1+2"
	'
}

@test "worm and append, which cannot remove it, leave no part of a new file, with FTP_ATOMIC=0 neither" {
	for mode in worm append; do
		mode "$mode" FTP_ATOMIC=0 ftp-session root
		upload_client 'cut("STOR new", b"abc"); cut("STOR none"); assert names() == ["file", "sub"], names()'
		unserve
	done
}

@test "append with a program shows it the whole file first" {
	mode append ftp-session root sh -c 'cat >seen; exit "$(cat verdict)"'
	echo 100 >verdict
	upload_client 'assert put("APPE file", b"+1")[:3] == "553"'
	assert_equal "$(cat seen root/file)" old+1old
	echo 0 >verdict
	upload_client 'assert put("APPE file", b"+1")[:3] == "226"'
	assert_equal "$(cat root/file)" old+1
}

@test "FTP_OVERWRITE=rename gives an upload another name in worm too" {
	mode worm FTP_OVERWRITE=rename ftp-session root
	upload_client 'assert put("STOR file", b"new")[:3] == "226"'
	assert_equal "$(cat root/file root/file.1)" oldnew
}

@test "MLST says what the mode allows" {
	local perm
	while read -r mode perm; do
		run -0 env FTP_MODE="$mode" bash -c 'printf "USER ftp\r\nPASS x\r\nOPTS MLST perm;\r\nMLST file\r\nMLST sub\r\nQUIT\r\n" | ftp-session root'
		assert_equal "$(sed -n 's/^ perm=\(.*\); .*/\1/p' <<<"$output" | tr '\n' ' ')" "$perm "
	done <<-'END'
		ro r el
		rw adfrw cdeflmp
		worm r celm
		append ar celm
	END
}

# A stronger wall than policy: the talker itself may not, whatever it came to want.
@test "the kernel refuses to remove and rename in drop, worm and append" {
	local probe=${PROBE:-$BIN/../.build/probe}/ftp-session
	for mode in rw drop worm append; do
		echo x >root/victim
		printf 'USER ftp\r\nPASS x\r\nNOOP remove root/victim\r\nNOOP rename root/file\r\nQUIT\r\n' |
			FTP_MODE=$mode timeout 10 "$probe" root >"got.$mode" 2>/dev/null
		cat "got.$mode"
	done
	run -0 grep -c 'The probe got through' got.rw
	assert_output 2
	mv root/file.probe root/file
	assert_equal "$(cat got.drop got.worm got.append | grep -c 'The probe failed')" 6
	assert_file_exists root/victim
}

@test "a talker changes no modes where clients may not, nor those of files elsewhere" {
	local probe=${PROBE:-$BIN/../.build/probe}/ftp-session
	echo x >elsewhere
	chmod 644 elsewhere
	for mode in ro drop worm append; do
		printf 'USER ftp\r\nPASS x\r\nNOOP chmod elsewhere\r\nQUIT\r\n' >sent
		run -111 bash -c 'FTP_MODE=$1 timeout 10 "$0" root <sent >got 2>log' "$probe" "$mode"
		run -0 grep -c 'forbidden.*call=fchmodat' log
	done
	assert_file_permission 644 elsewhere
}
