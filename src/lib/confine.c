/* The walls around a process that reads the network. */

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <skalibs/strerr.h>

#include "confine_filters.h"
#include "lib/confine.h"
#include "lib/landlock.h"
#include "lib/monitor.h"

enum { FILES_MAX = 16 };

char const *
confine_name(uint32_t number)
{
	char const *s = confine_names;

	for (; number && *s; number--) s += strlen(s) + 1;
	return *s ? s : "?";
}

/*
 * Runs in a process that just did what it must not: tell and end. Without a
 * monitor there is nothing on MONITOR_FD, and the name alone is logged.
 */
static void
trapped(int sig, siginfo_t *info, void *context)
{
	struct monitor_message m;
	char const *name = confine_name((uint32_t)info->si_syscall);

	(void)sig;
	(void)context;
	monitor_begin(&m, MONITOR_TRAPPED, (uint32_t)info->si_syscall);
	if (send(MONITOR_FD, &m, offsetof(struct monitor_message, text), MSG_NOSIGNAL) == -1) {
		(void)!write(2, PROG, strlen(PROG));
		(void)!write(2, ": forbidden call=", 17);
		(void)!write(2, name, strlen(name));
		(void)!write(2, "\n", 1);
	}
	_exit(111);
}

static int
limit(void)
{
	struct rlimit none = { 0, 0 };
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) == -1) return 0;
	if (files.rlim_max > FILES_MAX) files.rlim_max = FILES_MAX;
	files.rlim_cur = files.rlim_max;
	return setrlimit(RLIMIT_CORE, &none) == 0 && setrlimit(RLIMIT_NOFILE, &files) == 0;
}

static int
filter(enum confine_calls calls)
{
	static struct {
		struct sock_filter const *filter;
		size_t size;
	} const filters[] = { [CONFINE_SMTP] = { confine_smtp, sizeof confine_smtp },
		[CONFINE_SEND] = { confine_send, sizeof confine_send },
		[CONFINE_FTP_READ] = { confine_ftp_read, sizeof confine_ftp_read },
		[CONFINE_FTP_ADD] = { confine_ftp_add, sizeof confine_ftp_add },
		[CONFINE_FTP_CHANGE] = { confine_ftp_change, sizeof confine_ftp_change },
		[CONFINE_FTP_LINKS] = { confine_ftp_links, sizeof confine_ftp_links },
		[CONFINE_LOGIN] = { confine_login, sizeof confine_login },
		[CONFINE_TLS] = { confine_tls, sizeof confine_tls } };
	struct sigaction sa = { .sa_sigaction = trapped, .sa_flags = SA_SIGINFO };
	union {
		struct sock_filter const *in;
		struct sock_filter *out;
	} f = { .in = filters[calls].filter };
	struct sock_fprog prog = { .filter = f.out,
		.len = (unsigned short)(filters[calls].size / sizeof *f.in) };

	sigemptyset(&sa.sa_mask);
	if (sigaction(SIGSYS, &sa, NULL) == -1) return -1;
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &prog) == 0) return 1;
	return errno == ENOSYS || errno == EINVAL ? 0 : -1;
}

int
confine(struct confinement const *c, unsigned int *missing)
{
	int r;

	*missing = 0;
	if (!limit() || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1) return 0;
	r = landlock_apply(c);
	if (r == -1) return 0;
	if (r == 0) *missing |= CONFINE_NO_LANDLOCK;
	r = filter(c->calls);
	if (r == -1) return 0;
	if (r == 0) *missing |= CONFINE_NO_SECCOMP;
	return 1;
}
