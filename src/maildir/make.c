/* mkdir(2) and fsync(2): a directory lasts once it and its parent are synced. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/strerr.h>

#include "maildir/make.h"

enum { MODE = 0700 };

int
make_is_folder(char const *name)
{
	return name[0] == '.' && name[1] != 0 && strchr(name, '/') == NULL
	    && strstr(name, "..") == NULL && strlen(name) <= 255;
}

static int
failed(char const *what, char const *path, char const *name)
{
	strerr_warnwusys(what, path, name[0] != 0 ? "/" : "", name);
	return 0;
}

/* Make name below dir if it is not there, open it without following a link, or -1. */
static int
enter(int dir, char const *name)
{
	if (mkdirat(dir, name, MODE) == -1 && errno != EEXIST) return -1;
	return openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* The three of maildir(5), then what holds them. dir stays open. */
static int
fill(int dir, char const *path)
{
	static char const *const names[] = { "tmp", "new", "cur" };
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		int fd = enter(dir, names[i]);

		if (fd == -1) return failed("make ", path, names[i]);
		if (fsync(fd) == -1) return failed("sync ", path, names[i]);
		close(fd);
	}
	return fsync(dir) == 0 || failed("sync ", path, "");
}

/* The mark by which Courier knows a folder from a maildir. */
static int
mark(int dir, char const *path)
{
	int const flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
	int fd = openat(dir, "maildirfolder", flags, 0600);

	if (fd == -1) return failed("make ", path, "maildirfolder");
	if (fsync(fd) == -1) return failed("sync ", path, "maildirfolder");
	close(fd);
	return 1;
}

static int
make_folder(int dir, char const *path, char const *name)
{
	int fd = enter(dir, name);

	if (fd == -1) return failed("make ", path, name);
	if (!mark(fd, name) || !fill(fd, name)) return 0;
	close(fd);
	return fsync(dir) == 0 || failed("sync ", path, "");
}

/* The directory that path, cut at its last '/', is in. */
static int
sync_parent(char *path)
{
	char *slash = strrchr(path, '/');
	int fd, ok;

	if (slash != NULL) *slash = 0;
	fd = open(slash == NULL ? "."
	        : slash == path ? "/"
	                        : path,
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ok = fd != -1 && fsync(fd) == 0;
	if (slash != NULL) *slash = '/';
	if (fd != -1) close(fd);
	return ok || failed("sync what holds ", path, "");
}

/* Each directory on the way; one that was there is synced only if it is the last. */
static int
make_path(char *path)
{
	char *end = path + strspn(path, "/");

	while (*end != 0) {
		char c;
		int made;

		end += strcspn(end, "/");
		c = *end;
		*end = 0;
		made = mkdir(path, MODE) == 0;
		if (!made && errno != EEXIST) return failed("make ", path, "");
		if ((made || c == 0) && !sync_parent(path)) return 0;
		*end = c;
		end += strspn(end, "/");
	}
	return 1;
}

int
make_maildir(char const *path, char const *folder)
{
	char copy[MAKE_PATH];
	size_t n = strlen(path);
	int dir, ok;

	while (n > 1 && path[n - 1] == '/') n--;
	if (n == 0 || n >= sizeof copy) {
		errno = n == 0 ? ENOENT : ENAMETOOLONG;
		return failed("make ", path, "");
	}
	memcpy(copy, path, n);
	copy[n] = 0;
	if (!make_path(copy)) return 0;
	dir = open(copy, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1) return failed("open ", path, "");
	ok = fill(dir, path) && (folder == NULL || make_folder(dir, path, folder));
	close(dir);
	return ok;
}
