/* progress.h - a line for those who wait at a terminal. Not part of the pure library. */

#ifndef MIME_PROGRESS_H
#define MIME_PROGRESS_H

#include <stdint.h>

/* All zero is the start. */
struct mime_progress {
	int off;       /* never a line; set, too, once descriptor 2 is no terminal */
	int64_t start; /* in milliseconds; 0: not yet */
	int64_t shown; /* the last time; 0: never */
};

/* done bytes of total, 0 if that is not known. Shows nothing in the first second. */
extern void mime_progress_show(struct mime_progress *p, uint64_t done, uint64_t total);

/* Wipe the line; errno stays. */
extern void mime_progress_end(struct mime_progress *p);

#endif
