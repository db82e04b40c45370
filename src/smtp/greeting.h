/* greeting.h - what is said first. */

#ifndef SMTP_GREETING_H
#define SMTP_GREETING_H

struct session;

/*
 * After GREETDELAY, in which the client has to be silent, greet it: 220, or 554
 * with SMTP_REFUSE, after which only QUIT is of use. The session is to end if it
 * was not silent, has gone, or SIGTERM came.
 */
extern void greeting(struct session *s);

#endif
