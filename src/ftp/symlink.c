/* SITE SYMLINK: only what cannot lead out, for us and for whoever else reads the tree. */

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/errors.h"
#include "ftp/events.h"
#include "ftp/handlers.h"
#include "ftp/linktarget.h"
#include "ftp/replies.h"
#include "ftp/room.h"
#include "ftp/session.h"

/* A link to what does not exist for clients would show it to them. */
static int
leads_to_denied(struct session const *s, char const *target)
{
	for (; *target; target += *target == '/') {
		size_t n = strcspn(target, "/");

		if (path_denied(s, target, n)) return 1;
		target += n;
	}
	return 0;
}

/* "SITE SYMLINK target name": the target is all up to the first blank. */
struct reply const *
site_symlink(struct session *s, char *arg)
{
	/* Where a link is on the way its depth is not what its path says. */
	struct tree plain = { .root = s->tree.root, .walk = 1 };
	char *name = strchr(arg, ' ');
	struct reply const *r;
	char const *last;
	int error = 0;
	int dir;

	if (!name || !name[1]) return &r_bad_argument;
	*name++ = 0;
	r = path_take(s, name, &r_bad_name);
	if (r) return r;
	if (!linktarget_ok(arg, s->path) || leads_to_denied(s, arg)) return &r_bad_name;
	dir = tree_parent(&plain, s->path, &last);
	if (dir == -1) return errors_or(errno, &r_no_directory);
	if (!room_entry(s, dir) || symlinkat(arg, dir, last) == -1) error = errno;
	fd_close(dir);
	if (error) return errors_reply(error);
	event_moved(s, "symlink", s->path, arg);
	return &r_symlink_ok;
}
