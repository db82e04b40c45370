#!/usr/bin/env bats
# A tree uploaded by curl, which makes the directories on its way, and fetched again.

setup() {
	load helper
	mkdir -p root 'tree/a b/ü' tree/c/d
	printf 'eins\n' >'tree/a b/ü/eins zwei.txt'
	head -c 200000 /dev/urandom >tree/c/d/bin
	: >tree/c/empty
	printf 'x' >'tree/100% [sure]?.txt'
	export FTP_MODE=rw
	serve ftp-session root
}
teardown() { unserve; }

# url path: with the bytes a URL cannot hold written as %XX.
url() { python3 -c 'import sys, urllib.parse; print("ftp://127.0.0.1:%s/%s" % (sys.argv[1], urllib.parse.quote(sys.argv[2])))' "$PORT" "$1"; }

# there_and_back option...: with these options of curl.
there_and_back() {
	local f
	(cd tree && find . -type f -printf '%P\n') >names
	while IFS= read -r f; do
		curl -sS -g --max-time 20 --ftp-create-dirs "$@" -T "tree/$f" "$(url "$f")"
	done <names
	diff -r tree root
	while IFS= read -r f; do
		curl -sS -g --max-time 20 --create-dirs "$@" -o "back/$f" "$(url "$f")"
	done <names
	diff -r tree back
}

@test "curl: a tree there and back, passive" { there_and_back; }

@test "curl: a tree there and back, active" { there_and_back -P -; }
