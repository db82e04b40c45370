/* A file that appears whole or not at all: it has no name, or a temporary one, before. */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mime/packfile.h"

#define MODE 0666 /* less the umask, as for any output */

static char const *
base(char const *path)
{
	char const *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static int
open_directory(char const *path)
{
	char dir[4096] = ".";
	size_t n = (size_t)(base(path) - path);

	if (n >= sizeof dir) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (n > 0) {
		memcpy(dir, path, n);
		dir[n] = 0;
	}
	return open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* Whether it is a link to what we were started with, as /dev/stdout is. */
static int
is_standard(char const *path, struct stat const *st)
{
	struct stat other;
	int fd;

	if (lstat(path, &other) == -1 || !S_ISLNK(other.st_mode)) return 0;
	for (fd = 0; fd <= 2; fd++)
		if (fstat(fd, &other) == 0 && other.st_dev == st->st_dev
		    && other.st_ino == st->st_ino)
			return 1;
	return 0;
}

/*
 * A name that is ours before it is there: whatever signal comes, it may be
 * removed. Nobody else has it. Returns 0 with errno set.
 */
static int
temporary(struct mime_packfile *f)
{
	uint64_t salt;

	if (getrandom(&salt, sizeof salt, 0) != (ssize_t)sizeof salt) return 0;
	(void)snprintf(f->temp, sizeof f->temp, ".mime-pack.%lu.%016llx", (unsigned long)getpid(),
	    (unsigned long long)salt);
	f->named = 1;
	return 1;
}

static int
open_named(struct mime_packfile *f)
{
	if (!temporary(f)) return 0;
	f->fd = openat(f->dir, f->temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, MODE);
	if (f->fd == -1) f->named = 0;
	return f->named;
}

int
mime_packfile_open(struct mime_packfile *f, char const *path)
{
	struct stat st;

	f->path = path;
	f->named = 0;
	if (!*base(path)) {
		errno = *path ? EISDIR : ENOENT;
		return 0;
	}
	f->dir = open_directory(path);
	if (f->dir == -1) return 0;
	if (stat(path, &st) == 0 && (!S_ISREG(st.st_mode) || is_standard(path, &st))) {
		errno = EEXIST;
		return 0;
	}
	f->fd = openat(f->dir, ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, MODE);
	if (f->fd != -1) return 1;
	/* Some filesystems have no files without a name. */
	return open_named(f);
}

static int
give_name(struct mime_packfile *f)
{
	char self[40];

	if (f->named) return 1;
	(void)snprintf(self, sizeof self, "/proc/self/fd/%d", f->fd);
	return temporary(f) && linkat(AT_FDCWD, self, f->dir, f->temp, AT_SYMLINK_FOLLOW) == 0;
}

int
mime_packfile_keep(struct mime_packfile *f, int sync)
{
	if (sync && fsync(f->fd) == -1) return 0;
	if (!give_name(f)) return 0;
	if (renameat(f->dir, f->temp, f->dir, base(f->path)) == -1) return 0;
	f->named = 0;
	return !sync || fsync(f->dir) == 0;
}

void
mime_packfile_drop(struct mime_packfile const *f)
{
	int e = errno;

	if (f->named) unlinkat(f->dir, f->temp, 0);
	errno = e;
}
