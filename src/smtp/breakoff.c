/* A message that broke off, or had to: RFC 5321 4.1.1.4 has nobody run on it. */

#include "smtp/breakoff.h"
#include "smtp/event.h"
#include "smtp/replies.h"
#include "smtp/session.h"

/* What came is kept by the monitor where SMTP_PARTIAL says: as what, or "". */
static char const *
keep_partial(struct session *s)
{
	struct monitor_message *m = &s->message;
	int fd;

	m->text[0] = 0;
	if (!s->policy[SMTP_PARTIAL].text) return m->text;
	intake_flush(s);
	if (s->intake.fd == -1) return m->text;
	monitor_begin(m, MONITOR_PARTIAL, 0);
	if (!monitor_tell(&s->monitor, m, -1) || !monitor_hear(&s->monitor, m, &fd) || m->len == 0)
		m->text[0] = 0;
	return m->text;
}

static void
note_abort(struct session const *s, char const *stage, char const *partial, char const *why)
{
	struct note n;

	/* Of what was refused chunks ago there is a line. */
	if (s->state & S_FAILED || !event_begin(&n, s, LOG_EVENTS, "abort")) return;
	if (s->intake.id[0]) note_text(&n, "id", s->intake.id);
	note_text(&n, "stage", stage);
	note_number(&n, "bytes", s->intake.octets);
	if (partial[0]) note_text(&n, "partial", partial);
	note_text(&n, "why", why);
	note_end(&n);
}

void
breakoff_log(struct session *s, char const *stage, char const *why)
{
	note_abort(s, stage, keep_partial(s), why);
	intake_drop(&s->intake);
}

void
breakoff_reset(struct session const *s)
{
	if (s->state & S_BDAT) note_abort(s, "bdat", "", "reset");
}

struct reply const *
breakoff(struct session *s, char const *stage, enum intake_end end)
{
	static struct {
		char const *why; /* for the line of the message, and that of the session */
		char const *end;
		struct reply const *reply;
	} const ends[] = { [INTAKE_EOF] = { "eof", "eof", NULL },
		[INTAKE_TIMEOUT] = { "timeout", "timeout", &r_timeout },
		[INTAKE_ENDED] = { "terminated", "terminated", &r_terminated },
		[INTAKE_SLOW] = { "slow", "errors", &r_timeout },
		[INTAKE_CR] = { "cr", "errors", &r_cr },
		[INTAKE_AHEAD] = { "ahead", "errors", &r_ahead },
		[INTAKE_BIG] = { "big", "errors", NULL } };

	breakoff_log(s, stage, ends[end].why);
	s->state &= ~(unsigned int)S_BDAT;
	if (end == INTAKE_EOF) s->state |= S_GONE;
	session_end(s, ends[end].end, 1);
	/* A full disk stays something to try again after. */
	return end == INTAKE_BIG ? intake_lost(&s->intake) : ends[end].reply;
}
