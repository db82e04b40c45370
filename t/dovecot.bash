# Dovecot's doveadm, for the tests of maildirs.

# dovecot_place: a directory D that its user nobody can reach; dovecot_leave removes it.
dovecot_place() {
	D=$(mktemp -d "${TMPDIR:-/tmp}/dovecot.XXXXXX")
	chmod 755 "$D"
}
dovecot_leave() { [ -z "${D:-}" ] || rm -rf "$D"; }

# doveadm argument...: Dovecot's, where its files have their places. It wants no mail
# of root's, and nobody cannot reach ours.
doveadm() {
	unshare -m bash -ec '
		mount -t overlay overlay -o "lowerdir=$1:/usr" /usr
		D=$2
		exec setpriv --reuid 65534 --regid 65534 --clear-groups env DOVECONF_ENV=1 USER=nobody HOME="$D" \
			BASE_DIR="$D" MAIL_LOCATION="maildir:$D/M" doveadm -f tab -o mail_plugins=quota \
			-o plugin/quota=maildir:box -o "plugin/quota_rule=*:$3" "${@:4}"
	' bash "$PEERS-delivery/usr" "$D" "${RULE:-bytes=1M}" "$@"
}
