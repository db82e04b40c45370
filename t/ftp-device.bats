#!/usr/bin/env bats
# What cameras, printers and other boxes say, replayed as they say it: each test
# is a dialogue some device or its users reported. A device does not read what
# it is told beyond the code, and gives up on one it does not expect.

setup() {
	load helper
	mkdir root
	export FTP_MODE=rw
	head -c 30000 /dev/urandom >photo
}
teardown() { unserve; }

# device: the exchange on standard input, typed by t/data/typist.py.
device() { timeout 30 tcpclient -RHl0 127.0.0.1 "$PORT" python3 "$DATA/typist.py"; }

@test "a camera that asks for space with ALLO and hangs up on 202 (Dahua)" {
	serve ftp-session root
	run -0 device <<-'END'
		220	
		331	USER ftp
		230	PASS camera
		200	TYPE I
		250	CWD /
		257	MKD DCIM
		250	CWD DCIM
		227	PASV
		200	ALLO 30000
		150 226	@put photo STOR 12.00.00[M][0@0][0].jpg
		350	RNFR 12.00.00[M][0@0][0].jpg
		250	RNTO 12.00.00[M][0@0][1].jpg
		221	QUIT
	END
	cmp photo 'root/DCIM/12.00.00[M][0@0][1].jpg'
}

@test "a printer that spells its types in its own way, active only (Lexmark)" {
	serve ftp-session root
	run -0 device <<-'END'
		220	
		331	USER anonymous
		230	PASS printer@
		200	type i
		200	TYPE L 8
		200	TYPE A N
		200	type a n
		200	TYPE L8
		200	MODE S
		200	STRU F
		200	PORT A,B,C,D,P1,P2
		150 226	@put photo STOR scan0001.pdf
		200	PORT A,B,C,D,P1,P2
		150 226	@put photo STOR scan0002.pdf
		221	QUIT
	END
	cmp photo root/scan0001.pdf
	cmp photo root/scan0002.pdf
}

@test "a scanner that lets the server choose the name (STOU), with a name and without" {
	serve ftp-session root
	run -0 device <<-'END'
		220	
		331	USER ftp
		230	PASS x
		200	TYPE I
		227	PASV
		150 226	@put photo STOU
		227	PASV
		150 226	@put photo STOU
		227	PASV
		150 226	@put photo STOU scan.tif
		221	QUIT
	END
	assert_equal "$(ls root)" $'ftp\nftp.1\nscan.tif'
	cmp photo root/ftp.1
}

@test "a camera that writes two slashes, finds nothing, and makes its directory (Reolink)" {
	serve ftp-session root
	run -0 device <<-'END'
		220	
		331	USER ftp
		230	PASS x
		550	CWD //camera_test
		257	MKD //camera_test
		250	CWD //camera_test
		257	PWD
		200	TYPE I
		229	EPSV
		150 226	@put photo STOR reolink_test_file
		250	DELE reolink_test_file
		250	CWD //
		250	RMD //camera_test
		221	QUIT
	END
	assert_line '257 "/camera_test" is the current directory'
	run -0 ls -A root
	assert_output ''
}

@test "a camera that makes a deep path level by level with the old verbs" {
	serve ftp-session root
	run -0 device <<-'END'
		220	
		331	USER ftp
		230	PASS x
		550	CWD /cam1/2024/05/06
		257	XMKD cam1
		250	XCWD cam1
		257	XMKD 2024
		250	XCWD 2024
		257	XMKD 05
		250	XCWD 05
		257	XMKD 06
		250	XCWD 06
		257	XPWD
		200	TYPE I
		227	P@SW
		150 226	@put photo STOR a.jpg
		250	XCUP
		550	XMKD 06
		250	CWD /cam1/2024/05/06
		213	SIZE a.jpg
		221	QUIT
	END
	cmp photo root/cam1/2024/05/06/a.jpg
	assert_line '257 "/cam1/2024/05/06" is the current directory'
}

@test "a camera that stores into directories nobody made: with FTP_AUTOMKDIR, and 550 without" {
	serve env FTP_AUTOMKDIR=1 ftp-session root
	run -0 device <<-'END'
		220	
		331	USER ftp
		230	PASS x
		200	TYPE I
		227	PASV
		150 226	@put photo STOR 2024Y05M06D07H/E1/08M09S00.mp4
		227	PASV
		150 226	@put photo STOR /2024Y05M06D07H/E1/08M09S01.mp4
		221	QUIT
	END
	cmp photo root/2024Y05M06D07H/E1/08M09S00.mp4
	cmp photo root/2024Y05M06D07H/E1/08M09S01.mp4
	unserve
	serve ftp-session root
	run -0 device <<-'END'
		220	
		331	USER ftp
		230	PASS x
		227	PASV
		550	STOR none/E1/x.mp4
	END
}

@test "a microcontroller that says CWD and a blank, and lists with MLSD" {
	mkdir root/sub
	serve ftp-session root
	run -0 device <<-'END'
		220	
		331	USER ftp
		230	PASS x
		215	SYST
		250	CWD 
		200	Type I
		227	PASV
		150 226	MLSD
		227	PASV
		150 226	@put photo STOR log.txt
		213	MDTM log.txt
		227	PASV
		150 226	@put photo APPE log.txt
		221	QUIT
	END
	run -0 grep -c '^type=dir;.*; sub.$' data
	cat photo photo | cmp - root/log.txt
}

@test "Windows and the Explorer: OPTS UTF8 ON before USER, site help, noop, a listing of the root" {
	mkdir 'root/Neuer Ordner'
	serve ftp-session root
	run -0 device <<-'END'
		220	
		200	OPTS UTF8 ON
		331	USER anonymous
		230	PASS IEUser@
		200	opts utf8 on
		215	syst
		214	site help
		257	PWD
		250	CWD /
		200	TYPE A
		200	PORT A,B,C,D,P1,P2
		150 226	NLST -l
		200	noop
		200	PORT A,B,C,D,P1,P2
		150 226	LIST
		250	CWD /Neuer Ordner/
		221	QUIT
	END
	run -0 grep -c '^drwxr-xr-x .* Neuer Ordner.$' data
}

@test "a player that lists with options and a path (LIST -al dir), and sends USER's password whatever was said" {
	mkdir -p root/games
	: >root/games/one.iso
	serve ftp-session root
	run -0 device <<-'END'
		220	
		331	USER anonymous
		230	PASS
		230	PASS again
		200	TYPE I
		227	PASV
		150 226	NLST games/one.iso
		227	PASV
		150 226	LIST -al games
		227	PASV
		550	LIST -al none
		221	QUIT
	END
	run -0 grep -c '^-rw-r--r-- .* one.iso.$' data
}

@test "a logger that sends its command byte by byte, in small letters, ending lines with LF" {
	mkdir root/in
	serve ftp-session root
	cat >slow.py <<-'END'
		import socket, sys
		c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10); c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
		for b in b"user ftp\npass x\ncwd in\npwd\nquit\n": c.sendall(bytes([b]))
		sys.stdout.write(c.makefile("rb").read().decode())
	END
	run -0 timeout 10 python3 slow.py "$PORT"
	assert_line --partial '257 "/in" is the current directory'
	assert_line --partial '221 Goodbye.'
}
