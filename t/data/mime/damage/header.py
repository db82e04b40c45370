# R8 to R17: headers, and what they claim.
import quopri

from case import *

a, b = octets(), octets()
t = words()
inner = mixed("in", text(t), attached(a))

case("R8", "a multipart that says base64 and is not",
     mail(BASE64.encode() + b"\n" + mixed("b", text(t), attached(a))), [t, a])
case("R8", "a multipart in base64",
     mail(head('Content-Type: multipart/mixed; boundary="in"', BASE64)) + b64(body("in", text(t), attached(a))), [t, a])
case("R8", "a message in base64", mail(mixed("b", head("Content-Type: message/rfc822", BASE64) + b64(mail(inner)), attached(b))),
     [t, a, b])
case("R8", "a message in quoted-printable",
     mail(mixed("b", head("Content-Type: message/rfc822", "Content-Transfer-Encoding: quoted-printable")
                + quopri.encodestring(mail(inner)), attached(b))), [t, a, b])

case("R9", "a line that is no field among the fields", mail(b"this is no field\n" + attached(a)), [a])
case("R9", "no empty line before the text", b"Subject: x\n" + t + b"\n\nX: y\n", [t + b"\n\nX: y\n"])
case("R9", "no empty line before base64", mail(mixed("b", attached(a).replace(b"\n\n", b"\n"), attached(b))), [a, b])
case("R9", "a delimiter right after the fields", mail(mixed("b", attached(a), attached(b))).replace(b"\n\n--b\n", b"\n--b\n", 1), [a, b])

case("R10", "a byte order mark", b"\xef\xbb\xbf" + head("Content-Type: multipart/mixed; boundary=b") + body("b", attached(a)), [a])
case("R10", "empty lines before the header", b"\n\r\n\n" + mail(attached(a)), [a])
case("R10", "an mbox line", b"From a@b.example Thu Jan  1 00:00:00 1970\n" + mail(attached(a)), [a])

case("R11", "a header with LF, a body with CRLF",
     mail(head("Content-Type: multipart/mixed; boundary=b")) + crlf(body("b", text(t), attached(a))), [t, a])
case("R11", "LF and CRLF in turns", b"".join(l + (b"\n", b"\r\n")[i % 2] for i, l in enumerate(
    mail(mixed("b", text(t), attached(a))).split(b"\n")[:-1])), [t, a])
case("R11", "CR alone", mail(mixed("b", text(t), attached(a), attached(b))).replace(b"\n", b"\r"), [t.replace(b"\r", b"\n"), a, b])

case("R12", "a continuation line of blanks",
     mail(head("Content-Type: multipart/mixed;", " \t", " boundary=b")) + body("b", text(t), attached(a)), [t, a])
case("R12", "blanks before the colon", mail(attached(a).replace(b":", b" \t:")), [a])

multi = "Content-Type: multipart/mixed; boundary=b"
case("R13", "Content-Type twice, the second a multipart", mail(head("Content-Type: text/plain", multi)) + body("b", text(t), attached(a)),
     [t, a])
case("R13", "Content-Type twice, the first cannot be read", mail(head("Content-Type: ???", multi)) + body("b", text(t), attached(a)),
     [t, a])
case("R13", "encoded, and then again 7bit", mail(attached(a, "Content-Transfer-Encoding: 7bit")), [a])

for title, value in (("a blank after it", "base64 "), ("quotes", '"base64"'), ("comments", "(x (y)) BASE64; (z)")):
    case("R14", "an encoding with " + title, mail(attached(a).replace(b" base64", b" " + value.encode())), [a])
case("R14", "an encoding that nobody knows", mail(head(BINARY, "Content-Transfer-Encoding: x-none") + a), [a])

case("R15", "a type that cannot be read", mail(head("Content-Type: =?x; ", BASE64, named("x.bin")) + b64(a)), [("x.bin", a)])
case("R15", "messages in a digest", mail(mixed("b", b"\n" + mail(attached(a)), b"\n" + mail(inner), kind="digest")), [a, t, a])

case("R16", "no MIME-Version", b"Subject: x\n" + mixed("b", text(t), attached(a)), [t, a])

case("R17", "UTF-8 in a header", mail(attached(a, "Content-Disposition: attachment; filename=\"Grüße €.bin\"")),
     [("Grüße €.bin", a)])
case("R17", "Latin in a header", mail(attached(a, named('"').encode() + b'Gr\xfc\xdfe.bin"')), [("Grüße.bin", a)])
