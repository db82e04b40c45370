/* box.h - one maildir, its directories held open. */

#ifndef MAILDIR_BOX_H
#define MAILDIR_BOX_H

#include <sys/types.h>

struct trouble;

/* What is asked of every maildir of a run. */
struct terms {
	char const *sub;    /* "new" or "cur" */
	char const *folder; /* the Maildir++ folder to go to, or NULL */
	int make;           /* what is missing, and see that it lasts */
	int strict;         /* a directory that cannot be synced will not do */
	int verbose;        /* say that a folder is missing */
};

/* Descriptors stay open to the end of the run: names are only ever used below them. */
struct box {
	char const *path;   /* as given; not owned */
	char const *folder; /* the one it is, or NULL; not owned */
	char const *sub;    /* "new" or "cur" */
	int there;          /* the maildir itself exists, or may */
	int missing;        /* it, or a directory of it, does not */
	int dir;            /* descriptor of the maildir, not of the folder; -1 if there is none */
	int tmp;            /* of tmp/ */
	int out;            /* of sub */
	dev_t dev;          /* of all three directories */
	uid_t owner;        /* of the maildir, or of the folder */
};

/*
 * Open the maildir at path, which may be a symbolic link; its folder, tmp and sub
 * may not. What is missing is made first, if the terms say so; else a missing folder
 * is not used. Root is refused what is not root's. Returns 1, or 0 with why; there and
 * missing are set either way.
 */
extern int box_open(struct box *b, char const *path, struct terms const *t, struct trouble *why);

/*
 * 1 if a message could be stored now: what box_open would open or make can be
 * written to, and there is room for one more file. Else 0 with why. Nothing is made,
 * and what there is not is not open.
 */
extern int box_check(struct box *b, char const *path, struct terms const *t, struct trouble *why);

#endif
