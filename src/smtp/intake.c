/* A message on its way: file, limit, deadlines. RFC 5321 4.5.3.1.7, RFC 1870 6. */

#include <errno.h>
#include <string.h>

#include <skalibs/djbunix.h>

#include "lib/wait.h"
#include "smtp/event.h"
#include "smtp/handover.h"
#include "smtp/replies.h"
#include "smtp/session.h"

enum { FLOOR_BYTES = 100, FLOOR_AFTER = 60, DRAIN_MAX = 600, LOOK_BYTES = 1024 * 1024 };

int
intake_binary(struct session const *s)
{
	char const *body = s->tx.param.body;

	return body && strcmp(body, "BINARYMIME") == 0;
}

void
intake_none(struct session *s)
{
	struct intake *t = &s->intake;

	memset(t, 0, sizeof *t);
	t->fd = -1;
	t->why = EFBIG; /* if it has to be given up */
	t->last = '\n';
	t->limit = s->policy[DATABYTES].number;
	t->dot.crlf = s->policy[SMTP_EOL].number != 0 || intake_binary(s);
	t->lf.crlf = t->dot.crlf;
	tain_now_g();
	t->began = t->lost = STAMP;
}

void
intake_ahead(struct session *s, int fd)
{
	char const *id = monitor_value(&s->message, "ID");
	size_t n = id ? strlen(id) + 1 : 0;

	if (n == 0 || n > sizeof s->ahead.id || s->ahead.fd != -1) {
		fd_close(fd);
		return;
	}
	memcpy(s->ahead.id, id, n);
	s->ahead.fd = fd;
}

static struct reply const *
ask(struct session *s, struct intake *t)
{
	monitor_begin(&s->message, MONITOR_SPOOL, 0);
	if (!monitor_tell(&s->monitor, &s->message, -1)
	    || !monitor_hear(&s->monitor, &s->message, &t->fd)) {
		t->fd = -1;
		session_end(s, "error", 1);
		return &r_no_service;
	}
	if (t->fd == -1) {
		t->why = s->message.number == ENOSPC ? ENOSPC : EIO;
		return intake_lost(t);
	}
	if (s->message.len == 0 || s->message.len > sizeof t->id) {
		intake_drop(t);
		return &r_later;
	}
	memcpy(t->id, s->message.text, s->message.len);
	return NULL;
}

struct reply const *
intake_open(struct session *s)
{
	struct intake *t = &s->intake;
	struct reply const *r = NULL;

	intake_none(s);
	if (s->ahead.fd != -1) {
		t->fd = s->ahead.fd;
		s->ahead.fd = -1;
		memcpy(t->id, s->ahead.id, sizeof t->id);
	} else
		r = ask(s, t);
	if (!r) intake_head(s);
	return r;
}

/* A hundred bytes a second after the first minute. */
static int
too_slow(struct intake const *t)
{
	uint64_t earned = t->octets / FLOOR_BYTES;
	tain until;

	tain_addsec(&until, &t->began, FLOOR_AFTER + (int)(earned < 1000000 ? earned : 1000000));
	return !tain_future(&until);
}

/* What is lost anyway is drained for so long, and no longer. */
static int
drained(struct intake const *t)
{
	tain until;

	if (t->fd != -1) return 0;
	tain_addsec(&until, &t->lost, DRAIN_MAX);
	return (t->limit && t->octets > 2 * t->limit) || !tain_future(&until);
}

/* A client that is always ahead of us leaves nothing to wait for. */
static int
told_to_end(struct intake *t)
{
	if (t->octets - t->looked < LOOK_BYTES) return 0;
	t->looked = t->octets;
	return wait_ended();
}

enum intake_end
intake_bounds(struct session *s)
{
	if (told_to_end(&s->intake)) {
		session_term(s);
		return INTAKE_ENDED;
	}
	session_deadline(s);
	if (drained(&s->intake)) return INTAKE_BIG;
	return too_slow(&s->intake) ? INTAKE_SLOW : INTAKE_MORE;
}

enum intake_end
intake_wait(struct session *s)
{
	enum intake_end end = intake_bounds(s);
	int rest;

	if (end != INTAKE_MORE) return end;
	rest = connection_may_rest(&s->connection, &s->deadline);
	for (;;) {
		ssize_t r = connection_fill(&s->connection, &s->in, rest);

		if (r > 0) break;
		if (r == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) return INTAKE_EOF;
		rest = 0;
		switch (wait_readable(0, &s->deadline)) {
		case WAIT_READY: break;
		case WAIT_OVER: return INTAKE_TIMEOUT;
		case WAIT_ENDED: session_term(s); return INTAKE_ENDED;
		case WAIT_ERROR: return INTAKE_EOF;
		}
	}
	tain_now_g();
	return INTAKE_MORE;
}

struct reply const *
intake_lost(struct intake const *t)
{
	if (t->why == EFBIG) return &r_too_big;
	if (t->why == ELOOP) return &r_loop;
	if (t->why == EILSEQ) return &r_bare;
	return t->why == ENOSPC || t->why == EDQUOT ? &r_disk_full : &r_later;
}

static void
note_bare(struct session const *s)
{
	struct note n;

	if (!event_begin(&n, s, LOG_EVENTS, "odd")) return;
	note_text(&n, "id", s->intake.id);
	note_text(&n, "odd", "barelf");
	note_end(&n);
}

static void
count(struct session *s)
{
	s->mails++;
	s->bytes += s->intake.octets;
}

struct reply const *
intake_give_up(struct session *s)
{
	struct reply const *r = intake_lost(&s->intake);

	count(s);
	event_mail(s, r, r->text, NULL, NULL);
	return r;
}

struct reply const *
intake_finish(struct session *s)
{
	struct intake *t = &s->intake;
	struct reply const *r;

	intake_complete(s);
	intake_flush(s);
	if (t->bare) note_bare(s);
	if (t->fd == -1) {
		r = intake_give_up(s);
		handover_repeat(s, r);
	} else {
		count(s);
		intake_drop(t); /* the monitor runs nothing on a file that we could still write */
		r = handover(s, t->id, t->bare);
	}
	if (wait_ended()) session_term(s);
	envelope_reset(s);
	return r;
}
