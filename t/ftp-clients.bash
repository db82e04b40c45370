# For the tests that drive ftp-session with clients people use: a server for
# each family, and one loop over both.
# shellcheck disable=SC2034 # the tests and helper.bash use what is set here

PEERS=${PEERS:-$HERE/../.build/peers}

# serve_both program...: under a tcpserver on 127.0.0.1 and another on ::1. URLS
# has where they are; unserve_both stops them.
serve_both() {
	serve "$@"
	PORT6=$(free_port)
	"${PEERS}6/usr/bin/tcpserver" -RHl0 ::1 "$PORT6" "$@" 2>>log 3>&- 4>&- &
	SERVER6=$!
	until_true listening "$PORT6" ::1
	URLS=("ftp://127.0.0.1:$PORT" "ftp://[::1]:$PORT6")
}

unserve_both() {
	unserve
	SERVER=${SERVER6:-}
	unserve
}

# over_both function: with URL, ADDRESS and PORT of each; into a fresh root/in and back.
over_both() {
	local url
	for url in "${URLS[@]}"; do
		rm -rf root/in back
		mkdir root/in back
		URL=$url
		PORT=${url##*:}
		ADDRESS=${url#ftp://}
		ADDRESS=${ADDRESS%:*}
		ADDRESS=${ADDRESS//[\[\]]/}
		"$@"
	done
}
