/* maildirsize.h - the file of a maildir that says how much it may hold and does hold. */

#ifndef MAILDIR_MAILDIRSIZE_H
#define MAILDIR_MAILDIRSIZE_H

#include <time.h>

#include "maildir/quota.h"
#include "maildir/tally.h"

/* One of this many bytes or more is to be counted anew. */
enum { MAILDIRSIZE_MAX = 5120 };

enum maildirsize_state {
	MAILDIRSIZE_NONE,  /* there is no such file */
	MAILDIRSIZE_BAD,   /* there is something else, or it cannot be read: errno, 0 if it could */
	MAILDIRSIZE_STALE, /* the quota is good; what is used is to be counted anew */
	MAILDIRSIZE_LONG,  /* the same, for no reason but its length */
	MAILDIRSIZE_GOOD
};

struct maildirsize {
	enum maildirsize_state state;
	struct quota quota; /* if STALE, LONG or GOOD */
	struct tally used;  /* if GOOD; newest is not set */
	unsigned int lines; /* if GOOD: how many used is the sum of */
	time_t mtime;       /* if GOOD */
};

/* Read it in the maildir top. Nothing is followed, and nothing waited for. */
extern void maildirsize_read(struct maildirsize *m, int top);

/*
 * Append a message of size bytes, in one write. Returns 1, also where there is
 * no such file, or 0 with errno.
 */
extern int maildirsize_add(int top, uint64_t size);

/* Append what makes everybody count anew. Returns as maildirsize_add. */
extern int maildirsize_doubt(int top);

/*
 * Put one with this quota and this use, synced, in the place of whatever is
 * there but a directory. It is written in tmp first, where nothing is left, whatever
 * happens short of SIGKILL. Returns 1, or 0 with errno.
 */
extern int maildirsize_write(int top, struct quota const *quota, struct tally const *used);

/* Remove it, if it is there and no directory. */
extern void maildirsize_remove(int top);

#endif
