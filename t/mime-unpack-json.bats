#!/usr/bin/env bats
# mime-unpack -j: one JSON object for each part.

setup() { load helper; }

# ask expression: of the list of objects x, one per line of standard input, in Python.
ask() { python3 -c 'import json, sys; x = [json.loads(l) for l in sys.stdin.buffer.read().decode().splitlines()]; print('"$1"')'; }

@test "the objects say what the records say" {
	local name
	mime-unpack -q -j <"$DATA/mime/nested.eml" >objects
	mime-unpack -q -L <"$DATA/mime/nested.eml" | sed '$d' >records
	ask '"\n".join("\t".join("-" if v is None else str(v) for k, v in o.items() if k in ("section", "class", "type", "charset", "cte", "disposition", "size", "header_offset", "body_offset", "end_offset", "name")) for o in x[:-1])' <objects >got
	cut -f 1-10,13 records | cmp - got
	for name in cid path; do assert_equal "$(ask "{o['$name'] for o in x[:-1]}" <objects)" '{None}'; done
	assert_equal "$(ask 'x[-1]' <objects)" "{'end': True, 'status': 0, 'bytes': $(stat -c %s "$DATA/mime/nested.eml")}"
}

@test "a message, also an attached one, has its Subject, From, Date and Message-ID on its first part" {
	printf '%s\n' 'Message-ID: <outer@x>' 'Subject: =?utf-8?Q?=C3=A9t=C3=A9?= "x" \y' 'From: A <a@b>' \
		'Date: Tue, 24 Nov 2026 14:35:28 +0000' 'Content-Type: message/rfc822' '' \
		'message-id:  <inner@x>' 'Content-Type: multipart/mixed; boundary=b' '' '--b' 'Subject: none' '' x '--b--' >message
	mime-unpack -q -j <message >objects
	assert_equal "$(ask '[(o["section"], o["message_id"]) for o in x[:-1] if "message_id" in o]' <objects)" \
		"[('1', '<outer@x>'), ('1.0', '<inner@x>')]"
	assert_equal "$(ask 'x[0]["subject"] + "|" + x[0]["from"] + "|" + x[0]["date"]' <objects)" \
		'été "x" \y|A <a@b>|Tue, 24 Nov 2026 14:35:28 +0000'
	assert_equal "$(ask 'x[1]["subject"]' <objects)" None
}

@test "params has the decoded parameters, segments joined" {
	printf '%s\n' 'Content-Type: application/pdf; X=1; y="a; b";' " name*0*=utf-8''R%C3%A4; name*1=t.pdf" '' x >message
	run -0 ask 'x[0]["params"]' < <(mime-unpack -q -j <message)
	assert_output "{'x': '1', 'y': 'a; b', 'name': 'Rät.pdf'}"
}

# lost line: the codes, the size of what is given of `a` and the status for a message of that header.
lost() {
	printf 'MIME-Version: 1.0\n%s\n\nx\n' "$1" | mime-unpack -qq -j >objects && status=0 || status=$?
	ask '(x[0]["codes"], len((x[0]["params"].get("a") or x[0]["subject"] or "").encode())), '"$status" <objects
}

@test "what -j does not give of a value is limit-field, exit 3" {
	local x
	x=$(printf 'x%.0s' {1..4096})
	assert_equal "$(lost "Content-Type: b/c; a=$x")" '([], 4096) 0'
	assert_equal "$(lost "Content-Type: b/c; a=x$x")" "(['limit-field'], 4096) 3"
	assert_equal "$(lost "Content-Type: b/c; a*0=${x:96}; a*1=${x:3990}")" "(['limit-field'], 4096) 3"
	assert_equal "$(lost "Content-Type: b/c; a=\"x$(printf 'é%.0s' {1..2048})\"")" "(['limit-field', '8bit-hdr'], 4095) 3"
	assert_equal "$(lost "Content-Type: b/c$(printf ';a*%d=x' {0..99})")" '([], 100) 0'
	assert_equal "$(lost "Content-Type: b/c$(printf ';a*%d=x' {0..100})")" "(['limit-field'], 100) 3"
	assert_equal "$(lost "Content-Type: b/c$(printf ';a*%d' {0..99});a*100=x")" "(['limit-field'], 0) 3"
	assert_equal "$(lost "Subject: $x")" '([], 4096) 0'
	assert_equal "$(lost "Subject: x$x")" "(['limit-field'], 4096) 3"
}

@test "hostile bytes come out as valid, plain JSON" {
	printf 'Content-Disposition: attachment; filename="a\033[31m\001\302\202\xe2\x80\xae\\"\\\\x\x7f"\n\nx\n' >message
	mime-unpack -qq -j <message >objects
	run -1 grep -P '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80\xae' objects
	assert_equal "$(ask 'ascii(x[0]["name"])' <objects)" "'a\\x1b[31m\\x01\\x82\\u202e\"\\\\x\\x7f'"
}

@test "codes are an array, and the selection holds" {
	run -0 ask '[(o["section"], o["codes"]) for o in x[:-1]]' < <(mime-unpack -qq -j -s 2 <"$DATA/mime/course.eml")
	assert_output "[('2', [])]"
	printf 'Content-Transfer-Encoding: q\nContent-Type: x\n\ny\n' >message
	run -0 ask '(x[0]["codes"], x[0]["cte"])' < <(mime-unpack -qq -j <message)
	assert_output "(['unk-cte', 'no-mime-version', 'no-subtype'], '?q')"
}
