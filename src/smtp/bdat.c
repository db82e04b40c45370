/* BDAT: the message in chunks whose octets are counted. RFC 3030. */

#include <errno.h>
#include <string.h>
#include <strings.h>

#include <skalibs/types.h>

#include "smtp/breakoff.h"
#include "smtp/handover.h"
#include "smtp/replies.h"
#include "smtp/session.h"

enum { DIGITS_MAX = 19, SMALL = 1024, SMALL_MAX = 1000 };

struct chunk {
	uint64_t octets;
	int last;
};

/* "n" or "n LAST". 1, or 0: then nobody knows how many octets follow. */
static int
chunk_parse(struct chunk *c, char const *arg)
{
	size_t n = strspn(arg, "0123456789");

	if (n == 0 || n > DIGITS_MAX) return 0;
	uint64_scan(arg, &c->octets);
	arg += n;
	c->last = *arg != 0;
	if (!c->last) return 1;
	n = strspn(arg, " \t");
	return n && strcasecmp(arg + n, "LAST") == 0;
}

/* Decode what the buffer holds of the chunk; returns what is left of it. */
static uint64_t
decode(struct session *s, uint64_t left)
{
	while (left && !buffer_isempty(&s->in)) {
		struct iovec v[2];
		size_t room;
		char *space = intake_space(s, &room);
		size_t w;

		buffer_rpeek(&s->in, v);
		if (v[0].iov_len < room) room = v[0].iov_len;
		if (left < room) room = (size_t)left;
		dot_decode(&s->intake.dot, v[0].iov_base, room, space, &w);
		s->intake.octets = s->intake.dot.octets;
		left -= room;
		intake_put(s, w);
		buffer_rseek(&s->in, room);
	}
	return left;
}

/* What would be too much is not begun. */
static void
expect(struct intake *t, uint64_t octets)
{
	if (t->limit && t->octets <= t->limit && octets > t->limit - t->octets)
		intake_lose(t, EFBIG);
}

/* Exactly so many octets, kept or not; the time between the chunks counts as theirs. */
static enum intake_end
take_in(struct session *s, uint64_t left)
{
	enum intake_end end = intake_bounds(s);

	s->intake.dot.counted = 1;
	while (end == INTAKE_MORE && (left = decode(s, left)) > 0) end = intake_wait(s);
	return end;
}

/* Why the octets of this chunk are read and thrown away; NULL if they are not. */
static struct reply const *
refusal(struct session *s)
{
	struct reply const *r;

	if (s->state & S_FAILED) {
		/* No error: the client may have sent it before it knew, RFC 3030 4.2. */
		s->said = r_chunk_failed;
		s->idle = 0;
		return &s->said;
	}
	if (s->state & S_BDAT) return NULL;
	if (s->state & S_RCPT) {
		r = intake_open(s);
	} else {
		r = s->state & S_MAIL ? &r_want_rcpt : &r_want_mail;
		intake_none(s);
	}
	if (s->state & S_CLOSE) return r;
	if (s->state & S_MAIL) s->state |= S_BDAT;
	return r;
}

/* Small chunks cost us more than the client. The last one of a message is counted as that. */
static int
too_many(struct session *s, struct chunk const *c)
{
	if (c->last || c->octets >= SMALL) return 0;
	return ++s->small >= SMALL_MAX;
}

/* Lines that end with LF all have an end: RFC 3030 does not ask for the last one. */
static struct reply const *
finish(struct session *s)
{
	size_t room;
	char *space = intake_space(s, &room);
	size_t w = dot_finish(&s->intake.dot, space);

	if (!s->intake.dot.crlf && (w || s->intake.last != '\n')) space[w++] = '\n';
	s->intake.bare = s->intake.dot.bare;
	intake_put(s, w);
	return intake_finish(s);
}

/* The answer to a chunk whose octets have all come. */
static struct reply const *
answer(struct session *s, struct chunk const *c, struct reply const *r)
{
	char fmt[UINT64_FMT];

	if (!r && c->last) return finish(s);
	if (!r && s->intake.fd == -1) r = intake_give_up(s);
	if (r) {
		if (s->state & S_MAIL) s->state |= S_FAILED;
		if (!c->last) return r;
		handover_repeat(s, r);
		envelope_reset(s);
		return r;
	}
	s->idle = 0;
	fmt[uint64_fmt(fmt, c->octets)] = 0;
	return reply_fill(&s->said, s->text, &r_octets, fmt);
}

struct reply const *
smtp_bdat(struct session *s, char *arg)
{
	struct reply const *r;
	enum intake_end end;
	struct chunk c;

	/* Octets follow that are no commands; where they end nobody knows. */
	if (!extension_on(s, EXT_CHUNKING) || !chunk_parse(&c, arg)) {
		session_end(s, "errors", 1);
		return extension_on(s, EXT_CHUNKING) ? &r_bad_chunk : &r_none;
	}
	if (too_many(s, &c)) {
		session_end(s, "errors", 1);
		return &r_many_chunks;
	}
	r = refusal(s);
	if (s->state & S_CLOSE) return r;
	expect(&s->intake, c.octets);
	end = take_in(s, c.octets);
	if (end != INTAKE_MORE) return breakoff(s, "bdat", end);
	return answer(s, &c, r);
}
