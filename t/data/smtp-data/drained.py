# drained.py file cut...: file to standard output, a pipe, cut at the offsets
# (negative: from the end); each piece is written when the reader took the last.
import array
import fcntl
import os
import sys
import termios
import time


def drained():
    left = array.array("i", [1])
    end = time.monotonic() + 5
    while left[0] and time.monotonic() < end:
        fcntl.ioctl(1, termios.FIONREAD, left)
        os.sched_yield()


sent = open(sys.argv[1], "rb").read()
cuts = [int(cut) % len(sent) for cut in sys.argv[2:]]
for begin, end in zip([0] + cuts, cuts + [len(sent)]):
    while begin < end:
        begin += os.write(1, sent[begin:min(end, begin + 65536)])
    drained()
