/* Names for files that are complete: never through a link, never over a file. */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mime/outkeep.h"
#include "mime/outname.h"

#define SUFFIXES 9999u

/* Numbers that are tried one by one. */
#define LEAP 16u

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1u
#endif

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

/* Whether we gave the name: two parts of one name are two files. With no room to know it, yes. */
static int
is_ours(struct mime_outdir const *o, char const *name)
{
	return o->made.n >= MIME_KNOWN_MAX
	    || mime_known_get(&o->made, mime_outkeep_key(o, name, NULL)) != 0;
}

/* Filesystems without hard links have a rename that does not replace, at best. */
static enum mime_published
give_name(struct mime_outdir const *o, struct mime_newfile *f, char const *name)
{
	if (o->replace && !is_ours(o, name)) {
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
	if (o->replace) return is_ours(o, path);
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

static enum mime_published
try_number(struct mime_outdir const *o, struct mime_newfile *f, char const *name,
    unsigned int number, char *out)
{
	numbered(out, name, number);
	return give_name(o, f, out);
}

/*
 * For -K, beyond the first ones: each file of the name is read once, whatever
 * number of new ones is compared with them.
 */
static enum mime_published
beyond(struct mime_outdir *o, struct mime_newfile *f, char const *name, char *out)
{
	uint64_t const all = mime_outkeep_key(o, name, NULL);
	uint64_t const ours = mime_outkeep_key(o, name, f->temp);
	unsigned int number = mime_known_get(&o->known, ours);

	numbered(out, name, number);
	if (number && mime_outkeep_there(o, f, out)) return MIME_PUBLISHED_BEFORE;
	number = mime_known_get(&o->known, all);
	if (number < LEAP) number = LEAP;
	while (number < SUFFIXES) {
		enum mime_published p;
		uint64_t key = ours;

		p = try_number(o, f, name, ++number, out);
		if (p == MIME_PUBLISHED_NOT && errno != EEXIST) return p;
		if (p == MIME_PUBLISHED_NOT) key = mime_outkeep_key(o, name, out);
		mime_known_put(&o->known, key, number);
		mime_known_put(&o->known, all, number);
		if (p != MIME_PUBLISHED_NOT) return p;
		if (key == ours && mime_outkeep_there(o, f, out)) return MIME_PUBLISHED_BEFORE;
	}
	return MIME_PUBLISHED_NONE;
}

/* Beyond the first ones: a number that is free, and only if none is found so each of them. */
static enum mime_published
leap(struct mime_outdir *o, struct mime_newfile *f, char const *name, char *out)
{
	uint64_t const all = mime_outkeep_key(o, name, NULL);
	unsigned int number = LEAP;
	enum mime_published p;

	if (mime_known_get(&o->known, all)) return MIME_PUBLISHED_NONE;
	while (number < SUFFIXES) {
		number = free_number(o, name, number);
		p = try_number(o, f, name, number, out);
		if (p != MIME_PUBLISHED_NOT || errno != EEXIST) return p;
	}
	for (number = LEAP + 1; number < SUFFIXES; number++) {
		p = try_number(o, f, name, number, out);
		if (p != MIME_PUBLISHED_NOT || errno != EEXIST) return p;
	}
	mime_known_put(&o->known, all, SUFFIXES);
	return MIME_PUBLISHED_NONE;
}

/* The name, or one with a number that is free. */
static enum mime_published
find(struct mime_outdir *o, struct mime_newfile *f, char const *name, char *out)
{
	unsigned int number;

	for (number = 1; number <= LEAP; number++) {
		enum mime_published p;

		numbered(out, name, number);
		if (o->replace && o->keep && mime_outkeep_there(o, f, out))
			return MIME_PUBLISHED_BEFORE;
		p = give_name(o, f, out);
		if (p != MIME_PUBLISHED_NOT || errno != EEXIST) return p;
		if (o->keep && mime_outkeep_there(o, f, out)) return MIME_PUBLISHED_BEFORE;
	}
	return o->keep ? beyond(o, f, name, out) : leap(o, f, name, out);
}

enum mime_published
mime_outname_give(struct mime_outdir *o, struct mime_newfile *f, char const *name, char *out)
{
	enum mime_published p = find(o, f, name, out);

	if (o->replace && p != MIME_PUBLISHED_NOT && p != MIME_PUBLISHED_NONE
	    && o->made.n < MIME_KNOWN_MAX)
		mime_known_put(&o->made, mime_outkeep_key(o, out, NULL), 1);
	return p;
}
