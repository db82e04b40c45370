# spoil.py probe message...: messages with pieces moved, doubled, lost and changed,
# 200 of each, the same ones in every run. The probe, whose arena is as large as
# the parser may be, fails unless it gives out its input; what it tells must be the
# same in pieces of 1 and of 61 bytes. Prints their number.
import itertools, random, re, subprocess, sys

probe, *paths = sys.argv[1:]
dice = random.Random(10)
words = [b"\n", b"\r", b"\r\n", b"\n\n", b"--", b"=", b"==", b"\0", b"\xff", b";", b'"', b"(", b"*0*=", b"=?utf-8?q?",
         b"Content-Type: multipart/mixed; boundary=x\n", b"\n--x\n", b"\n--x--\n", b"\nbegin 644 x\n#86)C\n`\nend\n",
         b"Content-Transfer-Encoding: base64\n", b"Content-Type: message/rfc822\n\n", b"From x\n"]


def spoilt(data):
    for _ in range(dice.randrange(1, 12)):
        i, j = sorted(dice.randrange(len(data) + 1) for _ in range(2))
        j = min(j, i + 300)
        k = dice.randrange(len(data) + 1)
        data = dice.choice([data[:i] + data[j:], data[:k] + data[i:j] + data[k:], data[:i] + dice.choice(words) + data[i:],
                            data[:i] + bytes([dice.randrange(256)]) + data[i + 1 :]])
    return data


def told(data, *size):
    run = subprocess.run([probe, *size], input=data, capture_output=True, timeout=20)
    assert run.returncode == 0 and not run.stderr, (run, data)
    # A piece is given out before what is made of it, so its place among events may vary.
    piece = rb"^(header|body|preamble|epilogue|delimiter) (\d+)\n"
    runs = itertools.groupby(re.findall(piece, run.stdout, re.M), lambda run: run[0])
    return re.sub(piece, b"", run.stdout, flags=re.M), [(name, sum(int(n) for _, n in same)) for name, same in runs]


count = 0
for path in paths:
    whole = open(path, "rb").read()
    for _ in range(200):
        data = spoilt(whole)
        events = told(data)
        assert told(data, "1") == events == told(data, "61"), data
        count += 1
print(count, "messages")
