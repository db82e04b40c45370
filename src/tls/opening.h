/* opening.h - how TLS begins, on either side. */

#ifndef TLS_OPENING_H
#define TLS_OPENING_H

#include <skalibs/tai.h>

struct control;
struct relay;

/*
 * As server: read the ClientHello, refuse one that names only protocols that are not
 * ours with the alert of RFC 7301 3.2, and do the handshake. 1 with r->tls set; 0,
 * logged: TLS is not on, and the connection of no more use.
 */
extern int opening_accept(struct relay *r, struct control const *c, tain const *deadline);

/* As client, to the server of that name. c->server is a client context here. */
extern int opening_connect(
    struct relay *r, struct control const *c, char const *name, tain const *deadline);

#endif
