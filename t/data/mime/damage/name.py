# R23 to R26: names and labels. The bytes are like any other; the name counts too.
import base64

from case import *


def name(rule, title, want, *lines):
    a, b = octets(300), octets(300)
    typed = lines[0].startswith("Content-Type")
    case(rule, title, mail(mixed("b", head(*([] if typed else [BINARY]), BASE64, *lines) + b64(a), attached(b))), [(want, a), b])


def word(data, charset="utf-8"):
    return f"=?{charset}?B?{base64.b64encode(data).decode()}?="


name("R23", "a character cut in two between encoded words", "ré€.bin",
     named(f'"{word("ré€".encode()[:5])}'), f' {word("€.bin".encode()[2:])}"')
name("R23", "encoded words glued to text, one without padding", "x-é-é.bin",
     named(f'"x-{word("é-".encode())}{word("é".encode()).replace("=?=", "?=")}.bin"'))
name("R24", "filename* after filename after name", "right.bin", "Content-Type: a/b; name=wrong",
     "Content-Disposition: attachment; filename=wrong; filename*=utf-8''right.bin")
name("R24", "segments in any order, the first not encoded", "one two é.bin",
     "Content-Disposition: attachment;", ' filename*2*=%C3%A9.bin; filename*1=" two "; filename*0=one')
name("R24", "an encoded word across segments", "ähm.bin",
     "Content-Disposition: attachment;", ' filename*0="=?utf-8?Q?=C3="; filename*1="A4hm.bin?="')
name("R24", "blanks and no quotes", "My Paper final.bin", named("My Paper final.bin"))
name("R24", "a quote that is not closed", "My Paper.bin", named('"My Paper.bin'))
name("R25", "an extended value without charset", "é.bin", "Content-Disposition: attachment; filename*=''%C3%A9.bin")
name("R25", "an extended value in quotes, with a bad escape", "é%zz.bin",
     "Content-Disposition: attachment; filename*=\"utf-8''%C3%A9%zz.bin\"")
name("R26", "gb2312 that is gbk", "镕.bin", named(f'"{word("镕.bin".encode("gbk"), "gb2312")}"'))
