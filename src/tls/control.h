/*
 * control.h - the socket between a session and its tls-io. It begins as UCSPI-TLS
 * has it: a byte y or Y, and for Y the answer, strings NAME=value each ended by a 0,
 * and a 0 at the end. A session that finds TLS_SESSION=1 in its environment knows
 * tls-session, and may do more:
 *
 * - before that, R: load key and certificate now; the answer is '.' or '!';
 * - after it, D and a byte n of its choice, S where it is the session that sends, with
 *   the socket of a data connection: TLS begins there, as server. The answer is n and
 *   'R' (the client resumed a session of this connection) or 'H' (it did not), with a
 *   socket for the bytes without TLS, or n and '!'. Then follow n and 'u' when the client
 *   has ended its direction by close_notify, 'c' when it ended without, but behind a
 *   whole record and by no reset, before that socket's end of input; and n and 'd' when
 *   the other direction, ended by a shutdown, has been acknowledged by the client's
 *   kernel, close_notify too. What fails otherwise
 *   closes that socket.
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
	CONTROL_SEND = 'S',
	CONTROL_GOOD = '.',
	CONTROL_BAD = '!',
	CONTROL_RESUMED = 'R',
	CONTROL_FULL = 'H',
	CONTROL_ENDED = 'u',
	CONTROL_CUT = 'c',
	CONTROL_DELIVERED = 'd'
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

/* Tell what has become of a direction of the data connection that r carries. */
extern void control_tell(struct relay const *r, char what);

/* The answer to Y. 1, or 0 with errno set. */
extern int control_report(struct control const *c, struct tls *t);

#endif
