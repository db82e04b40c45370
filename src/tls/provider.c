/* UCSPI-TLS, as s6-ucspitlsd documents it: the session is the parent and keeps its pid. */

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <skalibs/djbunix.h>
#include <skalibs/exec.h>
#include <skalibs/posixplz.h>
#include <skalibs/strerr.h>

#include "tls/control.h"
#include "tls/descriptors.h"
#include "tls/provider.h"
#include "tls/standby.h"

enum { ABOVE = 10, PATH_BYTES = 4096 };

/* Beside this program. */
static int
find(char path[PATH_BYTES])
{
	ssize_t n = readlink("/proc/self/exe", path, PATH_BYTES - sizeof "tls-io");

	while (n > 0 && path[n - 1] != '/') n--;
	if (n <= 0) return 0;
	memcpy(path + n, "tls-io", sizeof "tls-io");
	return 1;
}

void
provider_become(char const *const *argv)
{
	char path[PATH_BYTES];

	if (find(path)) exec_ae(path, argv, (char const *const *)environ);
	exec_ae("tls-io", argv, (char const *const *)environ);
	strerr_warnwu("run ", "tls-io", ": ", strerror(errno));
}

/* Put them in their places, through others, so that none falls on another. */
static int
place(struct provider const *p, int plain, int control)
{
	int in = fcntl(p->in, F_DUPFD, ABOVE);
	int out = fcntl(p->out, F_DUPFD, ABOVE);
	int high = fcntl(control, F_DUPFD, ABOVE);

	plain = fcntl(plain, F_DUPFD, ABOVE);
	if (in == -1 || out == -1 || high == -1 || plain == -1) return 0;
	if (dup2(in, 0) == -1 || dup2(out, 1) == -1 || dup2(plain, TLS_IO_PLAIN) == -1
	    || dup2(high, TLS_IO_CONTROL) == -1)
		return 0;
	(void)close(3);
	return syscall(SYS_close_range, (unsigned int)TLS_IO_CONTROL + 1, ~0U, 0U) == 0;
}

/* What the child is told. */
struct child {
	struct provider const *provider;
	char const **argv; /* of tls-io; argv[1] is how it begins */
	char *how;
	int plain;
	int control;
	struct standby *standby; /* NULL: it waits as it is */
};

static int
child_main(void *arg)
{
	struct child const *c = arg;
	ssize_t n;

	if (!place(c->provider, c->plain, c->control)) _exit(111);
	if (c->standby) standby_wait(c->standby, TLS_IO_CONTROL);
	if (!c->provider->immediate) {
		do n = read(TLS_IO_CONTROL, c->how + 1, 1);
		while (n == -1 && errno == EINTR);
		if (n != 1) _exit(0);
		if (c->how[1] != 'y' && c->how[1] != 'Y' && c->how[1] != CONTROL_READY) {
			strerr_warnw("SSLCTLFD: neither y nor Y");
			_exit(100);
		}
	}
	provider_become(c->argv);
	_exit(111);
}

/* In one page where that can be had, else as a copy of this process. */
static pid_t
split(struct child *c)
{
	char path[PATH_BYTES];
	pid_t pid;

	if (!c->provider->immediate && find(path) && access(path, X_OK) == 0)
		c->standby = standby_make(path, c->argv, (char const *const *)environ);
	if (c->standby) return clone(child_main, standby_stack(c->standby), SIGCHLD, c);
	pid = fork();
	if (pid == 0) _exit(child_main(c));
	return pid;
}

int
provider_start(struct provider *p)
{
	char how[3] = "-i";
	char const *argv[] = { "tls-io", how, p->client ? "-c" : NULL, NULL };
	struct child c = { .provider = p, .argv = argv, .how = how };
	int control[2];
	int plain[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, control) == -1
	    || socketpair(AF_UNIX, SOCK_STREAM, 0, plain) == -1)
		return 0;
	c.plain = plain[1];
	c.control = control[1];
	if (split(&c) == -1) return 0;
	close(control[1]);
	close(plain[1]);
	p->control = control[0];
	p->plain = plain[0];
	return 1;
}
