/* UCSPI-TLS, as s6-ucspitlsd documents it: the session is the parent and keeps its pid. */

#include <errno.h>
#include <fcntl.h>
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

enum { ABOVE = 10, PATH_BYTES = 4096 };

void
provider_become(char const *const *argv)
{
	char path[PATH_BYTES];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - sizeof "tls-io");

	while (n > 0 && path[n - 1] != '/') n--;
	if (n > 0) {
		memcpy(path + n, "tls-io", sizeof "tls-io");
		exec_ae(path, argv, (char const *const *)environ);
	}
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

static _Noreturn void
stand_by(struct provider const *p)
{
	char how[3] = "-i";
	char const *const argv[] = { "tls-io", how, p->client ? "-c" : NULL, NULL };
	ssize_t n;

	if (!p->immediate) {
		do n = read(TLS_IO_CONTROL, how + 1, 1);
		while (n == -1 && errno == EINTR);
		if (n != 1) _exit(0);
		if (how[1] != 'y' && how[1] != 'Y' && how[1] != CONTROL_READY) {
			strerr_warnw("SSLCTLFD: neither y nor Y");
			_exit(100);
		}
	}
	provider_become(argv);
	_exit(111);
}

int
provider_start(struct provider *p)
{
	int control[2];
	int plain[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, control) == -1
	    || socketpair(AF_UNIX, SOCK_STREAM, 0, plain) == -1)
		return 0;
	pid = fork();
	if (pid == -1) return 0;
	if (pid == 0) {
		if (!place(p, plain[1], control[1])) _exit(111);
		stand_by(p);
	}
	close(control[1]);
	close(plain[1]);
	p->control = control[0];
	p->plain = plain[0];
	return 1;
}
