/* ppoll(2) lets a signal through while it waits, and at no other time. */

#include <errno.h>
#include <signal.h>
#include <time.h>

#include "lib/wait.h"

static void
on_term(int sig)
{
	(void)sig;
}

int
wait_hold(void)
{
	struct sigaction sa = { .sa_handler = on_term };
	sigset_t set;

	sigemptyset(&sa.sa_mask);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	return sigprocmask(SIG_BLOCK, &set, NULL) == 0 && sigaction(SIGTERM, &sa, NULL) == 0;
}

/* How long it is until deadline: none if that has passed. */
static void
left(struct timespec *t, tain const *deadline)
{
	tain span = TAIN_ZERO;

	if (tain_future(deadline)) tain_sub(&span, deadline, &STAMP);
	t->tv_sec = (time_t)span.sec.x;
	t->tv_nsec = (long)span.nano;
}

enum wait
wait_poll(struct pollfd *x, unsigned int n, tain const *deadline)
{
	struct timespec t;
	sigset_t none;
	int r;

	sigemptyset(&none);
	tain_now_g();
	if (deadline) left(&t, deadline);
	r = ppoll(x, n, deadline ? &t : NULL, &none);
	if (r == -1) return errno == EINTR ? WAIT_ENDED : WAIT_ERROR;
	return r ? WAIT_READY : WAIT_OVER;
}

enum wait
wait_readable(int fd, tain const *deadline)
{
	struct pollfd x = { .fd = fd, .events = POLLIN };

	return wait_poll(&x, 1, deadline);
}

int
wait_ended(void)
{
	return wait_readable(-1, &STAMP) == WAIT_ENDED;
}
