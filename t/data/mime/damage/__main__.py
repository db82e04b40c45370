# damage write dir: the damaged messages as files, called after their number and rule.
# damage judge program...: what mime-unpack makes of each, by the defaults and with
# the options the case takes. One line of each case: rule, title, two words.
# A case is recovered if its leaves are those that went in: all of them, in order,
# nothing else, each byte for byte, and with the name where it has one. What is lost
# and not told by the exit status is changed.
import os, subprocess, sys, tempfile

sys.dont_write_bytecode = True
import boundary, header, coding, name, limit  # noqa: F401 each adds its cases
from case import cases


def leaves(program, message, options):
    """(status, [(name, bytes)]) of the leaves a program writes as files."""
    with tempfile.TemporaryDirectory() as box:
        run = subprocess.run([*program, "-qq", "-a", "-d", box, *options], input=message, capture_output=True)
        records = [r.split(b"\t") for r in run.stdout.split(b"\n")[:-2]]
        files = [os.fsdecode(r[13]) for r in records if r[13] != b"-"]
        return run.returncode, [(f, open(os.path.join(box, f), "rb").read()) for f in files]


def same(found, wanted):
    return len(found) == len(wanted) and all(
        data == want and name in (None, file) for (file, data), (name, want) in zip(found, wanted))


def verdict(program, case, options):
    status, found = leaves(program, case[2], options)
    if same(found, case[3]):
        return "recovered"
    return "lost" if status in (2, 3) else "changed"


def main(do, *arguments):
    for i, case in enumerate(cases):
        rule, title, message, parts, options = case
        if do == "write":
            with open(os.path.join(arguments[0], f"{i + 1:03}-{rule}"), "wb") as file:
                file.write(message)
        else:
            print(rule, title, verdict(arguments, case, ()), verdict(arguments, case, options), sep="\t")


main(*sys.argv[1:])
