/* An upload has no name, or one nobody sees, until it is complete. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/append.h"
#include "ftp/clone.h"
#include "ftp/errors.h"
#include "ftp/publish.h"
#include "ftp/replies.h"
#include "ftp/session.h"

/* The levels above s->path that are missing: cameras make no directories. */
static int
make_parents(struct session *s)
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
		else if (mkdirat(dir, name, 0777 & ~s->mask) == 0)
			made++;
		else if (errno != EEXIST)
			error = errno;
		fd_close(dir);
		errno = error;
		if (error) return 0;
	}
	return 1;
}

static struct reply const *
open_parent(struct session *s)
{
	struct upload *u = &s->upload;
	char const *name;

	u->dir = tree_parent(&s->tree, s->path, &name);
	if (u->dir == -1 && errno == ENOENT && s->policy[FTP_AUTOMKDIR].number) {
		if (make_parents(s)) u->dir = tree_parent(&s->tree, s->path, &name);
	}
	if (u->dir == -1)
		return errno == EBUSY ? &r_is_directory : errors_or(errno, &r_no_directory);
	if (strlen(name) < sizeof u->name) {
		memcpy(u->name, name, strlen(name) + 1);
		return NULL;
	}
	fd_close(u->dir);
	return &r_bad_name;
}

/* Nothing is replaced in a mode in which nothing is changed. */
static uint64_t
overwrite(struct session const *s)
{
	uint64_t policy = s->policy[FTP_OVERWRITE].number;

	return policy == OVERWRITE_REPLACE && !(s->state & S_CHANGE) ? OVERWRITE_NO : policy;
}

/* Adding to what is there: an APPE, or a restart. A drop box has an APPE make a new file. */
static int
may_add(struct session const *s, enum upload_how how, uint64_t at)
{
	if (s->state & S_APPEND) return 1;
	return !at && (how != UPLOAD_APPEND || s->mode == MODE_DROP);
}

/* What the name stands for now. NULL, or why it cannot be uploaded to. */
static struct reply const *
look(struct session *s, enum upload_how how, uint64_t at)
{
	struct upload *u = &s->upload;
	uint64_t policy = overwrite(s);
	struct stat st;

	u->replace = policy != OVERWRITE_NO;
	if (!may_add(s, how, at)) return &r_denied;
	u->numbered = how == UPLOAD_UNIQUE || s->mode == MODE_DROP
	    || (policy == OVERWRITE_RENAME && how == UPLOAD_STORE && at == 0);
	if (fstatat(u->dir, u->name, &st, AT_SYMLINK_NOFOLLOW) == -1) {
		if (errno != ENOENT) return errors_reply(errno);
		return at ? &r_bad_restart : NULL;
	}
	if (u->numbered) return NULL;
	if (S_ISDIR(st.st_mode)) return &r_is_directory;
	if (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode)) return &r_not_plain;
	if (s->mode == MODE_APPEND && (how == UPLOAD_APPEND || at)) u->replace = 1;
	return u->replace ? NULL : &r_taken;
}

/* The target itself is written on: too large to be copied for an addition. */
static struct reply const *
write_inplace(struct session *s, int target)
{
	struct upload *u = &s->upload;

	publish_drop(u);
	u->fd = target;
	u->inplace = 1;
	return lseek(target, (off_t)u->base, SEEK_SET) == -1 ? &r_local : NULL;
}

/*
 * Begin with what the target has. Without a way to share blocks a restart
 * copies up to UPLOAD_COPY and an addition nothing: then the target is written
 * on, unless a program must see the whole first.
 */
static struct reply const *
continue_file(struct session *s, enum upload_how how, uint64_t at)
{
	struct upload *u = &s->upload;
	int target = tree_open(&s->tree, s->path, O_RDWR | O_NONBLOCK);
	struct reply const *r = NULL;
	struct stat st;

	if (target == -1)
		return how == UPLOAD_APPEND && errno == ENOENT ? NULL : errors_reply(errno);
	if (fstat(target, &st) == -1 || !S_ISREG(st.st_mode))
		r = &r_not_plain;
	else if (at > (uint64_t)st.st_size)
		r = &r_bad_restart;
	else if (s->mode == MODE_APPEND && at && at < (uint64_t)st.st_size)
		r = &r_denied;
	if (r) {
		fd_close(target);
		return r;
	}
	u->base = at ? at : (uint64_t)st.st_size;
	if (s->mode == MODE_APPEND && !s->program) return write_inplace(s, target);
	if (u->base && !clone_share(u->fd, target, u->base)) {
		if (!s->program && (how == UPLOAD_APPEND || u->base > UPLOAD_COPY))
			return write_inplace(s, target);
		if (!clone_copy(u->fd, target, u->base, s->block, sizeof s->block))
			r = errors_reply(errno);
	}
	if (!r && lseek(u->fd, (off_t)u->base, SEEK_SET) == -1) r = &r_local;
	fd_close(target);
	return r;
}

struct reply const *
upload_begin(struct session *s, enum upload_how how, uint64_t at)
{
	struct upload *u = &s->upload;
	struct reply const *r;

	u->inplace = 0;
	u->base = 0;
	u->temp[0] = 0;
	r = open_parent(s);
	if (r) return r;
	r = look(s, how, at);
	/* APPE with a restart is a STOR with one: RFC 3659 5.3. */
	if (at) how = UPLOAD_STORE;
	if (!r && !publish_open(u)) r = errors_or(errno, &r_no_directory);
	if (r) {
		fd_close(u->dir);
		return r;
	}
	if (at || (how == UPLOAD_APPEND && !u->numbered)) r = continue_file(s, how, at);
	if (r) upload_drop(s);
	return r;
}

void
upload_drop(struct session *s)
{
	struct upload *u = &s->upload;

	if (u->inplace) {
		(void)!ftruncate(u->fd, (off_t)u->base);
		fd_close(u->fd);
	} else {
		publish_drop(u);
	}
	fd_close(u->dir);
}

static mode_t
mode_of(struct session const *s)
{
	return s->mode == MODE_DROP ? 0600 : 0666 & ~s->mask;
}

/*
 * The program may have given the nameless file a name of its own, as
 * maildir-deliver does. What is stored here is then another file, or what the
 * client appends to it would change what the program has.
 */
static int
separate(struct session *s, uint64_t n)
{
	struct upload *u = &s->upload;
	int theirs = u->fd;
	struct stat st;
	int ok;

	if (u->inplace || u->temp[0]) return 1;
	if (fstat(theirs, &st) == -1) return 0;
	if (st.st_nlink == 0) return 1;
	if (!publish_open(u)) {
		u->fd = theirs;
		return 0;
	}
	ok = clone_share(u->fd, theirs, n)
	    || clone_copy(u->fd, theirs, n, s->block, sizeof s->block);
	fd_close(theirs);
	return ok;
}

static int
commit(struct session *s, uint64_t n)
{
	struct upload *u = &s->upload;

	if (!separate(s, u->base + n)) return 0;
	if (ftruncate(u->fd, (off_t)(u->base + n)) == -1) return 0;
	if (!u->inplace && fchmod(u->fd, mode_of(s)) == -1) return 0;
	if (s->policy[FTP_FSYNC].number && fdatasync(u->fd) == -1) return 0;
	if (u->inplace) return 1;
	return publish_link(u, u->replace, s->policy[FTP_FSYNC].number != 0);
}

struct reply const *
upload_commit(struct session *s, uint64_t n)
{
	struct upload *u = &s->upload;

	if (!commit(s, n)) {
		int error = errno;

		upload_drop(s);
		return error == EEXIST ? &r_taken : errors_reply(error);
	}
	fd_close(u->fd);
	fd_close(u->dir);
	return NULL;
}
