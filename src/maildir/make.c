/* mkdir(2) and fsync(2): a directory lasts once it and its parent are synced. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "maildir/dirsync.h"
#include "maildir/make.h"
#include "maildir/trouble.h"

enum { MODE = 0700 };

int
make_is_folder(char const *name)
{
	size_t n = strlen(name);
	size_t i;

	if (name[0] != '.' || n > 255 || name[n - 1] == '.') return 0;
	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)name[i];

		if (c < 32 || c == 127 || c == '/' || (c == '.' && name[i + 1] == '.')) return 0;
	}
	return 1;
}

/* Make name below dir if it is not there, open it without following a link, or -1. */
static int
enter(int dir, char const *name)
{
	if (mkdirat(dir, name, MODE) == -1 && errno != EEXIST) return -1;
	return openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* One of the three, and nothing in it that is not on the disk. */
static int
make_one(struct make const *m, int dir, char const *name)
{
	int fd = enter(dir, name);
	int ok, e;

	if (fd == -1) return 0;
	ok = dirsync(fd, m->strict, m->path);
	e = errno;
	close(fd);
	errno = e;
	return ok;
}

/* The three of maildir(5), then what holds them. */
static int
fill(struct make const *m, int dir, struct trouble *why)
{
	if (!make_one(m, dir, "tmp")) return trouble_box(why, "make tmp in", m->path);
	if (!make_one(m, dir, "cur")) return trouble_box(why, "make cur in", m->path);
	if (!make_one(m, dir, "new")) return trouble_box(why, "make new in", m->path);
	return dirsync(dir, m->strict, m->path) || trouble_box(why, "sync", m->path);
}

/* The mark by which Courier knows a folder from a maildir. */
static int
mark(struct make const *m, int dir, struct trouble *why)
{
	int const flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
	int fd = openat(dir, "maildirfolder", flags, 0600);
	int ok = fd != -1 && fsync(fd) == 0;

	if (!ok) trouble_box(why, "make maildirfolder in a folder of", m->path);
	if (fd != -1) close(fd);
	return ok;
}

static int
make_folder(struct make const *m, int dir, struct trouble *why)
{
	int fd = enter(dir, m->folder);
	int ok;

	if (fd == -1) return trouble_box(why, "make a folder in", m->path);
	ok = mark(m, fd, why) && fill(m, fd, why);
	close(fd);
	if (!ok) return 0;
	return dirsync(dir, m->strict, m->path) || trouble_box(why, "sync", m->path);
}

/*
 * The directory that path, cut at its last '/', is in; and what holds that, for the
 * first one made: somebody else may be on the same way, a step ahead.
 */
static int
sync_parent(struct make const *m, char *path, int first, struct trouble *why)
{
	char *slash = strrchr(path, '/');
	int fd, ok;

	if (slash != NULL) *slash = 0;
	fd = open(slash == NULL ? "."
	        : slash == path ? "/"
	                        : path,
	    O_PATH | O_DIRECTORY | O_CLOEXEC);
	ok = fd != -1 && dirsync_at(fd, ".", m->strict, m->path)
	    && (!first || dirsync_at(fd, "..", m->strict, m->path));
	if (!ok) trouble_box(why, "sync what holds", m->path);
	if (slash != NULL) *slash = '/';
	if (fd != -1) close(fd);
	return ok;
}

/* 1 if it was made, 0 if it was there (which some say with other errors), or -1. */
static int
make_step(char const *path)
{
	struct stat st;
	int e;

	if (mkdir(path, MODE) == 0) return 1;
	e = errno;
	if (e == EEXIST || (stat(path, &st) == 0 && S_ISDIR(st.st_mode))) return 0;
	errno = e;
	return -1;
}

/* Each directory on the way; one that was there is synced only if it is the last. */
static int
make_path(struct make const *m, char *path, struct trouble *why)
{
	char *end = path + strspn(path, "/");
	int first = 1;

	while (*end != 0) {
		char c;
		int made;

		end += strcspn(end, "/");
		c = *end;
		*end = 0;
		made = make_step(path);
		if (made == -1) return trouble_box(why, "make", m->path);
		if ((made || c == 0) && !sync_parent(m, path, made && first, why)) return 0;
		if (made) first = 0;
		*end = c;
		end += strspn(end, "/");
	}
	return 1;
}

int
make_maildir(struct make const *m, struct trouble *why)
{
	char copy[MAKE_PATH];
	size_t n = strlen(m->path);
	int dir, ok;

	while (n > 1 && m->path[n - 1] == '/') n--;
	if (n == 0 || n >= sizeof copy) {
		errno = n == 0 ? ENOENT : ENAMETOOLONG;
		return trouble_box(why, "make", m->path);
	}
	memcpy(copy, m->path, n);
	copy[n] = 0;
	if (!make_path(m, copy, why)) return 0;
	dir = open(copy, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1) return trouble_box(why, "open", m->path);
	ok = fill(m, dir, why) && (m->folder == NULL || make_folder(m, dir, why));
	close(dir);
	return ok;
}

int
make_lasting(struct make const *m, int dir, struct trouble *why)
{
	if (dirsync(dir, m->strict, m->path) && dirsync_at(dir, "..", m->strict, m->path)
	    && (m->folder == NULL || dirsync_at(dir, "../..", m->strict, m->path)))
		return 1;
	return trouble_box(why, "sync what holds", m->path);
}
