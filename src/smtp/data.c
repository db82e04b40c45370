/* DATA: RFC 5321 4.1.1.4. */

#include <errno.h>

#include "smtp/breakoff.h"
#include "smtp/data.h"
#include "smtp/replies.h"
#include "smtp/session.h"

/* By CRLF, or for the whole session by LF: S_LF. Returns the bytes consumed, at most n. */
static size_t
decode_piece(struct session *s, char const *in, size_t n, char *out, size_t *w)
{
	struct intake *t = &s->intake;
	size_t used;

	if (s->state & S_LF) {
		used = lfdot_decode(&t->lf, in, (n + 1) / 2, out, w);
		t->octets = t->lf.octets;
		return used;
	}
	used = dot_decode(&t->dot, in, n, out, w);
	t->octets = t->dot.octets;
	t->bare = t->dot.bare;
	return used;
}

static int
ended(struct session const *s)
{
	enum lfdot_state lf = s->intake.lf.state;

	return s->state & S_LF ? lf == LFDOT_END || lf == LFDOT_CR : s->intake.dot.state == DOT_END;
}

/* Decode what the buffer holds; 1 at the end of the data. */
static int
decode(struct session *s)
{
	while (!buffer_isempty(&s->in) && !ended(s)) {
		struct iovec v[2];
		size_t room;
		char *space = intake_space(s, &room);
		size_t w;

		buffer_rpeek(&s->in, v);
		if (v[0].iov_len < room) room = v[0].iov_len;
		buffer_rseek(&s->in, decode_piece(s, v[0].iov_base, room, space, &w));
		intake_put(s, w);
	}
	return ended(s);
}

/*
 * What follows LF . LF at once was not written by a device that waits for replies:
 * to whoever framed it by CRLF it was text.
 */
static enum intake_end
check_lf(struct session *s)
{
	if (s->intake.lf.state == LFDOT_CR) return INTAKE_CR;
	return buffer_isempty(&s->in) && connection_fill(&s->connection, &s->in, 0) <= 0
	    ? INTAKE_MORE
	    : INTAKE_AHEAD;
}

/* From 354 to the end of the data, or of the connection. */
static enum intake_end
take_in(struct session *s)
{
	session_say(s, &r_go_ahead);
	if (!session_flush(s)) return s->state & S_TERM ? INTAKE_ENDED : INTAKE_EOF;
	while (!decode(s)) {
		enum intake_end end = intake_wait(s);

		if (end != INTAKE_MORE) return end;
	}
	return s->state & S_LF ? check_lf(s) : INTAKE_MORE;
}

struct reply const *
data_ahead(struct session *s)
{
	if (!s->waits) return NULL;
	/* The last read may have filled the buffer with what came before it. */
	if (buffer_isempty(&s->in) && connection_fill(&s->connection, &s->in, 0) <= 0) return NULL;
	session_end(s, "errors", 1);
	return &r_pipelined;
}

static struct reply const *
refusal(struct session const *s)
{
	if (s->state & S_BDAT) return &r_chunked;
	if (!(s->state & S_RCPT))
		return s->state & S_TRIED && !s->lmtp ? &r_no_valid : &r_want_rcpt;
	return intake_binary(s) ? &r_binary : NULL;
}

struct reply const *
smtp_data(struct session *s, char *arg)
{
	struct reply const *r = data_ahead(s);
	enum intake_end end;

	(void)arg;
	if (!r) r = refusal(s);
	if (!r) r = intake_open(s);
	if (r) return r;
	end = take_in(s);
	if (end != INTAKE_MORE) return breakoff(s, "data", end);
	if (s->intake.bare && s->policy[SMTP_BARE].number) intake_lose(&s->intake, EILSEQ);
	return intake_finish(s);
}
