/* smtp-session: one SMTP conversation on descriptors 0 and 1. RFC 5321. */

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/sgetopt.h>
#include <skalibs/sig.h>
#include <skalibs/strerr.h>

#include "lib/command.h"
#include "lib/confine.h"
#include "lib/safe.h"
#include "smtp/event.h"
#include "smtp/replies.h"
#include "smtp/session.h"
#include "smtp/tls.h"

#define USAGE "smtp-session [ -hlq ] program [ argument ... ]"

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
	if (missing & CONFINE_NO_LANDLOCK) event_note(s, LOG_ALWAYS, "no-landlock");
	if (missing & CONFINE_NO_SECCOMP) event_note(s, LOG_ALWAYS, "no-seccomp");
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
	char const *name = s->policy[SMTP_NAME].text;

	if (!name) name = s->peer.name;
	if (!name[0]) {
		name = "localhost";
		if (gethostname(s->host, sizeof s->host - 1) == 0 && s->host[0]) name = s->host;
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

/* 0, and why in words, if SMTP_EXT names what is not there. */
static int
choose_extensions(struct session *s, char *why)
{
	char const *bad;
	size_t n;

	if (extensions_read(&s->extensions, s->policy[SMTP_EXT].text, &bad, &n)) return 1;
	memcpy(why, "SMTP_EXT: not +name, -name or =list of our keywords: ", 53);
	safe_text(why + 53, POLICY_WHY - 53, bad, n);
	return 0;
}

static int
check_ok(struct session const *s, unsigned int policy, char *why)
{
	static char const bad[] = " names no program, or has too many words";
	char const *name = smtp_policies[policy].name;

	if (!s->policy[policy].text || command_ok(s->policy[policy].text)) return 1;
	memcpy(why, name, strlen(name));
	memcpy(why + strlen(name), bad, sizeof bad);
	return 0;
}

static void
usage(struct session *s, char const *why)
{
	buffer_puts(buffer_1, "usage: " USAGE "\nVariables now in force:\n");
	policy_usage(smtp_policies, s->policy, buffer_1);
	if (why[0]) strerr_dief(100, why);
	_exit(buffer_flush(buffer_1) ? 0 : 111);
}

/* Sockets from begin to end: another process takes over what TLS may begin on. */
static int
plain(struct session const *s)
{
	struct stat st;

	return s->socket && !s->tls.offered && fstat(1, &st) == 0 && S_ISSOCK(st.st_mode);
}

static void
set_up(struct session *s)
{
	int one = 1;

	buffer_init(&s->in, &buffer_read, 0, s->inspace, sizeof s->inspace);
	if (extension_on(s, EXT_NOHELO)) s->state |= S_HELO;
	s->line.s = s->linespace;
	s->line.alien = 0x16; /* TLS: a ClientHello, with or without a line end in it */
	s->line.max = sizeof s->linespace;
	s->line.wipe = s->policy[SMTP_AUTH].text != NULL;
	s->line.drained = 1; /* it is ours to speak first */
	s->intake.fd = -1;
	s->ahead.fd = -1;
	s->held.spool = -1;
	s->monitor.rules = smtp_rules;
	s->monitor.polite = 1;
	s->monitor.peer = &s->peer;
	s->monitor.message = &s->message;
	s->monitor.tls = &s->tls;
	peer_get(&s->peer, 0);
	s->peer.log = "smtp";
	/* What a supervisor left open besides is nobody's business here. */
	tls_take(s);
	choose_name(s);
	if (s->peer.socket) (void)setsockopt(1, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (!sig_ignore(SIGPIPE) || !sig_ignore(SIGXFSZ) || !sig_restore(SIGCHLD)
	    || !tain_now_set_stopwatch_g() || !connection_prepare(&s->connection, plain(s))) {
		strerr_warnwusys("set up the connection");
		hang_up(&r_no_service, 111);
	}
	buffer_init(&s->out, s->connection.patient ? &reply_send : &buffer_write, 1, s->outspace,
	    sizeof s->outspace);
}

/*
 * The C library's variables follow the session, and both processes touch them.
 * They fit in one page if the session ends with one; DATA bytes before it are
 * theirs too.
 */
enum { DATA = 512, PAGE = 4096 };
union whole {
	_Alignas(DATA) struct session session;
	char pages[(sizeof(struct session) + DATA + PAGE - 1) / PAGE * PAGE - DATA];
};

int
main(int argc, char const *const *argv)
{
	static union whole whole;
	struct session *s = &whole.session;
	subgetopt l = SUBGETOPT_ZERO;
	char why[POLICY_WHY] = "";
	int good;
	int opt;

	PROG = "smtp-session";
	good = policy_read(smtp_policies, s->policy, why) && choose_extensions(s, why)
	    && check_ok(s, RCPTCHECK, why) && check_ok(s, SMTP_AUTH, why);
	while ((opt = subgetopt_r(argc, argv, "hlq", &l)) != -1) {
		switch (opt) {
		case 'h': usage(s, why); break;
		case 'l': s->lmtp = 1; break;
		case 'q': s->queue = 1; break;
		default: strerr_dieusage(100, USAGE);
		}
	}
	if (argc == l.ind) strerr_dieusage(100, USAGE);
	if (!note_guard()) return 111;
	if (!good) {
		strerr_warn(PROG, ": fatal: ", why);
		hang_up(&r_shutdown, 100);
	}
	s->program = argv + l.ind;
	warn_strays();
	set_up(s);
	if (s->peer.stale) event_note(s, LOG_ALWAYS, "stale-environment");
	if (!monitor_start(&s->monitor, s)) {
		strerr_warnwusys("split the session");
		hang_up(&r_no_service, 111);
	}
	if (!close_walls(s)) hang_up(&r_no_service, 111);
	session_converse(s);
	/* Not return: nothing is left to flush. */
	_exit(s->failed);
}
