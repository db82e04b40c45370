/* fsync(2) of directories, and the filesystems that have none. */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <skalibs/strerr.h>

#include "maildir/dirsync.h"

/* Filesystems that cannot sync a directory say so with one of these. */
static int
unsyncable(void)
{
	return errno == EINVAL || errno == EBADF || errno == EOPNOTSUPP || errno == EROFS;
}

int
dirsync(int fd, int strict, char const *path)
{
	if (fsync(fd) == 0) return 1;
	if (strict || !unsyncable()) return 0;
	strerr_warnwusys("sync the directory of ", path);
	return 1;
}

int
dirsync_at(int dir, char const *name, int strict, char const *path)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int ok, e;

	if (fd == -1) {
		if (errno != EACCES || faccessat(dir, name, W_OK, AT_EACCESS) == 0) return 0;
		return errno == EACCES;
	}
	ok = dirsync(fd, strict, path);
	e = errno;
	close(fd);
	errno = e;
	return ok;
}
