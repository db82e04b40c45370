/* Fresh files, restarts and additions: RFC 959 4.1.3, RFC 3659 5.3. */

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/clone.h"
#include "ftp/errors.h"
#include "ftp/partial.h"
#include "ftp/publish.h"
#include "ftp/replies.h"
#include "ftp/session.h"
#include "ftp/source.h"

mode_t
source_mode(struct session const *s)
{
	return s->mode == MODE_DROP ? 0600 : 0666 & ~s->mask;
}

/* What a program takes for its own is nobody else's until it is stored. */
static int
open_new(struct session *s)
{
	return publish_open(&s->upload, s->program ? 0600 : source_mode(s));
}

/*
 * For this upload alone, as long as fd is open: a second that begins at the same
 * end would write over the first, or cut it off. 0 if another has it; a file
 * system without locks has none.
 */
static int
lock(int fd)
{
	return flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

/* FTP_ATOMIC=0: the target itself. A symbolic link is replaced when all has come. */
static struct reply const *
open_target(struct session *s)
{
	struct upload *u = &s->upload;
	int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
	struct stat st;

	if (!u->replace) flags |= O_EXCL;
	u->fd = openat(u->dir, u->name, flags, source_mode(s));
	if (u->fd == -1 && errno == ELOOP)
		return open_new(s) ? NULL : errors_or(errno, &r_no_directory);
	u->inplace = 1;
	if (u->fd == -1) return errno == EEXIST ? &r_taken : errors_or(errno, &r_no_directory);
	if (fstat(u->fd, &st) == 0 && S_ISREG(st.st_mode)) {
		if (lock(u->fd)) return NULL;
		fd_close(u->fd);
		return &r_busy;
	}
	fd_close(u->fd);
	return &r_not_plain;
}

static struct reply const *
fresh(struct session *s)
{
	struct upload *u = &s->upload;

	/* What the program has not seen is not shown; nor what could not be removed. */
	if (!s->policy[FTP_ATOMIC].number && !u->numbered && !s->program && (s->state & S_CHANGE))
		return open_target(s);
	return open_new(s) ? NULL : errors_or(errno, &r_no_directory);
}

static struct reply const *
write_on(struct upload *u)
{
	u->inplace = 1;
	return NULL;
}

/*
 * A new file that begins as target does. Without a way to share blocks a
 * restart copies up to FTP_CLONE_MAX and an addition nothing: then the target
 * is written on, unless a program must see the whole first.
 */
static struct reply const *
begin_as(struct session *s, enum upload_how how, int target)
{
	struct upload *u = &s->upload;

	if (!s->program && (s->mode == MODE_APPEND || !s->policy[FTP_ATOMIC].number))
		return write_on(u);
	if (!open_new(s)) {
		/* A log in a directory that is not ours to write can be added to still. */
		return errno == EACCES && how == UPLOAD_APPEND && !s->program ? write_on(u)
		                                                              : errors_reply(errno);
	}
	if (!u->base || clone_share(u->fd, target, u->base)) return NULL;
	if (!s->program && (how == UPLOAD_APPEND || u->base > s->policy[FTP_CLONE_MAX].number)) {
		publish_drop(u);
		return write_on(u);
	}
	if (clone_copy(u->fd, target, u->base, s->block, sizeof s->block)) return NULL;
	publish_drop(u);
	return errors_reply(errno);
}

/* What is there may be added to, but none of it replaced. */
static int
keeps_old(struct session const *s)
{
	return s->mode == MODE_APPEND || s->policy[FTP_OVERWRITE].number != OVERWRITE_REPLACE;
}

/* The path may have been given to another file before target was locked. */
static int
alone(struct session *s, int target, struct stat *st)
{
	struct stat now;

	return lock(target) && fstat(target, st) == 0 && tree_stat(&s->tree, s->path, &now)
	    && now.st_ino == st->st_ino && now.st_dev == st->st_dev;
}

static struct reply const *
continue_target(struct session *s, enum upload_how how, uint64_t at)
{
	struct upload *u = &s->upload;
	int target = tree_open(&s->tree, s->path, O_RDWR | O_NONBLOCK);
	struct reply const *r = NULL;
	struct stat st;

	if (target == -1) return errors_reply(errno);
	if (fstat(target, &st) == -1 || !S_ISREG(st.st_mode))
		r = &r_not_plain;
	else if (!alone(s, target, &st))
		r = &r_busy;
	else if (at > (uint64_t)st.st_size)
		r = &r_bad_restart;
	else if (keeps_old(s) && at && at < (uint64_t)st.st_size)
		r = &r_denied;
	else
		u->base = at ? at : (uint64_t)st.st_size;
	if (!r) r = begin_as(s, how, target);
	if (r)
		fd_close(target);
	else if (u->inplace)
		u->fd = target;
	else
		u->continued = target;
	return r;
}

/* SIZE may have told the client of the partial: APPE goes on where that ends. */
static int
wants_partial(struct session *s, enum upload_how how, uint64_t at, uint64_t size)
{
	struct stat st;

	if (s->upload.absent) return at ? at <= size : how == UPLOAD_APPEND;
	return at && at == size
	    && (!tree_stat(&s->tree, s->path, &st) || (uint64_t)st.st_size != size);
}

static struct reply const *
continue_partial(struct session *s, uint64_t at)
{
	struct upload *u = &s->upload;

	if (!partial_claim(u, at)) return errors_or(errno, &r_bad_restart);
	u->base = at;
	u->claimed = 1;
	u->keeps = 1;
	u->numbered = s->policy[FTP_OVERWRITE].number == OVERWRITE_RENAME;
	return NULL;
}

/* s->upload.fd, but not yet at its offset. */
static struct reply const *
choose(struct session *s, enum upload_how how, uint64_t at)
{
	struct upload *u = &s->upload;
	uint64_t size;

	if (u->numbered || (!at && how != UPLOAD_APPEND)) return fresh(s);
	if (partial_size(s, u->dir, u->part, &size) && wants_partial(s, how, at, size))
		return continue_partial(s, at ? at : size);
	if (!u->absent) return continue_target(s, at ? UPLOAD_STORE : how, at);
	return at ? &r_bad_restart : fresh(s);
}

struct reply const *
source_open(struct session *s, enum upload_how how, uint64_t at)
{
	struct upload *u = &s->upload;
	struct reply const *r = choose(s, how, at);

	/* It cannot fail: the offset is that of a plain file. */
	if (!r && u->base) (void)lseek(u->fd, (off_t)u->base, SEEK_SET);
	return r;
}
