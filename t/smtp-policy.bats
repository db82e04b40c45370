#!/usr/bin/env bats
# Whose mail is taken, and whose is not: the policies at RCPT, in their order.

# shellcheck disable=SC2034,SC2154 # helper.bash has SERVER, run sets stderr

setup() {
	load helper
	SERVER='' # for unserve
	printf '# ours\nb.example\n.sub.example \njoe@c.example\n' >hosts
	printf 'Bad@evil.example\n@spam.example\n# no@comment.example\n' >senders
}
teardown() { unserve; }

# rcpt sender recipient...: the last line of each reply to RCPT, for mail of that sender.
rcpt() {
	local sender=$1
	shift
	talk smtp-session true -- 'EHLO c' "MAIL FROM:<$sender>" "${@/#/RCPT TO:}" QUIT >/dev/null
	tr -d '\r' <got | grep '^... ' | sed '1,3d;$d'
}

# swaks_rcpt: what swaks shows of a transaction up to RCPT.
swaks_rcpt() {
	timeout 10 swaks --server "127.0.0.1:$PORT" --ehlo c --from x@y.example --to a@b.example --quit-after RCPT || true
}

# refusals: what the log says of them.
refusals() { sed -n 's/.* ev=rcpt-rej .*\(code=[0-9]*\) .*\(by=[^ ]*\)$/\1 \2/p' "$1"; }

@test "a refusal by default names the variables that would accept" {
	run -0 --separate-stderr rcpt '' '<a@b.example>' '<postmaster>'
	assert_line --index 0 --regexp '^554 5\.7\.1 .*RCPTHOSTS, SMTP_ANY and RELAYCLIENT'
	assert_line --index 1 --regexp '^554 5\.7\.1 '
	assert_equal "$(grep -c 'rcpt-rej .*code=554 .*by=RCPTHOSTS' <<<"$stderr")" 2
}

@test "whole mailboxes in a RCPTHOSTS file are accepted too, the rest of their domain is not" {
	export RCPTHOSTS=$PWD/hosts
	run -0 --separate-stderr rcpt '' '<joe@c.example>' '<jim@c.example>' '<x@a.sub.example>' '<x@sub.example>'
	assert_equal "$(cut -c1-9 <<<"$output" | tr '\n' ,)" '250 2.1.5,554 5.7.1,250 2.1.5,554 5.7.1,'
}

@test "a cdb has whole mailboxes in lower case, domains and .suffixes" {
	python3 "$DATA/make-cdb.py" hosts.cdb b.example joe@c.example .sub.example
	export RCPTHOSTS=hosts.cdb
	run -0 --separate-stderr rcpt '' '<Joe@C.example>' '<jim@c.example>' '<x@a.sub.example>' '<x@sub.example>' '<x@B.example>'
	assert_equal "$(cut -c1-9 <<<"$output" | tr '\n' ,)" '250 2.1.5,554 5.7.1,250 2.1.5,554 5.7.1,250 2.1.5,'
}

@test "a cdb that is none is 451" {
	echo 'b.example' >hosts.cdb
	run -0 --separate-stderr env RCPTHOSTS=hosts.cdb bash -c "$(declare -f talk rcpt); rcpt '' '<a@b.example>'"
	assert_output --regexp '^451 4\.3\.0 '
	assert_regex "$stderr" 'ev=err .*RCPTHOSTS=hosts.cdb'
}

@test "a line too long for any name hides no other one, and is none in part" {
	local n
	export RCPTHOSTS=$PWD/hosts
	for n in 1022 1023 1024 1025 2047 2048 5000; do
		{ printf '%*s' "$n" '' | tr ' ' '#' && printf '\nb.example\n%*sc.example\n%*sd.example\n' 1024 '' 2048 ''; } >hosts
		run -0 --separate-stderr rcpt '' '<a@b.example>' '<a@c.example>' '<a@d.example>'
		assert_equal "$n $(cut -c1-9 <<<"$output" | tr '\n' ,)" "$n 250 2.1.5,554 5.7.1,554 5.7.1,"
	done
}

@test "<postmaster> is taken wherever RCPTHOSTS is set, even with a DEFAULTDOMAIN that is not in it" {
	export RCPTHOSTS=$PWD/hosts
	run -0 --separate-stderr rcpt '' '<Postmaster>'
	assert_output --regexp '^250 '
	DEFAULTDOMAIN=other.example run -0 --separate-stderr rcpt '' '<postmaster>' '<joe>'
	assert_line --index 0 --regexp '^250 '
	assert_line --index 1 --regexp '^554 '
}

@test "a postmaster of a domain that is not ours is refused as anybody there" {
	RCPTHOSTS=$PWD/hosts run -0 --separate-stderr rcpt '' '<postmaster@far.example>' '<"postmaster"@far.example>' \
		'<@b.example:Postmaster@far.example>' '<postmaster@[192.0.2.1]>' '<postmaster@b.example>'
	assert_equal "$(cut -c1-9 <<<"$output" | uniq -c | tr -s ' \n' ' ')" ' 4 554 5.7.1 1 250 2.1.5 '
}

@test "RELAYCLIENT and SMTP_PERCENT=1 allow what routes in a local part, SMTP_ANY does not" {
	export RCPTHOSTS=$PWD/hosts
	SMTP_ANY=1 run -0 --separate-stderr rcpt '' '<x%y@b.example>' '<y!x@b.example>' '<"x@y"@b.example>'
	assert_equal "$(cut -c1-9 <<<"$output" | sort -u)" '554 5.7.1'
	SMTP_PERCENT=1 run -0 --separate-stderr rcpt '' '<x%y@b.example>' '<y!x@b.example>' '<"x@y"@b.example>'
	assert_equal "$(cut -c1-9 <<<"$output" | sort -u)" '250 2.1.5'
	RELAYCLIENT='' run -0 --separate-stderr rcpt '' '<x%y@b.example>' '<y!x@z.example>' '<"x@y"@b.example>'
	assert_equal "$(cut -c1-9 <<<"$output" | sort -u)" '250 2.1.5'
	RELAYCLIENT='' SMTP_PERCENT=1 run -0 --separate-stderr rcpt '' '<x/y@b.example>'
	assert_output --regexp '^550 5\.1\.1 '
}

@test "RBLSMTPD refuses every recipient with its text: 451, or 553 with a hyphen before it" {
	export SMTP_ANY=1
	RBLSMTPD='Listed, see http://rbl.example/?7%' run -0 --separate-stderr rcpt '' '<a@b.example>' '<postmaster>'
	assert_line --index 0 '451 4.7.1 Listed, see http://rbl.example/?7%'
	assert_line --index 1 '451 4.7.1 Listed, see http://rbl.example/?7%'
	RBLSMTPD='-Go away' run -0 --separate-stderr rcpt '' '<a@b.example>'
	assert_output '553 5.7.1 Go away'
	RBLSMTPD=- run -0 --separate-stderr rcpt '' '<a@b.example>'
	assert_output --regexp '^553 5\.7\.1 [A-Z]'
	RBLSMTPD='' run -0 --separate-stderr rcpt '' '<a@b.example>'
	assert_output --regexp '^250 '
}

@test "RELAYCLIENT lets a listed client in" {
	RBLSMTPD='-Go away' RELAYCLIENT='' run -0 --separate-stderr rcpt '' '<a@b.example>'
	assert_output --regexp '^250 '
}

@test "BADMAILFROM refuses senders and @domains at RCPT, in any case, and spares postmaster" {
	export SMTP_ANY=1 BADMAILFROM=$PWD/senders
	for sender in bad@evil.example BAD@Evil.Example x@SPAM.example; do
		run -0 --separate-stderr rcpt "$sender" '<a@b.example>' '<postmaster>' '<PostMaster@b.example>'
		assert_line --index 0 --regexp '^550 5\.7\.1 '
		assert_line --index 1 --regexp '^250 '
		assert_line --index 2 --regexp '^250 '
	done
	for sender in '' good@evil.example x@sub.spam.example no@comment.example; do
		run -0 --separate-stderr rcpt "$sender" '<a@b.example>'
		assert_output --regexp '^250 '
	done
}

@test "BADMAILFROM as a cdb, and one that cannot be read" {
	python3 "$DATA/make-cdb.py" senders.cdb bad@evil.example @spam.example
	export SMTP_ANY=1
	BADMAILFROM=senders.cdb run -0 --separate-stderr rcpt Bad@evil.example '<a@b.example>'
	assert_output --regexp '^550 5\.7\.1 '
	BADMAILFROM=senders.cdb run -0 --separate-stderr rcpt x@spam.example '<a@b.example>'
	assert_output --regexp '^550 5\.7\.1 '
	BADMAILFROM=nowhere run -0 --separate-stderr rcpt x@spam.example '<a@b.example>'
	assert_output --regexp '^451 4\.3\.0 '
}

@test "RELAYCLIENT does not let a bad sender in" {
	RELAYCLIENT='' BADMAILFROM=$PWD/senders run -0 --separate-stderr rcpt x@spam.example '<a@b.example>'
	assert_output --regexp '^550 5\.7\.1 '
}

@test "the policies are asked in order, and the log says which one refused" {
	export RCPTHOSTS=$PWD/hosts RBLSMTPD=listed BADMAILFROM=$PWD/senders
	rcpt x@spam.example '<x%y@c.example>' '<x@c.example>' '<x@b.example>' 2>one
	assert_equal "$(refusals one | tr '\n' ,)" 'code=554 by=SMTP_PERCENT,code=554 by=RCPTHOSTS,code=451 by=RBLSMTPD,'
	RBLSMTPD='' rcpt x@spam.example '<x@b.example>' 2>two
	assert_equal "$(refusals two)" 'code=550 by=BADMAILFROM'
	run -0 grep -c 'rcpt-rej .* rcpt=x@b.example' two
}

@test "tcpserver's rules set a policy for some callers" {
	printf '%s\n' '127.0.0.1:allow,RBLSMTPD="-Not you",SMTP_ANY="1"' ':allow' | tcprules rules.cdb rules.tmp
	RULES=rules.cdb serve smtp-session true
	run -0 swaks_rcpt
	assert_output --partial '553 5.7.1 Not you'
}

@test "rblsmtpd runs the session for a client it lets through, and refuses the others itself" {
	printf '%s\n' '127.0.0.1:allow,RBLSMTPD="",SMTP_ANY="1"' | tcprules rules.cdb rules.tmp
	RULES=rules.cdb serve rblsmtpd smtp-session true
	run -0 swaks_rcpt
	assert_output --partial '250 2.1.5 OK'
	unserve
	RBLSMTPD='Not now' serve rblsmtpd smtp-session true
	run -0 swaks_rcpt
	assert_output --partial '451 Not now'
}

@test "each recipient refused after the tenth costs a second" {
	mapfile -t to < <(printf '<u%d@b.example>\n' {1..12})
	SECONDS=0
	run -0 --separate-stderr rcpt '' "${to[@]}"
	assert [ "$SECONDS" -ge 2 ]
	assert [ "$SECONDS" -lt 8 ]
	assert_equal "$(grep -c '^554' <<<"$output")" 12
}

@test "the fiftieth recipient refused ends the session with 421" {
	mapfile -t to < <(printf 'RCPT TO:<u%d@b.example>\n' {1..60})
	printf '%s\r\n' 'EHLO c' 'MAIL FROM:<>' "${to[@]}" >sent
	PROBE=${PROBE:-$BIN/../.build/probe}
	run -1 --separate-stderr timeout 20 "$PROBE/hasty-smtp-session" true <sent
	assert_equal "$(grep -c '^554 5.7.1' <<<"$output")" 49
	assert_line --index -1 $'421 4.7.0 Too many errors\r'
}

# entry variable: what the page says of it, in one line.
entry() {
	sed -n "/^\.Sh ENVIRONMENT/,/^\.Sh EXIT/{/^\.It Ev $1\$/,/^\.\(It\|El\)/p}" "$HERE/../src/smtp/smtp-session.8" | tr '\n' ' '
}

@test "the page has every variable, the bounds of every number and its default; what is beyond them is fatal" {
	local line name bounds
	run -0 env -i "PATH=$PATH" smtp-session -h
	while read -r line; do
		name=${line%%=*}
		assert_regex "$(entry "$name")" "Ev $name "
		run -100 --separate-stderr env "$name=x"$'\n' smtp-session true <<<QUIT
		assert_regex "$output" '^421 '
		[[ $stderr =~ from\ ([0-9]+\ to\ [0-9]+)$ ]] && [ "$name" != SMTP_LOG ] && [ "$name" != DATABYTES ] || continue
		bounds=${BASH_REMATCH[1]}
		assert_regex "$(entry "$name")" "$bounds"
		[[ $line =~ =([0-9]+) ]]
		assert_regex "$(entry "$name")" "Default: ${BASH_REMATCH[1]}\."
		run -100 env "$name=$((${bounds#* to } + 1))" smtp-session true <<<QUIT
	done < <(tail -n +3 <<<"$output")
	assert_equal "$(entry SMTP_REFUSED)" ''
	run -0 env RELAYCLIENT= SMTP_MAXRCPT= smtp-session -h
	assert_line --regexp '^  SMTP_MAXRCPT=100 '
	assert_line --regexp '^  RELAYCLIENT= '
}
