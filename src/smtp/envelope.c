/* MAIL, RCPT, RSET: RFC 5321 3.3, 4.1.1.2 to 4.1.1.5. */

#include <string.h>
#include <strings.h>

#include "lib/safe.h"
#include "smtp/replies.h"
#include "smtp/session.h"

void
envelope_reset(struct session *s)
{
	if (s->state & S_MAIL) {
		monitor_begin(&s->message, MONITOR_FORGET, 0);
		(void)monitor_tell(&s->monitor, &s->message, -1);
	}
	s->state &= ~(unsigned int)(S_MAIL | S_RCPT | S_TRIED);
	s->tx.recipients = 0;
	s->tx.to[0] = 0;
}

/* "FROM" WS* ":" or "TO" WS* ":"; returns what follows, or NULL. */
static char *
keyword(char *arg, char const *word)
{
	size_t n = strlen(word);

	if (strncasecmp(arg, word, n) != 0) return NULL;
	arg += n + strspn(arg + n, " \t");
	return *arg == ':' ? arg + 1 : NULL;
}

static void
note_odd(struct session const *s, char const *verb, struct path const *p)
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
	char *path = keyword(arg, "FROM");
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
	note_odd(s, "MAIL", &s->tx.from);
	path += strspn(path, " \t");
	typed = (size_t)(params - path);
	while (typed && strchr(" \t", path[typed - 1])) typed--;
	safe_text(s->tx.typed, sizeof s->tx.typed, path, typed);
	s->state |= S_MAIL;
	s->idle = 0;
	return &r_sender_ok;
}

/* What only the talker can refuse: syntax. Policy is the monitor's. */
static struct reply const *
recipient_syntax(struct session *s, struct path *p, char *path)
{
	char *params;

	switch (path_parse(p, path, (int)s->policy[SMTP_STRICT].number, &params)) {
	case PATH_BAD: return &r_bad_recipient;
	case PATH_UTF8: return &r_utf8;
	case PATH_OK: break;
	}
	if (p->mailbox[0] == 0) return &r_bad_recipient;
	if (memchr(p->mailbox, '/', p->local)) return &r_slash;
	switch (param_rcpt(params)) {
	case PARAM_BIG:
	case PARAM_BAD: return &r_bad_param;
	case PARAM_UNKNOWN: return &r_unknown_param;
	case PARAM_OK: break;
	}
	return NULL;
}

static struct reply const *
ask(struct session *s, struct path const *p)
{
	int fd;

	monitor_begin(&s->message, MONITOR_RECIPIENT, (uint32_t)p->local);
	if (!monitor_add(&s->message, "RECIPIENT", p->mailbox)
	    || !monitor_tell(&s->monitor, &s->message, -1)
	    || !monitor_hear(&s->monitor, &s->message, &fd)) {
		s->state |= S_CLOSE;
		return &r_no_service;
	}
	switch (s->message.number) {
	case RECIPIENT_OK: return &r_recipient_ok;
	case RECIPIENT_MANY: return &r_many_recipients;
	case RECIPIENT_RELAY: return &r_relay;
	default: return &r_recipient_later;
	}
}

/* Recipients refused have a budget of their own: harvesting costs time. */
static void
count_refused(struct session *s)
{
	struct note n;

	note_begin(&n, &s->peer, "rcpt-rej");
	note_number(&n, "refused", ++s->refused);
	note_end(&n);
	if (s->refused >= REFUSED_MAX) s->state |= S_CLOSE;
	if (s->refused > ERRORS_SLOW) session_delay(1);
}

/* The answer carries the mailbox as policy completed it. */
static void
name_recipient(struct session *s)
{
	struct monitor_message const *m = &s->message;

	s->tx.to[0] = 0;
	if (s->tx.recipients++ == 0 && m->len && m->len <= sizeof s->tx.to)
		memcpy(s->tx.to, m->text, m->len);
}

struct reply const *
smtp_rcpt(struct session *s, char *arg)
{
	char *path = keyword(arg, "TO");
	struct reply const *r;
	struct path p;

	if (!path) return &r_want_to;
	s->state |= S_TRIED;
	r = recipient_syntax(s, &p, path);
	if (r) return r;
	r = ask(s, &p);
	if (r == &r_relay) count_refused(s);
	if (s->refused >= REFUSED_MAX) return &r_many_errors;
	/* One too many is progress too: the client may list all it has. */
	if (r == &r_recipient_ok || r == &r_many_recipients) s->idle = 0;
	if (r != &r_recipient_ok) return r;
	note_odd(s, "RCPT", &p);
	s->state |= S_RCPT;
	name_recipient(s);
	return r;
}

struct reply const *
smtp_rset(struct session *s, char *arg)
{
	if (arg[0] && s->policy[SMTP_STRICT].number) return &r_no_argument;
	envelope_reset(s);
	return &r_ok;
}
