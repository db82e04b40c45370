/* Command lines: RFC 5321 2.3.8, 2.4, 4.1.1; and what is no SMTP at all. */

#include <string.h>
#include <strings.h>

#include "smtp/command.h"
#include "smtp/data.h"
#include "smtp/event.h"
#include "smtp/latch.h"
#include "smtp/owed.h"
#include "smtp/replies.h"
#include "smtp/session.h"

/* HTTP clients may be made to say SMTP: nothing behind such a line is read. */
static int
is_http(char const *line)
{
	static char const words[] = "GET POST PUT HEAD CONNECT OPTIONS DELETE PATCH";
	size_t n = strcspn(line, " \t");

	return verb_among(words, line, n) || strncasecmp(line, "Host:", 5) == 0;
}

static struct reply const *
junk(struct session *s, char const *what)
{
	session_junk(s, what);
	return NULL;
}

/* Bytes that may not be in the command of row, which is NULL for an unknown verb. */
static struct reply const *
bad_bytes(struct session const *s, struct verb const *row)
{
	int high = 0;
	size_t i;

	for (i = 0; i < s->line.n; i++) {
		unsigned char c = (unsigned char)s->line.s[i];

		if ((c < 0x20 && c != '\t') || c == 0x7f) return &r_control;
		if (c > 0x7f) high = 1;
	}
	return high && row && !(row->rules & RAW) ? &r_8bit : NULL;
}

/* Cut the argument out of the line: blanks around it do not count. */
static char *
argument(struct session *s, size_t verb)
{
	char *arg = s->line.s + verb;
	struct line *l = &s->line;

	while (l->n > verb && strchr(" \t", l->s[l->n - 1])) l->s[--l->n] = 0;
	return arg + strspn(arg, " \t");
}

/* A line refused as such. What may follow DATA and BDAT must not be taken for commands. */
static struct reply const *
refuse(struct session *s, char const *line, struct reply const *r)
{
	struct reply const *ahead = NULL;

	line += strspn(line, " \t");
	if (strncasecmp(line, "DATA", 4) == 0) ahead = data_ahead(s);
	if (strncasecmp(line, "BDAT", 4) == 0) session_end(s, "errors", 1);
	return ahead ? ahead : r;
}

static struct reply const *
run(struct session *s)
{
	size_t n = strcspn(s->line.s, " \t:");
	struct verb const *row = verb_find(&smtp_verbs, s->line.s, n);
	struct reply const *r = bad_bytes(s, row);
	char *arg;

	if (r) return refuse(s, s->line.s, r);
	if (s->state & S_REFUSED && !(row && row->run == smtp_quit)) return &r_only_quit;
	if (!row || s->line.s[n] == ':') return refuse(s, s->line.s, &r_unknown);
	arg = argument(s, n);
	if (s->policy[SMTP_STRICT].number && arg[0] && (arg != s->line.s + n + 1 || arg[-1] != ' '))
		return refuse(s, s->line.s, &r_blanks);
	r = verb_refusal(&smtp_verbs, row, s->state, arg);
	if (r) return refuse(s, s->line.s, r);
	/* Before it runs: what was done must be answered as done. */
	if (s->idle++ >= IDLE_MAX) {
		session_end(s, "errors", 1);
		return &r_no_progress;
	}
	if (row->run == smtp_mail) event_known(s);
	return row->run(s, arg);
}

static void
count(struct session *s)
{
	if (++s->commands > PROBE_COMMANDS) event_known(s);
}

static struct reply const *
whole(struct session *s, enum line_end end)
{
	count(s);
	owed_settle(s);
	event_heard(s);
	if (end == LINE_OK) return run(s);
	return refuse(s, s->line.s, end == LINE_LF ? &r_bare_lf : &r_control);
}

/* Of which only the begin is known. */
static struct reply const *
too_long(struct session *s)
{
	if (is_http(s->line.head)) return junk(s, "http");
	count(s);
	return refuse(s, s->line.head, &r_long);
}

/* No line came, and none will: the last reply. */
static struct reply const *
over(struct session *s, enum line_end end)
{
	switch (end) {
	case LINE_OK:
	case LINE_LF:
	case LINE_NUL:
	case LINE_LONG: break;
	case LINE_ALIEN: return junk(s, "tls");
	case LINE_FLOOD: session_end(s, "errors", 1); return &r_flood;
	case LINE_TIMEOUT: session_end(s, "timeout", 1); return &r_timeout;
	case LINE_ENDED:
		session_term(s);
		session_end(s, "terminated", 1);
		return &r_terminated;
	case LINE_ERROR: session_end(s, "lost", 1); break;
	case LINE_MORE:
	case LINE_EOF:
		s->state |= S_GONE;
		session_end(s, "eof", (s->state & S_MAIL) != 0);
		break;
	}
	return NULL;
}

int
command_line(struct session *s, enum line_end *end, struct reply const **r)
{
	*end = LINE_ENDED;
	if (!(s->state & S_TERM))
		*end = line_get(&s->line, &s->connection, &s->in, &s->out, &s->deadline);
	if (latch_line(s, end) == LATCH_CR) {
		session_end(s, "errors", 1);
		*r = &r_cr;
		return 0;
	}
	*r = over(s, *end);
	return !(s->state & S_CLOSE);
}

struct reply const *
command_next(struct session *s)
{
	struct reply const *r;
	enum line_end end;

	if (!command_line(s, &end, &r)) return r;
	if (end == LINE_LONG) return too_long(s);
	return is_http(s->line.s) ? junk(s, "http") : whole(s, end);
}
