# R27 to R30: what is large, what is nameless, what lies across reads.
from case import *

a, b, c = octets(), octets(), octets()
t = words()


def deep(levels):
    entity = attached(a)
    for i in range(levels):
        entity = mixed(f"b{i}", entity)
    return mail(entity)


case("R27", "90 multiparts within each other", deep(90), [a])
case("R27", "300 multiparts within each other", deep(300), [a], "-x", "depth=1000")
case("R27", "a field of 200,000 bytes before those that count", b"X-Spam: " + b"x" * 200000 + b"\n" + mail(mixed("b", attached(a))), [a])
case("R27", "2 MiB of fields before those that count", b"X-Spam: xxxxxxxxxxxxxxxxxxxxxxx\n" * 65536 + mail(mixed("b", attached(a))), [a],
     "-x", "header=0")
case("R27", "300 parameters before the boundary",
     mail(head("Content-Type: multipart/mixed" + "".join(f";\n x{i}=y" for i in range(300)) + "; boundary=b")) + body("b", attached(a)), [a])

case("R28", "a picture and a message without names",
     mail(mixed("b", head("Content-Type: image/png", BASE64) + b64(a), head("Content-Type: message/rfc822") + mail(attached(b)))),
     [("part-1.png", a), b])
case("R29", "a message in a message in a message",
     mail(mixed("b", text(t), head("Content-Type: message/rfc822") + mail(mixed("c", head("Content-Type: message/rfc822") + mail(
         mixed("d", attached(a))), attached(b))), attached(c))), [t, a, b, c])

# What belongs together lies on both sides of where reads may end.
start = mail(b"X: HERE\n" + mixed("b", text(t), attached(a)))
fill = b"x" * (4096 - start.index(b"\n\n--b") + 3)
case("R30", "an empty line across byte 4096", start.replace(b"HERE", fill), [t, a])
for at in (4096, 65536):
    start = mail(mixed("b", head(BINARY, "Content-Transfer-Encoding: binary") + b"HERE\n", attached(a)))
    data = octets(at - start.index(b"HERE") - 2)
    case("R30", f"a delimiter across byte {at}", start.replace(b"HERE", data), [data, a])
