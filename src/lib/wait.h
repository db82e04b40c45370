/* wait.h - waiting that SIGTERM ends, and that cannot miss it. */

#ifndef LIB_WAIT_H
#define LIB_WAIT_H

#include <poll.h>

#include <skalibs/tai.h>

enum wait {
	WAIT_READY,
	WAIT_OVER,  /* the deadline */
	WAIT_ENDED, /* SIGTERM came */
	WAIT_ERROR  /* errno says why */
};

/*
 * From now on SIGTERM is held back, in children too until they execute another
 * program, and comes only in wait_readable. 1, or 0 with errno.
 */
extern int wait_hold(void);

/*
 * Wait until fd is readable or at its end; fd -1: for the time alone. deadline
 * is absolute; NULL: for ever. After wait_hold SIGTERM ends it, also one that
 * came before, but not while fd is ready. STAMP is when it began.
 */
extern enum wait wait_readable(int fd, tain const *deadline);

/* The same for n descriptors, and what poll(2) says of each. */
extern enum wait wait_poll(struct pollfd *x, unsigned int n, tain const *deadline);

/* 1 if SIGTERM has come: for who finds all descriptors ready, and never waits. */
extern int wait_ended(void);

#endif
