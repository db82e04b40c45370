/* spool.h - the file a message was received in. */

#ifndef SMTP_SPOOL_H
#define SMTP_SPOOL_H

struct session;

/*
 * In the monitor: a new file for the message, held.spool, and its held.id. Returns a
 * descriptor of it for the talker, who owns it once it is sent, or -1 with errno: there
 * is none.
 */
extern int spool_open(struct session *s);

/*
 * The message is complete: nobody but its program has anything to do with the file from
 * now on. 1: nobody has, and held.still is set; or there is no telling on this file
 * system. 0: somebody kept a descriptor to write it by.
 */
extern int spool_close(struct session *s);

#endif
