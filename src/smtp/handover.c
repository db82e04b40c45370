/* A complete message goes to the program, by way of the monitor. */

#include <string.h>

#include <skalibs/types.h>

#include "smtp/event.h"
#include "smtp/handover.h"
#include "smtp/owed.h"
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
	    && (!p->tls || monitor_add(m, "SMTPREQUIRETLS", "1"))
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

/* The string after that one in the answer, or NULL. */
static char const *
after(struct monitor_message const *m, char const *s)
{
	if (!s) return NULL;
	s += strlen(s) + 1;
	return s < m->text + m->len ? s : NULL;
}

/* The answer's strings: the line printed, the end in a word, if it ran, the recipient in LMTP. */
static struct reply const *
result(struct session *s, char const *id)
{
	struct monitor_message const *m = &s->message;
	char const *line = m->len ? m->text : "";
	char const *fate = m->len ? after(m, line) : NULL;
	struct reply const *r = reply_to(s, line, id);

	if (r->code < 300) owed_begin(s);
	/* It says that the connection is closed: RFC 5321 3.8. */
	if (r->code == 421) session_end(s, "program", 0);
	event_mail(
	    s, r, r->code < 300 ? line : r->text, fate && fate[0] ? fate : NULL, after(m, fate));
	return r;
}

/* Have it run: number says which RCPT command it is for, 0 that it is for all. */
static struct reply const *
run(struct session *s, char const *id, int bare, uint32_t number)
{
	int fd;

	/* It may take long, and who pipelined waits for earlier replies; the message is whole. */
	(void)session_flush(s);
	if (!put_pairs(s, bare)) return &r_later;
	s->message.number = number;
	if (!monitor_tell(&s->monitor, &s->message, -1)
	    || !monitor_hear(&s->monitor, &s->message, &fd)) {
		session_end(s, "error", 1);
		return &r_no_service;
	}
	return result(s, id);
}

/* A reply that is not the last one does not wait for the others. */
static void
say(struct session *s, struct reply const *r)
{
	session_deadline(s);
	session_say(s, r);
	(void)session_flush(s);
}

struct reply const *
handover(struct session *s, char const *id, int bare)
{
	struct reply const *r;
	uint32_t i;

	if (!s->lmtp) {
		r = run(s, id, bare, 0);
		s->state &= ~(unsigned int)S_MAIL; /* the monitor has forgotten it */
		return r;
	}
	for (i = 1;; i++) {
		r = run(s, id, bare, i);
		/* A lost client's mail goes on: all that it named were promised it. */
		if (r == &r_no_service || i >= s->tx.commands) return r;
		say(s, r);
	}
}

void
handover_repeat(struct session *s, struct reply const *r)
{
	unsigned int i;

	for (i = 1; s->lmtp && i < s->tx.commands; i++) session_say(s, r);
}
