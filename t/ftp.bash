# For the tests of ftp-session that are a dialogue: loaded after helper.

# client code: Python after t/data/ftp-client.py, with the server of `serve`:
# cmd(line) sends and returns the reply, say(line) only sends, reply() reads
# one, data(command) connects. sys.argv[2] is the server's pid. A prelude.py of
# the test, t/data/ftp-listings.py for one, comes before the code.
client() {
	{
		cat "$DATA/ftp-client.py"
		[ ! -e prelude.py ] || cat prelude.py
		# shellcheck disable=SC2001
		sed $'s/^\t\t//' <<<"$1"
	} >client.py
	timeout 30 python3 client.py "$PORT" "$SERVER"
}
