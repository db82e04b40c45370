/* Log lines: fixed words in fixed order, one per event. */

#include <limits.h>
#include <string.h>

#include "ftp/events.h"
#include "ftp/handlers.h"
#include "ftp/session.h"
#include "ftp/xferlog.h"
#include "lib/note.h"

enum { CLIENT_TEXT = 64 /* bytes logged of what it says */ };

static void
begin(struct note *n, struct session *s, char const *name)
{
	/* People type passwords where names belong. */
	int shown = (s->state & S_LOGIN) || s->policy[FTP_LOG_USER].number;

	note_begin(n, &s->peer, name);
	note_text(n, "user", s->user[0] && shown ? s->user : "-");
	/* Not every provider says which TLS it is. */
	if (s->tls.active) note_text(n, "tls", s->tls.protocol[0] ? s->tls.protocol : "on");
}

void
event(struct session *s, char const *name)
{
	struct note n;

	begin(&n, s, name);
	note_end(&n);
}

void
event_begin(struct session *s, char const *name)
{
	struct note n;

	begin(&n, s, name);
	if (s->hosted) note_text(&n, "host", s->host);
	note_end(&n);
}

void
event_path(struct session *s, char const *name, char const *path)
{
	struct note n;

	begin(&n, s, name);
	note_text(&n, "path", path);
	note_end(&n);
}

void
event_why(struct session *s, char const *name, char const *why, unsigned int code)
{
	struct note n;

	begin(&n, s, name);
	note_text(&n, "why", why);
	if (s->verb) note_text(&n, "verb", s->verb);
	if (code) note_number(&n, "code", code);
	note_end(&n);
}

void
event_refuse(struct session *s, char const *why)
{
	event_why(s, "refuse", why, 0);
}

void
event_tls(struct session *s)
{
	struct note n;

	begin(&n, s, "tls");
	note_text(&n, "proto", s->tls.protocol);
	note_text(&n, "cipher", s->tls.cipher);
	note_end(&n);
}

void
event_stranger(struct session *s, ip46 const *ip)
{
	char text[IP46_FMT];
	struct note n;

	text[ip46_fmt(text, ip)] = 0;
	begin(&n, s, "refuse");
	note_text(&n, "why", "stranger");
	note_text(&n, "from", text);
	note_end(&n);
}

/* A password that was typed too early: as an unknown verb, or as a name. */
static int
may_tell(struct session const *s, struct verb const *row)
{
	if (!row || (row->rules & SECRET)) return 0;
	return row->run != ftp_user || s->policy[FTP_LOG_USER].number;
}

void
event_command(struct session *s, struct verb const *row, char const *arg)
{
	struct note n;

	s->totals.commands++;
	if (!s->policy[FTP_LOG_CMD].number) return;
	begin(&n, s, "cmd");
	note_text(&n, "verb", row ? row->name : "-");
	if (*arg && may_tell(s, row)) note_text(&n, "arg", arg);
	note_end(&n);
}

void
event_loginfail(struct session *s, char const *why, uint64_t code)
{
	struct note n;

	begin(&n, s, "loginfail");
	note_text(&n, "why", why);
	if (code) note_number(&n, "code", code);
	note_number(&n, "try", s->failures);
	note_end(&n);
}

void
event_moved(struct session *s, char const *name, char const *from, char const *to)
{
	struct note n;

	begin(&n, s, name);
	note_text(&n, "path", from);
	note_text(&n, "to", to);
	note_end(&n);
}

/* Five bytes of a stranger would make a hundred of the log, as fast as he can send. */
int
event_enough(struct session *s)
{
	return !(s->state & S_LOGIN) && s->told++ >= SESSION_TOLD;
}

void
event_client(struct session *s, char const *verb, char const *text)
{
	char cut[CLIENT_TEXT + 1];
	size_t len = strlen(text);
	struct note n;

	if (event_enough(s)) return;
	if (len > CLIENT_TEXT) len = CLIENT_TEXT;
	memcpy(cut, text, len);
	cut[len] = 0;
	begin(&n, s, "client");
	note_text(&n, "verb", verb);
	note_text(&n, "text", cut);
	note_end(&n);
}

static uint64_t
since(tain const *then)
{
	tain d;
	int ms;

	tain_now_g();
	tain_sub(&d, &STAMP, then);
	ms = tain_to_millisecs(&d);
	/* After 24 days it is more than an int can say. */
	return ms < 0 ? INT_MAX : (uint64_t)ms;
}

void
event_close(struct session *s)
{
	struct totals const *t = &s->totals;
	struct note n;

	begin(&n, s, "close");
	note_number(&n, "cmds", t->commands);
	note_number(&n, "gets", t->gets);
	note_number(&n, "puts", t->puts);
	note_number(&n, "sent", t->sent);
	note_number(&n, "received", t->received);
	note_number(&n, "ms", since(&s->began));
	note_end(&n);
}

void
event_transfer(struct session *s, char const *name, unsigned int code)
{
	struct transfer const *t = &s->transfer;
	uint64_t ms = since(&t->began);
	struct note n;

	if (t->code) code = t->code;
	if (code == 226 && t->receiving) s->totals.puts++;
	if (code == 226 && !t->receiving) s->totals.gets++;
	xferlog_put(s, ms, code);
	begin(&n, s, name);
	note_text(&n, "path", s->path);
	note_number(&n, "bytes", t->done);
	note_number(&n, "ms", ms);
	note_number(&n, "rest", t->rest);
	note_text(&n, "mode", t->active ? "active" : "passive");
	note_number(&n, "code", code);
	if (t->receiving && s->receipt[0]) note_text(&n, "sha256", s->receipt);
	if (t->brief) note_number(&n, "short", 1);
	if (t->inplace) note_number(&n, "inplace", 1);
	note_end(&n);
}

void
event_hook(struct session *s, char const *id, char const *how, uint64_t code)
{
	struct note n;

	begin(&n, s, "hook");
	note_text(&n, "id", id);
	note_text(&n, "end", how);
	note_number(&n, "code", code);
	note_end(&n);
}
