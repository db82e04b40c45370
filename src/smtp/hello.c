/* EHLO, HELO: RFC 5321 4.1.1.1. */

#include <string.h>

#include <skalibs/types.h>

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

/* One keyword line; SIZE carries the limit, 0 where there is none (RFC 1870 3). */
static int
offer(struct session *s, char const *feat, size_t n)
{
	char text[64];

	memcpy(text, feat, n);
	if (n == 4 && memcmp(feat, "SIZE", 4) == 0) {
		text[n++] = ' ';
		n += uint64_fmt(text + n, s->policy[DATABYTES].number);
	}
	text[n] = 0;
	return reply_lead(&s->out, 250, text, &s->deadline);
}

/* The rows' keywords; HELP is held back to be the last. */
static int
offer_all(struct session *s)
{
	struct verb const *row;

	for (row = smtp_verbs.rows; row->name; row++) {
		char const *feat = row->feat;

		if (!feat || row->run == smtp_help) continue;
		while (*feat) {
			size_t n = strcspn(feat, "\n");

			if (!offer(s, feat, n)) return 0;
			feat += n + (feat[n] == '\n');
		}
	}
	return 1;
}

struct reply const *
smtp_ehlo(struct session *s, char *arg)
{
	static struct reply const last = { 250, "HELP" };

	if (!greeted(s, arg, S_HELO | S_EHLO)) return &r_want_argument;
	if (!reply_lead(&s->out, 250, s->name, &s->deadline) || !offer_all(s)) s->state |= S_CLOSE;
	return &last;
}
