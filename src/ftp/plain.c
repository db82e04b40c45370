/* A plain file and nothing else: a FIFO or a device must not hold a session up. */

#include <errno.h>
#include <fcntl.h>

#include <skalibs/djbunix.h>

#include "ftp/errors.h"
#include "ftp/plain.h"
#include "ftp/replies.h"
#include "ftp/session.h"

struct reply const *
plain_open(struct session *s, char const *arg, struct reply const *not_plain, struct stat *st)
{
	struct reply const *r = path_take(s, arg, &r_no_file);

	if (r) return r;
	s->file = tree_open(&s->tree, s->path, O_RDONLY | O_NONBLOCK);
	if (s->file == -1) {
		/* A socket, or a device without its driver. */
		if (errno == ENXIO || errno == ENODEV) return not_plain;
		return errors_or(errno, &r_no_file);
	}
	if (fstat(s->file, st) == 0 && S_ISREG(st->st_mode)) return NULL;
	fd_close(s->file);
	return not_plain;
}
