/* Log lines: fixed words in fixed order, one per event. */

#include <string.h>

#include "ftp/events.h"
#include "ftp/session.h"
#include "lib/note.h"

enum { CLIENT_TEXT = 64 /* bytes logged of what it says */ };

static void
begin(struct note *n, struct session *s, char const *name)
{
	/* People type passwords where names belong. */
	int shown = (s->state & S_LOGIN) || s->policy[FTP_LOG_USER].number;

	note_begin(n, &s->peer, name);
	note_text(n, "user", s->user[0] && shown ? s->user : "-");
}

void
event(struct session *s, char const *name)
{
	struct note n;

	begin(&n, s, name);
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
event_refuse(struct session *s, char const *why)
{
	struct note n;

	begin(&n, s, "refuse");
	note_text(&n, "why", why);
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

void
event_client(struct session *s, char const *verb, char const *text)
{
	char cut[CLIENT_TEXT + 1];
	size_t len = strlen(text);
	struct note n;

	if (len > CLIENT_TEXT) len = CLIENT_TEXT;
	memcpy(cut, text, len);
	cut[len] = 0;
	begin(&n, s, "client");
	note_text(&n, "verb", verb);
	note_text(&n, "text", cut);
	note_end(&n);
}

static uint64_t
milliseconds(struct session const *s)
{
	tain d;

	tain_sub(&d, &STAMP, &s->transfer.began);
	return (uint64_t)tain_to_millisecs(&d);
}

void
event_transfer(struct session *s, char const *name, unsigned int code)
{
	struct transfer const *t = &s->transfer;
	struct note n;

	tain_now_g();
	begin(&n, s, name);
	note_text(&n, "path", s->path);
	note_number(&n, "bytes", t->done);
	note_number(&n, "ms", milliseconds(s));
	note_number(&n, "rest", t->rest);
	note_text(&n, "mode", s->data.mode == DATA_ACTIVE ? "active" : "passive");
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
