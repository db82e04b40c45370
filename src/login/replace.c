/* lock, copy, sync, rename, sync. */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/buffer.h>
#include <skalibs/djbunix.h>

#include "login/replace.h"
#include "login/users.h"

enum { LOCK_TRIES = 100, LOCK_PAUSE = 100 /* milliseconds */ };

/* The new file being written. */
struct copy {
	char const *name;
	char const *line; /* NULL: the user goes */
	int found;
	int fd;
	buffer out;
	char space[4096];
};

static int
put(struct copy *c, char const *s)
{
	return buffer_puts(&c->out, s) >= 0 && buffer_puts(&c->out, "\n") >= 0;
}

/* A user may have several lines, of which the first counts: one is left. */
static int
put_line(struct copy *c, struct users const *f, enum users_line kind)
{
	size_t n = strlen(c->name);

	if (kind != USERS_ONE || users_name(f->line) != n || memcmp(f->line, c->name, n) != 0)
		return put(c, f->line);
	if (c->found++ || !c->line) return 1;
	return put(c, c->line);
}

static enum replace
copy_lines(struct copy *c, struct users *f)
{
	enum users_line kind;

	while ((kind = users_next(f)) == USERS_ONE || kind == USERS_OTHER) {
		if (strlen(f->line) != f->len) return REPLACE_BAD;
		if (!put_line(c, f, kind)) return REPLACE_ERROR;
	}
	if (kind == USERS_LONG) return REPLACE_BAD;
	return kind == USERS_END ? REPLACE_DONE : REPLACE_ERROR;
}

/* Who could read it still can. */
static int
keep_owner(int to, int from)
{
	struct stat st;

	return fstat(from, &st) == 0 && fchown(to, st.st_uid, st.st_gid) == 0
	    && fchmod(to, st.st_mode & 0755) == 0;
}

static enum replace
write_copy(struct copy *c, char const *file)
{
	static struct users f;
	enum replace r = REPLACE_DONE;

	buffer_init(&c->out, &buffer_write, c->fd, c->space, sizeof c->space);
	if (users_open(&f, file)) {
		r = keep_owner(c->fd, f.fd) ? copy_lines(c, &f) : REPLACE_ERROR;
		fd_close(f.fd);
	} else if (errno != ENOENT) {
		return REPLACE_ERROR;
	}
	if (r != REPLACE_DONE) return r;
	if (!c->line && !c->found) return REPLACE_MISSING;
	if (c->line && !c->found && !put(c, c->line)) return REPLACE_ERROR;
	return buffer_flush(&c->out) && fsync(c->fd) == 0 ? REPLACE_DONE : REPLACE_ERROR;
}

static int
lock(int fd)
{
	int tries = 0;

	while (flock(fd, LOCK_EX | LOCK_NB) == -1) {
		if (errno != EWOULDBLOCK || ++tries == LOCK_TRIES) return 0;
		(void)poll(NULL, 0, LOCK_PAUSE);
	}
	return 1;
}

static enum replace
replace_in(int dir, char const *path, struct copy *c)
{
	char temporary[PATH_MAX + 16];
	enum replace r;
	int e;

	if (!lock(dir)) return errno == EWOULDBLOCK ? REPLACE_BUSY : REPLACE_ERROR;
	(void)snprintf(temporary, sizeof temporary, "%s.new.XXXXXX", path);
	c->fd = mkostemp(temporary, O_CLOEXEC);
	if (c->fd == -1) return REPLACE_ERROR;
	r = write_copy(c, path);
	if (r == REPLACE_DONE && rename(temporary, path) == -1) r = REPLACE_ERROR;
	e = errno;
	if (r != REPLACE_DONE) (void)unlink(temporary);
	fd_close(c->fd);
	errno = e;
	if (r == REPLACE_DONE && fsync(dir) == -1) r = REPLACE_ERROR;
	return r;
}

static int
is_link(char const *file)
{
	struct stat st;

	return lstat(file, &st) == 0 && S_ISLNK(st.st_mode);
}

enum replace
replace(char const *file, char const *name, char const *line)
{
	static struct copy c;
	char path[PATH_MAX];
	char *slash;
	enum replace r;
	int dir;

	c.name = name;
	c.line = line;
	/* Through symbolic links: the file is replaced, not a link to it, or to nothing. */
	if (!realpath(file, path)) {
		if (errno != ENOENT || strlen(file) >= sizeof path || is_link(file))
			return REPLACE_ERROR;
		memcpy(path, file, strlen(file) + 1);
	}
	slash = strrchr(path, '/');
	if (slash) *slash = 0;
	dir = open(slash ? path[0] ? path : "/" : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1) return REPLACE_ERROR;
	if (slash) *slash = '/';
	r = replace_in(dir, path, &c);
	fd_close(dir);
	return r;
}
