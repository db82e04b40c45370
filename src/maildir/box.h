/* box.h - one maildir, its directories held open. */

#ifndef MAILDIR_BOX_H
#define MAILDIR_BOX_H

#include <sys/types.h>

struct trouble;

/* Descriptors stay open to the end of the run: names are only ever used below them. */
struct box {
	char const *path; /* as given; not owned */
	char const *sub;  /* "new" or "cur" */
	int there;        /* the maildir itself exists, or may */
	int tmp;          /* descriptor of tmp/ */
	int out;          /* descriptor of sub */
	dev_t dev;        /* of all three directories */
	uid_t owner;      /* of the maildir */
};

/*
 * Open the maildir at path, which may be a symbolic link; tmp and sub may not.
 * Root is refused a maildir that is not root's. Returns 1, or 0 with why; there is set
 * either way.
 */
extern int box_open(struct box *b, char const *path, char const *sub, struct trouble *why);

/*
 * 1 if a message could be stored now: tmp and sub can be written to, and there
 * is room for one more file. Else 0 with why.
 */
extern int box_ready(struct box const *b, struct trouble *why);

#endif
