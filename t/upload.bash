# For the tests of uploads: a session in Python, with puts.

# put(command, bytes): the final reply to an upload. begun(command, bytes): one
# under way, its data connection; so many bytes are in the file or on their way.
# refused(command): the one reply to a command that opens no data connection.
upload_client() {
	{
		cat "$DATA/ftp-client.py"
		cat <<-'END'
			def refused(command, rest=0):
			    port = epsv()
			    if rest: assert cmd("REST %d" % rest)[:3] == "350"
			    return cmd(command)
			def begun(command, what=b"", rest=0):
			    port = epsv()
			    if rest: assert cmd("REST %d" % rest)[:3] == "350"
			    say(command); r = reply(); assert r[:3] == "150", r
			    d = socket.create_connection(("127.0.0.1", port), 10); d.sendall(what); return d
			def put(command, what=b"", rest=0):
			    d = begun(command, what, rest); d.close(); return reply()
			def cut(command, what=b"", rest=0):
			    "broken off by the client: 426"
			    d = begun(command, what, rest); taken(len(what))
			    d.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)); d.close()
			    r = reply(); assert r[:3] == "426", r
			def taken(n):
			    "until STAT says that the session has n bytes"
			    end = time.time() + 10
			    while time.time() < end:
			        say("STAT"); all = ""
			        while not all.endswith("211 End of status."): all += lines.readline().decode().rstrip()
			        if " Receiving %d " % n in all: return
			    raise AssertionError(all)
			def until(what):
			    end = time.time() + 10
			    while not what(): assert time.time() < end; time.sleep(0.005)
			def children(p): return subprocess.run(["pgrep", "-P", p], capture_output=True, text=True).stdout.split()
			def content(name): return open("root/" + name, "rb").read()
			def names(d="root"): return sorted(os.listdir(d))
		END
		# shellcheck disable=SC2001
		sed $'s/^\t\t//' <<<"$1"
	} >client.py
	timeout "${LIMIT:-20}" python3 client.py "$PORT" "${SERVER:-}"
}
