/* finding.h - what maildir-check has to say: a line for each finding, and a count. */

#ifndef MAILDIR_FINDING_H
#define MAILDIR_FINDING_H

/* Where we are, and what was found so far. */
struct findings {
	char const *maildir; /* as given */
	char const *folder;  /* "" or a name */
	char const *sub;     /* "" or tmp, new, cur */
	int any;             /* there were findings */
	int failed;          /* something could not be looked at */
};

/*
 * A finding about name ("" for where we are) on descriptor 1: the path, a colon, text. Bytes
 * that are not printable ASCII show as '?'.
 */
extern void finding(struct findings *f, char const *name, char const *text);

/* A system call that failed, errno being why, on descriptor 2. */
extern void finding_failed(struct findings *f, char const *what, char const *name);

#endif
