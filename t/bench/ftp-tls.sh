#!/bin/bash
# What does TLS cost? RETR and STOR of one stream with one cipher beside peers;
# handshakes per second beside stunnel4 in front of the plain program; the memory of
# a session where TLS is to be had but not used, and where it is.
# Usage: t/bench/ftp-tls.sh [MiB]; ROUNDS, CIPHER (of TLS 1.2) and SESSIONS.
set -u
# shellcheck source=t/bench/ftp-servers.bash
. "$(dirname "$0")/ftp-servers.bash"
# shellcheck source=t/bench/memory.bash
. "$(dirname "$0")/memory.bash"
mib=${1:-1024}
mb=$((mib * 1048576))
cipher=${CIPHER:-ECDHE-RSA-AES128-GCM-SHA256}
sessions=${SESSIONS:-100}
PATH=$PATH:$here/.build/bench/usr/bin

openssl req -x509 -newkey rsa:2048 -nodes -keyout "$dir/key" -out "$dir/crt" -days 2 -subj /CN=localhost \
	-addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>/dev/null || exit
cat "$dir/key" "$dir/crt" >"$dir/pem"
export TLS_CERT=$dir/crt TLS_KEY=$dir/key

# Seconds of a transfer, from when everything was agreed on.
work() {
	local url=ftp://localhost:$1/$3 how=(-T "$tree/big") said
	[ "$2" = up ] || how=(-o /dev/null)
	said=$(timeout "$patience" curl -sS --ssl-reqd -k -u ftp:x --tls-max 1.2 --ciphers "$cipher" "${how[@]}" "$url" \
		-w '%{time_total} %{time_pretransfer}\n' 2>>"$dir/errors") || said='0 0'
	awk '{ print $1 - $2 }' <<<"$said"
	tidy
}

start_tls() {
	local port
	super ftp-session FTP_MODE=rw FTP_EOF_WAIT=0 -- tls-session ftp-session "$tree"
	if ! missing vsftpd; then
		port=$(free_port)
		printf '%s\n' anonymous_enable=YES write_enable=YES anon_upload_enable=YES anon_other_write_enable=YES \
			anon_umask=022 "anon_root=$tree" "secure_chroot_dir=$1/empty" seccomp_sandbox=NO max_per_ip=0 \
			listen=YES background=NO listen_address=127.0.0.1 "listen_port=$port" ssl_enable=YES \
			allow_anon_ssl=YES force_local_data_ssl=NO force_local_logins_ssl=NO require_ssl_reuse=NO \
			"rsa_cert_file=$dir/crt" "rsa_private_key_file=$dir/key" ssl_ciphers=HIGH >"$1/vsftpd-tls.conf"
		alone vsftpd "$port" vsftpd "$1/vsftpd-tls.conf"
	fi
	if ! missing pure-ftpd; then
		port=$(free_port)
		alone pure-ftpd "$port" env FTP_ANON_DIR="$tree" pure-ftpd -e -M -H -c 300 -C 300 -Y 1 \
			-2 "$dir/pem" -S "127.0.0.1,$port" -g "$1/pure.pid"
	fi
	if ! missing proftpd; then
		port=$(free_port)
		cat >"$1/proftpd-tls.conf" <<-END
			ModulePath $here/.build/bench/usr/lib/proftpd
			LoadModule mod_tls.c
			ServerType standalone
			Port $port
			DefaultAddress 127.0.0.1
			User nobody
			Group nogroup
			UseReverseDNS off
			WtmpLog off
			AuthOrder mod_auth_unix.c
			RequireValidShell off
			DelayEngine off
			UseFtpUsers off
			PidFile $1/proftpd.pid
			ScoreboardFile $1/proftpd.scores
			SystemLog none
			TransferLog none
			TLSEngine on
			TLSProtocol TLSv1.2 TLSv1.3
			TLSRSACertificateFile $dir/crt
			TLSRSACertificateKeyFile $dir/key
			TLSOptions NoSessionReuseRequired
			<Anonymous $tree>
				User ftp
				Group nogroup
				AllowOverwrite on
			</Anonymous>
		END
		alone proftpd "$port" proftpd -n -q -c "$1/proftpd-tls.conf"
	fi
}

# handshakes name port: new connections per second, one after another.
handshakes() {
	openssl s_time -connect "127.0.0.1:$2" -new -time 5 2>/dev/null |
		awk -v name="$1" '/real seconds/ { printf "  %-16s %8.1f /s\n", name, $1 / $4 }'
}

start_stunnel() {
	local plain port
	command -v stunnel4 >/dev/null || { echo "stunnel4: not found, left out"; return; }
	super plain -- ftp-session "$tree"
	plain=$(cut -d' ' -f2 <<<"${ports[-1]}")
	unset 'ports[-1]'
	port=$(free_port)
	printf '%s\n' foreground=yes "pid=" "cert=$dir/crt" "key=$dir/key" '[ftps]' "accept=127.0.0.1:$port" \
		"connect=127.0.0.1:$plain" >"$dir/stunnel.conf"
	stunnel4 "$dir/stunnel.conf" >/dev/null 2>&1 &
	servers+=("$!")
	stunnel=$port
}

# used port pid: KiB of each of so many sessions inside TLS.
used() {
	local before
	before=$(pss "$2")
	mkfifo "$dir/in"
	python3 -c '
import socket, ssl, sys
c = ssl._create_unverified_context()
held = [c.wrap_socket(socket.create_connection(("127.0.0.1", int(sys.argv[1])))) for _ in range(int(sys.argv[2]))]
for s in held:
    s.recv(1000); s.sendall(b"USER ftp\r\n"); s.recv(1000); s.sendall(b"PASS x\r\n"); s.recv(1000)
print("ready", flush=True)
sys.stdin.read()' "$1" "$sessions" <"$dir/in" >"$dir/out" &
	exec 6>"$dir/in"
	until grep -q ready "$dir/out"; do read -rt 0.1 _ <> <(:); done
	awk -v kib="$(($(pss "$2") - before))" -v n="$sessions" 'BEGIN { printf "  %-16s %8.1f KiB\n", "in TLS", kib / n }'
	exec 6>&-
	wait "$!"
	rm "$dir/in"
}

# secure name: our session inside TLS, which up cannot ask.
secure() {
	local port
	mkfifo "$dir/port"
	tcpserver -1DRHl0 -b 300 -c 300 127.0.0.1 0 tls-session -i ftp-session "$tree" >"$dir/port" 2>/dev/null &
	servers+=("$!")
	read -r port <"$dir/port"
	rm "$dir/port"
	ports+=("$1 $port $!")
}

grow "$dir"
head -c "$mb" /dev/urandom >"$tree/big"
chmod 644 "$tree/big"
ports=()
start_tls "$dir"
echo "cipher $cipher"
turns "RETR $mib MiB, one stream" "$((mb / 1000000))" MB/s down big
turns "STOR $mib MiB, one stream" "$((mb / 1000000))" MB/s up in/up
stop

ports=()
stunnel=
secure tls-session
start_stunnel
printf '\nhandshakes, TLS 1.3, RSA 2048\n'
for ((i = 0; i < 3; i++)); do
	handshakes tls-session "$(cut -d' ' -f2 <<<"${ports[0]}")"
	[ -z "$stunnel" ] || handshakes stunnel4 "$stunnel"
done
stop

ports=()
super plain -- ftp-session "$tree"
super tls-session -- tls-session ftp-session "$tree"
hold_all "PSS of an idle logged-in session, TLS not used"
secure in-tls
# shellcheck disable=SC2086 # three words
set -- ${ports[-1]}
used "$2" "$3"
