/* ending.h - how the directions of a relay end, and when it is over. */

#ifndef TLS_ENDING_H
#define TLS_ENDING_H

struct relay;

/*
 * At the end of input from the plain side: was that no shutdown, but a close? Who has
 * only received, up to the end, may close: close_notify is answered by one.
 */
extern int ending_is_cut(struct relay const *r);

/* When all of down has been encrypted: say so, and that nothing follows. */
extern void ending_network(struct relay *r);

/* After that: tell the session once the peer has it all. There is no event for it, so
 * r->pause says when to look again. */
extern void ending_look(struct relay *r);

/* Tell the plain side of the end of up when it has everything before. */
extern void ending_plain(struct relay *r);

/* Is there nothing left to carry or to wait for? */
extern int ending_is_over(struct relay const *r);

#endif
