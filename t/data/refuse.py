# refuse.py CALL=ERRNO[:files]... -- command...: run command, for which the
# kernel refuses these system calls, whatever filters of its own it adds; with
# ":files" only those whose first argument is a descriptor from 4 to 15, with
# ":nameless" those of openat(2) with O_TMPFILE, with ":descriptor" those of
# linkat(2) with AT_EMPTY_PATH.
import ctypes
import errno
import os
import sys


class Comparison(ctypes.Structure):
    _fields_ = [("argument", ctypes.c_uint), ("operator", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


ALLOW, ERRNO, MASKED = 0x7FFF0000, 0x00050000, 7
FILES = [Comparison(0, MASKED, 0xFFFFFFFC, 4), Comparison(0, MASKED, 0xFFFFFFF8, 8)]
NAMELESS = [Comparison(2, MASKED, os.O_TMPFILE, os.O_TMPFILE)]
DESCRIPTOR = [Comparison(4, MASKED, 0x1000, 0x1000)]
LIMITS = {"": [None], "files": FILES, "nameless": NAMELESS, "descriptor": DESCRIPTOR}
lib = ctypes.CDLL("libseccomp.so.2")
lib.seccomp_init.restype = ctypes.c_void_p
context = ctypes.c_void_p(lib.seccomp_init(ctypes.c_uint32(ALLOW)))
end = sys.argv.index("--")
for rule in sys.argv[1:end]:
    call, what = rule.split("=")
    what, _, limit = what.partition(":")
    action = ctypes.c_uint32(ERRNO | getattr(errno, what))
    number = lib.seccomp_syscall_resolve_name(call.encode())
    for compare in LIMITS[limit]:
        assert lib.seccomp_rule_add_array(context, action, number, int(compare is not None),
                                          ctypes.byref(compare) if compare else None) == 0, rule
assert lib.seccomp_load(context) == 0
os.execvp(sys.argv[end + 1], sys.argv[end + 1:])
