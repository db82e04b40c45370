# typist-pty.py line... -- program...: run program on a terminal of its own, type
# each line when it prompts, print what the terminal showed; exits as it does.
# The line ^C is that key.
import os
import pty
import sys

at = sys.argv.index("--")
lines = [b"\x03" if l == "^C" else l.encode() + b"\n" for l in sys.argv[1:at]]
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[at + 1], sys.argv[at + 1 :])
shown = b""
asked = b""
while True:
    try:
        got = os.read(fd, 4096)
    except OSError:
        break
    if not got:
        break
    shown += got
    asked += got
    if asked.endswith(b": ") and lines:
        os.write(fd, lines.pop(0))
        asked = b""
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
