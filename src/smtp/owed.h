/* owed.h - the reply for a message that was kept: the client must get it, or the log. */

#ifndef SMTP_OWED_H
#define SMTP_OWED_H

struct session;

/* That reply comes next, for s->intake.id. Is the client's side closed already? */
extern void owed_begin(struct session *s);

/* A command has come: the reply before it is on its way, unless it still waits here. */
extern void owed_settle(struct session *s);

/*
 * At the end of the connection, sent saying that all replies could be written: if
 * the reply is still owed, log lost-reply; the client will send the message again
 * (RFC 1047). A client that had closed its side may have gone, or be waiting for
 * it: its acknowledgement, or a reset, is waited for, a second at the most.
 */
extern void owed_end(struct session *s, int sent);

#endif
