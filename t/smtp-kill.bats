#!/usr/bin/env bats
# Whoever is killed in the middle of a message: the program never runs, and nothing
# is left: no file, no process. RFC 5321 4.1.1.4.

setup() { load helper; }

# kill_in victim verb count
kill_in() {
	run -0 timeout 60 python3 "$DATA/smtp-data/kill.py" "$@"
	assert_output "$3"
}

@test "a client that goes at 600 places of DATA" { kill_in client data 600; }
@test "a client that goes at 600 places of BDAT" { kill_in client bdat 600; }
@test "a talker killed at 150 places of DATA" { kill_in talker data 150; }
@test "a talker killed at 150 places of BDAT" { kill_in talker bdat 150; }
@test "a monitor killed at 150 places of DATA takes its talker with it" { kill_in monitor data 150; }
@test "a monitor killed at 150 places of BDAT takes its talker with it" { kill_in monitor bdat 150; }
