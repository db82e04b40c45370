/* child.h - a program run to its end. */

#ifndef LIB_CHILD_H
#define LIB_CHILD_H

#include <stddef.h>
#include <sys/types.h>

#include <skalibs/tai.h>

enum { CHILD_LINE = 201 };

/* How it ended. */
enum child_how {
	CHILD_EXITED,   /* code is its exit status */
	CHILD_KILLED,   /* code is the signal */
	CHILD_EXPIRED,  /* the time was up: child_kill */
	CHILD_UNBORN,   /* it could not be started: code is the errno */
	CHILD_FORGOTTEN /* whoever asked has gone: child_kill */
};

struct child_end {
	enum child_how how;
	int code;
	char line[CHILD_LINE]; /* the first line it printed, safe bytes only, or "" */
};

struct child {
	char const *const *argv; /* argv[0] is looked for in PATH */
	char const *const *envp;
	int in;    /* its descriptor 0; stays open */
	int out;   /* its descriptor 1, likewise; or -1: a pipe to us */
	int asker; /* a socket: its other end hanging up, SIGTERM, or our end is its end too; or -1 */
	unsigned int seconds;
};

/*
 * Run it with our 2 as its 2, in a process group of its own, and wait for at most
 * so many seconds. Everything else is open in it only if it lacks FD_CLOEXEC
 * here. What it prints to the pipe after the first line is read and dropped; what
 * it leaves running in the background is not waited for.
 */
extern void child_run(struct child const *c, struct child_end *end);

/*
 * A descriptor that is readable when the child pid has ended, or -1 before
 * Linux 5.3; and until when to wait for it: deadline, or without it no longer
 * than 20 ms, to look again then.
 */
extern int child_pidfd(pid_t pid);
extern void child_look(tain *until, int pidfd, tain const *deadline);

/*
 * Kill the child pid and its process group, and wait for it; but not for one
 * that has taken on a uid which this process may not kill.
 */
extern void child_kill(pid_t pid);

#endif
