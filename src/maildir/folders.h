/* folders.h - a maildir and its Maildir++ folders, one after the other. */

#ifndef MAILDIR_FOLDERS_H
#define MAILDIR_FOLDERS_H

#include <dirent.h>

struct folders {
	int top;          /* descriptor of the maildir, the caller's */
	DIR *dir;         /* NULL before the first folder */
	char const *name; /* of this one, "" for the maildir itself; lasts until the next call */
	int fd;           /* of this one, closed by the next call; -1 if it cannot be opened */
	int err;          /* errno then, and after the end if the list is not whole, else 0 */
};

/* Begin; top stays open and is not moved. */
extern void folders_begin(struct folders *f, int top);

/*
 * Go to the next one: the maildir first, then every directory in it whose name
 * begins with a period, links not followed. Returns 0 after the last.
 */
extern int folders_next(struct folders *f);

#endif
