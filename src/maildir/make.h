/* make.h - a maildir that is there after a power cut too. */

#ifndef MAILDIR_MAKE_H
#define MAILDIR_MAKE_H

struct trouble;

/* Longest path, its 0 included. */
enum { MAKE_PATH = 4096 };

/* What is to be made. */
struct make {
	char const *path;
	char const *folder; /* the Maildir++ folder in it, or NULL */
	int strict;         /* a directory that cannot be synced will not do */
};

/*
 * Make the maildir, its missing parents, tmp, new and cur in it, and the
 * folder, all with mode 700. What is there already stays, and is synced all the
 * same: who made it may not have done so. Returns 1, or 0 with why.
 */
extern int make_maildir(struct make const *m, struct trouble *why);

/*
 * What make_maildir still has to do where all of it is there: dir is the maildir,
 * or the folder, as somebody may have made it a moment ago. Returns 1, or 0 with why.
 */
extern int make_lasting(struct make const *m, int dir, struct trouble *why);

/*
 * 1 if name can be a folder: at most 255 bytes, each part of it behind a period and
 * not empty, without '/' and control characters.
 */
extern int make_is_folder(char const *name);

#endif
