# cuts.py dir program...: whether the program says the same, and exits alike, for
# each file of the directory in reads of 1, 2, 3, 61 and 4096 bytes. Of what is
# over 100,000 bytes there are but the two larger ones.
import os, subprocess, sys

sys.dont_write_bytecode = True
from cut import run


def said(size, data, program):
    with run(size, data, program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        return child.communicate(timeout=20), child.returncode


files = sorted(os.scandir(sys.argv[1]), key=lambda f: f.name)
for file in files:
    data = open(file, "rb").read()
    whole = said(1 << 16, data, sys.argv[2:])
    for size in (1, 2, 3, 61, 4096)[3 * (len(data) > 100000) :]:
        if said(size, data, sys.argv[2:]) != whole:
            print(f"{file.name}: other in pieces of {size}")
print(len(files), "files")
