/* litter.h - what this run has in tmp/, and the signals that end the run. */

#ifndef MAILDIR_LITTER_H
#define MAILDIR_LITTER_H

#include <signal.h>
#include <stddef.h>

/* Most names at once: one for each maildir. */
enum { LITTER_MAX = 64 };

/*
 * From now on HUP, INT, TERM and ALRM remove the litter, write said to
 * descriptor 1 and log to descriptor 2, and exit with code, also where the caller had
 * them blocked. Both strings must
 * last. Returns 1, or 0 with errno set.
 */
extern int litter_watch(int code, char const *said, char const *log);

/*
 * Hold the four signals back, and let in again those that were not held before
 * (were, NULL if they never will be). A file is made, and its name added, while
 * they are held: no signal can fall between the two, and a name that is not ours
 * is never removed.
 */
extern void litter_hold(sigset_t *were);
extern void litter_release(sigset_t const *were);

/* Add a name below dirfd; name must last. At most LITTER_MAX are kept. */
extern void litter_add(int dirfd, char const *name);

/*
 * Remove all of it and forget it. Returns how many names could not be removed
 * although they are there. Async-signal-safe.
 */
extern size_t litter_remove(void);

#endif
