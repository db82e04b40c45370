/* The control connection: RFC 959 2.3, 4.2 and 5.3. */

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <skalibs/iopause.h>
#include <skalibs/unix-timed.h>

#include "ftp/control.h"
#include "ftp/converse.h"
#include "ftp/session.h"

enum {
	DRAIN = 1,  /* seconds for the peer to read our last reply */
	ROUNDS = 16 /* reads before whoever attends looks at its deadline again */
};

void
control_start(struct control *c)
{
	c->line.s = c->text;
	c->line.max = sizeof c->text;
	buffer_init(&c->out, c->connection.patient ? &reply_send : &buffer_write, 1, c->space,
	    sizeof c->space);
}

void
control_secure(struct control *c)
{
	explicit_bzero(c->queue, sizeof c->queue);
	memset(&c->telnet, 0, sizeof c->telnet);
	memset(&c->line, 0, sizeof c->line);
	c->at = c->len = 0;
	c->begun = 2;
	c->drained = 0;
	c->connection.patient = 0;
	control_start(c);
}

int
control_has_room(struct control const *c)
{
	return c->len - c->at + 2 <= sizeof c->queue;
}

/* 16 03 first: a ClientHello, whose sender would wait for our half for ever. */
static int
is_tls(struct control *c, char const *raw, size_t n)
{
	static char const hello[2] = { 0x16, 0x03 };
	size_t i;

	for (i = 0; i < n && c->begun < 2; i++) {
		int same = raw[i] == hello[c->begun];

		c->begun = same ? c->begun + 1 : 2;
		if (same && c->begun == 2) return 1;
	}
	return 0;
}

/*
 * Read once into the queue: bytes read, 0 at the end, -1 with errno. They come in
 * one byte behind where their decoded form goes, which is at most that much longer.
 */
static ssize_t
fill(struct control *c, int rest)
{
	char *raw;
	size_t room;
	ssize_t r;

	memmove(c->queue, c->queue + c->at, c->len - c->at);
	c->len -= c->at;
	c->at = 0;
	raw = c->queue + c->len + 1;
	room = sizeof c->queue - c->len - 1;
	r = connection_read(&c->connection, raw, room, rest);
	c->drained = r < (ssize_t)room;
	if (r > 0 && is_tls(c, raw, (size_t)r)) {
		errno = EPROTO;
		return -1;
	}
	if (r > 0) c->len += telnet_decode(&c->telnet, raw, (size_t)r, c->queue + c->len);
	if (c->telnet.answers && c->telnet.answers <= buffer_available(&c->out)) {
		buffer_putnoflush(&c->out, c->telnet.answer, c->telnet.answers);
		c->telnet.answers = 0;
	}
	return r;
}

/* All that is to be said, then sleep until there is more, or let the read: LINE_MORE. */
static enum line_end
wait_for_more(struct control *c, tain const *deadline, int rest)
{
	iopause_fd x = { .fd = 0, .events = IOPAUSE_READ };

	if (!reply_flush(&c->out, deadline)) return errno == ETIMEDOUT ? LINE_TIMEOUT : LINE_ERROR;
	if (rest) return LINE_MORE;
	tain_now_g();
	switch (iopause_g(&x, 1, deadline)) {
	case 0: return LINE_TIMEOUT;
	case -1: return LINE_ERROR;
	default: return LINE_MORE;
	}
}

/* A read that rested is followed by a poll(2): the peer is idle, or slow with its line. */
enum line_end
control_line(struct control *c, tain const *deadline)
{
	int rest = 0;

	for (;;) {
		size_t used;
		enum line_end end = line_feed(&c->line, c->queue + c->at, c->len - c->at, &used);
		ssize_t r;

		c->at += used;
		rest = end == LINE_MORE && c->drained && !rest
		    && connection_may_rest(&c->connection, deadline);
		if (end == LINE_MORE && c->drained) end = wait_for_more(c, deadline, rest);
		if (end != LINE_MORE) return end;
		r = fill(c, rest);
		if (r == 0) return LINE_EOF;
		if (r == -1 && errno != EAGAIN && errno != EWOULDBLOCK) return LINE_ERROR;
	}
}

/* Serve the queued lines that may be served now, and take them out. */
static void
serve(struct session *s)
{
	struct control *c = &s->control;
	size_t i = c->at;
	char *lf;

	while ((lf = memchr(c->queue + i, '\n', c->len - i))) {
		size_t n = (size_t)(lf - c->queue) + 1 - i;

		if (!converse_meanwhile(s, c->queue + i, n, i == c->at)) {
			i += n;
			continue;
		}
		memmove(c->queue + i, lf + 1, c->len - i - n);
		c->len -= n;
	}
}

void
control_attend(struct session *s)
{
	struct control *c = &s->control;
	unsigned int i;
	ssize_t r = -1;
	int gone;

	serve(s);
	errno = EAGAIN;
	for (i = 0; i < ROUNDS && control_has_room(c) && (r = fill(c, 0)) > 0; i++) serve(s);
	gone = r == 0 ? s->peer.remote : r == -1 && errno != EAGAIN && errno != EWOULDBLOCK;
	/* Who says no more may still listen to what was said before. */
	control_flush(s);
	if (gone) s->state |= S_GONE;
}

static void
until(struct session const *s, tain *deadline)
{
	tain_now_g();
	tain_addsec_g(deadline, (int)s->policy[FTP_STALL].number);
}

void
control_say(struct session *s, struct reply const *r)
{
	int apart = r && (r->code == 227 || r->code == 229);
	tain deadline;

	if (!r || (s->state & S_GONE)) return;
	until(s, &deadline);
	if (apart) control_flush(s);
	if (!reply_put(&s->control.out, r, &deadline)) s->state |= S_GONE;
	if (apart) control_flush(s);
}

void
control_lead(struct session *s, unsigned int code, char const *text)
{
	tain deadline;

	if (s->state & S_GONE) return;
	until(s, &deadline);
	if (!reply_lead(&s->control.out, code, text, &deadline)) s->state |= S_GONE;
}

void
control_body(struct session *s, char const *text)
{
	tain deadline;

	if (s->state & S_GONE) return;
	until(s, &deadline);
	if (!reply_body(&s->control.out, text, &deadline)) s->state |= S_GONE;
}

void
control_put(struct session *s, char const *text, size_t n)
{
	tain deadline;

	if (s->state & S_GONE) return;
	until(s, &deadline);
	if (buffer_timed_put_g(&s->control.out, text, n, &deadline) != n) s->state |= S_GONE;
}

void
control_flush(struct session *s)
{
	tain deadline;

	if (buffer_isempty(&s->control.out) || (s->state & S_GONE)) return;
	until(s, &deadline);
	if (!reply_flush(&s->control.out, &deadline)) s->state |= S_GONE;
}

void
control_close(struct session *s)
{
	iopause_fd x = { .fd = 0, .events = IOPAUSE_READ };
	char drop[512];
	tain deadline;

	control_flush(s);
	if (!s->peer.socket || (s->state & S_GONE)) return;
	/* Bytes unread at close(2) would reset the connection under our reply. */
	(void)shutdown(1, SHUT_WR);
	tain_now_g();
	tain_addsec_g(&deadline, DRAIN);
	while (tain_future(&deadline)) {
		ssize_t r = connection_read(&s->control.connection, drop, sizeof drop, 1);

		if (r == 0 || (r == -1 && errno != EAGAIN && errno != EWOULDBLOCK)) return;
		tain_now_g();
		if (r == -1 && iopause_g(&x, 1, &deadline) <= 0) return;
	}
}
