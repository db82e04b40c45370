/* patience.h - the talker waits for the monitor, and looks after the client meanwhile. */

#ifndef SMTP_PATIENCE_H
#define SMTP_PATIENCE_H

struct session;

/*
 * Send what waits, then wait until the monitor has answered. What the client sends meanwhile goes into
 * s->in. 1; 0 if the client has gone: reset, or closed with nothing left to say,
 * for which two seconds are given.
 */
extern int patience(struct session *s);

#endif
