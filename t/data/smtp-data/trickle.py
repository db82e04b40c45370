# trickle.py file bytes chunk: the file to standard output at once, then so many bytes
# in pieces of chunk, fifty pieces a second, or until nobody reads them.
import sys
import time

sys.stdout.buffer.write(open(sys.argv[1], "rb").read())
left, chunk = int(sys.argv[2]), int(sys.argv[3])
while left > 0:
    sys.stdout.buffer.write(b"x" * min(left, chunk))
    try:
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        break
    left -= chunk
    time.sleep(0.02)
