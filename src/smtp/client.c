/* Commands out, answers in, neither waiting for the other: RFC 2920 3.1. */

#include <errno.h>
#include <string.h>
#include <sys/uio.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/iopause.h>
#include <skalibs/siovec.h>
#include <skalibs/strerr.h>

#include "lib/safe.h"
#include "smtp/client.h"

static void
show(struct client const *c, char const *way, char const *s, size_t n)
{
	char line[2 * ANSWER_LINE];

	if (!c->verbose) return;
	safe_text(line, sizeof line, s, n);
	strerr_warn(PROG, way, line);
}

int
client_put(struct client *c, char const *const *words)
{
	size_t at = c->put;

	for (; *words; words++) {
		size_t n = strlen(*words);

		if (n > sizeof c->commands - 2 - at) return 0;
		memcpy(c->commands + at, *words, n);
		at += n;
	}
	if (c->secret)
		show(c, ": > ", "...", 3);
	else
		show(c, ": > ", c->commands + c->put, at - c->put);
	c->commands[at++] = '\r';
	c->commands[at++] = '\n';
	c->put = at;
	return 1;
}

/* What is not worth waiting for is not waited for longer because -t says so. */
void
client_deadline(struct client const *c, unsigned int secs, tain *deadline)
{
	if (c->secs && (secs > QUIT_SECS || c->secs < secs)) secs = c->secs;
	tain_now_g();
	tain_addsec_g(deadline, (int)secs);
}

/* Take in what has come. */
static void
fill(struct client *c)
{
	ssize_t r;

	if (c->at) {
		memmove(c->space, c->space + c->at, c->n - c->at);
		c->n -= c->at;
		c->at = 0;
	}
	if (c->ended || c->n == sizeof c->space) return;
	r = fd_read(c->in, c->space + c->n, sizeof c->space - c->n);
	if (r > 0)
		c->n += (size_t)r;
	else if (r == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
		c->ended = 1;
}

/* Until something can be read or, with writing, written. 0 after the deadline. */
static int
await(struct client *c, int writing, tain const *deadline)
{
	iopause_fd x[2] = { { .fd = c->in, .events = IOPAUSE_READ },
		{ .fd = c->out, .events = writing ? IOPAUSE_WRITE : 0 } };
	int closed = c->ended || (writing && c->n == sizeof c->space);
	int r = iopause_g(x + closed, writing ? 2U - (unsigned int)closed : 1, deadline);

	if (r <= 0) {
		c->lost = r == 0 ? CLIENT_SLOW : CLIENT_GONE;
		return 0;
	}
	if (!closed && x[0].revents) fill(c);
	return 1;
}

static int
write_out(struct client *c, char const *body, size_t n, unsigned int secs)
{
	union {
		char const *in;
		char *out;
	} u = { .in = body };
	struct iovec v[2] = { { .iov_base = c->commands, .iov_len = c->put },
		{ .iov_base = u.out, .iov_len = n } };
	tain deadline;

	c->put = 0;
	client_deadline(c, secs, &deadline);
	while (v[0].iov_len || v[1].iov_len) {
		ssize_t w = fd_writev(c->out, v, 2);

		if (w > 0) {
			siovec_seek(v, 2, (size_t)w);
			client_deadline(c, secs, &deadline);
			continue;
		}
		if (w == -1 && errno != EAGAIN && errno != EWOULDBLOCK) return 0;
		if (!await(c, 1, &deadline)) return 0;
	}
	return 1;
}

int
client_send(struct client *c, char const *body, size_t n, unsigned int secs)
{
	size_t put = c->put;
	int r = write_out(c, body, n, secs);

	if (c->secret) explicit_bzero(c->commands, put);
	return r;
}

int
client_interrupted(struct client const *c)
{
	return c->at < c->n;
}

static enum answer_end
lose(struct client *c, enum client_lost how)
{
	if (c->lost == CLIENT_THERE) c->lost = how;
	return ANSWER_BAD;
}

/* What has come already. */
static enum answer_end
parse(struct client *c)
{
	enum answer_end end = ANSWER_MORE;

	while (end == ANSWER_MORE && c->at < c->n) {
		size_t used;

		end = answer_feed(&c->answer, c->space + c->at, c->n - c->at, &used);
		c->at += used;
	}
	if (end == ANSWER_BAD) return lose(c, CLIENT_FOUL);
	if (end != ANSWER_MORE) show(c, ": < ", c->answer.space, strlen(c->answer.space));
	return end;
}

enum answer_end
client_line(struct client *c, tain const *deadline)
{
	/* A server that takes no more may have said why. */
	if (c->put && !client_send(c, NULL, 0, COMMAND_SECS) && c->lost == CLIENT_SLOW)
		return ANSWER_BAD;
	for (;;) {
		enum answer_end end = parse(c);

		if (end != ANSWER_MORE) return end;
		if (c->ended || c->lost != CLIENT_THERE) return lose(c, CLIENT_GONE);
		if (!await(c, 0, deadline)) return ANSWER_BAD;
	}
}

struct outcome const *
client_hear(struct client *c, unsigned int secs)
{
	enum answer_end end = c->ready ? ANSWER_WHOLE : ANSWER_ON;
	tain deadline;

	client_deadline(c, secs, &deadline);
	c->ready = 0;
	while (end == ANSWER_ON) end = client_line(c, &deadline);
	return end == ANSWER_WHOLE ? &c->answer.said : NULL;
}

int
client_told(struct client *c)
{
	enum answer_end end;

	if (c->ready || c->lost != CLIENT_THERE) return 1;
	fill(c);
	do end = parse(c);
	while (end == ANSWER_ON);
	c->ready = end == ANSWER_WHOLE;
	return end != ANSWER_MORE || c->ended;
}

int
client_more(struct client *c)
{
	if (!c->ready && c->at == c->n) fill(c);
	return c->ready || c->ended || c->at < c->n;
}
