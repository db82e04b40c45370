/* What a message becomes on its way into its file: large writes, a whole header. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/djbunix.h>

#include "smtp/complete.h"
#include "smtp/received.h"
#include "smtp/session.h"

/* Hops: RFC 5321 6.3. What comes at once is not worth writing out early. */
enum { HOPS_MAX = 100, EARLY = 4 * 1024 * 1024 };

void
intake_drop(struct intake *t)
{
	if (t->fd != -1) fd_close(t->fd);
	t->fd = -1;
}

void
intake_lose(struct intake *t, int why)
{
	if (t->fd == -1) return;
	intake_drop(t);
	t->why = why;
	t->lost = STAMP;
}

/*
 * The disk begins while the rest still comes: half of the time of a large message
 * was spent waiting for its sync at the end. Of the end, it takes the data while the
 * program starts.
 */
static void
write_out(struct intake *t, uint64_t least)
{
	uint64_t n = t->written - t->early;

	if (n < least) return;
	(void)sync_file_range(t->fd, (off_t)t->early, (off_t)n, SYNC_FILE_RANGE_WRITE);
	t->early = t->written;
}

static void
store(struct intake *t, char const *s, size_t n)
{
	if (t->fd == -1) return;
	if (allwrite(t->fd, s, n) < n) {
		intake_lose(t, errno);
		return;
	}
	t->written += n;
	write_out(t, EARLY);
}

char *
intake_space(struct session *s, size_t *room)
{
	*room = INTAKE_BLOCK - s->intake.n;
	return s->block + s->intake.n;
}

void
intake_head(struct session *s)
{
	s->intake.n = received_format(s->block, s, time(NULL));
}

/* Bytes at the end of the block before which fields may have to be put. */
static size_t
undecided(struct session const *s)
{
	struct intake const *t = &s->intake;

	if (!s->policy[SMTP_COMPLETE].number || !fields_open(&t->fields)) return 0;
	return (size_t)(t->fields.at - t->fields.line);
}

static void
flush(struct session *s, size_t keep)
{
	struct intake *t = &s->intake;

	store(t, s->block, t->n - keep);
	memmove(s->block, s->block + t->n - keep, keep);
	t->n = keep;
}

/* The header is over, the last tail bytes of the block are behind it. */
static void
complete(struct session *s, size_t tail)
{
	char text[COMPLETE_MAX];
	size_t n = complete_format(text, s, time(NULL));
	char *end = s->block + s->intake.n - tail;

	memmove(end + n, end, tail);
	memcpy(end, text, n);
	s->intake.n += n;
}

static void
observe(struct session *s, char const *in, size_t n)
{
	struct intake *t = &s->intake;
	size_t tail;

	if (fields_over(&t->fields)) return;
	tail = n - fields_observe(&t->fields, in, n);
	if (t->fields.hops >= HOPS_MAX) intake_lose(t, ELOOP);
	if (!fields_over(&t->fields) || !s->policy[SMTP_COMPLETE].number) return;
	complete(s, tail + (size_t)(t->fields.at - t->fields.line));
}

void
intake_put(struct session *s, size_t n)
{
	struct intake *t = &s->intake;

	if (n == 0) return;
	t->n += n;
	t->last = s->block[t->n - 1];
	if (t->limit && t->octets > t->limit) intake_lose(t, EFBIG);
	observe(s, s->block + t->n - n, n);
	/* A CR held back from before makes it one more than room. */
	if (t->n >= INTAKE_BLOCK) flush(s, undecided(s));
}

void
intake_complete(struct session *s)
{
	struct intake *t = &s->intake;

	if (!s->policy[SMTP_COMPLETE].number || fields_over(&t->fields)) return;
	if (t->fields.state == FIELDS_BODY) {
		memcpy(s->block + t->n, "\r\n", 2); /* what came by lines of LF has an end */
		intake_put(s, 2);
	}
	fields_finish(&t->fields);
	complete(s, (size_t)(t->fields.at - t->fields.line));
}

void
intake_flush(struct session *s)
{
	flush(s, 0);
	if (s->intake.fd != -1) write_out(&s->intake, 1);
}
