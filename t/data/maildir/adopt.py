"""adopt.py DIR FILE PROGRAM...: run PROGRAM with a nameless copy of FILE, made in DIR, on
descriptor 0: what a session gives to the program of an arrival. HOW=excl makes it one that
cannot be linked, HOW=unlinked one that had a name."""
import os
import sys

where, source = sys.argv[1:3]
how = os.environ.get("HOW", "")
if how == "unlinked":
    path = os.path.join(where, "spool")
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    os.unlink(path)
else:
    fd = os.open(where, os.O_TMPFILE | os.O_RDWR | (os.O_EXCL if how == "excl" else 0), 0o600)
with open(source, "rb") as f:
    os.write(fd, f.read())
os.lseek(fd, int(os.environ.get("AT", "0")), os.SEEK_SET)
os.dup2(fd, 0)
os.close(fd)
os.execvp(sys.argv[3], sys.argv[3:])
