/* NOOP, VRFY, HELP, QUIT, and the verbs that are refused: RFC 5321 4.1.1.6 to 4.1.1.10. */

#include "smtp/auth.h"
#include "smtp/replies.h"
#include "smtp/session.h"
#include "smtp/tls.h"

struct reply const *
smtp_noop(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_ok;
}

struct reply const *
smtp_vrfy(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_vrfy;
}

struct reply const *
smtp_none(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_none;
}

/* Each protocol has its own greetings; chunks are there where they are offered. */
static int
shown(struct session const *s, struct verb const *row)
{
	if (row->run == smtp_lhlo) return s->lmtp;
	if (row->run == smtp_ehlo || row->run == smtp_helo) return !s->lmtp;
	if (row->run == smtp_bdat) return extension_on(s, EXT_CHUNKING);
	if (row->run == smtp_auth) return auth_open(s);
	if (row->run == smtp_starttls) return tls_offered(s);
	return !(row->rules & HIDDEN);
}

struct reply const *
smtp_help(struct session *s, char *arg)
{
	struct verb const *row = smtp_verbs.rows;
	char names[256];

	(void)arg;
	verb_names(&row, s, shown, names, sizeof names);
	return reply_fill(&s->said, s->text, &r_help, names);
}

struct reply const *
smtp_quit(struct session *s, char *arg)
{
	(void)arg;
	s->state |= S_QUIT;
	session_end(s, "quit", 0);
	return &r_bye;
}
