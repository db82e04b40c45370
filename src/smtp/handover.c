/* A complete message goes to the program, by way of the monitor. */

#include <string.h>

#include <skalibs/types.h>

#include "smtp/event.h"
#include "smtp/handover.h"
#include "smtp/protocol.h"
#include "smtp/queue.h"
#include "smtp/replies.h"
#include "smtp/result.h"
#include "smtp/session.h"

static int
put_pairs(struct session *s, int bare)
{
	struct monitor_message *m = &s->message;
	struct param const *p = &s->tx.param;
	char fmt[UINT64_FMT];

	monitor_begin(m, MONITOR_ARRIVAL, 0);
	fmt[uint64_fmt(fmt, p->size)] = 0;
	return monitor_add(m, "SENDER", s->tx.from.mailbox)
	    && monitor_add(m, "SMTPHELOHOST", s->helo)
	    && monitor_add(m, "SMTPMAILFROM", s->tx.typed)
	    && monitor_add(m, "SMTPPROTO", protocol_name(s))
	    && (!p->size || monitor_add(m, "SMTPSIZE", fmt))
	    && (!p->body || monitor_add(m, "SMTPBODY", p->body))
	    && (!p->utf8 || monitor_add(m, "SMTPUTF8", "1"))
	    && (!p->ret || monitor_add(m, "SMTPRET", p->ret))
	    && (!p->envid || monitor_add(m, "SMTPENVID", p->envid))
	    && (!p->by || monitor_add(m, "SMTPBY", p->by))
	    && (!p->hold || monitor_add(m, "SMTPHOLD", p->hold))
	    && (!p->priority || monitor_add(m, "SMTPPRIORITY", p->priority))
	    && (!bare || monitor_add(m, "SMTPBARELF", "1"));
}

static struct reply const *
reply_to(struct session *s, char const *line, char const *id)
{
	enum arrival verdict = (enum arrival)s->message.number;
	int code = (int)s->message.detail;
	struct reply const *r;

	if (verdict == ARRIVAL_KEPT || verdict == ARRIVAL_TAKEN)
		return result_kept(&s->said, s->text, id, line);
	r = s->queue && verdict == ARRIVAL_REFUSED ? queue_refusal(code)
	                                           : result_usual(verdict, code);
	return result_text(&s->said, s->text, r, line);
}

/* The answer's strings: the line that was printed, and the end in a word. */
static struct reply const *
result(struct session *s, char const *id)
{
	struct monitor_message const *m = &s->message;
	char const *line = m->len ? m->text : "";
	size_t n = strlen(line) + 1;
	struct reply const *r = reply_to(s, line, id);

	event_mail(s, r, r->code < 300 ? line : r->text, n < m->len ? m->text + n : NULL);
	return r;
}

struct reply const *
handover(struct session *s, char const *id, int bare)
{
	int fd;

	if (!put_pairs(s, bare)) return &r_later;
	if (!monitor_tell(&s->monitor, &s->message, -1)
	    || !monitor_hear(&s->monitor, &s->message, &fd)) {
		session_end(s, "error", 1);
		return &r_no_service;
	}
	s->state &= ~(unsigned int)S_MAIL; /* the monitor has forgotten it */
	return result(s, id);
}
