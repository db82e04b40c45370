/* check.h - is this a maildir, and is all in it what it says? */

#ifndef MAILDIR_CHECK_H
#define MAILDIR_CHECK_H

#include "maildir/finding.h"
#include "maildir/sweep.h"

struct check {
	struct findings found;
	struct sweep age; /* whose before says what is left behind in tmp */
};

/*
 * Look at the maildir path, its folders and its maildirsize. Nothing is changed, no link is
 * followed but path itself, and no more memory is used for more mail.
 */
extern void check_maildir(struct check *c, char const *path);

/* A name in the sub of c, whose descriptor is dir. */
extern void check_file(struct check *c, int dir, char const *name);

/* maildirsize in the maildir top, and all mail. */
extern void check_size(struct check *c, int top);

#endif
