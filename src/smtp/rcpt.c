/* RCPT: RFC 5321 4.1.1.3. */

#include <string.h>

#include "smtp/envelope.h"
#include "smtp/event.h"
#include "smtp/replies.h"
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

static struct reply const *
ask(struct session *s, struct path const *p, struct param const *param)
{
	int fd;

	monitor_begin(&s->message, MONITOR_RECIPIENT, (uint32_t)p->local);
	if (!monitor_add(&s->message, "RECIPIENT", p->mailbox) || !rcptparam_add(&s->message, param)
	    || !monitor_tell(&s->monitor, &s->message, -1)
	    || !monitor_hear(&s->monitor, &s->message, &fd)) {
		session_end(s, "error", 1);
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
	s->refused++;
	if (s->refused >= REFUSED_MAX) session_end(s, "errors", 1);
	if (s->refused > ERRORS_SLOW) session_delay(s, 1);
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
	struct reply const *r;
	struct param param;
	struct path p;

	if (s->state & S_BDAT) return &r_chunked;
	r = syntax(s, arg, &p, &param);
	if (r) return r;
	r = ask(s, &p, &param);
	if (r != &r_recipient_ok) event_refused(s, r, p.mailbox);
	if (r == &r_relay) count_refused(s);
	if (s->refused >= REFUSED_MAX) return &r_many_errors;
	/* One too many is progress too: the client may list all it has. */
	if (r == &r_recipient_ok || r == &r_many_recipients) s->idle = 0;
	if (r != &r_recipient_ok) return r;
	envelope_odd(s, "RCPT", &p);
	s->state |= S_RCPT;
	s->recipients++;
	name_recipient(s);
	return r;
}
