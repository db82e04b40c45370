/* The conversation: hear a command, say its reply, count. RFC 5321 3. */

#include <errno.h>
#include <string.h>

#include "lib/wait.h"
#include "smtp/breakoff.h"
#include "smtp/closing.h"
#include "smtp/command.h"
#include "smtp/event.h"
#include "smtp/greeting.h"
#include "smtp/replies.h"
#include "smtp/session.h"
#include "smtp/switch.h"

enum { LAST_WORDS = 1 /* seconds, for a client that reads too slowly */ };

void
session_deadline(struct session *s)
{
	tain_now_g();
	tain_addsec_g(
	    &s->deadline, s->state & S_TERM ? LAST_WORDS : (int)s->policy[SMTP_TIMEOUT].number);
	if (s->state & S_REFUSED && tain_less(&s->last, &s->deadline)) s->deadline = s->last;
}

void
session_end(struct session *s, char const *why, int failed)
{
	if (!s->why) s->why = why;
	if (failed) s->failed = 1;
	s->state |= S_CLOSE;
}

void
session_term(struct session *s)
{
	s->state |= S_TERM;
	session_deadline(s);
}

/* A reply could not be sent: errno. */
static void
cut_off(struct session *s)
{
	int e = errno;

	if (e == EINTR) session_term(s);
	session_end(s, e == EINTR ? "terminated" : e == ETIMEDOUT ? "timeout" : "lost", 1);
}

int
session_flush(struct session *s)
{
	if (reply_flush(&s->out, &s->deadline)) return 1;
	cut_off(s);
	return 0;
}

void
session_junk(struct session *s, char const *what)
{
	event_junk(s, what);
	s->state |= S_JUNK;
	session_end(s, "junk", 1);
}

void
session_delay(struct session *s, unsigned int seconds)
{
	tain until;

	(void)session_flush(s);
	tain_now_g();
	tain_addsec_g(&until, (int)seconds);
	if (wait_readable(-1, &until) == WAIT_ENDED) session_term(s);
}

/* The enhanced status code is only for who was offered it, by EHLO: RFC 2034 4. */
static char const *
without_code(struct session const *s, char const *text)
{
	size_t n = strspn(text, "0123456789.");
	int wanted = s->state & S_EHLO && extension_on(s, EXT_ENHANCEDSTATUSCODES);

	return wanted || n < 5 || text[n] != ' ' ? text : text + n + 1;
}

void
session_put(struct session *s, struct reply const *r)
{
	event_said(s, r);
	if (!reply_put(&s->out, r, &s->deadline)) cut_off(s);
}

void
session_say(struct session *s, struct reply const *r)
{
	struct reply plain = { r->code, without_code(s, r->text) };

	session_put(s, &plain);
}

void
session_lead(struct session *s, unsigned int code, char const *text)
{
	event_said(s, &(struct reply){ code, text });
	if (!reply_lead(&s->out, code, text, &s->deadline)) cut_off(s);
}

/*
 * Errors of syntax and order, unknown verbs; refused recipients have their own,
 * and what a program says of its message is no error of the client.
 */
static struct reply const *
budget(struct session *s, struct reply const *r)
{
	if (r == &s->said || ((r->code < 500 || r->code > 504) && r->code != 555)) return r;
	if (++s->errors > ERRORS_MAX) {
		session_end(s, "errors", 1);
		return &r_many_errors;
	}
	if (s->errors >= ERRORS_SLOW) session_delay(s, 1);
	return r;
}

/* What is left of a line that may have been a password. */
static void
wipe(struct line const *l)
{
	explicit_bzero(l->s, l->seen < l->max ? l->seen : l->max);
}

static void
take_turns(struct session *s)
{
	while (!(s->state & S_CLOSE)) {
		struct reply const *r;

		session_deadline(s);
		r = command_next(s);
		if (!r) break;
		r = budget(s, r);
		event_command(s, r);
		session_say(s, r);
		if (s->line.wipe) wipe(&s->line);
		if (s->state & S_BEGIN) starttls_switch(s);
	}
}

void
session_converse(struct session *s)
{
	session_deadline(s);
	s->began = STAMP;
	greeting(s);
	take_turns(s);
	if (s->state & S_BDAT) breakoff_log(s, "bdat", s->why ? s->why : "error");
	closing(s);
	tain_now_g();
	event_end(s);
}
