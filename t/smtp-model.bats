#!/usr/bin/env bats
# Sessions at random against a model of what they come to: t/data/smtp-model.py.
# The seeds are fixed; SEED and STEPS in the environment look further. A failure
# names its seed, with which it can be had again.

setup() { load helper; }

# agree steps NAME=value...: with these policies, smtp-session and the model.
agree() {
	local steps=$1
	shift
	run -0 env STEPS="${STEPS:-$steps}" SEED="${SEED:-1}" "$@" timeout 60 python3 "$DATA/smtp-model.py"
	assert_output ''
}

@test "replies, messages and log of sessions right, wrong and broken off are what the rules say" { agree 250; }

@test "the same with line ends left as they came" { agree 100 SMTP_EOL=crlf; }

@test "the same in LMTP" { agree 150 LMTP=1; }
