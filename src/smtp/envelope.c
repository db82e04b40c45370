/* MAIL, RSET: RFC 5321 3.3, 4.1.1.2, 4.1.1.5. */

#include <string.h>
#include <strings.h>

#include "lib/safe.h"
#include "smtp/envelope.h"
#include "smtp/replies.h"
#include "smtp/session.h"

void
envelope_reset(struct session *s)
{
	if (s->state & S_MAIL) {
		monitor_begin(&s->message, MONITOR_FORGET, 0);
		(void)monitor_tell(&s->monitor, &s->message, -1);
	}
	intake_drop(&s->intake);
	s->state &= ~(unsigned int)(S_MAIL | S_RCPT | S_TRIED | S_BDAT | S_FAILED);
	s->tx.recipients = 0;
	s->tx.to[0] = 0;
}

char *
envelope_keyword(char *arg, char const *word)
{
	size_t n = strlen(word);

	if (strncasecmp(arg, word, n) != 0) return NULL;
	arg += n + strspn(arg + n, " \t");
	return *arg == ':' ? arg + 1 : NULL;
}

void
envelope_odd(struct session const *s, char const *verb, struct path const *p)
{
	struct note n;

	if (!(p->odd & (PATH_NAME | PATH_NOBRACKET))) return;
	note_begin(&n, &s->peer, "odd");
	note_text(&n, "verb", verb);
	note_text(&n, "path", p->odd & PATH_NAME ? "name" : "nobracket");
	note_end(&n);
}

static struct reply const *
mail_params(struct session *s, char const *params)
{
	size_t n = strlen(params);

	memcpy(s->tx.words, params, n + 1);
	switch (param_mail(&s->tx.param, s->tx.words, s->policy[DATABYTES].number)) {
	case PARAM_BAD: return &r_bad_param;
	case PARAM_UNKNOWN: return &r_unknown_param;
	case PARAM_BIG: return &r_too_big;
	case PARAM_OK: break;
	}
	return NULL;
}

struct reply const *
smtp_mail(struct session *s, char *arg)
{
	char *path = envelope_keyword(arg, "FROM");
	struct reply const *r;
	char *params;
	size_t typed;

	if (s->state & S_MAIL) return &r_nested;
	if (!path) return &r_want_from;
	if (s->mails >= s->policy[SMTP_MAXMAIL].number) {
		s->state |= S_CLOSE;
		return &r_many_mails;
	}
	switch (path_parse(&s->tx.from, path, (int)s->policy[SMTP_STRICT].number, &params)) {
	case PATH_BAD: return &r_bad_sender;
	case PATH_UTF8: return &r_utf8;
	case PATH_OK: break;
	}
	r = mail_params(s, params);
	if (r) return r;
	envelope_odd(s, "MAIL", &s->tx.from);
	path += strspn(path, " \t");
	typed = (size_t)(params - path);
	while (typed && strchr(" \t", path[typed - 1])) typed--;
	safe_text(s->tx.typed, sizeof s->tx.typed, path, typed);
	s->state |= S_MAIL;
	s->idle = 0;
	return &r_sender_ok;
}

struct reply const *
smtp_rset(struct session *s, char *arg)
{
	if (arg[0] && s->policy[SMTP_STRICT].number) return &r_no_argument;
	envelope_reset(s);
	return &r_ok;
}
