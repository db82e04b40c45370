#!/usr/bin/env bats
# What is sent is what the program gets, by DATA and BDAT: RFC 5321 2.4, RFC 3030 2.

setup() { load helper; }

@test "bodies of every kind arrive byte for byte, CRLF as LF" {
	run -0 timeout 60 python3 "$DATA/smtp-data/bodies.py" lf
	assert_output 45
}

@test "bodies of every kind arrive byte for byte with SMTP_EOL=crlf" {
	run -0 timeout 60 python3 "$DATA/smtp-data/bodies.py" crlf
	assert_output 45
}
