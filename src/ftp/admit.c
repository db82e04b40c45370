/* Who may log in: the monitor's side of PASS. */

#include <string.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/types.h>

#include "ftp/admit.h"
#include "ftp/events.h"
#include "ftp/hosts.h"
#include "ftp/login.h"
#include "ftp/session.h"
#include "ftp/stage.h"
#include "ftp/xferlog.h"
#include "lib/checker.h"
#include "lib/packet.h"
#include "lib/safe.h"

enum { SELF = 4096 };
_Static_assert(CHECKER_SECRET + SELF + HOSTS_PATH <= MONITOR_TEXT, "all of it lies in the message");

/* This program's own file; 0 if it has been replaced or removed since it began. */
static int
own_path(char *self)
{
	static char const gone[] = " (deleted)";
	size_t end = sizeof gone - 1;
	ssize_t n = readlink("/proc/self/exe", self, SELF);

	if (n <= 0 || n >= SELF) return 0;
	self[n] = 0;
	return (size_t)n < end || strcmp(self + (size_t)n - end, gone) != 0;
}

/* The time stamp behind name and password; 0 if they are too long. */
static int
stamp(struct monitor_message *m)
{
	char fmt[UINT64_FMT];
	size_t n = uint64_fmt(fmt, (uint64_t)time(NULL));

	fmt[n++] = 0;
	if (m->len + n > CHECKER_SECRET) return 0;
	memcpy(m->text + m->len, fmt, n);
	m->len += (uint32_t)n;
	return 1;
}

/* For the log: why nobody was let in. */
static char const *
reason(struct checker_end const *end)
{
	switch (end->how) {
	case CHECKER_READY:
	case CHECKER_EXITED: break;
	case CHECKER_KILLED: return "signal";
	case CHECKER_EXPIRED: return "timeout";
	case CHECKER_UNBORN: return "missing";
	case CHECKER_FORGOTTEN: return "gone";
	}
	if (end->code == 1) return "password";
	return end->code ? "temporary" : "not-run";
}

/* 1 if text is exactly a name and a password. */
static int
well_formed(struct monitor_message const *m)
{
	size_t n = m->len ? strlen(m->text) + 1 : 0;

	return n && n < m->len && n + strlen(m->text + n) + 1 == m->len;
}

static enum monitor_result
say(struct monitor_message *m, enum admit number)
{
	monitor_begin(m, m->kind, number);
	return MONITOR_ANSWER;
}

static enum monitor_result
unavailable(struct session *s, struct monitor_message *m, char const *why)
{
	event_loginfail(s, why, 0);
	return say(m, ADMIT_UNAVAILABLE);
}

static enum monitor_result
refuse(struct session *s, struct monitor_message *m, char const *why)
{
	explicit_bzero(m->text, m->len);
	event_loginfail(s, why, 0);
	return say(m, ADMIT_REJECTED);
}

/* The name goes to the second stage from here: the talker could lie about it. So
 * does the transfer log, which no checker is given. */
static enum monitor_result
accept_login(struct session *s, struct monitor_message *m, int *fd, struct checker_end *end)
{
	uint32_t kind = m->kind;
	int sent;

	monitor_begin(m, MONITOR_NAME, (uint32_t)s->peer.session);
	sent = monitor_add(m, s->asked, NULL) && packet_send(end->fd, m, xferlog_of(s));
	m->kind = kind;
	if (!sent) {
		checker_stop(end);
		return unavailable(s, m, "gone");
	}
	*fd = end->fd;
	s->monitor.heir = end->pid;
	return say(m, ADMIT_ACCEPTED);
}

/*
 * root is what a guest is served, or NULL: a checker decides who is in and where. Everything
 * lies in the message: the first monitor stays small, and waits long.
 */
static enum monitor_result
check(struct session *s, struct monitor_message *m, char const *root, int *fd)
{
	uint32_t kind = m->kind; /* checker_run receives into m */
	char *self = m->text + CHECKER_SECRET;
	char const *user[] = { self, STAGE_OPTION, "--", NULL };
	char const *guest[] = { self, STAGE_OPTION, STAGE_GUEST, "--", root, NULL };
	struct checker c = { .command = root ? "" : s->policy[FTP_LOGIN].text,
		.stage = root ? guest : user,
		.more = s->program,
		.variable = "FTP_HOST",
		.value = s->hosted ? s->host : NULL,
		.secret = m->text,
		.n = m->len,
		.asker = s->monitor.fd,
		.deadline = &s->login_by };
	struct checker_end end;

	if (!own_path(self)) return unavailable(s, m, "replaced");
	checker_run(&c, m, &end);
	m->kind = kind;
	if (end.how == CHECKER_READY) return accept_login(s, m, fd, &end);
	event_loginfail(s, reason(&end), (uint64_t)end.code);
	return say(
	    m, end.how == CHECKER_EXITED && end.code == 1 ? ADMIT_REJECTED : ADMIT_UNAVAILABLE);
}

/* With FTP_HOSTS the last string is the host, or "": 1, or 0 if it can be none. */
static int
take_host(struct session *s, struct monitor_message *m)
{
	size_t at = m->len;

	if (!s->policy[FTP_HOSTS].text) return 1;
	if (at) at--;
	while (at && m->text[at - 1]) at--;
	s->hosted = m->len && m->text[at];
	m->len = (uint32_t)at;
	if (!s->hosted) return 1;
	if (!host_ok(m->text + at)) return 0;
	host_fold(s->host, m->text + at);
	return 1;
}

enum monitor_result
admit_guest(struct session *s, struct monitor_message *m, int *fd)
{
	char *path = m->text + CHECKER_SECRET + SELF;

	if (*fd != -1 || !take_host(s, m) || !m->len || strlen(m->text) + 1 != m->len
	    || !s->policy[FTP_ANON].number || !login_anonymous(m->text)
	    || s->failures++ >= SESSION_FAILURES)
		return MONITOR_FOUL;
	memcpy(s->asked, m->text, m->len);
	memcpy(s->user, m->text, m->len);
	if (s->hosted && !hosts_path(s, s->host, path)) return unavailable(s, m, "host");
	m->len = 0;
	return check(s, m, s->hosted ? path : s->root, fd);
}

enum monitor_result
admit(struct session *s, struct monitor_message *m, int *fd)
{
	enum monitor_result r;
	size_t name;

	if (*fd != -1 || !s->policy[FTP_LOGIN].text || !take_host(s, m) || !well_formed(m)
	    || s->failures++ >= SESSION_FAILURES)
		return MONITOR_FOUL;
	name = strlen(m->text);
	safe_text(s->user, sizeof s->user, m->text, name);
	if (name == 0 || !safe_is(m->text, name, 1)) return refuse(s, m, "name");
	if (!stamp(m)) return refuse(s, m, "length");
	memcpy(s->asked, m->text, name + 1);
	r = check(s, m, NULL, fd);
	explicit_bzero(m->text, CHECKER_SECRET);
	return r;
}
