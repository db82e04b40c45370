/* handover.h - a control connection changes hands, from talker to second stage. */

#ifndef FTP_HANDOVER_H
#define FTP_HANDOVER_H

struct session;

/* Whatever the taker finds. */
enum handover {
	HANDOVER_DONE,
	HANDOVER_GONE, /* there is nobody left to hand over */
	HANDOVER_FOUL  /* not the messages that should come, or not in time */
};

/*
 * Talker: send descriptors 0 and 1 over socket, with what was settled before
 * the login and the bytes read ahead. Nothing may be left to be flushed. 1, or
 * 0 with errno set. On success the connection is not ours to use any more.
 */
extern int handover_give(struct session *s, int socket);

/*
 * Second stage: over descriptor 0 say that it is ready, learn from the monitor
 * who logged in, take what the talker gives, and put it in the place of
 * descriptors 0 and 1. The talker reads the network: every field is checked.
 */
extern enum handover handover_take(struct session *s);

#endif
