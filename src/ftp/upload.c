/* An upload has no name, or one nobody sees, until it is complete. */

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/afterwards.h"
#include "ftp/clone.h"
#include "ftp/errors.h"
#include "ftp/parents.h"
#include "ftp/partial.h"
#include "ftp/publish.h"
#include "ftp/replies.h"
#include "ftp/room.h"
#include "ftp/session.h"
#include "ftp/source.h"
#include "ftp/unique.h"

/*
 * What killed sessions left behind is looked for once, when the same may come of
 * this upload; not at its end, since a client that said ABOR waits.
 */
static void
sweep(struct session *s)
{
	if (!s->upload.swept) partial_sweep(s, s->upload.dir, s->block, sizeof s->block);
	s->upload.swept = 1;
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
	u->guarded = s->mode == MODE_DROP;
	u->absent = fstatat(u->dir, u->name, &st, AT_SYMLINK_NOFOLLOW) == -1;
	if (u->absent && errno != ENOENT) return errors_reply(errno);
	/* What another has made by then is to be added to, not to be replaced. */
	if (u->absent && u->adds) u->replace = 0;
	if ((u->absent || u->numbered) && !room_entry(s, u->dir)) return errors_reply(errno);
	if (u->absent) return NULL;
	/* A number makes a name unique; it does not make a file of a directory's. */
	if (S_ISDIR(st.st_mode) && how != UPLOAD_UNIQUE && s->mode != MODE_DROP)
		return &r_is_directory;
	if (u->numbered) return NULL;
	if (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode)) return &r_not_plain;
	if (s->mode == MODE_APPEND && (how == UPLOAD_APPEND || at)) u->replace = 1;
	return u->replace ? NULL : &r_taken;
}

struct reply const *
upload_begin(struct session *s, enum upload_how how, uint64_t at)
{
	struct upload *u = &s->upload;
	struct reply const *r;

	u->inplace = u->claimed = 0;
	u->adds = how == UPLOAD_APPEND;
	u->continued = -1;
	u->base = 0;
	u->temp[0] = u->part[0] = 0;
	r = parents_open(s);
	if (r) return r;
	r = look(s, how, at);
	/* APPE with a restart is a STOR with one: RFC 3659 5.3. */
	u->keeps = (how == UPLOAD_STORE || at) && (s->state & S_CHANGE)
	    && s->policy[FTP_PARTIAL].number == PARTIAL_KEEP;
	if (how != UPLOAD_UNIQUE && partial_on(s)) partial_name(u->part, u->name);
	if (!r) r = source_open(s, how, at);
	if (r) {
		fd_close(u->dir);
		return r;
	}
	r = room_grow(s, u->base);
	if (r)
		upload_break(s, 0, 1);
	else if (u->temp[0])
		sweep(s);
	/* To reserve a name is to remove one later: not in the modes that cannot. */
	if (!r && how == UPLOAD_UNIQUE) unique_choose(u, s->mode == MODE_RW);
	return r;
}

/* Its name may be another file's by now. */
static int
still_named(struct upload const *u)
{
	struct stat now;
	struct stat st;

	return fstatat(u->dir, u->name, &now, AT_SYMLINK_NOFOLLOW) == 0 && fstat(u->fd, &st) == 0
	    && now.st_ino == st.st_ino && now.st_dev == st.st_dev;
}

/* The target holds what came: as it is, as it was before, or not at all. */
static void
undo(struct upload *u, uint64_t n, int keep)
{
	if (u->absent && (n == 0 || !keep) && still_named(u))
		(void)unlinkat(u->dir, u->name, 0);
	else if (n)
		(void)!ftruncate(u->fd, (off_t)(u->base + (keep ? n : 0)));
	fd_close(u->fd);
}

static void
unlock(struct upload *u)
{
	if (u->continued != -1) fd_close(u->continued);
}

void
upload_break(struct session *s, uint64_t n, int keep)
{
	struct upload *u = &s->upload;

	keep = keep && u->keeps;
	if (u->inplace) {
		undo(u, n, keep);
	} else if (keep && u->part[0] && (n || u->claimed)) {
		partial_keep(u, u->base + n, n != 0);
	} else {
		publish_drop(u);
	}
	unlock(u);
	fd_close(u->dir);
}

/* An older partial is not a beginning of what is to come now. */
void
upload_drop(struct session *s)
{
	struct upload *u = &s->upload;

	if (u->part[0]) (void)unlinkat(u->dir, u->part, 0);
	upload_break(s, 0, 0);
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

	if (!s->program || u->inplace || u->temp[0]) return 1;
	if (fstat(theirs, &st) == -1) return 0;
	if (st.st_nlink == 0) return 1;
	if (!publish_open(u, source_mode(s))) {
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
	int sync = s->policy[FTP_FSYNC].number != 0;

	if (!separate(s, u->base + n)) return 0;
	/* What was there before may be longer than what is there now. */
	if ((u->base || u->inplace) && ftruncate(u->fd, (off_t)(u->base + n)) == -1) return 0;
	if (!u->inplace && !publish_chmod(u, source_mode(s))) return 0;
	if (sync && fdatasync(u->fd) == -1) return 0;
	if (!u->inplace && !publish_link(u)) return 0;
	return !sync || publish_sync(u->dir);
}

struct reply const *
upload_commit(struct session *s, uint64_t n)
{
	struct upload *u = &s->upload;

	if (!commit(s, n)) {
		int error = errno;

		upload_break(s, n, 0);
		if (error == EEXIST) return u->adds ? &r_busy : &r_taken;
		return errors_reply(error);
	}
	if (u->part[0]) (void)unlinkat(u->dir, u->part, 0);
	fd_close(u->fd);
	unlock(u);
	afterwards_close(s, u->dir);
	return NULL;
}
