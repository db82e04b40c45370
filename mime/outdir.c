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

#include "mime/outdir.h"

#define SUFFIXES 9999

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

/* Filesystems without hard links have a rename that does not replace, at best. */
static int
give_name(struct mime_outdir const *o, struct mime_newfile *f, char const *name)
{
	if (o->replace) {
		if (renameat(o->dir, f->temp, o->dir, name) == -1) return -1;
		f->temp[0] = 0;
		return 0;
	}
	if (linkat(o->dir, f->temp, o->dir, name, 0) == 0) return 0;
	if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS) return -1;
	if (syscall(SYS_renameat2, o->dir, f->temp, o->dir, name, RENAME_NOREPLACE) == -1)
		return -1;
	f->temp[0] = 0;
	return 0;
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

int
mime_outdir_publish(
    struct mime_outdir const *o, struct mime_newfile *f, char const *name, char *out)
{
	unsigned int number = 1;
	int r;

	if (fchmod(f->fd, o->mode) == -1 || (o->sync && fsync(f->fd) == -1)) {
		mime_outdir_discard(o, f);
		return 0;
	}
	r = close(f->fd);
	f->fd = -1;
	memcpy(out, name, strlen(name) + 1);
	while (r == 0 && (r = give_name(o, f, out)) == -1 && errno == EEXIST && number < SUFFIXES) {
		mime_fname_next(out, name, ++number);
		r = 0;
	}
	mime_outdir_discard(o, f);
	if (r == 0 && o->sync) r = fsync(o->dir);
	return r == 0;
}
