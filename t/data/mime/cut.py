# cut.py size file program...: run program, its standard input delivering the
# file in reads of size bytes: a SEQPACKET socket keeps the pieces apart.
import socket, subprocess, sys, threading

size = int(sys.argv[1])
data = open(sys.argv[2], "rb").read()
ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def feed():
    try:
        for i in range(0, len(data), size):
            ours.send(data[i : i + size])
    except BrokenPipeError:
        pass
    ours.close()


child = subprocess.Popen(sys.argv[3:], stdin=theirs)
theirs.close()
threading.Thread(target=feed, daemon=True).start()
sys.exit(child.wait(20))
