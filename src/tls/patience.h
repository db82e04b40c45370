/* patience.h - waiting until a time. */

#ifndef TLS_PATIENCE_H
#define TLS_PATIENCE_H

#include <skalibs/tai.h>

/* Milliseconds until deadline, rounded up, at most a day; 0 when it has passed. */
extern int patience_left(tain const *deadline);

/* Wait until fd is ready for events of poll(2): 1; 0 when the time is up. */
extern int patience_wait(int fd, short events, tain const *deadline);

#endif
