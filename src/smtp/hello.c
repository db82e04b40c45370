/* EHLO, HELO: RFC 5321 4.1.1.1; LHLO: RFC 2033 4.1. */

#include <string.h>

#include "lib/safe.h"
#include "smtp/breakoff.h"
#include "smtp/event.h"
#include "smtp/replies.h"
#include "smtp/session.h"

/* Anything is taken: devices say "", "_", "(none)", raw 8-bit. It is a label. */
static struct reply const *
greeted(struct session *s, char const *arg, unsigned int bits)
{
	if (arg[0] == 0 && s->policy[SMTP_STRICT].number) return &r_want_argument;
	if (strlen(arg) >= sizeof s->helo) return &r_long_name;
	breakoff_reset(s);
	envelope_reset(s);
	s->state = (s->state & ~(unsigned int)(S_HELO | S_EHLO)) | bits;
	safe_text(s->helo, sizeof s->helo, arg, strlen(arg));
	s->greetings++;
	event_helo(s);
	return NULL;
}

struct reply const *
smtp_helo(struct session *s, char *arg)
{
	struct reply const *r = s->lmtp ? &r_want_lhlo : greeted(s, arg, S_HELO);

	return r ? r : reply_fill(&s->said, s->text, &r_hello, s->name);
}

/* All keywords but the last, which is the end of the reply; NULL if there is none. */
static char const *
offer(struct session *s)
{
	struct extensions const *e = &s->extensions;
	char const *line = NULL;
	unsigned int i;

	for (i = 0; i < e->count; i++) {
		if (!extension_said(s, e->order[i])) continue;
		session_lead(s, 250, line ? line : s->name);
		extension_line(s, e->order[i], s->text);
		line = s->text;
	}
	return line;
}

static struct reply const *
extended(struct session *s, char const *arg)
{
	struct reply const *r = greeted(s, arg, S_HELO | S_EHLO);
	char const *last;

	if (r) return r;
	last = offer(s);
	if (!last) return reply_fill(&s->said, s->text, &r_hello, s->name);
	s->said.code = 250;
	s->said.text = last;
	return &s->said;
}

struct reply const *
smtp_ehlo(struct session *s, char *arg)
{
	return s->lmtp ? &r_want_lhlo : extended(s, arg);
}

struct reply const *
smtp_lhlo(struct session *s, char *arg)
{
	return s->lmtp ? extended(s, arg) : &r_unknown;
}
