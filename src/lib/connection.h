/* connection.h - descriptor 0 where a client speaks: read without a poll(2) where that can be. */

#ifndef LIB_CONNECTION_H
#define LIB_CONNECTION_H

#include <sys/types.h>

#include <skalibs/buffer.h>
#include <skalibs/tai.h>

struct connection {
	int patient; /* 0 and 1 are blocking sockets, and a read of 0 ends by itself */
	tain looked; /* rests are allowed for a while from here */
};

/*
 * sockets: descriptors 0 and 1 are stream sockets. They stay blocking then, and what
 * is waited for is a read alone; unless 0 came non-blocking. All else is made
 * non-blocking. Writes to a patient connection are by reply_send. STAMP is now.
 * 1, or 0 with errno.
 */
extern int connection_prepare(struct connection *c, int sockets);

/*
 * 1 if the next read may rest: wait by itself, for a tenth of a second at most, which
 * is over before the deadline. 0 now and then although it is not near: who polls
 * instead sees a SIGTERM that is held back.
 */
extern int connection_may_rest(struct connection *c, tain const *deadline);

/* Read what there is; nothing there: rest, or -1 with EAGAIN at once, or after the rest. */
extern ssize_t connection_read(struct connection const *c, char *to, size_t room, int rest);

/* The same into a buffer that is not full, by its own way to read if not patient. */
extern ssize_t connection_fill(struct connection const *c, buffer *in, int rest);

#endif
