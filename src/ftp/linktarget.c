/* "..", as often as there are directories, then names. */

#include <string.h>

#include "ftp/linktarget.h"

static int
is_up(char const *name, size_t n)
{
	return n == 2 && name[0] == '.' && name[1] == '.';
}

/* The directories above the last component of path. */
static unsigned int
depth(char const *path)
{
	unsigned int n = 0;

	for (; *path; path++) n += *path == '/';
	return n - 1;
}

int
linktarget_ok(char const *target, char const *path)
{
	unsigned int left = depth(path);
	int names = 0;

	if (target[0] == 0 || target[0] == '/') return 0;
	while (*target) {
		size_t n = strcspn(target, "/");

		if (is_up(target, n)) {
			if (names || left == 0) return 0;
			left--;
		} else if (n && !(n == 1 && target[0] == '.')) {
			names = 1;
		}
		for (; n; n--, target++)
			if ((unsigned char)*target < 0x20 || *target == 0x7f) return 0;
		target += *target == '/';
	}
	return 1;
}
