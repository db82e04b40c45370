/* The log of a session; keys in one order, so that scripts find them. */

#include <string.h>

#include "smtp/event.h"
#include "smtp/protocol.h"
#include "smtp/session.h"

enum { UNKNOWN_BYTES = 64 /* shown of a line that is no command */ };

int
event_begin(struct note *n, struct session const *s, unsigned int level, char const *event)
{
	if (s->policy[SMTP_LOG].number < level) return 0;
	note_begin(n, &s->peer, event);
	return 1;
}

void
event_note(struct session const *s, unsigned int level, char const *event)
{
	struct note n;

	if (event_begin(&n, s, level, event)) note_end(&n);
}

void
event_helo(struct session const *s)
{
	struct note n;

	if (!s->known || !event_begin(&n, s, LOG_EVENTS, "helo")) return;
	note_text(&n, "helo", s->helo);
	note_text(&n, "verb", s->lmtp ? "LHLO" : s->state & S_EHLO ? "EHLO" : "HELO");
	note_end(&n);
}

void
event_tls(struct session const *s)
{
	struct note n;

	if (!s->known || !event_begin(&n, s, LOG_EVENTS, "tls")) return;
	if (s->tls.protocol[0]) note_text(&n, "proto", s->tls.protocol);
	if (s->tls.cipher[0]) note_text(&n, "cipher", s->tls.cipher);
	note_end(&n);
}

static void
note_latched(struct session const *s)
{
	struct note n;

	if (!event_begin(&n, s, LOG_EVENTS, "odd")) return;
	note_text(&n, "odd", "lf");
	note_end(&n);
}

void
event_known(struct session *s)
{
	if (s->known || s->state & S_REFUSED) return;
	s->known = 1;
	event_note(s, LOG_EVENTS, "conn");
	if (s->state & S_LF) note_latched(s);
	if (s->state & S_TLS) event_tls(s);
	if (s->greetings) event_helo(s);
}

void
event_login(struct session const *s, enum sasl mechanism, char const *name, char const *why)
{
	struct note n;

	if (!event_begin(&n, s, LOG_EVENTS, why ? "auth-fail" : "auth-ok")) return;
	note_text(&n, "mech", sasl_names[mechanism]);
	note_text(&n, "user", name);
	if (why) note_text(&n, "why", why);
	note_end(&n);
}

void
event_no_mail(struct session const *s, struct reply const *r, char const *path)
{
	struct note n;

	if (!event_begin(&n, s, LOG_EVENTS, "mail-rej")) return;
	note_number(&n, "code", r->code);
	note_text(&n, "text", r->text);
	note_text(&n, "from", path);
	note_end(&n);
}

void
event_refused(struct session const *s, struct reply const *r, char const *recipient, char const *by)
{
	struct note n;

	if (!event_begin(&n, s, LOG_EVENTS, "rcpt-rej")) return;
	note_number(&n, "code", r->code);
	note_text(&n, "text", r->text);
	note_text(&n, "rcpt", recipient);
	note_text(&n, "by", by);
	note_end(&n);
}

void
event_mail(struct session const *s, struct reply const *r, char const *text, char const *exit,
    char const *rcpt)
{
	struct note n;

	tain_now_g();
	if (!event_begin(&n, s, LOG_EVENTS, "mail")) return;
	note_text(&n, "id", s->intake.id);
	note_text(&n, "from", s->tx.from.mailbox);
	note_number(&n, "rcpts", rcpt ? 1 : s->tx.recipients);
	note_number(&n, "bytes", s->intake.octets);
	note_text(&n, "proto", protocol_name(s));
	note_text(&n, "helo", s->helo);
	note_number(&n, "code", r->code);
	note_text(&n, "text", text);
	note_seconds(&n, "dur", &s->tx.began);
	if (exit) note_text(&n, "exit", exit);
	if (rcpt) note_text(&n, "rcpt", rcpt);
	note_end(&n);
}

void
event_junk(struct session const *s, char const *what)
{
	struct note n;

	if (!event_begin(&n, s, LOG_EVENTS, "junk")) return;
	note_text(&n, "what", what);
	note_end(&n);
}

/* The verb of the line heard. What it holds is a secret with blanks before it, too. */
static struct verb const *
verb_of(struct line const *l)
{
	char const *verb = l->s + strspn(l->s, " \t");

	return verb_find(&smtp_verbs, verb, strcspn(verb, " \t:"));
}

/* No secrets, and not much of what is no command of ours. */
static void
put_line(struct note *n, struct session const *s)
{
	struct line const *l = &s->line;
	struct verb const *row = verb_of(l);

	if (row && row->rules & SECRET)
		note_text(n, "line", row->name);
	else if (row)
		note_bytes(n, "line", l->s, l->n);
	else if (s->secret)
		note_text(n, "line", "...");
	else
		note_bytes(n, "line", l->s, l->n < UNKNOWN_BYTES ? l->n : UNKNOWN_BYTES);
}

void
event_heard(struct session *s)
{
	struct verb const *row;
	struct note n;

	if (s->policy[SMTP_LOG].number < LOG_COMMANDS) return;
	row = verb_of(&s->line);
	/* Who sends a name and a password without waiting says them in lines of their own. */
	if (row && row->rules & SECRET) s->secret = 1;
	if (!event_begin(&n, s, LOG_TRANSCRIPT, "in")) return;
	put_line(&n, s);
	note_end(&n);
}

void
event_answered(struct session const *s)
{
	struct note n;

	if (!event_begin(&n, s, LOG_TRANSCRIPT, "in")) return;
	note_text(&n, "line", "...");
	note_end(&n);
}

void
event_said(struct session const *s, struct reply const *r)
{
	struct note n;

	if (!event_begin(&n, s, LOG_TRANSCRIPT, "out")) return;
	note_number(&n, "code", r->code);
	note_text(&n, "text", r->text);
	note_end(&n);
}

void
event_command(struct session const *s, struct reply const *r)
{
	struct note n;

	if (s->policy[SMTP_LOG].number != LOG_COMMANDS) return;
	if (!event_begin(&n, s, LOG_COMMANDS, "cmd")) return;
	note_number(&n, "code", r->code);
	put_line(&n, s);
	note_end(&n);
}

static void
put_end(struct note *n, struct session const *s)
{
	note_seconds(n, "dur", &s->began);
	note_text(n, "why", s->why ? s->why : "error");
	note_end(n);
}

/* What health checks, port scans, and who was greeted with 554 leave: one short line. */
static void
log_probe(struct session const *s)
{
	struct note n;

	if (!event_begin(&n, s, LOG_EVENTS, s->state & S_REFUSED ? "refused" : "probe")) return;
	note_number(&n, "cmds", s->commands);
	put_end(&n, s);
}

void
event_end(struct session const *s)
{
	struct note n;

	if (!s->known && s->why && strcmp(s->why, "junk") == 0) return;
	if (!s->known) {
		log_probe(s);
		return;
	}
	if (!event_begin(&n, s, LOG_EVENTS, "disc")) return;
	note_number(&n, "msgs", s->mails);
	note_number(&n, "rcpts", s->recipients);
	note_number(&n, "rej", s->refused);
	note_number(&n, "cmds", s->commands);
	note_number(&n, "errors", s->errors);
	note_number(&n, "bytes", s->bytes);
	put_end(&n, s);
}
