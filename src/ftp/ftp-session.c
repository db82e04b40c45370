/* ftp-session: one FTP control connection on descriptors 0 and 1. */

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/buffer.h>
#include <skalibs/djbunix.h>
#include <skalibs/sgetopt.h>
#include <skalibs/sig.h>
#include <skalibs/strerr.h>

#include "ftp/converse.h"
#include "ftp/deadline.h"
#include "ftp/enclosure.h"
#include "ftp/events.h"
#include "ftp/handover.h"
#include "ftp/hosts.h"
#include "ftp/replies.h"
#include "ftp/security.h"
#include "ftp/session.h"
#include "ftp/settings.h"
#include "ftp/stage.h"
#include "ftp/xferlog.h"
#include "lib/note.h"

#define USAGE "ftp-session [-h] [root [program ...]]"

static void say_and_exit(struct session const *s, struct reply const *r, int code)
    __attribute__((noreturn));

/* The client is told in one write; not by a second stage that has no client yet. */
static void
say_and_exit(struct session const *s, struct reply const *r, int code)
{
	char line[REPLY_TEXT];
	buffer b = BUFFER_INIT(&buffer_write, 1, line, sizeof line);
	tain now;

	if (s->second && !(s->state & S_LOGIN)) _exit(code);
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

static int
option(int level, int name, int value)
{
	return setsockopt(1, level, name, &value, sizeof value) == 0;
}

static void
prepare_socket(struct session *s)
{
	peer_get(&s->peer, 0);
	if (s->second) s->peer.session = s->id;
	if (s->peer.stale) event(s, "stale");
	/* The option is for TCP alone: it tells what descriptor 1 is. */
	if (!connection_prepare(
	        &s->control.connection, option(IPPROTO_TCP, TCP_NODELAY, 1) && s->peer.socket))
		strerr_diefusys(111, "set up the connection");
	if (!s->peer.socket) return;
	(void)option(SOL_SOCKET, SO_OOBINLINE, 1);
	(void)option(SOL_SOCKET, SO_KEEPALIVE, 1);
	(void)option(IPPROTO_TCP, TCP_KEEPIDLE, 60);
	(void)option(IPPROTO_TCP, TCP_KEEPINTVL, 15);
	(void)option(IPPROTO_TCP, TCP_KEEPCNT, 4);
}

/* The second stage has a client only when it can serve it. */
static void
take_over(struct session *s)
{
	if (!stage_has_root(s->root)) _exit(111);
	switch (handover_take(s)) {
	case HANDOVER_DONE: break;
	case HANDOVER_GONE: _exit(0);
	case HANDOVER_FOUL: strerr_dief(111, "the connection was not handed over");
	}
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
	int help = 0;
	int opt;

	PROG = "ftp-session";
	if (!note_guard()) _exit(111);
	while ((opt = subgetopt_r(argc, argv, "ghs", &l)) != -1) {
		switch (opt) {
		case 'g': s->guest = 1; break;
		case 'h': help = 1; break;
		case 's': s->second = 1; break;
		default: strerr_dieusage(100, USAGE);
		}
	}
	if (s->second ? !stage_begin() : s->guest)
		strerr_dief(100, "-s is for ftp-session itself, behind FTP_LOGIN");
	if (!settings_read(s)) {
		if (help) _exit(100);
		say_and_exit(s, &r_misconfigured, 100);
	}
	if (help) usage(s->policy);
	s->tls.server = s->server;
	if (!xferlog_keep(s)) {
		strerr_warn(PROG, ": fatal: FTP_XFERLOG: not an open descriptor");
		say_and_exit(s, &r_misconfigured, 100);
	}
	argv += l.ind;
	s->root = *argv && (s->guest || !s->second) ? *argv++ : ".";
	if (*argv) s->program = argv;
	if (!sig_ignore(SIGPIPE) || !sig_ignore(SIGXFSZ) || !sig_restore(SIGCHLD))
		strerr_diefusys(111, "set up the signals");
	settings_apply(s);
	(void)umask(s->mask);
	if (s->second) take_over(s);
	if (!tain_now_set_stopwatch_g()) strerr_diefusys(111, "read the clock");
	prepare_socket(s);
	hosts_secured(s);
	event_begin(s, s->second ? "login" : "connect");
	if (s->tls.active && !s->second) security_on(s);
	/* Who connects to the port of ftps means the data too. */
	if (s->tls.active && !s->second && s->tls.provider) s->state |= S_PRIVATE;
	deadline_start(s);
	if (!enclosure_split(s)) say_and_exit(s, &r_unavailable, 111);
	settings_inside(s);
	if (!enclosure_close(s)) say_and_exit(s, &r_unavailable, 111);
	converse(s);
	return 0;
}
