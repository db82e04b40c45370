/* tmp/ is left as it was found, whatever ends the run short of SIGKILL. */

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "maildir/litter.h"

/* At file scope, for a signal handler has no argument to find it by. */
static struct {
	int dirfd;
	char const *name;
} litter[LITTER_MAX];
static volatile sig_atomic_t count;
static int exitcode;
static char const *last_said, *last_log;

size_t
litter_remove(void)
{
	size_t left = 0;
	int i;

	for (i = 0; i < count; i++)
		left += unlinkat(litter[i].dirfd, litter[i].name, 0) == -1 && errno != ENOENT;
	count = 0;
	return left;
}

void
litter_add(int dirfd, char const *name)
{
	if (count == LITTER_MAX) return;
	litter[count].dirfd = dirfd;
	litter[count].name = name;
	count = count + 1;
}

/* write(2)'s result is of no use to a process about to end. */
static void
tell(int fd, char const *s)
{
	if (write(fd, s, strlen(s)) == -1) return;
}

static void
on_signal(int sig)
{
	(void)sig;
	litter_remove();
	tell(1, last_said);
	tell(2, last_log);
	_exit(exitcode);
}

static void
the_four(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGHUP);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGALRM);
}

int
litter_watch(int code, char const *said, char const *log)
{
	struct sigaction sa = { .sa_handler = on_signal };

	exitcode = code;
	last_said = said;
	last_log = log;
	the_four(&sa.sa_mask);
	return sigaction(SIGHUP, &sa, NULL) == 0 && sigaction(SIGINT, &sa, NULL) == 0
	    && sigaction(SIGTERM, &sa, NULL) == 0 && sigaction(SIGALRM, &sa, NULL) == 0
	    && sigprocmask(SIG_UNBLOCK, &sa.sa_mask, NULL) == 0;
}

void
litter_hold(sigset_t *were)
{
	sigset_t set;

	the_four(&set);
	sigprocmask(SIG_BLOCK, &set, were);
}

void
litter_release(sigset_t const *were)
{
	sigprocmask(SIG_SETMASK, were, NULL);
}
