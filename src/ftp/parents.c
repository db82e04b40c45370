/* The directories above an upload: FTP_AUTOMKDIR. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/errors.h"
#include "ftp/parents.h"
#include "ftp/publish.h"
#include "ftp/replies.h"
#include "ftp/room.h"
#include "ftp/session.h"

/* 1: made. 0: it was there, or cannot be made: then errno is not 0. */
static int
make(struct session *s, int dir, char const *name)
{
	struct stat st;

	errno = 0;
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT
	    || !room_entry(s, dir))
		return 0;
	if (mkdirat(dir, name, 0777 & ~s->mask) == 0)
		return !s->policy[FTP_FSYNC].number || publish_sync(dir);
	if (errno == EEXIST) errno = 0;
	return 0;
}

/* The levels above s->path that are missing: cameras make no directories. */
int
parents_make(struct session *s)
{
	char path[PATH_SPACE];
	char const *name;
	unsigned int made = 0;
	size_t n = 0;

	while (s->path[n]) {
		size_t len = strcspn(s->path + n + 1, "/") + 1;
		int dir;
		int error = 0;

		if (!s->path[n + len]) return 1;
		n += len;
		memcpy(path, s->path, n);
		path[n] = 0;
		dir = tree_parent(&s->tree, path, &name);
		if (dir == -1) return 0;
		/* Below one we made nothing exists: that is one too many. */
		if (made == UPLOAD_LEVELS)
			error = ENOENT;
		else if (make(s, dir, name))
			made++;
		else
			error = errno;
		fd_close(dir);
		errno = error;
		if (error) return 0;
	}
	return 1;
}

struct reply const *
parents_open(struct session *s)
{
	struct upload *u = &s->upload;
	char const *name;

	u->dir = tree_parent(&s->tree, s->path, &name);
	if (u->dir == -1 && errno == ENOENT && s->policy[FTP_AUTOMKDIR].number) {
		if (parents_make(s)) u->dir = tree_parent(&s->tree, s->path, &name);
	}
	if (u->dir == -1)
		return errno == EBUSY ? &r_is_directory : errors_or(errno, &r_no_directory);
	if (strlen(name) < sizeof u->name) {
		u->stem = strlen(name);
		memcpy(u->name, name, u->stem + 1);
		return NULL;
	}
	fd_close(u->dir);
	return &r_bad_name;
}
