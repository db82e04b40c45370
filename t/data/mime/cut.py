# cut.py size file program...: run program, its standard input delivering the
# file in reads of size bytes: a SEQPACKET socket keeps the pieces apart.
import socket, subprocess, sys, threading


def feed(end, data, size):
    try:
        for i in range(0, len(data), size):
            end.send(data[i : i + size])
    except BrokenPipeError:
        pass
    end.close()


def run(size, data, program, **keywords):
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    child = subprocess.Popen(program, stdin=theirs, **keywords)
    theirs.close()
    threading.Thread(target=feed, args=(ours, data, size), daemon=True).start()
    return child


if __name__ == "__main__":
    size, file, *program = sys.argv[1:]
    sys.exit(run(int(size), open(file, "rb").read(), program).wait(20))
