#!/usr/bin/env bats
# SMTP_PARTIAL: what came of a message that broke off is kept for study, where asked.

setup() {
	load helper
	export SMTP_ANY=1
	envelope='EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\n'
	mkdir parts
}

# break_off bytes: as printf %b has them, behind the envelope; then the input ends.
break_off() {
	printf '%b' "$envelope$1" >sent
	run -1 bash -c 'timeout 10 smtp-session touch ran <sent >got 2>log'
	assert_file_not_exists ran
}

@test "without SMTP_PARTIAL nothing is kept" {
	break_off 'DATA\r\nS: t\r\n\r\nhalf'
	run ! grep ' partial=' log
	assert_equal "$(tree .)" $'644 ./got\n644 ./log\n644 ./sent'
}

@test "a message that breaks off in DATA is kept, mode 0600, named by the id in the log" {
	export SMTP_PARTIAL=parts
	break_off 'DATA\r\nS: t\r\n\r\n..dot\r\nhalf a li'
	name=$(sed -n 's/.* partial=\([0-9A-Z-]*\).*/\1/p' log)
	run -0 grep " id=$name .*stage=data .*bytes=23 .*partial=$name " log
	assert_equal "$(tree parts)" "600 ./$name"
	run -0 tail -n 4 "parts/$name"
	assert_output $'S: t\n\n.dot\nhalf a li'
	run -0 head -n 1 "parts/$name"
	assert_output --regexp '^Received: from c'
}

@test "one that breaks off inside a chunk, or between two, is kept too" {
	export SMTP_PARTIAL=$PWD/parts
	break_off 'BDAT 9\r\nS: t\r\n\r\nhBDAT 9 LAST\r\nalf'
	run -0 tail -n 1 parts/*
	assert_output half
	rm parts/*
	break_off 'BDAT 9\r\nS: t\r\n\r\nx'
	run -0 tail -n 1 parts/*
	assert_output x
	run -0 grep -c 'stage=bdat .*partial=' log
}

@test "a message larger than a block is kept to its last byte" {
	export SMTP_PARTIAL=parts
	break_off "DATA\\r\\n$(printf '%0600000d' 0)end"
	run -0 tail -c 4 parts/*
	assert_output 0end
	assert [ "$(stat -c %s parts/*)" -gt 600003 ]
}

@test "what is handed over, refused or reset leaves nothing there" {
	printf '%b' "${envelope}DATA\r\nx\r\n.\r\n${envelope}BDAT 3\r\na\r\nRSET\r\nEHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<c@d>\r\nBDAT 3\r\na\r\nEHLO c\r\nQUIT\r\n" >sent
	SMTP_PARTIAL=parts timeout 10 smtp-session true <sent >got
	assert_equal "$(tree parts)" ''
}

@test "no more than a hundred files are kept, and none is removed" {
	touch parts/{1..99}
	export SMTP_PARTIAL=parts
	break_off 'DATA\r\nhalf'
	assert_equal "$(tree parts | wc -l)" 100
	break_off 'DATA\r\nhalf'
	assert_equal "$(tree parts | wc -l)" 100
	run ! grep ' partial=[0-9A-Z]' log
	run -0 grep -c 'err .*partial=parts' log
}

@test "not more than 256 MiB are kept" {
	truncate -s 256M parts/large
	export SMTP_PARTIAL=parts
	break_off 'DATA\r\nhalf'
	assert_equal "$(tree parts)" '644 ./large'
}

@test "a directory that is not there or is full costs the copy and nothing else" {
	SMTP_PARTIAL=nowhere break_off 'DATA\r\nhalf'
	run -0 grep -c 'err .*partial=nowhere' log
	run -0 grep -c 'abort .*stage=data' log
	mount -t tmpfs -o size=64k tmpfs parts
	SMTP_PARTIAL=parts break_off "DATA\\r\\n$(printf '%0600000d' 0)" || true
	left=$(tree parts)
	umount parts
	assert_equal "$left" ''
}
