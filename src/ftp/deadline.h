/* deadline.h - how long a session waits for anything. */

#ifndef FTP_DEADLINE_H
#define FTP_DEADLINE_H

#include <stdint.h>

#include <skalibs/tai.h>

struct session;

/* The session begins: FTP_MAXTIME and FTP_LOGIN_TIMEOUT run from now on. */
extern void deadline_start(struct session *s);

/* In so many seconds, but not after the end of the session. Reads the clock. */
extern void deadline_in(struct session const *s, uint64_t seconds, tain *deadline);

/* 1 when FTP_MAXTIME is up. Asks the clock as it was last read. */
extern int deadline_over(struct session const *s);

#endif
