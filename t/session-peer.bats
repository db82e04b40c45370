#!/usr/bin/env bats
# Both sessions under every super-server: each knows who is calling.

setup() {
	load helper
	mkdir root
	export SMTP_ANY=1
	PEERS=${PEERS:-$HERE/../.build/peers}
}
teardown() {
	unserve
	[ -z "$INETD" ] || kill "$INETD" 2>/dev/null
}

# hail port: the greeting of what listens there, and a QUIT. The client's own
# port is left in clientport.
hail() {
	python3 - "$1" "${2:-127.0.0.1}" <<-'END'
		import socket, sys
		s = socket.create_connection((sys.argv[2], int(sys.argv[1])))
		open("clientport", "w").write(str(s.getsockname()[1]))
		f = s.makefile("rwb")
		greeting = f.readline()
		f.write(b"QUIT\r\n"); f.flush()
		sys.stdout.buffer.write(greeting + f.read())
	END
}

# knows program [ip]: a logged connection names the client that just called.
knows() { until_true grep -qE "^($1: connect|smtp ev=(conn|probe)) .*ip=${2:-127.0.0.1} port=$(cat clientport)" log; }

for_both() {
	run -0 hail "$1" "$3"
	assert_line --regexp '^220 '
	assert_line --regexp '^221 '
	knows "$2" "$3"
}

@test "under tcpserver" {
	serve ftp-session root
	for_both "$PORT" ftp-session
	unserve
	serve smtp-session true
	for_both "$PORT" smtp-session
}

# with_log program...: a script that logs to a file, where a super-server
# makes the connection descriptor 2 as well.
with_log() {
	local script=$PWD/${1##*/}.sh
	printf '#!/bin/sh\nexport SMTP_ANY=1\nexec %s 2>>%s/log\n' "$*" "$PWD" >"$script"
	chmod +x "$script"
	echo "$script"
}

@test "under openbsd-inetd, on IPv4 and IPv6" {
	f=$(free_port)
	s=$(free_port)
	: >log
	cat >inetd.conf <<-END
		127.0.0.1:$f stream tcp nowait root $(with_log "$(command -v ftp-session)" "$PWD/root") ftp-session
		[::1]:$f stream tcp6 nowait root $(with_log "$(command -v ftp-session)" "$PWD/root") ftp-session
		127.0.0.1:$s stream tcp nowait root $(with_log "$(command -v smtp-session)" true) smtp-session
		[::1]:$s stream tcp6 nowait root $(with_log "$(command -v smtp-session)" true) smtp-session
	END
	"$PEERS/usr/sbin/inetd" -d inetd.conf 3>&- 4>&- >inetd.log 2>&1 &
	INETD=$!
	until_true listening "$f"
	until_true listening "$s"
	for_both "$f" ftp-session
	for_both "$s" smtp-session
	for_both "$f" ftp-session ::1
	for_both "$s" smtp-session ::1
}

@test "FTPS under openbsd-inetd" {
	f=$(free_port)
	load tls
	certificate localhost
	echo kept >root/file
	sed -n "s|^ftps |127.0.0.1:$f |; s| ftp /usr/bin/env | root /usr/bin/env |; s|/usr/local/bin|$(dirname "$(command -v tls-session)")|
		s|/etc/guichet/cert.pem|$PWD/localhost.pem|; s|/etc/guichet/key.pem|$PWD/localhost.key|; s|/srv/pub|$PWD/root|; /^127/p" \
		"$HERE/../service/inetd/inetd.conf" >inetd.conf
	"$PEERS/usr/sbin/inetd" -d inetd.conf 3>&- 4>&- >inetd.log 2>&1 &
	INETD=$!
	until_true listening "$f"
	run -0 curl -sS --max-time 10 --cacert localhost.pem "ftps://localhost:$f/file"
	assert_output kept
}

@test "inetd's descriptor 2 is the connection: nothing is logged to the client" {
	printf 'QUIT\r\n' >sent
	for program in 'ftp-session root' 'smtp-session true' 'env TLS_CERT=absent tls-session ftp-session root'; do
		# shellcheck disable=SC2086
		run -0 python3 "$DATA/on-socket.py" sent sh -c "exec $program 2>&1"
		refute_output --partial 'session:'
		assert_line --regexp '^220 '
	done
}

@test "under xinetd" {
	f=$(free_port)
	s=$(free_port)
	: >log
	{
		printf 'defaults\n{\n}\n'
		for w in "$f ftp-session $(with_log "$(command -v ftp-session)" "$PWD/root")" \
			"$s smtp-session $(with_log "$(command -v smtp-session)" true)"; do
			# shellcheck disable=SC2086
			set -- $w
			printf 'service %s\n{\ntype = UNLISTED\nport = %s\nbind = 127.0.0.1\nsocket_type = stream\nprotocol = tcp\nwait = no\nuser = root\nserver = %s\n}\n' "$2" "$1" "$3"
		done
	} >xinetd.conf
	"$PEERS/usr/sbin/xinetd" -dontfork -f "$PWD/xinetd.conf" -pidfile "$PWD/pid" -filelog "$PWD/xinetd.log" 3>&- 4>&- >/dev/null 2>&1 &
	INETD=$!
	until_true listening "$f"
	until_true listening "$s"
	for_both "$f" ftp-session
	for_both "$s" smtp-session
}

@test "with the variables of a systemd socket unit and no socket" {
	for program in 'ftp-session root' 'smtp-session true'; do
		printf 'QUIT\r\n' >sent
		# shellcheck disable=SC2086
		env -u PROTO REMOTE_ADDR=192.0.2.7 REMOTE_PORT=4711 $program <sent >got 2>log
		run -0 grep -cE "^(${program%% *}: connect|smtp ev=(conn|probe)) .*ip=192.0.2.7 port=4711" log
	done
}

@test "busybox's, s6's and mapped forms of the peer's address" {
	printf 'QUIT\r\n' >sent
	while read -r want set; do
		# shellcheck disable=SC2086
		env $set smtp-session true <sent >got 2>log
		grep -q " ev=probe .*ip=$want " log || fail "$set: $(cat log)"
	done <<-'END'
		192.0.2.7 PROTO=TCP TCPREMOTEIP=192.0.2.7 TCPREMOTEPORT=1
		192.0.2.7 PROTO=TCP TCPREMOTEIP=::ffff:192.0.2.7 TCPREMOTEPORT=1
		192.0.2.7 PROTO=TCP TCPREMOTEADDR=192.0.2.7:99
		2001:db8::1 PROTO=TCP TCPREMOTEADDR=[2001:db8::1]:99
		fe80::1 PROTO=TCP TCPREMOTEIP=fe80::1%eth0
		unknown PROTO=TCP TCPREMOTEIP=nonsense
		192.0.2.9 REMOTE_HOST=192.0.2.9
		unknown REMOTE_HOST=host.example
		unknown TCPREMOTEIP=192.0.2.7
	END
}

@test "variables inherited from another connection are not believed" {
	printf 'QUIT\r\n' >sent
	PROTO=TCP TCPREMOTEIP=192.0.2.7 TCPREMOTEPORT=7 python3 "$DATA/on-socket.py" sent smtp-session true >got 2>log
	run -0 grep -c ' ev=probe .*ip=127.0.0.1 ' log
	run -0 grep -c ' ev=stale-environment ' log
}

@test "tcpserver -l0 does not make our name 0" {
	serve smtp-session true
	run -0 hail "$PORT"
	refute_line --regexp '^220 0 '
}
