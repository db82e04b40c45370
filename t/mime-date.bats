#!/usr/bin/env bats
# Dates of header fields: RFC 5322 3.3 and 4.3.

setup() { load helper; }

# seconds date: the moment it names, since 1970.
seconds() {
	printf %s "$1" | "$PROBE/mime-value" date | cut -d' ' -f1
	return "${PIPESTATUS[1]}"
}

@test "a date gives its moment, whatever its zone" {
	assert_equal "$(seconds 'Tue, 24 Nov 2026 14:35:28 +0000')" 1795530928
	assert_equal "$(seconds 'Tue, 24 Nov 2026 16:05:28 +0130')" 1795530928
	assert_equal "$(seconds 'Tue, 24 Nov 2026 09:35:28 -0500')" 1795530928
	assert_equal "$(seconds 'Thu, 1 Jan 1970 00:00:00 +0000')" 0
	assert_equal "$(seconds 'Wed, 31 Dec 1969 23:59:59 +0000')" -1
	assert_equal "$(seconds '29 Feb 2000 12:00:00 +0000')" 951825600
}

@test "comments, folds, a missing second and a missing day of the week do no harm" {
	assert_equal "$(seconds $'Tue (Tuesday),\r\n\t24 (x (y)) Nov 2026 14 : 35 (no second)\r\n +0000 (GMT)')" 1795530900
	assert_equal "$(seconds '24 Nov 2026 14:35')" 1795530900
	assert_equal "$(seconds 'Mon, 24-Nov-2026 14:35:28 GMT')" 1795530928
}

@test "years of two and three digits are those of the last century" {
	assert_equal "$(seconds '24 Nov 26 14:35:28 +0000')" 1795530928
	assert_equal "$(seconds '24 Nov 126 14:35:28 +0000')" 1795530928
	assert_equal "$(seconds '1 Jan 70 00:00:00 +0000')" 0
}

@test "the zones with names are those of RFC 5322, others are UTC" {
	local zone
	for zone in EDT=4 EST=5 CDT=5 CST=6 MDT=6 MST=7 PDT=7 PST=8 UT=0 GMT=0 Z=0 CEST=0 A=0; do
		assert_equal "$zone $(seconds "1 Jan 1970 00:00:00 ${zone%=*}")" "$zone $((${zone#*=} * 3600))"
	done
}

@test "what is no date is none" {
	local date
	for date in '' Tue '30 Feb 2026 00:00:00 +0000' '29 Feb 2026 00:00 +0000' '1 Foo 2026 00:00 +0000' \
		'32 Jan 2026 00:00 +0000' '1 Jan 2026 24:00 +0000' '1 Jan 2026 00:60 +0000' '1 Jan 2026 00:00:61 +0000' \
		'1 Jan 2026 00:00 +00' '1 Jan 2026 00:00 +0060' '1 Jan 20266 00:00 +0000' '1 Jan 2026' '2026-01-01T00:00:00Z' \
		'(((((' '1 Jan 2026 123:00 +0000' '1 Jan 6 00:00 +0000'; do
		run -1 seconds "$date"
	done
}

@test "dates agree with Python's for three hundred of them" {
	python3 - >dates <<-'END'
		import email.utils, random
		random.seed(5)
		for _ in range(300):
		    t = random.randrange(-2**31, 2**33)
		    print(t, email.utils.formatdate(t))
	END
	while read -r want date; do
		assert_equal "$(seconds "$date")" "$want"
	done <dates
}
