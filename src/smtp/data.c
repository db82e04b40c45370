/* DATA: RFC 5321 4.1.1.4. The message is whole before anybody sees it. */

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/djbunix.h>
#include <skalibs/iopause.h>
#include <skalibs/types.h>
#include <skalibs/unix-timed.h>

#include "smtp/dot.h"
#include "smtp/handover.h"
#include "smtp/received.h"
#include "smtp/replies.h"
#include "smtp/session.h"

/* The way of a message from the connection into its file. */
struct intake {
	int fd;  /* its file; -1 once writing failed or was too much */
	int why; /* errno of the failure, EFBIG for too big */
	struct dot dot;
	tain lost;      /* when writing ended, valid then */
	uint64_t limit; /* octets, 0: none */
	uint64_t written;
	size_t n; /* bytes in block */
	char id[48];
};

enum { BLOCK = 65536, FLOOR_BYTES = 100, FLOOR_AFTER = 60, DRAIN_MAX = 600 };

static void
lose(struct intake *t, int why)
{
	if (t->fd != -1) fd_close(t->fd);
	t->fd = -1;
	t->why = why;
	t->lost = STAMP;
}

static void
store(struct intake *t, char const *s, size_t n)
{
	if (t->fd == -1) return;
	if (allwrite(t->fd, s, n) < n)
		lose(t, errno);
	else
		t->written += n;
}

/*
 * Decode what the buffer holds. Enough is collected before a write to keep
 * writes large, whatever the segments were.
 */
static void
decode(struct session *s, struct intake *t, char *block)
{
	while (!buffer_isempty(&s->in) && t->dot.state != DOT_END) {
		struct iovec v[2];
		size_t room = BLOCK - t->n;
		size_t used;
		size_t w;

		buffer_rpeek(&s->in, v);
		used = dot_decode(&t->dot, v[0].iov_base, v[0].iov_len < room ? v[0].iov_len : room,
		    block + t->n, &w);
		buffer_rseek(&s->in, used);
		t->n += w;
		if (t->limit && t->dot.octets > t->limit && t->fd != -1) lose(t, EFBIG);
		/* A CR held back from before makes it one more than room. */
		if (t->n >= BLOCK || t->dot.state == DOT_END) {
			store(t, block, t->n);
			t->n = 0;
		}
	}
}

/* What was drained beyond the limit has a limit too. */
static int
beyond(struct intake const *t)
{
	return t->limit && t->dot.octets > 2 * t->limit;
}

/* Wait for bytes. 1; 0 at the end of the connection or of patience. */
static int
more(struct session *s)
{
	iopause_fd x = { .fd = 0, .events = IOPAUSE_READ };

	for (;;) {
		ssize_t r = buffer_fill(&s->in);

		if (r > 0) return 1;
		if (r == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) return 0;
		if (iopause_g(&x, 1, &s->deadline) <= 0) return 0;
	}
}

/* A hundred bytes a second after the first minute; ten minutes for what is lost anyway. */
static int
too_slow(struct intake const *t, tain const *began)
{
	uint64_t earned = t->dot.octets / FLOOR_BYTES;
	tain until;

	tain_addsec(&until, began, FLOOR_AFTER + (int)(earned < 1000000 ? earned : 1000000));
	if (!tain_future(&until)) return 1;
	tain_addsec(&until, &t->lost, DRAIN_MAX);
	return t->fd == -1 && !tain_future(&until);
}

/* Returns 1 at the end of the data; 0 when it will never come. */
static int
take_in(struct session *s, struct intake *t)
{
	static char block[BLOCK + 1];
	tain began;

	tain_now_g();
	began = STAMP;
	for (;;) {
		decode(s, t, block);
		if (t->dot.state == DOT_END) return 1;
		session_deadline(s);
		if (beyond(t) || too_slow(t, &began) || !more(s)) break;
		tain_now_g();
	}
	return 0;
}

static void
put_received(struct session *s, struct intake *t)
{
	char field[RECEIVED_MAX];

	store(
	    t, field, received_format(field, s, t->id, s->tx.to[0] ? s->tx.to : NULL, time(NULL)));
}

/* A file for the message, from the monitor. */
static struct reply const *
open_intake(struct session *s, struct intake *t)
{
	memset(t, 0, sizeof *t);
	t->limit = s->policy[DATABYTES].number;
	monitor_begin(&s->message, MONITOR_SPOOL, 0);
	if (!monitor_tell(&s->monitor, &s->message, -1)
	    || !monitor_hear(&s->monitor, &s->message, &t->fd)) {
		s->state |= S_CLOSE;
		return &r_no_service;
	}
	if (t->fd == -1) return s->message.number == ENOSPC ? &r_disk_full : &r_later;
	if (s->message.len == 0 || s->message.len > sizeof t->id) return &r_later;
	memcpy(t->id, s->message.text, s->message.len);
	return NULL;
}

static void
log_abort(struct session *s, struct intake const *t)
{
	struct note n;

	note_begin(&n, &s->peer, "abort");
	note_text(&n, "id", t->id);
	note_number(&n, "bytes", t->dot.octets);
	note_text(&n, "why", errno == ETIMEDOUT ? "timeout" : "lost");
	note_end(&n);
}

/* The end of data: every outcome ends the transaction. */
static struct reply const *
conclude(struct session *s, struct intake *t)
{
	struct reply const *r;

	s->mails++;
	s->state &= ~(unsigned int)S_MAIL;
	if (t->fd == -1) {
		s->state |= S_MAIL; /* the monitor still holds it */
		envelope_reset(s);
		if (t->why == EFBIG) return &r_too_big;
		return t->why == ENOSPC || t->why == EDQUOT ? &r_disk_full : &r_later;
	}
	fd_close(t->fd);
	r = handover(s, t->id, t->dot.bare);
	envelope_reset(s);
	return r;
}

struct reply const *
smtp_data(struct session *s, char *arg)
{
	struct intake t;
	struct reply const *r;

	(void)arg;
	if (!(s->state & S_RCPT))
		r = s->state & S_TRIED ? &r_no_valid : &r_want_rcpt;
	else
		r = NULL;
	/* Message bytes must not be read as commands: nothing may follow on a socket. */
	if (s->peer.socket && !buffer_isempty(&s->in)) {
		s->state |= S_CLOSE;
		return &r_pipelined;
	}
	if (r) return r;
	r = open_intake(s, &t);
	if (r) return r;
	put_received(s, &t);
	if (!reply_put(&s->out, &r_go_ahead, &s->deadline)
	    || !buffer_timed_flush_g(&s->out, &s->deadline) || !take_in(s, &t)) {
		log_abort(s, &t);
		lose(&t, 0);
		s->failed = 1;
		s->state |= S_CLOSE;
		return beyond(&t) ? &r_too_big : &r_timeout;
	}
	return conclude(s, &t);
}
