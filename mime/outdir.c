/* New files in one directory, whole or not at all; never through a link, never over a file. */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>

#include "mime/outdir.h"

#define SUFFIXES 9999u

/* Numbers that are tried one by one. */
#define LEAP 16u

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1u
#endif

int
mime_outdir_open(struct mime_outdir *o, char const *dir)
{
	o->dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return o->dir != -1;
}

int
mime_outdir_begin(struct mime_outdir const *o, struct mime_newfile *f)
{
	int tries;

	for (tries = 0; tries < 100; tries++) {
		uint64_t salt;

		if (getrandom(&salt, sizeof salt, 0) != (ssize_t)sizeof salt) return 0;
		(void)snprintf(f->temp, sizeof f->temp, ".mime-unpack.%lu.%016llx",
		    (unsigned long)getpid(), (unsigned long long)salt);
		f->fd = openat(
		    o->dir, f->temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, o->mode);
		if (f->fd != -1) return 1;
		if (errno != EEXIST) break;
	}
	f->temp[0] = 0;
	return 0;
}

/* A name that nobody has, and then the file in its place. */
static enum mime_published
reserve(struct mime_outdir const *o, struct mime_newfile *f, char const *name)
{
	int fd =
	    openat(o->dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, o->mode);

	if (fd == -1) return MIME_PUBLISHED_NOT;
	close(fd);
	if (renameat(o->dir, f->temp, o->dir, name) == -1) {
		int e = errno;

		unlinkat(o->dir, name, 0);
		errno = e;
		return MIME_PUBLISHED_NOT;
	}
	f->temp[0] = 0;
	return MIME_PUBLISHED_LATER;
}

/* Filesystems without hard links have a rename that does not replace, at best. */
static enum mime_published
give_name(struct mime_outdir const *o, struct mime_newfile *f, char const *name)
{
	if (o->replace) {
		if (renameat(o->dir, f->temp, o->dir, name) == -1) return MIME_PUBLISHED_NOT;
		f->temp[0] = 0;
		return MIME_PUBLISHED;
	}
	if (linkat(o->dir, f->temp, o->dir, name, 0) == 0) return MIME_PUBLISHED;
	if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS) return MIME_PUBLISHED_NOT;
	if (syscall(SYS_renameat2, o->dir, f->temp, o->dir, name, RENAME_NOREPLACE) == 0) {
		f->temp[0] = 0;
		return MIME_PUBLISHED;
	}
	if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP) return MIME_PUBLISHED_NOT;
	return reserve(o, f, name);
}

/* Whether two descriptors, each closed here if it is one, give the same bytes. */
static int
same_bytes(int a, int b)
{
	char one[4096];
	char two[4096];
	struct stat sa;
	struct stat sb;
	size_t n;
	int same = a != -1 && b != -1 && fstat(a, &sa) == 0 && fstat(b, &sb) == 0
	    && S_ISREG(sb.st_mode) && sa.st_size == sb.st_size;

	while (same) {
		n = allread(a, one, sizeof one);
		same = allread(b, two, sizeof two) == n && memcmp(one, two, n) == 0;
		if (n < sizeof one) break;
	}
	if (a != -1) close(a);
	if (b != -1) close(b);
	return same;
}

static int
there(struct mime_outdir const *o, struct mime_newfile const *f, char const *name)
{
	int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
	struct stat ours;
	struct stat st;

	if (fstatat(o->dir, name, &st, AT_SYMLINK_NOFOLLOW) == -1 || !S_ISREG(st.st_mode)) return 0;
	if (fstatat(o->dir, f->temp, &ours, AT_SYMLINK_NOFOLLOW) == -1) return 0;
	if (st.st_size != ours.st_size) return 0;
	return same_bytes(openat(o->dir, f->temp, flags), openat(o->dir, name, flags));
}

static void
numbered(char *out, char const *name, unsigned int number)
{
	if (number > 1)
		mime_fname_next(out, name, number);
	else
		memcpy(out, name, strlen(name) + 1);
}

static int
is_taken(struct mime_outdir const *o, char const *name, unsigned int number)
{
	char path[MIME_OUTDIR_NAME];
	struct stat st;

	numbered(path, name, number);
	return fstatat(o->dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

/*
 * A number that is free where the one below it is taken, from one that is taken:
 * by doubling, then by halves, for whoever sends ten thousand files of one name
 * must not make us try each number for each of them. The last one if all are.
 */
static unsigned int
free_number(struct mime_outdir const *o, char const *name, unsigned int taken)
{
	unsigned int open = taken;

	do {
		taken = open;
		open = open < SUFFIXES / 2 ? 2 * open : SUFFIXES;
	} while (is_taken(o, name, open) && open < SUFFIXES);
	while (open - taken > 1) {
		unsigned int middle = taken + (open - taken) / 2;

		if (is_taken(o, name, middle))
			taken = middle;
		else
			open = middle;
	}
	return open;
}

/* The name, or one with a number that is free. */
static enum mime_published
find_name(struct mime_outdir const *o, struct mime_newfile *f, char const *name, char *out)
{
	unsigned int number = 1;
	int each = o->keep; /* which must see every file there is */

	for (;;) {
		enum mime_published p;

		numbered(out, name, number);
		if (o->replace && o->keep && there(o, f, out)) return MIME_PUBLISHED_BEFORE;
		p = give_name(o, f, out);
		if (p != MIME_PUBLISHED_NOT || errno != EEXIST) return p;
		if (o->keep && there(o, f, out)) return MIME_PUBLISHED_BEFORE;
		if (number == SUFFIXES) {
			if (each) return MIME_PUBLISHED_NONE;
			each = 1;
			number = LEAP;
		}
		number = !each && number >= LEAP ? free_number(o, name, number) : number + 1;
	}
}

void
mime_outdir_discard(struct mime_outdir const *o, struct mime_newfile *f)
{
	int e = errno;

	if (f->fd != -1) close(f->fd);
	f->fd = -1;
	if (f->temp[0]) unlinkat(o->dir, f->temp, 0);
	f->temp[0] = 0;
	errno = e;
}

void
mime_outdir_drop(struct mime_outdir const *o, struct mime_newfile const *f)
{
	if (f->temp[0]) (void)unlinkat(o->dir, f->temp, 0);
}

enum mime_published
mime_outdir_publish(
    struct mime_outdir const *o, struct mime_newfile *f, char const *name, char *out)
{
	enum mime_published p = MIME_PUBLISHED_NOT;
	int ready = fchmod(f->fd, o->mode) == 0 && (!o->sync || fsync(f->fd) == 0);

	if (ready) {
		ready = close(f->fd) == 0;
		f->fd = -1;
	}
	if (ready) p = find_name(o, f, name, out);
	mime_outdir_discard(o, f);
	if (p != MIME_PUBLISHED_NOT && p != MIME_PUBLISHED_NONE && o->sync && fsync(o->dir) == -1)
		p = MIME_PUBLISHED_NOT;
	return p;
}
