/* Limits of uploads: asked for seldom enough to cost nothing. */

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/statfs.h>

#include <skalibs/djbunix.h>

#include "ftp/entries.h"
#include "ftp/replies.h"
#include "ftp/room.h"
#include "ftp/session.h"

enum { STRIDE = 16777216 /* bytes between two looks at what is free */ };

uint64_t
room_free(struct session const *s, int fd)
{
	uint64_t least = s->policy[FTP_MINFREE].number;
	struct statfs st;
	uint64_t blocks;
	uint64_t size;

	if (fstatfs(fd, &st) == -1 || st.f_bsize <= 0) return INT64_MAX;
	size = (uint64_t)st.f_bsize;
	blocks = (uint64_t)st.f_bavail;
	if (blocks > INT64_MAX / size) return INT64_MAX;
	return blocks * size > least ? blocks * size - least : 0;
}

uint64_t
room_here(struct session *s)
{
	int fd = tree_open(&s->tree, s->cwd, O_PATH | O_DIRECTORY);
	uint64_t n = room_free(s, fd == -1 ? s->tree.root : fd);

	if (fd != -1) fd_close(fd);
	return n;
}

int
room_entry(struct session *s, int dir)
{
	uint64_t left = s->policy[FTP_MAXENTRIES].number;
	struct entries e;
	int fd;

	if (!left) return 1;
	fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Not ours to read: nor to be counted. */
	if (fd == -1) return 1;
	if (entries_start(&e, fd, s->block, sizeof s->block, 0))
		while (left && entries_next(&e)) left--;
	fd_close(fd);
	errno = EDQUOT;
	return left != 0;
}

struct reply const *
room_grow(struct session *s, uint64_t size)
{
	struct upload *u = &s->upload;
	uint64_t most = s->policy[FTP_MAXFILE].number;

	if (most && size > most) return &r_over_limit;
	u->limit = most ? most : INT64_MAX;
	if (!s->policy[FTP_MINFREE].number) return NULL;
	if (room_free(s, u->fd) == 0) return &r_no_space;
	if (u->limit - size > STRIDE) u->limit = size + STRIDE;
	return NULL;
}
