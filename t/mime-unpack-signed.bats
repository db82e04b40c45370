#!/usr/bin/env bats
# mime-unpack -S: the exact bytes that a signature covers.

setup() { load helper; }

# smime: a message signed by a new key, as a file called message; its certificate is called cert.
smime() {
	openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -days 2 -subj /CN=t 2>/dev/null
	printf 'Content-Type: text/plain\n\nPay 10 to\n--nobody\n\n' >content
	openssl smime -sign -in content -signer cert -inkey key >message 2>/dev/null
}

# verified: openssl accepts message, and says no when a byte of the text is another one.
verified() {
	mime-unpack -q -c -k sig <message >signature
	mime-unpack -q -S <message | openssl smime -verify -inform DER -in signature -content /dev/stdin -CAfile cert >/dev/null
	run -4 openssl smime -verify -inform DER -in signature -content <(mime-unpack -q -S <message | sed 's/10/11/') -CAfile cert
}

@test "openssl verifies what -S prints of an S/MIME message, with LF and with CRLF" {
	smime
	verified
	sed -i 's/\r$//; s/$/\r/' message
	verified
	sed -i 's/\r$//' message
	verified
}

@test "an S/MIME message inside another one is found by its section" {
	smime
	{
		printf 'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n'
		sed '1,/^Content-Type/ { /^Content-Type/!d }' message
		printf '\n--b--\n'
	} >outer
	mime-unpack -q -S -s 1.0 <outer | cmp - <(mime-unpack -q -S <message)
	run -1 mime-unpack -q -S -s 1.1 <outer
	assert_output ''
}

@test "gpgv verifies what -S prints of an OpenPGP message that lost its CR on the way" {
	mime-unpack -q -c -k sig <"$DATA/mime/signed.eml" >signature
	mime-unpack -q -S <"$DATA/mime/signed.eml" | gpgv -q --keyring "$DATA/mime/signed.gpg" signature -
	mime-unpack -q -S <"$DATA/mime/signed.eml" | sed s/blank/plank/ >other
	run -1 gpgv -q --keyring "$DATA/mime/signed.gpg" signature other
}

@test "-S prints header and body, delimiters inside included, without the last line end" {
	mime-unpack -q -S <"$DATA/mime/signed.eml" >got
	head -n 3 got | cmp - <(printf 'Content-Type: multipart/mixed; boundary="in"\r\n\r\n--in\r\n')
	assert_equal "$(tail -c 8 got | od -An -c | tr -d ' ')" '--in--\r\n'
	run -1 mime-unpack -q -S <"$DATA/mime/nested.eml"
	assert_output ''
}

@test "however the input is cut, -S prints the same" {
	local size
	mime-unpack -q -S <"$DATA/mime/signed.eml" >whole
	for size in 1 2 3 61; do
		python3 "$DATA/mime/cut.py" "$size" "$DATA/mime/signed.eml" "$BIN/mime-unpack" -q -S | cmp - whole
	done
}
