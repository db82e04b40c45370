/* The greeting: RFC 5321 3.1, 4.3.1. No enhanced code before EHLO. */

#include <errno.h>
#include <sys/uio.h>

#include "lib/wait.h"
#include "smtp/event.h"
#include "smtp/greeting.h"
#include "smtp/replies.h"
#include "smtp/session.h"

enum { REFUSED_SECONDS = 60 /* for a refused client to say QUIT */ };

/* Who speaks before it was greeted does not wait for replies either. */
static void
early(struct session *s)
{
	struct iovec v[2];
	ssize_t r = connection_fill(&s->connection, &s->in, 0);

	if (r <= 0) {
		s->state |= S_GONE;
		session_end(s, r == 0 ? "eof" : "lost", r != 0);
		return;
	}
	buffer_rpeek(&s->in, v);
	if (*(char const *)v[0].iov_base == s->line.alien) {
		session_junk(s, "tls");
		return;
	}
	event_junk(s, "early");
	session_end(s, "junk", 1);
	session_say(s, &r_early);
}

/* 1 if the client kept silent. */
static int
held_back(struct session *s)
{
	tain until;

	tain_addsec_g(&until, (int)s->policy[GREETDELAY].number);
	switch (wait_readable(0, &until)) {
	case WAIT_OVER: return 1;
	case WAIT_READY: early(s); break;
	case WAIT_ENDED:
		session_end(s, "terminated", 1);
		session_say(s, &r_terminated);
		break;
	case WAIT_ERROR: session_end(s, "error", 1); break;
	}
	return 0;
}

void
greeting(struct session *s)
{
	char const *refused = s->policy[SMTP_REFUSE].text;

	if (s->policy[GREETDELAY].number && !held_back(s)) return;
	session_deadline(s);
	if (!refused) {
		/* Not by session_say: a name of digits and dots is no enhanced code. */
		session_put(s,
		    reply_fill(
		        &s->said, s->text, s->lmtp ? &r_greeting_lmtp : &r_greeting, s->name));
		return;
	}
	s->state |= S_REFUSED;
	tain_addsec_g(&s->last, REFUSED_SECONDS);
	session_say(s, reply_fill(&s->said, s->text, &r_turned_away, refused));
}
