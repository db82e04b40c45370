#!/usr/bin/env python3
# What qmail-queue(8) says of its interface, and no more: the message is read from
# descriptor 0 to its end, then the envelope from descriptor 1, and both are kept
# in the directory QUEUE. 54: cannot be read, 91: the envelope is not well-formed.
import os, sys


def whole(fd):
    data = b""
    while piece := os.read(fd, 999):
        data += piece
    return data


def envelope(data):
    if not data.endswith(b"\0\0") or not data.startswith(b"F"):
        sys.exit(91)
    sender, *recipients = data[1:-2].split(b"\0")
    if not all(r.startswith(b"T") and b"@" in r for r in recipients):
        sys.exit(91)
    return [sender] + [r[1:] for r in recipients]


try:
    message, addresses = whole(0), envelope(whole(1))
except OSError:
    sys.exit(54)
name = os.path.join(os.environ["QUEUE"], os.environ["ARRIVAL_ID"])
open(name + ".message", "wb").write(message)
open(name + ".envelope", "wb").write(b"\n".join(addresses) + b"\n")
