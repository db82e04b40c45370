/* deadline.h - how long a session waits for anything. */

#ifndef FTP_DEADLINE_H
#define FTP_DEADLINE_H

#include <stdint.h>

#include <skalibs/tai.h>

struct session;

/* The session begins: FTP_LOGIN_TIMEOUT runs from now on, and FTP_MAXTIME, of
 * which s->spent is gone. */
extern void deadline_start(struct session *s);

/* Whole seconds since the session began. Reads the clock. */
extern unsigned int deadline_spent(struct session const *s);

/* In so many seconds, but not after the end of the session. Reads the clock. */
extern void deadline_in(struct session const *s, uint64_t seconds, tain *deadline);

/* 1 when FTP_MAXTIME is up. Asks the clock as it was last read. */
extern int deadline_over(struct session const *s);

#endif
