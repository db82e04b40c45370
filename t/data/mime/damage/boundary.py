# R1 to R7: delimiters.
from case import *

a, b, c = octets(), octets(), octets()
t, u = words(), words()

case("R1", "an inner boundary that begins with the outer one",
     mail(mixed("abc", text(t), mixed("abcdef", attached(a), attached(b)), attached(c))), [t, a, b, c])
case("R1", "an inner boundary that is the outer delimiter",
     mail(mixed("section", text(t), mixed("--section", attached(a), attached(b)), attached(c))), [t, a, b, c])
case("R1", "a boundary of one dash", mail(mixed("-", text(t), attached(a))), [t, a])
case("R1", "blanks after delimiters",
     mail(mixed("b", text(t), attached(a))).replace(b"\n--b\n", b"\n--b \t\n").replace(b"--b--\n", b"--b--  \n"), [t, a])
log = b"x --b\n --b\n--bb\n--b x\n--b-\n--b--x\n" + t
case("R1", "text with lines like delimiters",
     mail(mixed("b", text(log), attached(a))), [log, a])

raw = octets().replace(b"\n", b"\r")
case("R2", "binary that ends with a line end",
     mail(mixed("b", head(BINARY, "Content-Transfer-Encoding: binary") + raw + b"\n\n", attached(a))), [raw + b"\n", a])
case("R2", "binary that ends with CR, in CRLF lines",
     crlf(mail(mixed("b", head(BINARY, "Content-Transfer-Encoding: binary") + b"DATA\n", attached(a)))).replace(b"DATA", raw + b"\r"),
     [raw + b"\r", a])
case("R2", "an empty part", mail(mixed("b", head(BINARY, named("e")), attached(a))), [("e", b""), a])

case("R3", "the same boundary inside and outside",
     mail(mixed("b", mixed("b", attached(a), attached(b)), attached(c))), [a, b, c])
case("R3", "an inner multipart that is not closed",
     mail(mixed("out", mixed("in", attached(a), attached(b), close=False), attached(c))), [a, b, c])
case("R3", "a message within, its multipart not closed",
     mail(mixed("o", head("Content-Type: message/rfc822") + mail(mixed("i", text(t), attached(a), close=False)), attached(b))),
     [t, a, b])
case("R3", "an outer boundary in use again two levels down",
     mail(mixed("b", mixed("c", mixed("b", attached(a)), attached(b)), attached(c))), [a, b, c])

case("R4", "no closing delimiter, base64", mail(mixed("b", text(t), attached(a), close=False)), [t, a])
case("R4", "no closing delimiter, binary, no line end",
     mail(mixed("b", text(t), head(BINARY, "Content-Transfer-Encoding: binary") + raw, close=False)), [t, raw])
cut = mail(mixed("b", text(t), attached(a), close=False))[:-9]
case("R4", "cut within a group of base64", cut,
     [t, base64.b64decode(b"".join(cut.split(b"\n\n")[-1].split()) + b"=" * 3)[: len(a)]])
case("R4", "cut after the delimiter and the header of a part", mail(mixed("b", attached(a), close=False)) + b"--b\nContent-Type: text/html\n",
     [a, b""])

case("R5", "a preamble and an epilogue that look like data",
     mail(mixed("b", attached(a)).replace(b"\n\n--b", b"\n\n" + b64(b) + b"--b", 1)) + b64(c), [a])
case("R5", "parts after the closing delimiter", mail(mixed("b", text(t))) + body("b", attached(a)), [t, a], "-E")
case("R5", "a closing delimiter between all parts",
     mail(mixed("b", text(t), attached(a), attached(b))).replace(b"\n--b\nContent-Type", b"\n--b--\n--b\nContent-Type"),
     [t, a, b], "-E")


def boundary(title, field, name):
    case("R6", title, mail(head("Content-Type: multipart/mixed" + field)) + body(name, text(t), attached(a)), [t, a])


boundary("a boundary in segments", '; boundary*0="one"; boundary*1=two', "onetwo")
boundary("a boundary with comments", "; (a) boundary (b) = (c) x (d)", "x")
boundary("a boundary with quoted pairs", r'; boundary="a\"b\\c"', 'a"b\\c')
boundary("blanks around the equals sign", ' ; boundary = "x y"', "x y")
boundary("no semicolon before it", " boundary=xyz", "xyz")
boundary("a line of its own, not indented", ';\nboundary="xyz"', "xyz")
boundary("no closing quote", '; boundary="xyz', "xyz")
boundary("blanks at its end", '; boundary="xyz  "', "xyz")
boundary("2048 bytes", "; boundary=" + "x" * 2048, "x" * 2048)
boundary("an empty one", '; boundary=""', "")

case("R7", "a multipart without boundary", mail(head("Content-Type: multipart/mixed")) + body("x", text(t, "Content-Type: text/plain"), attached(a)),
     [t, a])
case("R7", "no boundary, and a rule of dashes in the preamble",
     mail(head("Content-Type: multipart/mixed; charset=x")) + b"Hello\n-----\n-- \nMe\n" + body("xyz", attached(a), attached(b)), [a, b])
case("R7", "no header at all", body("x", text(t, "Content-Type: text/plain"), attached(a)), [t, a])
