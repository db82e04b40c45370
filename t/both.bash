# For the tests that drive a session with clients people use: a server for each
# family.
# shellcheck disable=SC2034 # the tests use what is set here

PEERS=${PEERS:-$HERE/../.build/peers}

# serve_both program...: under a tcpserver on 127.0.0.1 and another on ::1. URLS
# has where they are, as SCHEME (ftp unless set); unserve_both stops them.
serve_both() {
	serve "$@"
	PORT6=$(free_port)
	"${PEERS}6/usr/bin/tcpserver" -RHl0 ::1 "$PORT6" "$@" 2>>log 3>&- 4>&- &
	SERVER6=$!
	until_true listening "$PORT6" ::1
	URLS=("${SCHEME:-ftp}://127.0.0.1:$PORT" "${SCHEME:-ftp}://[::1]:$PORT6")
}

unserve_both() {
	unserve
	SERVER=${SERVER6:-}
	unserve
}

# at url: URL, ADDRESS and PORT are its.
at() {
	URL=$1
	PORT=${URL##*:}
	ADDRESS=${URL#*://}
	ADDRESS=${ADDRESS%:*}
	ADDRESS=${ADDRESS//[\[\]]/}
}
