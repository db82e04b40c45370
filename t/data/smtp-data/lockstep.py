# lockstep.py chunk... -- program...: run program, write the chunks (escapes as
# printf %b has them) to its standard input, each once there is one more whole
# reply than before; behind one that begins with + none is waited for. Prints
# what comes back; exits as the program does.
import subprocess
import sys

end = sys.argv.index("--")
p = subprocess.Popen(sys.argv[end + 1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)


def reply():
    while True:
        got = p.stdout.readline()
        sys.stdout.buffer.write(got)
        if not got or got[3:4] == b" ":
            return


reply()
for chunk in sys.argv[1:end]:
    p.stdin.write(chunk.lstrip("+").encode().decode("unicode_escape").encode("latin-1"))
    if not chunk.startswith("+"):
        reply()
p.stdin.close()
sys.stdout.buffer.write(p.stdout.read())
sys.stdout.buffer.flush()
sys.exit(p.wait(10))
