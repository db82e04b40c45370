/* ftp-session: one FTP control connection on descriptors 0 and 1. */

#include <netinet/in.h>
#include <netinet/tcp.h>
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
#include "ftp/deadline.h"
#include "ftp/enclosure.h"
#include "ftp/events.h"
#include "ftp/replies.h"
#include "ftp/session.h"
#include "ftp/settings.h"
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
	if (!settings_read(&s)) {
		if (help) _exit(100);
		say_and_exit(&r_misconfigured, 100);
	}
	if (help) usage(s.policy);
	argv += l.ind;
	if (*argv && argv[1]) s.program = argv + 1;
	if (!sig_ignore(SIGPIPE) || !sig_ignore(SIGXFSZ) || !sig_restore(SIGCHLD))
		strerr_diefusys(111, "set up the signals");
	settings_apply(&s);
	(void)umask(s.mask);
	prepare_socket(&s);
	event(&s, "connect");
	if (!enclosure_split(&s) || !enclosure_close(&s, *argv ? *argv : "."))
		say_and_exit(&r_unavailable, 111);
	if (!tain_now_set_stopwatch_g()) strerr_diefusys(111, "read the clock");
	deadline_start(&s);
	converse(&s);
	return 0;
}
