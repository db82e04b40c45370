# peak.py file program...: feed the file to the program through a pipe, then,
# before closing it, print the program's peak resident memory in kB.
import re, subprocess, sys

child = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
with open(sys.argv[1], "rb") as f:
    while block := f.read(1 << 20):
        child.stdin.write(block)
child.stdin.flush()
status = open("/proc/%d/status" % child.pid).read()
print(re.search(r"VmHWM:\s+(\d+)", status).group(1))
child.stdin.close()
sys.exit(child.wait(20))
