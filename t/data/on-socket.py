# on-socket.py file program...: run program with one end of a TCP connection
# as descriptors 0 and 1, send file in one write, print what comes back.
import socket
import subprocess
import sys

server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
accepted = server.accept()[0]
p = subprocess.Popen(sys.argv[2:], stdin=accepted, stdout=accepted)
accepted.close()
client.sendall(open(sys.argv[1], "rb").read())
client.settimeout(20)
try:
    while True:
        got = client.recv(65536)
        if not got:
            break
        sys.stdout.buffer.write(got)
except ConnectionResetError:
    pass
p.wait(20)
