/* O_TMPFILE and linkat(2), or a hidden name and rename(2). */

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/append.h"
#include "ftp/publish.h"
#include "ftp/tree.h"
#include "ftp/unique.h"
#include "lib/linkfd.h"

#define PREFIX ".ftp-"

enum { TRIES = 8 };

static uint64_t
random_number(void)
{
	uint64_t u = 0;

	(void)!getrandom(&u, sizeof u, 0);
	return u;
}

/* The prefix, the process, and what nobody guesses. */
void
publish_temporary(char *name)
{
	char *p = append_number(append_text(name, PREFIX), (uint64_t)getpid(), 1, '0');

	*p++ = '-';
	*append_hex(p, random_number()) = 0;
}

int
publish_is_temporary(char const *name)
{
	size_t const lead = sizeof PREFIX - 1;
	size_t n;

	if (strncmp(name, PREFIX, lead) != 0) return 0;
	n = strspn(name + lead, "0123456789");
	if (n == 0 || name[lead + n] != '-') return 0;
	name += lead + n + 1;
	return *name && name[strspn(name, "0123456789abcdef")] == 0;
}

static int
open_named(struct upload *u)
{
	int tries;

	for (tries = 0; tries < TRIES; tries++) {
		publish_temporary(u->temp);
		u->fd = openat(
		    u->dir, u->temp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (u->fd != -1 || errno != EEXIST) break;
	}
	return u->fd != -1;
}

/*
 * A file that can get its name later, which takes /proc. -1 with errno
 * EOPNOTSUPP if there is no such thing here: NFS, FAT, kernels before 3.11.
 */
static int
open_nameless(int dir, mode_t mode, int *linkable)
{
	int fd = openat(dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
	char proc[TREE_PROC];
	struct stat st;

	if (fd == -1) {
		if (errno == EISDIR || errno == EINVAL) errno = EOPNOTSUPP;
		return -1;
	}
	tree_proc(proc, fd);
	if (!*linkable) *linkable = fstatat(AT_FDCWD, proc, &st, 0) == 0;
	if (*linkable) return fd;
	fd_close(fd);
	errno = EOPNOTSUPP;
	return -1;
}

int
publish_nameless(int dir)
{
	int linkable = 0;
	int fd = open_nameless(dir, 0600, &linkable);

	if (fd == -1) return errno != EOPNOTSUPP;
	fd_close(fd);
	return 1;
}

int
publish_open(struct upload *u, mode_t mode)
{
	u->temp[0] = 0;
	u->mode = mode;
	u->fd = open_nameless(u->dir, mode, &u->linkable);
	if (u->fd != -1) return 1;
	u->mode = 0600;
	return errno == EOPNOTSUPP && open_named(u);
}

int
publish_chmod(struct upload *u, mode_t mode)
{
	if (u->mode != mode && fchmod(u->fd, mode) == -1) return 0;
	u->mode = mode;
	return 1;
}

int
publish_as(struct upload const *u, char const *name)
{
	if (u->temp[0] == 0) return link_fd(u->fd, u->dir, name);
	if (linkat(u->dir, u->temp, u->dir, name, 0) == 0) return 1;
	if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS) return 0;
	/* No hard links here: FAT. */
	return publish_move(u->dir, u->temp, u->dir, name);
}

int
publish_move(int from, char const *old, int to, char const *new)
{
	struct stat st;

	if (syscall(SYS_renameat2, from, old, to, new, RENAME_NOREPLACE) == 0) return 1;
	if (errno != EINVAL && errno != ENOSYS) return 0;
	/* The file system knows no such rename: look first. */
	if (fstatat(to, new, &st, AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		return 0;
	}
	return renameat(from, old, to, new) == 0;
}

/* rename(2) is the one atomic way, and so it needs some name first. */
static int
put_over(struct upload *u)
{
	int tries;

	for (tries = 0; u->temp[0] == 0 && tries < TRIES; tries++) {
		char temp[UPLOAD_NAME];

		publish_temporary(temp);
		if (publish_as(u, temp))
			memcpy(u->temp, temp, sizeof temp);
		else if (errno != EEXIST)
			return 0;
	}
	if (u->temp[0] == 0 || renameat(u->dir, u->temp, u->dir, u->name) == -1) return 0;
	u->temp[0] = 0;
	return 1;
}

/* Under its own name, or the first that is free. */
static int
link_free(struct upload *u)
{
	unsigned int i;

	if (publish_as(u, u->name)) return 1;
	for (i = 1; errno == EEXIST && unique_name(u, i); i++)
		if (publish_as(u, u->name)) return 1;
	return 0;
}

int
publish_link(struct upload *u)
{
	int ok;

	if (u->numbered) {
		ok = link_free(u);
	} else {
		ok = (u->absent || !u->replace) && publish_as(u, u->name);
		if (!ok && u->replace && (!u->absent || errno == EEXIST)) ok = put_over(u);
	}
	if (!ok) return 0;
	if (u->temp[0]) (void)unlinkat(u->dir, u->temp, 0);
	u->temp[0] = 0;
	return 1;
}

int
publish_sync(int dir)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int ok;

	/* Only who may read a directory can sync it. */
	if (fd == -1) return 1;
	ok = fsync(fd) == 0;
	fd_close(fd);
	return ok;
}

void
publish_drop(struct upload *u)
{
	if (u->temp[0]) (void)unlinkat(u->dir, u->temp, 0);
	u->temp[0] = 0;
	fd_close(u->fd);
}
