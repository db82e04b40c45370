# For the tests that drive ftp-session with clients people use: one loop over
# the servers of both families.

# shellcheck source=/dev/null
. "${BASH_SOURCE[0]%/*}/both.bash"

# over_both function: with URL, ADDRESS and PORT of each; into a fresh root/in and back.
over_both() {
	local url
	for url in "${URLS[@]}"; do
		rm -rf root/in back
		mkdir root/in back
		at "$url"
		"$@"
	done
}
