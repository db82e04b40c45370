#!/usr/bin/env bats
# smtp-send -a into a Postfix whose logins a Dovecot checks, as many servers have
# it: mail goes on after a right login, and only then.

setup() {
	load helper
	load send
	load postfix
	load dovecot
	unset "${!SSL_@}" SSLREADFD
	# shellcheck disable=SC2034 # for hand
	SMTPD=$(free_port) PORT=$SMTPD
	DOVECOT=
	letter
	printf 'al\np w\n' >secret
	dovecot_place
	dovecot_auth
	# shellcheck disable=SC2016 # its own variable
	postfix_start 'smtpd_sasl_auth_enable = yes' 'smtpd_sasl_type = dovecot' "smtpd_sasl_path = $D/sasl" \
		'broken_sasl_auth_clients = yes' 'smtpd_relay_restrictions = permit_sasl_authenticated, reject' \
		'smtpd_peername_lookup = no' 'smtpd_error_sleep_time = 0' 'local_header_rewrite_clients =' 'virtual_mailbox_domains = box.example' \
		'virtual_mailbox_base = $queue_directory/../box' 'virtual_mailbox_maps = inline:{ {a@box.example=a/} }' \
		'virtual_uid_maps = static:9' 'virtual_gid_maps = static:9' 'virtual_minimum_uid = 1'
	install -d -o news "$P/box"
	until_true listening "$SMTPD"
}
teardown() {
	postfix_stop
	[ -z "$DOVECOT" ] || { kill "$DOVECOT" && wait "$DOVECOT"; } || :
	dovecot_leave
}

# dovecot_auth: its checker of logins, by the socket $D/sasl; al has the password "p w".
dovecot_auth() {
	mkdir "$D/run"
	printf 'al:{PLAIN}p w\n' >"$D/users"
	cat >"$D/conf" <<-END
		base_dir = $D/run
		state_dir = $D/run
		log_path = $D/log
		protocols =
		ssl = no
		default_internal_user = nobody
		default_internal_group = nogroup
		default_login_user = nobody
		auth_mechanisms = plain login
		auth_failure_delay = 0
		passdb {
		  driver = passwd-file
		  args = $D/users
		}
		service anvil {
		  unix_listener anvil-auth-penalty {
		    mode = 0
		  }
		}
		service auth {
		  unix_listener $D/sasl {
		    mode = 0666
		  }
		}
	END
	unshare -m bash -ec 'mount -t overlay overlay -o "lowerdir=$1:/usr" /usr; exec dovecot -F -c "$2"' \
		bash "$PEERS-delivery/usr" "$D/conf" >"$D/said" 2>&1 3>&- 4>&- &
	DOVECOT=$!
	until_true test -S "$D/sasl"
}

give() { hand "$@" al@x.example a@box.example <letter; }

@test "Postfix and Dovecot: by PLAIN and LOGIN mail goes on; without, or with another password, it does not" {
	local how
	run -100 give
	assert_equal "$(cut -f 2,3 report)" $'554\t5.7.1'
	for how in PLAIN LOGIN XOAUTH2,LOGIN,PLAIN; do
		give -a "$how" -A insecure -P secret
		assert_equal "$(cut -f 2 report)" 250
	done
	until_true queue_empty
	assert_equal "$(find "$P/box/a/new" -type f | wc -l)" 3
	assert_equal "$(grep -o 'sasl_method=.*' "$P/maillog")" "$(printf 'sasl_method=%s, sasl_username=al\n' PLAIN LOGIN LOGIN)"
	printf 'al\nwrong\n' >secret
	for how in PLAIN LOGIN; do
		run -111 give -a "$how" -A insecure -P secret
		assert_equal "$(cut -f 2,3 report)" $'454\t4.7.8'
		run -100 give -k -a "$how" -A insecure -P secret
		assert_equal "$(cut -f 2,3 report)" $'535\t5.7.8'
	done
	run -111 give -a XOAUTH2 -A insecure -P secret
	assert_equal "$(find "$P/box/a/new" -type f | wc -l)" 3
}
