/* The conversation: read a line, run its verb, say its reply, count. RFC 5321 3. */

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/iopause.h>
#include <skalibs/unix-timed.h>

#include "smtp/replies.h"
#include "smtp/session.h"

void
session_deadline(struct session *s)
{
	tain_now_g();
	tain_addsec_g(&s->deadline, (int)s->policy[SMTP_TIMEOUT].number);
}

void
session_delay(unsigned int seconds)
{
	tain until;

	tain_addsec_g(&until, (int)seconds);
	(void)iopause_g(NULL, 0, &until);
}

/* The enhanced status code is only for who was offered it, by EHLO: RFC 2034 4. */
static char const *
without_code(struct session const *s, char const *text)
{
	size_t n = strspn(text, "0123456789.");
	int wanted = s->state & S_EHLO && extension_on(s, EXT_ENHANCEDSTATUSCODES);

	return wanted || n < 5 || text[n] != ' ' ? text : text + n + 1;
}

static void
say(struct session *s, struct reply const *r)
{
	struct reply plain = { r->code, without_code(s, r->text) };

	if (reply_put(&s->out, &plain, &s->deadline)) return;
	s->failed = 1;
	s->state |= S_CLOSE;
}

/* What HTTP and TLS clients say first; nothing of it may be taken for SMTP. */
static int
is_junk(struct session const *s)
{
	static char const *const words[] = { "GET ", "POST ", "PUT ", "HEAD ", "CONNECT ",
		"OPTIONS ", "DELETE ", "PATCH ", "Host:", "\x16\x03", NULL };
	size_t i;

	for (i = 0; words[i]; i++)
		if (strncasecmp(s->line.s, words[i], strlen(words[i])) == 0) return 1;
	return 0;
}

/* Bytes above 0x7F: names of devices, and addresses, which say so themselves. */
static int
line_ok(struct session const *s, struct verb const *row)
{
	int utf8 = row
	    && (row->run == smtp_ehlo || row->run == smtp_helo || row->run == smtp_mail
	        || row->run == smtp_rcpt);
	size_t i;

	for (i = 0; i < s->line.n; i++) {
		unsigned char c = (unsigned char)s->line.s[i];

		if ((c < 0x20 && c != '\t') || c == 0x7f || (c > 0x7f && !utf8)) return 0;
	}
	return 1;
}

/* Cut the argument out of the line: blanks around it do not count. */
static char *
argument(struct session *s, size_t verb)
{
	char *arg = s->line.s + verb;
	size_t n = s->line.n;

	while (n > verb && strchr(" \t", s->line.s[n - 1])) s->line.s[--n] = 0;
	return arg + strspn(arg, " \t");
}

/* A line refused as such. Octets follow BDAT that must not be taken for commands. */
static struct reply const *
refuse(struct session *s, struct reply const *r)
{
	if (strncasecmp(s->line.s, "BDAT", 4) == 0) s->state |= S_CLOSE;
	return r;
}

static struct reply const *
command(struct session *s)
{
	size_t n = strcspn(s->line.s, " \t:");
	struct verb const *row = verb_find(&smtp_verbs, s->line.s, n);
	struct reply const *r;
	char *arg;

	if (!line_ok(s, row)) return refuse(s, &r_control);
	if (!row) return &r_unknown;
	if (s->line.s[n] == ':') return &r_unknown;
	arg = argument(s, n);
	r = verb_refusal(&smtp_verbs, row, s->state, arg);
	if (r) return r;
	/* Before it runs: what was done must be answered as done. */
	if (s->idle++ >= IDLE_MAX) return &r_no_progress;
	return row->run(s, arg);
}

static struct reply const *
take_line(struct session *s)
{
	switch (line_get(&s->line, &s->in, &s->out, &s->deadline)) {
	case LINE_OK: return command(s);
	case LINE_LF: return refuse(s, &r_bare_lf);
	case LINE_NUL: return refuse(s, &r_control);
	case LINE_LONG: return &r_long;
	case LINE_FLOOD:
		s->failed = 1;
		s->state |= S_CLOSE;
		return &r_flood;
	case LINE_TIMEOUT:
		s->failed = 1;
		s->state |= S_CLOSE;
		return &r_timeout;
	case LINE_MORE:
	case LINE_EOF:
	case LINE_ERROR: break;
	}
	s->failed = (s->state & S_MAIL) != 0;
	s->state |= S_CLOSE;
	return NULL;
}

/*
 * Errors of syntax and order, unknown verbs; refused recipients have their own,
 * and what a program says of its message is no error of the client.
 */
static struct reply const *
budget(struct session *s, struct reply const *r)
{
	s->commands++;
	if (r != &s->said && ((r->code >= 500 && r->code <= 504) || r->code == 555)) {
		if (++s->errors > ERRORS_SLOW) session_delay(1);
		if (s->errors > ERRORS_MAX) r = &r_many_errors;
	}
	if (r == &r_many_errors || r == &r_no_progress) {
		s->failed = 1;
		s->state |= S_CLOSE;
	}
	return r;
}

static void
log_end(struct session const *s)
{
	struct note n;

	note_begin(&n, &s->peer, "disc");
	note_number(&n, "msgs", s->mails);
	note_number(&n, "rej", s->refused);
	note_number(&n, "cmds", s->commands);
	note_number(&n, "errors", s->errors);
	note_text(&n, "why", s->failed ? "failed" : "done");
	note_end(&n);
}

void
session_note(struct session const *s, char const *event)
{
	struct note n;

	note_begin(&n, &s->peer, event);
	note_end(&n);
}

/*
 * What the client sent and we will not read would have the kernel reset the
 * connection, and the client lose our last reply: read it away for a second.
 */
static void
linger(struct session *s)
{
	iopause_fd x = { .fd = 0, .events = IOPAUSE_READ };
	tain until;

	if (!s->peer.socket || shutdown(1, SHUT_WR) == -1) return;
	tain_now_g();
	tain_addsec_g(&until, 1);
	while (iopause_g(&x, 1, &until) > 0 && fd_read(0, s->inspace, sizeof s->inspace) > 0)
		if (!tain_future(&until)) break;
}

void
session_converse(struct session *s)
{
	struct reply const *r = NULL;

	session_deadline(s);
	/* Not by say: a name of digits and dots is no enhanced code. */
	if (!reply_put(&s->out, reply_fill(&s->said, s->text, &r_greeting, s->name), &s->deadline))
		s->state |= S_CLOSE;
	while (!(s->state & S_CLOSE)) {
		session_deadline(s);
		r = take_line(s);
		if (!r) break;
		if (is_junk(s)) {
			session_note(s, "junk");
			s->failed = 1;
			return;
		}
		say(s, budget(s, r));
	}
	if (s->state & S_BDAT) intake_leave(s, "bdat", "left");
	if (!buffer_timed_flush_g(&s->out, &s->deadline))
		s->failed = 1;
	else if (r && (r != &r_bye || !buffer_isempty(&s->in)))
		linger(s);
	log_end(s);
}
