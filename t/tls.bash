# For the tests of TLS: certificates, and a server of TLS under tcpserver.
# shellcheck disable=SC2034 # port and server are for the tests

# certificate name [option...]: name.pem and name.key, for the DNS name, 127.0.0.1 and ::1.
certificate() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.pem" \
		-days 30 -subj "/CN=$1" -addext "subjectAltName=DNS:$1,IP:127.0.0.1,IP:::1" "${@:2}" 2>/dev/null
}

# tls_server option... program...: under tcpserver, on $port, logging to log.
tls_server() {
	port=$(free_port)
	TLS_CERT=${TLS_CERT-$PWD/localhost.pem} TLS_KEY=${TLS_KEY-$PWD/localhost.key} \
		tcpserver -RHl0 -c 300 127.0.0.1 "$port" tls-session "$@" 2>>log 3>&- &
	server=$!
	until_true listening "$port"
}

tls_stop() {
	[ -z "${server:-}" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
	server=
}

# tls option...: openssl s_client to the server, which must be localhost.
tls() {
	# shellcheck disable=SC2094 # s_client is what went wrong
	timeout 10 openssl s_client -connect "127.0.0.1:$port" -CAfile localhost.pem -servername localhost \
		-verify_return_error "$@" 2>s_client
}
