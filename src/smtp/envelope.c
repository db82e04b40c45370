/* MAIL, RSET: RFC 5321 3.3, 4.1.1.2, 4.1.1.5. */

#include <string.h>
#include <strings.h>

#include <skalibs/djbunix.h>

#include "smtp/breakoff.h"
#include "smtp/envelope.h"
#include "smtp/event.h"
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
	if (s->ahead.fd != -1) fd_close(s->ahead.fd);
	s->ahead.fd = -1;
	if (s->state & S_TRIED) {
		s->tx.recipients = 0;
		s->tx.surplus = 0;
		s->tx.commands = 0;
		s->tx.to[0] = 0;
	}
	s->state &= ~(unsigned int)(S_MAIL | S_RCPT | S_TRIED | S_BDAT | S_FAILED);
}

static int
is_strict(struct session const *s)
{
	return s->policy[SMTP_STRICT].number != 0;
}

/* "FROM" WS* ":" or "TO" WS* ":", without the blanks if strict; returns what follows, or NULL. */
static char *
keyword(struct session const *s, char *arg, char const *word)
{
	size_t n = strlen(word);

	if (strncasecmp(arg, word, n) != 0) return NULL;
	arg += n;
	if (!is_strict(s)) arg += strspn(arg, " \t");
	return *arg == ':' ? arg + 1 : NULL;
}

struct reply const *
envelope_path(struct session *s, struct side const *side, char *arg, struct path *p, char **params)
{
	char *path = keyword(s, arg, side->keyword);
	unsigned int rules = side->rules;

	if (!path) return side->want;
	if (is_strict(s)) rules |= PATH_STRICT;
	if (extension_on(s, EXT_LONGLOCAL)) rules |= PATH_LONGLOCAL;
	switch (path_parse(p, path, rules, params)) {
	case PATH_BAD: return side->bad;
	case PATH_UTF8: return &r_utf8;
	case PATH_OK: break;
	}
	return NULL;
}

struct reply const *
envelope_params(struct session *s, struct side const *side, struct param *p, char *params)
{
	struct param_terms t = { .limit = s->policy[DATABYTES].number,
		.extensions = s->extensions.on,
		.utf8 = s->tx.param.utf8 };

	/* In the clear it is not offered: RFC 8689 4.2. */
	if (!(s->state & S_TLS)) t.extensions &= ~(1U << EXT_REQUIRETLS);
	switch (side->parse(p, params, &t)) {
	case PARAM_BAD: return &r_bad_param;
	case PARAM_UNKNOWN: return &r_unknown_param;
	case PARAM_BIG: return &r_too_big;
	case PARAM_OK: break;
	}
	return NULL;
}

void
envelope_odd(struct session const *s, char const *verb, struct path const *p)
{
	struct note n;

	if (!(p->odd & (PATH_NAME | PATH_NOBRACKET))) return;
	if (!event_begin(&n, s, LOG_EVENTS, "odd")) return;
	note_text(&n, "verb", verb);
	note_text(&n, "odd", p->odd & PATH_NAME ? "name" : "nobracket");
	note_end(&n);
}

/* The n bytes of the path that were typed, a TAB as '?': all else has been looked at. */
static void
keep_typed(struct transaction *tx, char const *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) tx->typed[i] = s[i] == '\t' ? '?' : s[i];
	tx->typed[n] = 0;
}

/* What stands before the parameters, blanks on both sides left out. */
static void
keep_path(struct transaction *tx, char const *arg, char const *params)
{
	char const *s = strchr(arg, ':') + 1;
	size_t n;

	s += strspn(s, " \t");
	n = (size_t)(params - s);
	while (n && strchr(" \t", s[n - 1])) n--;
	keep_typed(tx, s, n);
}

static struct reply const *
mail(struct session *s, char *arg)
{
	struct side side = { .keyword = "FROM",
		.rules = is_strict(s) ? 0 : PATH_ALONE,
		.parse = param_mail,
		.want = &r_want_from,
		.bad = &r_bad_sender };
	struct transaction *tx = &s->tx;
	struct reply const *r;
	char *params;

	if (s->policy[SMTP_TLS].number == TLS_REQUIRE && !(s->state & S_TLS)) return &r_want_tls;
	if (s->state & S_MAIL) return &r_nested;
	if (s->transactions >= s->policy[SMTP_MAXMAIL].number) {
		session_end(s, "limit", 0);
		return &r_many_mails;
	}
	r = envelope_path(s, &side, arg, &tx->from, &params);
	if (r) return r;
	memcpy(tx->words, params, strlen(params) + 1);
	r = envelope_params(s, &side, &tx->param, tx->words);
	if (r) return r;
	if (tx->from.utf8 && !tx->param.utf8) return &r_utf8;
	envelope_odd(s, "MAIL", &tx->from);
	keep_path(tx, arg, params);
	s->transactions++;
	s->tx.began = STAMP;
	s->state |= S_MAIL;
	s->idle = 0;
	return &r_sender_ok;
}

struct reply const *
smtp_mail(struct session *s, char *arg)
{
	struct reply const *r = mail(s, arg);

	/* A message lost here is one nobody else knows of; why=limit says the last one itself. */
	if (r != &r_sender_ok && r != &r_nested && r != &r_many_mails) event_no_mail(s, r, arg);
	return r;
}

struct reply const *
smtp_rset(struct session *s, char *arg)
{
	if (arg[0] && s->policy[SMTP_STRICT].number) return &r_no_argument;
	breakoff_reset(s);
	envelope_reset(s);
	return &r_ok;
}
