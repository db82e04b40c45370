/* Behind the walls of tls-io: one call, and whether it worked. */

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <skalibs/strerr.h>

#include "lib/confine.h"

static int
split(unsigned long flags)
{
	long pid = syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);

	if (pid == 0) _exit(0);
	return pid != -1;
}

static int
pair(int type)
{
	int fds[2];

	return socketpair(AF_UNIX, type, 0, fds) == 0;
}

static int
try(char const *what)
{
	if (strcmp(what, "process") == 0) return split(0);
	if (strcmp(what, "user") == 0) return split(0x10000000); /* CLONE_NEWUSER */
	if (strcmp(what, "thread") == 0) return split(0x100);    /* CLONE_VM */
	if (strcmp(what, "stream") == 0) return pair(SOCK_STREAM | SOCK_CLOEXEC);
	return strcmp(what, "datagram") == 0 && pair(SOCK_DGRAM);
}

int
main(int argc, char **argv)
{
	struct confinement c = { .files = CONFINE_NONE, .calls = CONFINE_TLS };
	unsigned int missing;

	PROG = "tls-io";
	if (argc != 2 || !confine(&c, &missing)) return 100;
	_exit(try(argv[1]) ? 0 : 1);
}
