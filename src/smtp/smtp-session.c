/* smtp-session: one SMTP conversation on descriptors 0 and 1. RFC 5321. */

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/djbunix.h>
#include <skalibs/iopause.h>
#include <skalibs/sgetopt.h>
#include <skalibs/sig.h>
#include <skalibs/strerr.h>
#include <skalibs/unix-timed.h>

#include "lib/confine.h"
#include "smtp/replies.h"
#include "smtp/session.h"

#define USAGE "smtp-session [ -h ] program [ argument ... ]"

enum { CLOSE_ON_EXEC = 4 }; /* CLOSE_RANGE_CLOEXEC of linux/close_range.h */

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
	while (iopause_g(NULL, 0, &until) > 0) continue;
}

/* The enhanced status code is only for who said EHLO: RFC 2034 4. */
static char const *
without_code(struct session const *s, char const *text)
{
	size_t n = strspn(text, "0123456789.");

	return s->state & S_EHLO || n < 5 || text[n] != ' ' ? text : text + n + 1;
}

static void
say(struct session *s, struct reply const *r)
{
	struct reply plain = { r->code, without_code(s, r->text) };

	if (!reply_put(&s->out, &plain, &s->deadline)) s->state |= S_CLOSE;
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

static struct reply const *
command(struct session *s)
{
	size_t n = strcspn(s->line.s, " \t:");
	struct verb const *row = verb_find(&smtp_verbs, s->line.s, n);
	struct reply const *r;
	char *arg;

	if (!line_ok(s, row)) return &r_control;
	if (!row) return &r_unknown;
	if (s->line.s[n] == ':') return &r_unknown;
	arg = argument(s, n);
	r = verb_refusal(&smtp_verbs, row, s->state, arg);
	if (r) return r;
	s->idle++;
	return row->run(s, arg);
}

static struct reply const *
take_line(struct session *s)
{
	switch (line_get(&s->line, &s->in, &s->out, &s->deadline)) {
	case LINE_OK: return command(s);
	case LINE_LF: return &r_bare_lf;
	case LINE_NUL: return &r_control;
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

/* Errors of syntax and order, unknown verbs; refused recipients have their own. */
static struct reply const *
budget(struct session *s, struct reply const *r)
{
	s->commands++;
	if ((r->code >= 500 && r->code <= 504) || r->code == 555) {
		if (++s->errors > ERRORS_SLOW) session_delay(1);
		if (s->errors > ERRORS_MAX) r = &r_many_errors;
	} else if (s->idle > IDLE_MAX) {
		r = &r_no_progress;
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

static void
log_event(struct session const *s, char const *event)
{
	struct note n;

	note_begin(&n, &s->peer, event);
	note_end(&n);
}

static void
converse(struct session *s)
{
	session_deadline(s);
	say(s, reply_fill(&s->said, s->text, &r_greeting, s->name));
	while (!(s->state & S_CLOSE)) {
		struct reply const *r;

		session_deadline(s);
		r = take_line(s);
		if (!r) break;
		if (is_junk(s)) {
			log_event(s, "junk");
			s->failed = 1;
			return;
		}
		say(s, budget(s, r));
	}
	(void)buffer_timed_flush_g(&s->out, &s->deadline);
	log_end(s);
}

/* Nothing is read unconfined. */
static int
close_walls(struct session *s)
{
	struct confinement c = { .files = CONFINE_NONE, .calls = CONFINE_SMTP };
	unsigned int missing;

	if (!confine(&c, &missing)) {
		strerr_warnwusys("confine the session");
		return 0;
	}
	if (missing & CONFINE_NO_LANDLOCK) log_event(s, "no-landlock");
	if (missing & CONFINE_NO_SECCOMP) log_event(s, "no-seccomp");
	return !missing || s->policy[CONFINE].number == 0;
}

static void
hang_up(struct reply const *r, int code)
{
	char line[REPLY_TEXT];
	size_t n = strlen(r->text + 6);

	memcpy(line, "421 ", 4);
	memcpy(line + 4, r->text + 6, n);
	memcpy(line + 4 + n, "\r\n", 2);
	(void)!write(1, line, n + 6);
	_exit(code);
}

static void
choose_name(struct session *s)
{
	static char host[256];
	char const *name = s->policy[SMTP_NAME].text;

	if (!name || !name[0]) name = s->peer.name;
	if (!name[0]) {
		name = "localhost";
		if (gethostname(host, sizeof host - 1) == 0 && host[0]) name = host;
	}
	s->name = name;
}

static void
warn_strays(void)
{
	size_t i = 0;
	char const *e;

	while ((e = policy_stray(smtp_policies, "SMTP_", &i)))
		strerr_warnw("unknown variable ignored: ", e);
}

static void
usage(struct session *s, char const *why)
{
	buffer_puts(buffer_1, "usage: " USAGE "\nVariables now in force:\n");
	policy_usage(smtp_policies, s->policy, buffer_1);
	if (why[0]) strerr_dief(100, why);
	_exit(buffer_flush(buffer_1) ? 0 : 111);
}

static void
set_up(struct session *s)
{
	int one = 1;

	buffer_init(&s->in, &buffer_read, 0, s->inspace, sizeof s->inspace);
	buffer_init(&s->out, &buffer_write, 1, s->outspace, sizeof s->outspace);
	s->line.s = s->linespace;
	s->line.max = sizeof s->linespace;
	s->held.spool = -1;
	s->monitor.rules = smtp_rules;
	s->monitor.peer = &s->peer;
	/* What a supervisor left open is no program's business. */
	(void)syscall(SYS_close_range, 3U, ~0U, CLOSE_ON_EXEC);
	peer_get(&s->peer, 0);
	choose_name(s);
	if (s->peer.socket) (void)setsockopt(1, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (ndelay_on(0) == -1 || ndelay_on(1) == -1 || !sig_ignore(SIGPIPE)
	    || !tain_now_set_stopwatch_g()) {
		strerr_warnwusys("set up the connection");
		hang_up(&r_no_service, 111);
	}
}

int
main(int argc, char const *const *argv)
{
	static struct session s;
	subgetopt l = SUBGETOPT_ZERO;
	char why[POLICY_WHY] = "";
	int good;
	int opt;

	PROG = "smtp-session";
	good = policy_read(smtp_policies, s.policy, why);
	while ((opt = subgetopt_r(argc, argv, "h", &l)) != -1) {
		if (opt == 'h') usage(&s, why);
		strerr_dieusage(100, USAGE);
	}
	if (argc == l.ind) strerr_dieusage(100, USAGE);
	if (!note_guard()) return 111;
	if (!good) {
		strerr_warn(PROG, ": fatal: ", why);
		hang_up(&r_shutdown, 100);
	}
	s.program = argv + l.ind;
	warn_strays();
	set_up(&s);
	if (s.peer.stale) log_event(&s, "stale-environment");
	log_event(&s, "conn");
	if (!monitor_start(&s.monitor, &s)) {
		strerr_warnwusys("split the session");
		hang_up(&r_no_service, 111);
	}
	if (!close_walls(&s)) hang_up(&r_no_service, 111);
	converse(&s);
	return s.failed;
}
