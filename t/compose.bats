#!/usr/bin/env bats
# The one-line compositions of the README, as printed there.

setup() {
	load helper
	mkdir -p Maildir/tmp Maildir/new Maildir/cur drop scans pub
	echo 'snapshot' >drop/.keep
	rm drop/.keep
}
teardown() { unserve; }

one_letter() { assert_equal "$(find Maildir/new -type f | wc -l)" 1; }

@test "an upload by FTP becomes a message in a Maildir" {
	head -c 300000 /dev/urandom >'Bild vom Hof.jpg'
	export FTP_MODE=rw
	serve ftp-session ./drop sh -c 'mime-pack -f camera@lan -t me@example.org -s "$FTP_PATH" -n "$FTP_NAME" -a - | maildir-deliver Maildir'
	curl -sS --max-time 20 -T 'Bild vom Hof.jpg' "ftp://127.0.0.1:$PORT/Bild%20vom%20Hof.jpg"
	one_letter
	mkdir out
	mime-unpack -d out <Maildir/new/* >list
	cmp 'out/Bild vom Hof.jpg' 'Bild vom Hof.jpg'
	run -0 grep -c '^Subject: /Bild vom Hof.jpg' Maildir/new/*
	cmp 'drop/Bild vom Hof.jpg' 'Bild vom Hof.jpg'
}

@test "a message by SMTP becomes files" {
	head -c 300000 /dev/urandom >scan.pdf
	mime-pack -f scanner@lan -t me@example.org -s scan -a scan.pdf </dev/null >letter
	export SMTP_ANY=1
	serve smtp-session mime-unpack -d ./scans
	curl -sS --max-time 20 "smtp://127.0.0.1:$PORT" --mail-from scanner@lan --mail-rcpt me@example.org --crlf -T letter
	cmp scans/scan.pdf scan.pdf
}

@test "a report by mime-pack and maildir-deliver in a pipeline" {
	echo pdf >report.pdf
	df -h | mime-pack -f cron@host -t me@example.org -s disks -a report.pdf | maildir-deliver ./Maildir
	one_letter
	run -0 mime-unpack -c -t text/plain <Maildir/new/*
	assert_output --partial Filesystem
}

@test "a refusal of the program reaches the FTP client and the file does not appear" {
	export FTP_MODE=rw
	serve ftp-session ./drop sh -c 'echo "5.7.1 Only pictures"; exit 100'
	echo x >note.txt
	run ! curl -sS -v --max-time 20 -T note.txt "ftp://127.0.0.1:$PORT/note.txt"
	assert_output --partial '553'
	assert_equal "$(find drop -type f | wc -l)" 0
}

@test "a program that fails for now is 451, and one that has taken the upload leaves no file" {
	export FTP_MODE=rw
	echo x >note.txt
	serve ftp-session ./drop sh -c 'exit 75'
	run ! curl -sS -v --max-time 20 -T note.txt "ftp://127.0.0.1:$PORT/note.txt"
	assert_output --partial '451'
	unserve
	serve ftp-session ./drop sh -c 'cat >taken; exit 99'
	curl -sS --max-time 20 -T note.txt "ftp://127.0.0.1:$PORT/note.txt"
	cmp taken note.txt
	assert_equal "$(find drop -type f | wc -l)" 0
}

@test "an upload that maildir-deliver adopted is a file of its own: appending changes no message" {
	export FTP_MODE=rw
	serve ftp-session ./drop maildir-deliver ./Maildir
	printf 'Subject: t\n\nbody\n' >letter
	curl -sS --max-time 20 -T letter "ftp://127.0.0.1:$PORT/letter"
	unserve
	serve ftp-session ./drop
	curl -sS --max-time 20 -a -T letter "ftp://127.0.0.1:$PORT/letter"
	cmp letter Maildir/new/*
	cat letter letter | cmp - drop/letter
	assert_equal "$(stat -c %a:%h Maildir/new/*)" 600:1
	assert_equal "$(stat -c %h drop/letter)" 1
}
