#!/usr/bin/env bats
# The end of mail data and its dots, by blocks: RFC 5321 4.1.1.4, 4.5.2.

setup() { load helper; }

@test "decoding by blocks gives what decoding by bytes gives, at every cut" {
	run -0 timeout 60 "$PROBE/dot-same"
	assert_output --regexp '^[0-9]{7} cuts agree$'
}
