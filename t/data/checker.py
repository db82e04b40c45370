#!/usr/bin/env python3
"""A program with the checkpassword interface, for the tests of FTP_LOGIN.

checker.py file program [argument...]: file has a line name:password:home[:uid]
per user. With a uid its primary group and that uid are taken on, as
cr.yp.to/checkpwd/interface.html says.
"""

import os
import pwd
import sys

data = b""
while len(data) <= 512 and (more := os.read(3, 512)):
    data += more
os.close(3)
name, password = data.split(b"\0")[:2]
for line in open(sys.argv[1], "rb"):
    fields = line.rstrip(b"\n").split(b":")
    if fields[0] != name:
        continue
    if fields[1] != password:
        break
    if len(fields) > 3:
        user = pwd.getpwuid(int(fields[3]))
        os.initgroups(user.pw_name, user.pw_gid)
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
    os.environ.update(USER=name.decode(), HOME=fields[2].decode(), SHELL="/bin/sh")
    os.chdir(fields[2])
    os.execvp(sys.argv[2], sys.argv[2:])
sys.exit(1)
