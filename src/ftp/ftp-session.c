/* ftp-session: one FTP control connection on descriptors 0 and 1. */

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/buffer.h>
#include <skalibs/djbunix.h>
#include <skalibs/sgetopt.h>
#include <skalibs/sig.h>
#include <skalibs/strerr.h>

#include "ftp/converse.h"
#include "ftp/events.h"
#include "ftp/facts.h"
#include "ftp/replies.h"
#include "ftp/rules.h"
#include "ftp/session.h"
#include "lib/confine.h"
#include "lib/note.h"

#define USAGE "ftp-session [-h] [root [program ...]]"

static void say_and_exit(struct reply const *r, int code) __attribute__((noreturn));

/* Before there is a session: the client is told in one write. */
static void
say_and_exit(struct reply const *r, int code)
{
	char line[REPLY_TEXT];
	buffer b = BUFFER_INIT(&buffer_write, 1, line, sizeof line);
	tain now;

	tain_now_set_stopwatch_g();
	tain_addsec_g(&now, 1);
	(void)reply_put(&b, r, &now);
	(void)buffer_flush(&b);
	_exit(code);
}

static void
usage(struct policy_value const *values)
{
	buffer_puts(buffer_1, "usage: " USAGE "\n");
	policy_usage(ftp_policies, values, buffer_1);
	buffer_flush(buffer_1);
	_exit(0);
}

/* The one table: what does not parse ends the session before it begins. */
static void
read_policy(struct session *s, int help)
{
	char why[POLICY_WHY];
	char const *stray;
	ip46 ip;
	size_t i = 0;

	if (!policy_read(ftp_policies, s->policy, why)) {
		strerr_warn(PROG, ": fatal: ", why);
		if (help) _exit(100);
		say_and_exit(&r_misconfigured, 100);
	}
	if (help) usage(s->policy);
	if (s->policy[FTP_PASV_ADDR].text
	    && (!ip46_scan(s->policy[FTP_PASV_ADDR].text, &ip) || ip.is6)) {
		strerr_warn(PROG, ": fatal: FTP_PASV_ADDR: not an IPv4 address");
		say_and_exit(&r_misconfigured, 100);
	}
	while ((stray = policy_stray(ftp_policies, "FTP_", &i)))
		strerr_warnw("unknown variable: ", stray);
}

/* FTP_MODE and the like as state bits, which the rows of verbs ask for. */
static void
set_rights(struct session *s)
{
	s->mode = s->program ? MODE_DROP : MODE_RO;
	if (s->policy[FTP_MODE].text) s->mode = (enum session_mode)s->policy[FTP_MODE].number;
	if (s->mode != MODE_DROP) s->state |= S_READ;
	if (s->mode != MODE_RO) s->state |= S_WRITE;
	if (s->policy[FTP_ACTIVE].number) s->state |= S_ACTIVE;
	if (s->mode != MODE_RW) return;
	s->state |= S_CHANGE;
	if (s->policy[FTP_DELETE].number) s->state |= S_DELETE;
	if (s->policy[FTP_RENAME].number) s->state |= S_RENAME;
	if (s->policy[FTP_CHMOD].number) s->state |= S_CHMOD;
}

static void
fill_in(struct session *s)
{
	s->uid = geteuid();
	s->group_count = getgroups(SESSION_GROUPS - 1, s->groups);
	if (s->group_count < 0) s->group_count = 0;
	s->groups[s->group_count++] = getegid();
	s->mask = (mode_t)s->policy[FTP_UMASK].number;
	s->idle = (unsigned int)s->policy[FTP_IDLE].number;
	s->facts = FACT_DEFAULT;
	s->cwd[0] = '/';
	set_rights(s);
	control_start(&s->control);
}

static void
option(int level, int name, int value)
{
	(void)setsockopt(1, level, name, &value, sizeof value);
}

static void
prepare_socket(struct session *s)
{
	if (ndelay_on(0) == -1 || ndelay_on(1) == -1) strerr_diefusys(111, "set up the connection");
	peer_get(&s->peer, 0);
	if (s->peer.stale) event(s, "stale");
	if (!s->peer.socket) return;
	option(IPPROTO_TCP, TCP_NODELAY, 1);
	option(SOL_SOCKET, SO_OOBINLINE, 1);
	option(SOL_SOCKET, SO_KEEPALIVE, 1);
	option(IPPROTO_TCP, TCP_KEEPIDLE, 60);
	option(IPPROTO_TCP, TCP_KEEPINTVL, 15);
	option(IPPROTO_TCP, TCP_KEEPCNT, 4);
}

/* A session that can neither connect nor run anything needs no second process. */
static void
split(struct session *s)
{
	s->monitor.rules = ftp_rules;
	s->monitor.peer = &s->peer;
	if (!s->program && (!(s->state & S_ACTIVE) || !s->peer.remote)) return;
	s->monitored = 1;
	if (!monitor_start(&s->monitor, s)) say_and_exit(&r_unavailable, 111);
}

static void
enclose(struct session *s)
{
	uint64_t ports = s->policy[FTP_PASV_PORTS].number;
	struct confinement c = { .files = s->mode == MODE_RO ? CONFINE_READ : CONFINE_WRITE,
		.root = s->tree.root,
		.calls = CONFINE_FTP,
		.ports_lo = (unsigned int)(ports >> 16),
		.ports_hi = (unsigned int)(ports & 0xffff),
		.listens = s->peer.remote && s->peer.here };
	unsigned int missing;

	(void)umask(0);
	if (!confine(&c, &missing)) {
		strerr_warnwusys("confine the session");
		say_and_exit(&r_unavailable, 111);
	}
	if (missing & CONFINE_NO_LANDLOCK) event(s, "no-landlock");
	if (missing & CONFINE_NO_SECCOMP) event(s, "no-seccomp");
	if (missing && s->policy[CONFINE].number == CONFINE_REQUIRE)
		say_and_exit(&r_unavailable, 111);
}

/* After the split, which puts the talker's end of the socket pair on 3. */
static void
open_root(struct session *s, char const *root)
{
	s->tree.root = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (s->tree.root != -1) return;
	strerr_warnwusys("open ", root);
	say_and_exit(&r_unavailable, 111);
}

int
main(int argc, char const *const *argv)
{
	static struct session s;
	subgetopt l = SUBGETOPT_ZERO;
	int help = 0;
	int opt;

	PROG = "ftp-session";
	if (!note_guard()) _exit(111);
	/* What a supervisor left open is nobody's business here. */
	(void)syscall(SYS_close_range, 3U, ~0U, 0U);
	while ((opt = subgetopt_r(argc, argv, "h", &l)) != -1) {
		if (opt != 'h') strerr_dieusage(100, USAGE);
		help = 1;
	}
	read_policy(&s, help);
	argv += l.ind;
	if (*argv && argv[1]) s.program = argv + 1;
	if (!sig_ignore(SIGPIPE) || !sig_ignore(SIGXFSZ) || !sig_restore(SIGCHLD))
		strerr_diefusys(111, "set up signals");
	fill_in(&s);
	(void)umask(s.mask);
	prepare_socket(&s);
	event(&s, "connect");
	split(&s);
	open_root(&s, *argv ? *argv : ".");
	enclose(&s);
	if (!tain_now_set_stopwatch_g()) strerr_diefusys(111, "read the clock");
	tain_addsec_g(&s.login_by, (int)s.policy[FTP_LOGIN_TIMEOUT].number);
	converse(&s);
	return 0;
}
