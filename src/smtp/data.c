/* DATA: RFC 5321 4.1.1.4. */

#include <errno.h>

#include <skalibs/unix-timed.h>

#include "smtp/replies.h"
#include "smtp/session.h"

/* Decode what the buffer holds, up to the end of the data. */
static void
decode(struct session *s)
{
	struct dot *d = &s->intake.dot;

	while (!buffer_isempty(&s->in) && d->state != DOT_END) {
		struct iovec v[2];
		size_t room;
		char *space = intake_space(s, &room);
		size_t w;

		buffer_rpeek(&s->in, v);
		if (v[0].iov_len < room) room = v[0].iov_len;
		buffer_rseek(&s->in, dot_decode(d, v[0].iov_base, room, space, &w));
		s->intake.octets = d->octets;
		intake_put(s, w);
	}
	s->intake.bare = d->bare;
}

/* From 354 to the end of the data, or of the connection. */
static enum intake_end
take_in(struct session *s)
{
	session_say(s, &r_go_ahead);
	if (!buffer_timed_flush_g(&s->out, &s->deadline)) return INTAKE_EOF;
	for (;;) {
		enum intake_end end;

		decode(s);
		if (s->intake.dot.state == DOT_END) return INTAKE_MORE;
		end = intake_wait(s);
		if (end != INTAKE_MORE) return end;
	}
}

struct reply const *
smtp_data(struct session *s, char *arg)
{
	struct reply const *r;
	enum intake_end end;

	(void)arg;
	if (s->state & S_BDAT)
		r = &r_chunked;
	else if (!(s->state & S_RCPT))
		r = s->state & S_TRIED ? &r_no_valid : &r_want_rcpt;
	else
		r = NULL;
	/* Message bytes must not be read as commands: nothing may follow on a socket. */
	if (s->peer.socket && !buffer_isempty(&s->in)) {
		session_end(s, "errors", 0);
		return &r_pipelined;
	}
	if (!r) r = intake_open(s);
	if (r) return r;
	end = take_in(s);
	if (end != INTAKE_MORE) return intake_abort(s, "data", end);
	if (s->intake.bare && s->policy[SMTP_BARE].number) intake_lose(&s->intake, EILSEQ);
	return intake_finish(s);
}
