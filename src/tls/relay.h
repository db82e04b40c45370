/* relay.h - bytes between one TLS connection and one plain socket. */

#ifndef TLS_RELAY_H
#define TLS_RELAY_H

#include <stddef.h>

#include <skalibs/tai.h>

#include "tls/wire.h"

struct control;
struct tls;

enum { RELAY_UP = 65536, RELAY_DOWN = 262144 };

/* How one direction of it stands. */
enum relay_way {
	RELAY_OPEN,
	RELAY_ENDED, /* by who sends: close_notify, or a shutdown of the plain side */
	RELAY_CUT    /* any other way */
};

struct relay {
	struct tls *tls;
	struct wire *wire;
	int session;         /* of a data connection: who hears of its ends; else 0 */
	int sending;         /* with session: nothing is to come from the network */
	char tag;            /* with session: how it calls this one */
	int plain;           /* a socket, not blocking */
	enum relay_way up;   /* from the network */
	enum relay_way down; /* to it */
	int again;           /* there may be more to move without waiting */
	int told;            /* the plain side knows of the end of up */
	int notified;        /* close_notify is on its way */
	int closed;          /* the network knows of the end of down */
	int delivered; /* with closed and session: the client's kernel has it all, or time is up */
	int pause;     /* milliseconds between looks for that */
	tain patience; /* with closed: how long the peer's end is waited for */
	size_t upsent;
	size_t upkept;
	size_t downsent;
	size_t downkept;
	char upspace[RELAY_UP];
	char downspace[RELAY_DOWN];
};

/*
 * Do the handshake, which needs no plain side: 1; 0 with a reason for people in
 * *why, which lives as long as tls.
 */
extern int relay_handshake(struct relay *r, tain const *deadline, char const **why);

/*
 * Carry bytes until both directions have ended. With session, a plain side that is
 * closed without a shutdown cuts the connection: no close_notify is sent, and the peer
 * sees that something is missing. c, unless NULL, is served meanwhile.
 */
extern void relay_run(struct relay *r, struct control *c);

/* Ready for another connection; what r->tls pointed to is not freed. */
extern void relay_reset(struct relay *r);

#endif
