# Read by the FTP benches: the servers.
#
# Peers log in "ftp" without a password. They want a user of that name: where
# there is none, it exists in a mount namespace of the bench alone, and that takes
# root; so do their chroots.
# shellcheck shell=bash

if [ -z "${FTP_BENCH_APART:-}" ] && ! id ftp >/dev/null 2>&1 && unshare -m true 2>/dev/null; then
	FTP_BENCH_APART=1 exec unshare -m "$BASH" "$0" "$@"
fi
client=ftp-client
mine='^(ftp-session|floor)'
# shellcheck source=t/bench/servers.bash
. "$(dirname "$0")/servers.bash"
floor ftp-floor || exit

tidy() { rm -f "$tree"/in/*; }

# grow dir: the directory all serve, which none but its owner may write to.
grow() {
	tree=$1/tree
	mkdir -p "$tree/in" "$tree/f" "$1/empty"
	chmod 1777 "$tree/in"
	if [ -n "${FTP_BENCH_APART:-}" ]; then
		umount /etc/passwd 2>/dev/null
		{ cat /etc/passwd && echo "ftp:x:65533:65534::$tree:/bin/sh"; } >"$dir/passwd"
		chmod 644 "$dir/passwd"
		mount --bind "$dir/passwd" /etc/passwd
	fi
}

missing() {
	command -v "$1" >/dev/null || { echo "$1: not found, left out"; return 0; }
	[ "$1" = ftp-session ] || [ "$1" = "$dir/ftp-floor" ] || id ftp >/dev/null 2>&1 && return 1
	echo "$1: no user ftp and no root to pretend one, left out"
}

start_vsftpd() {
	local way port
	missing vsftpd && return
	printf '%s\n' anonymous_enable=YES no_anon_password=NO write_enable=YES anon_upload_enable=YES \
		anon_other_write_enable=YES anon_umask=022 ascii_download_enable=YES ascii_upload_enable=YES \
		"anon_root=$tree" "secure_chroot_dir=$1/empty" seccomp_sandbox=NO max_per_ip=0 >"$1/vsftpd.conf"
	for way in YES NO; do
		port=$(free_port)
		{ cat "$1/vsftpd.conf" && printf '%s\n' listen=YES background=NO listen_address=127.0.0.1 \
			"listen_port=$port" "one_process_model=$way"; } >"$1/vsftpd-$way.conf"
		if [ "$way" = YES ]; then
			alone vsftpd "$port" vsftpd "$1/vsftpd-YES.conf"
		else
			alone vsftpd-two "$port" vsftpd "$1/vsftpd-NO.conf"
		fi
	done
	echo listen=NO >>"$1/vsftpd.conf"
	super vsftpd-inetd -- vsftpd "$1/vsftpd.conf"
}

start_pure() {
	local port
	missing pure-ftpd && return
	port=$(free_port)
	alone pure-ftpd "$port" env FTP_ANON_DIR="$tree" pure-ftpd -e -M -H -c 300 -C 300 -S "127.0.0.1,$port" \
		-g "$1/pure.pid"
	super pure-ftpd-inetd FTP_ANON_DIR="$tree" -- pure-ftpd -e -M -H -c 300 -C 300
}

start_proftpd() {
	local port
	missing proftpd && return
	port=$(free_port)
	cat >"$1/proftpd.conf" <<-END
		ServerType standalone
		Port $port
		DefaultAddress 127.0.0.1
		SocketBindTight on
		User nobody
		Group nogroup
		MaxInstances 300
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
		<Anonymous $tree>
			User ftp
			Group nogroup
			AllowOverwrite on
		</Anonymous>
	END
	alone proftpd "$port" proftpd -n -q -c "$1/proftpd.conf"
}

# It has the name of a package and the file name ftpd.
start_inetutils() {
	missing "$here/.build/bench/usr/sbin/ftpd" && return
	super inetutils -- "$here/.build/bench/usr/sbin/ftpd" -q
}

# start place: all of them, on place's tree. The array prefix goes before each, ours
# is the environment of ftp-session; with one set it is there a second time, as one
# process, which is what it is where it need not connect, and the floor as two.
prefix=()
one=
start() {
	ports=()
	super ftp-session FTP_MODE=rw FTP_ASCII=1 "${ours[@]}" -- ftp-session "$tree"
	[ -z "$one" ] || super ftp-session-one FTP_ACTIVE=0 -- ftp-session "$tree"
	super floor -- "$dir/ftp-floor" "$tree"
	[ -z "$one" ] || super floor-pair FLOOR=pair -- "$dir/ftp-floor" "$tree"
	start_vsftpd "$1"
	start_pure "$1"
	start_proftpd "$1"
	start_inetutils
}
ours=()
