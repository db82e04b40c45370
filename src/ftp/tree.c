/*
 * One wall: openat2(2) with RESOLVE_IN_ROOT. Landlock is the second; it does
 * not cover stat, chmod and utimensat, so these go by descriptor too.
 */

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/append.h"
#include "ftp/tree.h"

enum { TRIES = 8, NAME = 256 };

static int
close_keeping_errno(int fd)
{
	int e = errno;

	fd_close(fd);
	errno = e;
	return -1;
}

/* Without openat2: one component after the other, following nothing. */
static int
walk(int root, char const *path, int flags)
{
	char name[NAME];
	struct stat st;
	int dir = openat(root, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd;

	while (dir != -1) {
		size_t n = strcspn(path, "/");
		int last = path[n] == 0;

		if (n >= sizeof name) {
			errno = ENAMETOOLONG;
			return close_keeping_errno(dir);
		}
		memcpy(name, path, n);
		name[n] = 0;
		fd = openat(
		    dir, name, O_CLOEXEC | O_NOFOLLOW | (last ? flags : O_PATH | O_DIRECTORY));
		close_keeping_errno(dir);
		if (last) break;
		dir = fd;
		path += n + 1;
	}
	if (dir == -1 || fd == -1) return -1;
	if ((flags & O_PATH) && fstat(fd, &st) == 0 && S_ISLNK(st.st_mode)) {
		errno = ELOOP;
		return close_keeping_errno(fd);
	}
	return fd;
}

int
tree_open(struct tree *t, char const *path, int flags)
{
	struct open_how how = { .flags = (unsigned int)(flags | O_CLOEXEC | O_NOCTTY),
		.resolve =
		    RESOLVE_IN_ROOT | (t->linkless ? RESOLVE_NO_SYMLINKS : RESOLVE_NO_MAGICLINKS) };
	char const *inside = path[1] ? path + 1 : ".";
	int tries;
	int fd;

	if (flags & O_PATH)
		how.flags &= ~(uint64_t)(unsigned int)O_NOCTTY; /* openat2 refuses the two */
	/* EAGAIN: a rename went by while the path was being resolved. */
	for (tries = 0; !t->walk && tries < TRIES; tries++) {
		fd = (int)syscall(SYS_openat2, t->root, inside, &how, sizeof how);

		if (fd >= 0) return fd;
		if (errno == ENOSYS)
			t->walk = 1;
		else if (errno != EAGAIN)
			break;
	}
	fd = t->walk ? walk(t->root, inside, flags) : -1;
	if (fd == -1 && errno == ELOOP && t->linkless) errno = ENOENT;
	return fd;
}

int
tree_parent(struct tree *t, char const *path, char const **name)
{
	char dir[4096];
	size_t n = (size_t)(strrchr(path, '/') - path);
	struct stat st;
	int fd;

	*name = path + n + 1;
	if (path[n + 1] == 0) {
		errno = EBUSY;
		return -1;
	}
	if (n == 0) n = 1;
	memcpy(dir, path, n);
	dir[n] = 0;
	fd = tree_open(t, dir, O_PATH | O_DIRECTORY);
	if (fd == -1 || !t->linkless) return fd;
	if (fstatat(fd, *name, &st, AT_SYMLINK_NOFOLLOW) == -1 || !S_ISLNK(st.st_mode)) return fd;
	errno = ENOENT;
	return close_keeping_errno(fd);
}

int
tree_stat(struct tree *t, char const *path, struct stat *st)
{
	int fd = tree_open(t, path, O_PATH);
	int r;

	if (fd == -1) return 0;
	r = fstat(fd, st);
	close_keeping_errno(fd);
	return r == 0;
}

int
tree_lstat(struct tree *t, char const *path, struct stat *st)
{
	char const *name = ".";
	int dir = path[1] ? tree_parent(t, path, &name) : tree_open(t, path, O_PATH | O_DIRECTORY);
	int r;

	if (dir == -1) return 0;
	r = fstatat(dir, name, st, AT_SYMLINK_NOFOLLOW);
	close_keeping_errno(dir);
	return r == 0;
}

void
tree_proc(char *s, int fd)
{
	s = append_text(s, "/proc/self/fd/");
	*append_number(s, (uint64_t)fd, 1, '0') = 0;
}

/* path pinned, so that no race can put another file in its place. */
static int
pin(struct tree *t, char const *path)
{
	struct stat st;
	int fd = tree_open(t, path, O_PATH);

	if (fd == -1) return -1;
	if (fstat(fd, &st) == 0 && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))) return fd;
	errno = EPERM;
	return close_keeping_errno(fd);
}

int
tree_chmod(struct tree *t, char const *path, mode_t mode)
{
	char proc[TREE_PROC];
	int fd = pin(t, path);
	int r;

	if (fd == -1) return 0;
	tree_proc(proc, fd);
	r = fchmodat(AT_FDCWD, proc, mode, 0);
	close_keeping_errno(fd);
	return r == 0;
}

int
tree_touch(struct tree *t, char const *path, struct timespec const *times)
{
	char proc[TREE_PROC];
	int fd = pin(t, path);
	int r;

	if (fd == -1) return 0;
	tree_proc(proc, fd);
	r = utimensat(AT_FDCWD, proc, times, 0);
	close_keeping_errno(fd);
	return r == 0;
}
