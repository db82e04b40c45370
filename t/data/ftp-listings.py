# After ftp-client.py: listings over data connections and over the control one.
def listing(command):
    "The lines of a listing as latin-1, or the refusal when there was no 150."
    d = data(command); r = reply()
    if r[:3] != "150": return r
    got = read(d).decode("latin1"); assert reply() == "226 Transfer complete."; d.close()
    rows = got.split("\r\n"); assert rows.pop() == "" and "\n" not in "".join(rows), got
    return rows
def names(command):
    "Their last words, sorted, without cdir and pdir; or the code of the refusal."
    rows = listing(command)
    if isinstance(rows, str): return rows[:3]
    return sorted(r.split(" ")[-1] for r in rows if "=cdir;" not in r and "=pdir;" not in r)
def stat(arg):
    "The lines of STAT, or the refusal."
    say("STAT " + arg); l = lines.readline()
    if l != b"213-Status follows:\r\n": return l.decode("latin1").rstrip("\r\n")
    rows = []
    while True:
        l = lines.readline(); assert l.endswith(b"\r\n"), l
        if l == b"213 End of status.\r\n": return rows
        rows.append(l[:-2].decode("latin1"))
def code(command): return cmd(command)[:3]
