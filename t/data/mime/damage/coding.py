# R18 to R22: encodings.
from case import *

a, b, c = octets(), octets(), octets()
t = words()
lines = b64(a).split(b"\n")[:-1]


def base(title, encoded, data=a):
    case("R18", title, mail(mixed("b", head(BINARY, BASE64) + encoded, attached(b))), [data, b])


base("characters that are none, in every line", b"".join(l[:9] + b"*. \t!" + l[9:] + b"\n" for l in lines))
base("a padded group in the middle", b64(a[:100]) + b64(a[100:]))
base("two characters of the last group, no padding", b64(a[:697]).rstrip(b"=\n") + b"\n", a[:697])
base("a footer of a mailing list", b64(a) + b"\n" + b"_" * 47 + b"\nlist mailing list\nlist@example.org\n")
large = octets(75000)
base("one line of 100,000 characters", b64(large, 100000), large)
base("empty lines between, and blanks before", b"\n\n\t  ".join(lines) + b"\n")
base("each line is quoted", b"".join(b"> " + l + b"\n" for l in lines))


def quoted(title, encoded, data):
    case("R19", title, mail(mixed("b", head(BINARY, "Content-Transfer-Encoding: quoted-printable") + encoded + b"\n", attached(b))),
         [data, b])


pieces = [a[i : i + 24] for i in range(0, 696, 24)]
hexed = [b"".join(b"=%02X" % x for x in piece) for piece in pieces]
quoted("lower-case digits", b"=\n".join(hexed).lower(), b"".join(pieces))
quoted("blanks before line ends", b" \t\n".join(hexed), b"\n".join(pieces))
quoted("blanks after soft breaks", b"= \t\n".join(hexed), b"".join(pieces))
quoted("a soft break before the delimiter", b"".join(hexed) + b"=", b"".join(pieces))
quoted("equals signs that are not encoded", b"1=2 a==b =x= =3Dy=", b"1=2 a==b =x= =y")

every = bytes(range(256)) * 40 + b"x"
case("R20", "every byte there is, 8bit",
     mail(mixed("b", head(BINARY, "Content-Transfer-Encoding: 8bit") + every + b"\n", attached(a))), [every, a])
line = b"\r\0" + octets(200000).replace(b"\n", b"\0") + b"\0"
case("R20", "a line of 200,000 bytes and NUL, 7bit",
     mail(mixed("b", head(BINARY) + line + b"\n", attached(a))), [line, a])

case("R21", "text in CRLF lines", crlf(mail(mixed("b", text(t, "Content-Type: text/csv", named("t.csv"))))), [("t.csv", t)])
pages = t.replace(b" ", b"\r\n") + b"\rx"
case("R21", "text in base64 with CRLF in it", mail(mixed("b", head("Content-Type: text/csv", BASE64) + b64(pages))), [pages])
case("R21", "text whose mixed line ends matter", mail(mixed("b", head("Content-Type: text/x-diff") + pages + b"\n", attached(a))),
     [pages, a], "-e", "keep")

case("R22", "a uuencoded file in text", mail(head("X: y") + b"before\n\n" + uu(a) + b"\nafter\n"), [("u.bin", a), b"before\n\n\nafter\n"])
zeros = b"\0" * 90 + b[:600]
case("R22", "two files, the second without blanks at the ends of lines",
     mail(mixed("b", head() + uu(a, "1") + uu(zeros, "2").replace(b"`", b" ").replace(b" \n", b"\n"), attached(c))),
     [("1", a), ("2", zeros), b"", c])
case("R22", "x-uuencode as the encoding", mail(mixed("b", head(BINARY, "Content-Transfer-Encoding: x-uuencode") + uu(a), attached(b))),
     [a, b])
