# chunks.py file count seconds: the file to standard output at once, then so many chunks
# of 1024 octets, each in one write, and so long between them, or until nobody reads.
import os
import sys
import time

os.write(1, open(sys.argv[1], "rb").read())
try:
    for _ in range(int(sys.argv[2])):
        os.write(1, b"BDAT 1024\r\n" + b"x" * 1024)
        time.sleep(float(sys.argv[3]))
except BrokenPipeError:
    pass
