/* checker.h - a login, asked of a program with the checkpassword interface. */

#ifndef LIB_CHECKER_H
#define LIB_CHECKER_H

#include <stddef.h>
#include <sys/types.h>

#include <skalibs/tai.h>

enum {
	CHECKER_SECRET = 512, /* most bytes the interface allows */
	CHECKER_WORDS = 512   /* most words of the command and of what it is to run */
};

/* How it ended. */
enum checker_how {
	CHECKER_READY,  /* accepted, and what it was to run has reported */
	CHECKER_EXITED, /* code is its exit status; 0: it never ran what it was to run */
	CHECKER_KILLED, /* code is the signal */
	CHECKER_EXPIRED,
	CHECKER_UNBORN,   /* it could not be started: code is the errno */
	CHECKER_FORGOTTEN /* whoever asked has gone, or SIGTERM came: see lib/wait.h */
};

struct checker {
	char const *command;      /* one that is command_ok; "": stage itself, nothing is checked */
	char const *const *stage; /* what it is to run when it accepts; ends with NULL, */
	char const *const *more;  /* and its further arguments, likewise, or NULL */
	char const *variable;     /* with value: one more of the environment */
	char const *value;        /* what it is set to; NULL: the environment stays as it is */
	char *secret;             /* name, password and time stamp, each ended by a 0 */
	size_t n;                 /* bytes of secret, which are wiped as soon as they are sent */
	int asker;                /* a socket: its other end hanging up ends the check */
	tain const *deadline;
};

struct monitor_message;

struct checker_end {
	enum checker_how how;
	int code;
	pid_t pid; /* CHECKER_READY: what runs now, our child, in a group of its own */
	int fd;    /* CHECKER_READY: the socket to its descriptor 0, ours to close; else -1 */
};

/*
 * Run command with the secret on descriptor 3, one end of a new SOCK_SEQPACKET
 * pair on 0, our 2 on 1 and 2, nothing else open, default signals, a process
 * group of its own; it is killed when this process dies. When it accepts it
 * runs stage in its place, which reports by a message MONITOR_READY on its
 * descriptor 0. Unless that came, it is ended by child_kill. scratch is room for
 * messages; what c points to may lie in it.
 */
extern void checker_run(
    struct checker const *c, struct monitor_message *scratch, struct checker_end *end);

/* End what runs after CHECKER_READY, and all it started; closes fd. */
extern void checker_stop(struct checker_end *end);

#endif
