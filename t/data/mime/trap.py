# trap.py kind: a message that is made to cost much, on standard output.
import sys

kinds = {
    "line": lambda: "Subject: " + "x" * 20_000_000 + "\n\nbody\n",
    "folds": lambda: "Subject: x\n" + " a\n" * 5_000_000 + "\nbody\n",
    "fields": lambda: "X: y\n" * 5_000_000 + "\nbody\n",
    "params": lambda: "Content-Type: text/plain" + "".join(f"; a{i}=b" for i in range(200_000)) + "\n\nbody\n",
    "words": lambda: "Subject: " + "=?utf-8?q?abc?=\n " * 1_000_000 + "\n\nbody\n",
    "segments": lambda: "Content-Disposition: attachment"
    + "".join(f"; filename*{i}=b" for i in range(100_000))
    + "\n\nbody\n",
    "deep": lambda: "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(10_000))
    + "\nbody\n",
    "dashes": lambda: "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(900))
    + "\nbody\n"
    + "".join(f"--{'x' * 50}{i}\n" for i in range(300_000)),
}
sys.stdout.write(kinds[sys.argv[1]]())
