/* linkat(2) of a descriptor: by itself, or by its name in /proc. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <skalibs/types.h>

#include "lib/linkfd.h"

/*
 * Since Linux 6.10 who opened a file may link it without a privilege, and without
 * two walks through /proc; an exec in between makes it somebody else.
 */
int
link_fd(int fd, int dir, char const *name)
{
	char path[sizeof "/proc/self/fd/" + UINT_FMT] = "/proc/self/fd/";
	size_t n = strlen(path);

	if (linkat(fd, "", dir, name, AT_EMPTY_PATH) == 0) return 1;
	if (errno != ENOENT) return 0;
	path[n + uint_fmt(path + n, (unsigned int)fd)] = 0;
	return linkat(AT_FDCWD, path, dir, name, AT_SYMLINK_FOLLOW) == 0;
}
