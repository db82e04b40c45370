/* arrival.h - one contract for a message and an upload: see README. */

#ifndef LIB_ARRIVAL_H
#define LIB_ARRIVAL_H

#include <stddef.h>

#include "lib/child.h"

/*
 * What the program's end means. The sessions turn it into a reply:
 * KEPT 250 or 226, TAKEN 250 or 226 and nothing is stored, REFUSED 5yz,
 * LATER 4yz.
 */
enum arrival { ARRIVAL_KEPT, ARRIVAL_TAKEN, ARRIVAL_REFUSED, ARRIVAL_LATER };

enum { ARRIVAL_ID = 41, ARRIVAL_EXTRA = 131072 };

/*
 * 0 is KEPT; 99 is TAKEN; 100, 65, 67, 68, 69, 76, 77 and 112 are REFUSED;
 * any other end is LATER, so that an administrator's mistake bounces nothing.
 */
extern enum arrival arrival_verdict(struct child_end const *end);

/* A new token of [0-9A-Z.-] for the client's reply, the log and ARRIVAL_ID. */
extern void arrival_id(char *id);

/*
 * A new nameless regular file, mode 0600, open for reading and writing and
 * close-on-exec, in dir: O_TMPFILE, or made by mkostemp and unlinked where the
 * filesystem has none. -1 with errno set.
 */
extern int arrival_spool(char const *dir);

/*
 * Run program on the complete file fd, from offset 0, by a descriptor of its own
 * unless fd is alone.
 * extra holds len bytes of NAME=value strings, each ended by a 0, that are added to the
 * environment; a NAME alone is taken out of it. ARRIVAL, ARRIVAL_ID and ARRIVAL_SIZE
 * are set here. A file that cannot be measured is CHILD_UNBORN.
 */
struct arrival_run {
	char const *const *program;
	char const *protocol; /* "smtp" or "ftp" */
	char const *id;
	char const *user; /* who logged in, for ARRIVAL_USER; NULL: unset */
	unsigned int seconds;
	int fd;
	int alone;    /* fd is at offset 0, read-only, and for this program alone: as it is */
	int out;      /* as in struct child: -1 for a pipe */
	pid_t writer; /* our child that may still have fd, and must not write now; or 0 */
};

extern void arrival_run(
    struct arrival_run const *a, char const *extra, size_t len, struct child_end *end);

#endif
