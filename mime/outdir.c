/* New files in one directory, whole or not at all. */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mime/outname.h"

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
mime_outdir_publish(struct mime_outdir *o, struct mime_newfile *f, char const *name, char *out)
{
	enum mime_published p = MIME_PUBLISHED_NOT;
	int ready = fchmod(f->fd, o->mode) == 0 && (!o->sync || fsync(f->fd) == 0);

	if (ready) {
		ready = close(f->fd) == 0;
		f->fd = -1;
	}
	if (ready) p = mime_outname_give(o, f, name, out);
	mime_outdir_discard(o, f);
	if (p != MIME_PUBLISHED_NOT && p != MIME_PUBLISHED_NONE && o->sync && fsync(o->dir) == -1)
		p = MIME_PUBLISHED_NOT;
	return p;
}
