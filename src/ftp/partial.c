/* Partial uploads: hidden, resumed, and in the end removed. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/append.h"
#include "ftp/entries.h"
#include "ftp/partial.h"
#include "ftp/publish.h"
#include "ftp/session.h"
#include "ftp/unique.h"

#define PREFIX ".ftp-part."

enum {
	/* A name in use is written to at least once in FTP_STALL or ARRIVAL_TIMEOUT,
	 * which are a day at most. */
	IN_USE = 2 * 86400
};

int
partial_on(struct session const *s)
{
	return s->policy[FTP_PARTIAL].number == PARTIAL_KEEP && (s->state & S_CHANGE)
	    && s->policy[FTP_ATOMIC].number;
}

void
partial_name(char *s, char const *name)
{
	s[0] = 0;
	if (strlen(name) + sizeof PREFIX > UPLOAD_NAME) return;
	*append_text(append_text(s, PREFIX), name) = 0;
}

int
partial_is(char const *name)
{
	return strncmp(name, PREFIX, sizeof PREFIX - 1) == 0;
}

/* Nobody else's file, and no other name of one of ours. */
static int
ours(struct session const *s, struct stat const *st)
{
	return S_ISREG(st->st_mode) && st->st_uid == s->uid && st->st_nlink == 1;
}

static int
older(struct stat const *st, uint64_t seconds)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec > st->st_mtime && (uint64_t)(now.tv_sec - st->st_mtime) > seconds;
}

int
partial_size(struct session *s, int dir, char const *part, uint64_t *size)
{
	struct stat st;

	if (!part[0] || fstatat(dir, part, &st, AT_SYMLINK_NOFOLLOW) == -1 || !ours(s, &st))
		return 0;
	*size = (uint64_t)st.st_size;
	if (!older(&st, s->policy[FTP_PARTIAL_AGE].number)) return 1;
	(void)unlinkat(dir, part, 0);
	return 0;
}

/* By rename(2), so that of two sessions one gets it and the other finds none. */
int
partial_claim(struct upload *u, uint64_t least)
{
	struct stat st;

	publish_temporary(u->temp);
	u->mode = 0600;
	if (renameat(u->dir, u->part, u->dir, u->temp) == -1) {
		u->temp[0] = 0;
		return 0;
	}
	u->fd = openat(u->dir, u->temp, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (u->fd != -1 && fstat(u->fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink == 1
	    && (uint64_t)st.st_size >= least)
		return 1;
	if (u->fd != -1) fd_close(u->fd);
	if (!publish_move(u->dir, u->temp, u->dir, u->part)) (void)unlinkat(u->dir, u->temp, 0);
	u->temp[0] = 0;
	errno = ENOENT;
	return 0;
}

/*
 * An older one is removed first, not replaced: replacing makes ext4 write all
 * the data out at once, and a client that said ABOR waits.
 */
void
partial_keep(struct upload *u, uint64_t size, int came)
{
	if (!publish_chmod(u, 0600) || (came && ftruncate(u->fd, (off_t)size) == -1)) {
		publish_drop(u);
		return;
	}
	(void)unlinkat(u->dir, u->part, 0);
	(void)publish_as(u, u->part);
	publish_drop(u);
}

/* A name that is not one of those we make is the user's own, whatever it begins with. */
static void
sweep_one(struct session *s, int dir, char const *name)
{
	uint64_t age = s->policy[FTP_PARTIAL_AGE].number;
	struct stat st;

	if (!partial_is(name)) {
		if (!publish_is_temporary(name) && !unique_is_reserved(name)) return;
		if (age < IN_USE) age = IN_USE;
	}
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && ours(s, &st) && older(&st, age))
		(void)unlinkat(dir, name, 0);
}

void
partial_sweep(struct session *s, int dir, char *space, size_t size)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct entries e;
	char const *name;

	if (fd == -1) return;
	if (entries_start(&e, fd, space, size, 0))
		while ((name = entries_next(&e))) sweep_one(s, fd, name);
	fd_close(fd);
}
