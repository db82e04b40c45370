#!/usr/bin/env bats
# What is no mail: checkers that connect and go, scripts that end lines with LF,
# browsers and scanners at the wrong door. None of it costs a file or a process.

setup() {
	load helper
	load replay
	serve_replay ARRIVAL_SPOOL=nowhere
}

teardown() {
	assert nothing_came
	unserve
}

@test "nc -z every few seconds is a session that ends, and no error" {
	for _ in {1..10}; do timeout 5 nc -z 127.0.0.1 "$PORT"; done
	until_true no_sessions
	assert_equal "$(grep -c '^smtp ev=probe ' log)" 10
	assert_equal "$(wc -l <log)" 10
}

@test "SMTP_LOG=0 hides the checks from the log" {
	unserve
	rm log
	serve_replay ARRIVAL_SPOOL=nowhere SMTP_LOG=0
	for _ in {1..3}; do timeout 5 nc -z 127.0.0.1 "$PORT"; done
	says <<<$'220\t\n221 eof\tQUIT\\r\\n'
	until_true no_sessions
	assert_equal "$(cat log)" ''
}

@test "a check that reads the greeting and closes, by FIN or by RST" {
	says <<<$'220\t'
	says <<<$'220\t\n-\t@reset'
	until_true no_sessions
	run ! grep -E 'abort|killed|junk|warning' log
}

@test "a check by HELO, EHLO, NOOP or RSET and QUIT" {
	for verb in 'HELO check' 'EHLO check' NOOP RSET; do
		says <<-END
			220	
			250	$verb\r\n
			221 eof	QUIT\r\n
		END
	done
}

@test "EHLO through nc, ended by LF, is told what is wrong" {
	run -0 timeout 10 nc -q 1 127.0.0.1 "$PORT" < <(printf 'EHLO x\nQUIT\r\n')
	assert_line --index 0 --regexp '^220 [^ ]+ ESMTP'
	assert_line --index 1 --regexp '^500 .*LF'
	assert_line --index 2 --regexp '^221 '
}

@test "HTTP and TLS at this port get no reply, and are logged as junk" {
	run ! timeout 10 curl -sS -o page "http://127.0.0.1:$PORT/health" # it may have read the greeting or not
	assert_not_exists page
	run -35 timeout 10 curl -sS "https://127.0.0.1:$PORT/health"
	says <<<$'220\t\neof\tGET /health HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n'
	until_true no_sessions
	assert_equal "$(grep -c junk log)" 3
}
