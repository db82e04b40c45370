/* The loop: the one place that speaks, counts errors, and gives up. */

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "ftp/afterwards.h"
#include "ftp/converse.h"
#include "ftp/deadline.h"
#include "ftp/events.h"
#include "ftp/handlers.h"
#include "ftp/replies.h"
#include "ftp/security.h"
#include "ftp/session.h"
#include "ftp/verbs.h"

enum goes { GO_ON, HANG_UP };

/* "Host: example.org" */
static int
is_header(char const *line)
{
	size_t n = strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

	return n && line[n] == ':';
}

/* Browsers led here to speak FTP with a stranger's words: say nothing back. */
static int
is_http(char const *line, size_t verb, unsigned int state)
{
	static char const methods[] = "GET HEAD POST PUT DELETE OPTIONS CONNECT TRACE PATCH PRI";

	if (verb_among(methods, line, verb)) return 1;
	return !(state & S_LOGIN) && is_header(line);
}

static enum goes
end_with(struct session *s, struct reply const *r)
{
	if (r) event_reply(s, r);
	control_say(s, r);
	return HANG_UP;
}

/* RFC 3659 7.2 has 501 for MLSD of a file: clients that look ask for that, and well. */
static int
is_error(struct reply const *r)
{
	return r->code == 500
	    || (r->code == 501 && strcmp(r->text, r_not_a_directory_501.text) != 0);
}

/* Say r, and count it if it is about a bad command: one too many is answered with 421. */
static enum goes
answer(struct session *s, struct reply const *r, int bad)
{
	unsigned int most = s->state & S_LOGIN ? SESSION_ERRORS_AFTER : SESSION_ERRORS_BEFORE;

	if (r) event_reply(s, r);
	if (r && (bad || is_error(r)) && ++s->errors > most) return end_with(s, &r_too_many_errors);
	control_say(s, r);
	if (s->state & S_QUIT) return end_with(s, r && r->code == 221 ? NULL : &r_goodbye);
	if (r && r->code == 421) return HANG_UP;
	return s->state & S_GONE ? HANG_UP : GO_ON;
}

static enum goes
unknown(struct session *s)
{
	return answer(s, s->state & S_LOGIN ? &r_unknown : &r_want_login, 1);
}

/* What a row does not keep of the bits that live for one command is lost. */
static void
forget(struct session *s, struct verb const *row)
{
	unsigned int lost = S_TRANSIENT;

	if (row && (row->rules & KEEPS_REST)) lost &= ~(unsigned int)S_REST;
	if (row && (row->rules & KEEPS_RNFR)) lost &= ~(unsigned int)S_RNFR;
	s->before = s->state;
	s->state &= ~lost;
}

/* What policy denies is 502, but for those who must log in first. */
static struct reply const *
refusal(struct session *s, struct verb const *row, char const *arg)
{
	int unknown_yet = (row->needs & S_LOGIN) && !(s->state & S_LOGIN);

	if (security_hides(s, row)) return &r_want_tls;
	if (!unknown_yet && verbs_denied(s, row)) return &r_not_implemented;
	return verb_refusal(&ftp_verbs, row, s->before, arg);
}

static enum goes
obey(struct session *s)
{
	char *line = s->control.text;
	struct reply const *r;
	struct verb const *row;
	size_t n;

	/* What remains of urgent telnet data: F4 FF before ABOR. */
	while ((unsigned char)*line >= 0x80) line++;
	n = strcspn(line, " ");
	if (is_http(line, n, s->state)) {
		event_refuse(s, "http");
		control_flush(s);
		s->state |= S_GONE;
		return HANG_UP;
	}
	row = verb_find(&ftp_verbs, line, n);
	forget(s, row);
	line += n + (line[n] == ' ');
	s->verb = row ? row->name : NULL;
	event_command(s, row, line);
	if (!row) return unknown(s);
	r = refusal(s, row, line);
	return answer(s, r ? r : row->run(s, line), 0);
}

/* Replies come in the order of the commands; only ABOR overtakes what waits. */
int
converse_meanwhile(struct session *s, char const *line, size_t n, int next)
{
	struct verb const *row;
	char none[1] = "";
	size_t verb = 0;

	while (n && (unsigned char)*line >= 0x80) {
		line++;
		n--;
	}
	while (verb < n && line[verb] != ' ' && line[verb] != '\r' && line[verb] != '\n') verb++;
	/* What comes after an ABOR is answered after it. */
	if (s->state & S_ABORT) return 0;
	row = verb_find(&ftp_verbs, line, verb);
	if (!row || !(row->rules & ANYTIME) || verbs_denied(s, row)) return 0;
	if ((!next || (s->state & S_QUIT)) && row->run != ftp_abor) return 0;
	/* STAT with a path is a listing: that waits its turn. */
	if (row->run == ftp_stat && line[verb] == ' ') return 0;
	event_command(s, row, none);
	control_say(s, row->run(s, none));
	return 1;
}

static enum goes
expired(struct session *s)
{
	int in = (s->state & S_LOGIN) != 0;

	s->verb = NULL;
	event_why(s, "timeout", deadline_over(s) ? "session" : in ? "idle" : "login", 421);
	if (deadline_over(s)) return end_with(s, &r_session_out);
	return end_with(s, in ? &r_idle_out : &r_login_out);
}

static enum goes
serve(struct session *s)
{
	tain deadline;

	afterwards_run(s);
	deadline_in(s, s->idle, &deadline);
	if (deadline_over(s)) return expired(s);
	if (!(s->state & S_LOGIN)) deadline = s->login_by;
	s->verb = NULL;
	switch (control_line(&s->control, &deadline)) {
	case LINE_OK:
	case LINE_LF: break;
	case LINE_NUL: return answer(s, &r_nul, 1);
	case LINE_LONG: return answer(s, &r_long, 1);
	case LINE_FLOOD: return end_with(s, &r_flood);
	case LINE_TIMEOUT: return expired(s);
	case LINE_ALIEN:
	case LINE_ENDED:
	case LINE_MORE:
	case LINE_EOF:
		/* Who says no more may still listen. */
		control_flush(s);
		s->state |= S_GONE;
		return HANG_UP;
	case LINE_ERROR:
		if (errno == EPROTO) {
			event_refuse(s, "tls-on-plain");
			control_flush(s);
		}
		s->state |= S_GONE;
		return HANG_UP;
	}
	return obey(s);
}

void
converse(struct session *s)
{
	enum goes go;

	control_start(&s->control);
	s->said.code = r_banner.code;
	s->said.text = s->policy[FTP_BANNER].text;
	control_say(s, s->second ? &r_login : &s->said);
	do go = serve(s);
	while (go == GO_ON);
	if (s->state & S_HANDED) return;
	control_close(s);
	event_close(s);
}
