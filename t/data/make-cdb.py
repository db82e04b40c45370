# make-cdb.py file key...: a cdb(5) file of keys with empty data, for tests.
import struct
import sys


def cdb_hash(key):
    h = 5381
    for c in key:
        h = ((h << 5) + h ^ c) & 0xFFFFFFFF
    return h


keys = [k.encode() for k in sys.argv[2:]]
records, slots, at = b"", [[] for _ in range(256)], 2048
for k in keys:
    h = cdb_hash(k)
    slots[h & 255].append((h, at))
    r = struct.pack("<II", len(k), 0) + k
    records += r
    at += len(r)
head, tables = b"", b""
for s in slots:
    n = 2 * len(s)
    head += struct.pack("<II", at + len(tables), n)
    table = [(0, 0)] * n
    for h, p in s:
        i = (h >> 8) % n
        while table[i][1]:
            i = (i + 1) % n
        table[i] = (h, p)
    tables += b"".join(struct.pack("<II", *t) for t in table)
open(sys.argv[1], "wb").write(head + records + tables)
