/* EHLO, HELO: RFC 5321 4.1.1.1. */

#include <string.h>

#include "lib/safe.h"
#include "smtp/replies.h"
#include "smtp/session.h"

/* Anything is taken: devices say "", "_", "(none)", raw 8-bit. It is a label. */
static int
greeted(struct session *s, char const *arg, unsigned int bits)
{
	if (arg[0] == 0 && s->policy[SMTP_STRICT].number) return 0;
	envelope_reset(s);
	s->state = (s->state & ~(unsigned int)(S_HELO | S_EHLO)) | bits;
	safe_text(s->helo, sizeof s->helo, arg, strlen(arg));
	return 1;
}

struct reply const *
smtp_helo(struct session *s, char *arg)
{
	if (!greeted(s, arg, S_HELO)) return &r_want_argument;
	return reply_fill(&s->said, s->text, &r_hello, s->name);
}

/* All keywords but the last, which is the end of the reply; NULL if there is none. */
static char const *
offer(struct session *s)
{
	struct extensions const *e = &s->extensions;
	char line[EXTENSION_LINE];
	unsigned int i;

	if (e->count == 0) return NULL;
	if (!reply_lead(&s->out, 250, s->name, &s->deadline)) s->state |= S_CLOSE;
	for (i = 0; i + 1 < e->count; i++) {
		extension_line(s, e->order[i], line);
		if (!reply_lead(&s->out, 250, line, &s->deadline)) s->state |= S_CLOSE;
	}
	extension_line(s, e->order[i], s->text);
	return s->text;
}

struct reply const *
smtp_ehlo(struct session *s, char *arg)
{
	char const *last;

	if (!greeted(s, arg, S_HELO | S_EHLO)) return &r_want_argument;
	last = offer(s);
	if (!last) return reply_fill(&s->said, s->text, &r_hello, s->name);
	s->said.code = 250;
	s->said.text = last;
	return &s->said;
}
