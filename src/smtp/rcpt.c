/* RCPT: RFC 5321 4.1.1.3. */

#include <string.h>

#include "smtp/auth.h"
#include "smtp/candidate.h"
#include "smtp/envelope.h"
#include "smtp/event.h"
#include "smtp/patience.h"
#include "smtp/replies.h"
#include "smtp/result.h"
#include "smtp/session.h"

/* What only the talker can refuse: syntax. Policy is the monitor's. */
static struct reply const *
syntax(struct session *s, char *arg, struct path *p, struct param *param)
{
	struct side side = { .keyword = "TO",
		.rules = PATH_FORWARD | (s->policy[DEFAULTDOMAIN].text ? PATH_ALONE : 0),
		.parse = param_rcpt,
		.want = &r_want_to,
		.bad = &r_bad_recipient };
	struct reply const *r;
	char *params;

	r = envelope_path(s, &side, arg, p, &params);
	if (r == side.want) return r;
	s->state |= S_TRIED;
	if (r) return r;
	r = envelope_params(s, &side, param, params);
	if (r) return r;
	if (p->utf8 && !s->tx.param.utf8) return &r_utf8;
	return memchr(p->mailbox, '/', p->local) ? &r_slash : NULL;
}

/* The monitor's answer as a reply. */
static struct reply const *
verdict(struct session *s)
{
	static struct reply const *const replies[] = { [RECIPIENT_OK] = &r_recipient_ok,
		[RECIPIENT_DROP] = &r_recipient_ok,
		[RECIPIENT_CLOSED] = &r_closed,
		[RECIPIENT_ROUTED] = &r_routed,
		[RECIPIENT_FOREIGN] = &r_relay,
		[RECIPIENT_LISTED] = &r_listed,
		[RECIPIENT_BANNED] = &r_banned,
		[RECIPIENT_SENDER] = &r_bad_from,
		[RECIPIENT_UNKNOWN] = &r_no_mailbox,
		[RECIPIENT_MANY] = &r_many_recipients,
		[RECIPIENT_LATER] = &r_recipient_later };
	char const *text = monitor_value(&s->message, "TEXT");
	struct reply const *r = &r_recipient_later;

	if (s->message.number <= RECIPIENT_LATER) r = replies[s->message.number];
	if (r == &r_closed && auth_open(s) && !(s->state & S_AUTH)) return &r_want_login;
	if (r == &r_closed && auth_wants_tls(s)) return &r_want_tls;
	if (r == &r_no_mailbox && text) return result_text(&s->said, s->text, r, text);
	if (r != &r_listed && r != &r_banned) return r;
	if (!text || !text[0]) text = "Mail from your address is refused";
	return reply_fill(&s->said, s->text, r, text);
}

static struct reply const *
ask(struct session *s, struct path const *p, struct param const *param)
{
	struct monitor_message *m = &s->message;
	int fd;

	monitor_begin(m, MONITOR_RECIPIENT, (uint32_t)p->local);
	if (!monitor_add(m, "RECIPIENT", p->mailbox)
	    || !monitor_add(m, "SENDER", s->tx.from.mailbox)
	    || !monitor_add(m, "SMTPHELOHOST", s->helo) || !rcptparam_add(m, param)
	    || !monitor_tell(&s->monitor, m, -1)) {
		session_end(s, "error", 1);
		return &r_no_service;
	}
	/* A program may take long: the client's going ends it. */
	if (s->policy[RCPTCHECK].text && !patience(s)) {
		session_end(s, "lost", 1);
		return NULL;
	}
	if (!monitor_hear(&s->monitor, m, &fd)) {
		session_end(s, "error", 1);
		return &r_no_service;
	}
	if (fd != -1) intake_ahead(s, fd);
	return verdict(s);
}

/*
 * Refused recipients have a budget of their own: harvesting costs time. Too many
 * for one message, and what we cannot check, is not the client's fault.
 */
static struct reply const *
refuse(struct session *s, struct reply const *r, struct path const *p, char const *by)
{
	/* One too many is progress: the client may list all it has, but not into the log. */
	if (r != &r_many_recipients || s->tx.surplus++ == 0) event_refused(s, r, p->mailbox, by);
	if (r == &r_many_recipients) s->idle = 0;
	if (r == &r_many_recipients || r == &r_recipient_later) return r;
	if (++s->refused >= REFUSED_MAX) {
		session_end(s, "errors", 1);
		return &r_many_errors;
	}
	if (s->refused > ERRORS_SLOW) session_delay(s, 1);
	return r;
}

/* The answer carries the mailbox as policy completed it, and how many there are, each once. */
static void
name_recipient(struct session *s)
{
	char const *mailbox = monitor_value(&s->message, "RECIPIENT");
	size_t n = mailbox ? strlen(mailbox) + 1 : sizeof s->tx.to + 1;

	s->tx.to[0] = 0;
	s->tx.recipients = s->message.detail;
	if (s->tx.recipients == 1 && n <= sizeof s->tx.to) memcpy(s->tx.to, mailbox, n);
}

struct reply const *
smtp_rcpt(struct session *s, char *arg)
{
	struct reply const *r;
	struct param param;
	struct path p;

	if (s->state & S_BDAT) return &r_chunked;
	r = syntax(s, arg, &p, &param);
	if (r == &r_slash) return refuse(s, r, &p, "syntax");
	if (r) {
		event_refused(s, r, arg, "syntax");
		return r;
	}
	r = ask(s, &p, &param);
	if (!r || r == &r_no_service) return r;
	if (r != &r_recipient_ok) {
		char const *by = monitor_value(&s->message, "BY");

		return refuse(s, r, &p, by ? by : "");
	}
	envelope_odd(s, "RCPT", &p);
	s->state |= S_RCPT;
	s->idle = 0;
	s->recipients++;
	s->tx.commands++;
	if (s->message.number == RECIPIENT_OK) name_recipient(s);
	return r;
}
