/*
 * Without recursion and with three descriptors, however deep it goes: the
 * directory at work is found anew from the top each time, through no link.
 */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/append.h"
#include "ftp/entries.h"
#include "ftp/partial.h"
#include "ftp/path.h"
#include "ftp/remove.h"
#include "ftp/session.h"

struct removal {
	struct tree top;        /* the directory; followed through no links */
	char below[PATH_SPACE]; /* the one at work, "/" or "/a/b" as seen from it */
	unsigned int depth;
	unsigned int removed;
};

enum work { WORK_DONE, WORK_BELOW, WORK_FAILED };

static enum work
fail(int error)
{
	errno = error;
	return WORK_FAILED;
}

/* There is more in name: that first. */
static enum work
descend(struct removal *r, char const *name)
{
	size_t n = r->below[1] ? strlen(r->below) : 0;

	if (r->depth == REMOVE_DEPTH || n + strlen(name) + 2 > sizeof r->below)
		return fail(ENOTEMPTY);
	r->depth++;
	*append_text(append_text(r->below + n, "/"), name) = 0;
	return WORK_BELOW;
}

/* Our own temporary names do not exist for clients, who could never empty it. */
static int
kept(struct session const *s, char const *name)
{
	return strncmp(name, ".ftp-", 5) != 0 && path_denied(s, name, strlen(name));
}

static enum work
remove_one(struct session *s, struct removal *r, int fd, char const *name)
{
	if (r->removed == REMOVE_MOST || kept(s, name)) return fail(ENOTEMPTY);
	if (unlinkat(fd, name, 0) == -1) {
		if (errno != EISDIR && errno != EPERM)
			return errno == ENOENT ? WORK_DONE : WORK_FAILED;
		if (unlinkat(fd, name, AT_REMOVEDIR) == -1)
			return errno == ENOTEMPTY || errno == EEXIST ? descend(r, name)
			                                             : WORK_FAILED;
	}
	r->removed++;
	return WORK_DONE;
}

/* Remove what is in the directory at work, up to one that is not empty. */
static enum work
empty(struct session *s, struct removal *r)
{
	int fd = tree_open(&r->top, r->below, O_RDONLY | O_DIRECTORY);
	enum work work = WORK_DONE;
	struct entries e;
	char const *name;
	int error;

	if (fd == -1) return WORK_FAILED;
	if (!entries_start(&e, fd, s->block, sizeof s->block, 0)) work = WORK_FAILED;
	while (work == WORK_DONE && (name = entries_next(&e))) work = remove_one(s, r, fd, name);
	if (work == WORK_DONE && e.failed) work = WORK_FAILED;
	error = errno;
	fd_close(fd);
	errno = error;
	return work;
}

static int
empty_all(struct session *s, struct removal *r)
{
	for (;;) {
		enum work work = empty(s, r);

		if (work == WORK_FAILED) return 0;
		if (work == WORK_BELOW) continue;
		if (r->depth == 0) return 1;
		/* Empty now; the one above it is read again, and removes it. */
		r->depth--;
		*strrchr(r->below, '/') = 0;
		if (r->below[0] == 0) memcpy(r->below, "/", 2);
	}
}

int
remove_all(struct session *s, int dir, char const *name)
{
	struct removal r = { .top = { .walk = 1 }, .below = "/" };
	int ok;
	int error;

	r.top.root = openat(dir, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (r.top.root == -1) return 0;
	ok = empty_all(s, &r) && unlinkat(dir, name, AT_REMOVEDIR) == 0;
	error = errno;
	fd_close(r.top.root);
	errno = error;
	return ok;
}

/* Look at all there is, or remove it: 0 as soon as it is not a partial. */
static int
only_partials(struct session *s, int fd, int away)
{
	struct entries e;
	char const *name;

	if (lseek(fd, 0, SEEK_SET) == -1 || !entries_start(&e, fd, s->block, sizeof s->block, 0))
		return 0;
	while ((name = entries_next(&e)))
		if (!partial_is(name) || (away && unlinkat(fd, name, 0) == -1)) return 0;
	return !e.failed;
}

int
remove_empty(struct session *s, int dir, char const *name)
{
	int ok = unlinkat(dir, name, AT_REMOVEDIR) == 0;
	int fd;

	if (ok || (errno != ENOTEMPTY && errno != EEXIST)) return ok;
	fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd != -1) {
		ok = only_partials(s, fd, 0) && only_partials(s, fd, 1)
		    && unlinkat(dir, name, AT_REMOVEDIR) == 0;
		fd_close(fd);
	}
	errno = ENOTEMPTY;
	return ok;
}
