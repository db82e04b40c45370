/*
 * control.h - the socket between a session and its tls-io. It begins as UCSPI-TLS
 * has it: a byte y or Y, and for Y the answer, strings NAME=value each ended by a 0,
 * and a 0 at the end. A session that finds TLS_SESSION=1 in its environment knows
 * tls-session, and may do more:
 *
 * - before that, R: load key and certificate now; the answer is '.' or '!';
 * - after it, D and a byte n of its choice, with the socket of a data connection:
 *   TLS begins there, as server. The answer is n and 'R' (the client resumed a
 *   session of this connection) or 'H' (it did not), with a socket for the bytes
 *   without TLS, or n and '!'. When both directions have ended n and 'e' follow, or
 *   'x' if either was cut; the last comes before that socket's end of input.
 */

#ifndef TLS_CONTROL_H
#define TLS_CONTROL_H

#include "tls/policies.h"

struct peer;
struct relay;
struct tls;

enum {
	CONTROL_READY = 'R',
	CONTROL_DATA = 'D',
	CONTROL_GOOD = '.',
	CONTROL_BAD = '!',
	CONTROL_RESUMED = 'R',
	CONTROL_FULL = 'H',
	CONTROL_END = 'e',
	CONTROL_CUT = 'x'
};

struct control {
	int fd; /* -1 once the session has closed it */
	struct tls *server;
	struct policy_value const *policy;
	struct peer const *peer;
	int extended;          /* more than UCSPI-TLS may be asked */
	unsigned int children; /* data connections not known to have ended */
};

/* Answer one question. For a data connection the process splits: the child uses r. */
extern void control_serve(struct control *c, struct relay *r);

/* The answer to Y. 1, or 0 with errno set. */
extern int control_report(struct control const *c, struct tls *t);

#endif
