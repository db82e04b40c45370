/* make.h - a maildir that is there after a power cut too. */

#ifndef MAILDIR_MAKE_H
#define MAILDIR_MAKE_H

/* Longest path, its 0 included. */
enum { MAKE_PATH = 4096 };

/*
 * Make path, its missing parents, tmp, new and cur in it, and, unless folder
 * is NULL, the Maildir++ folder of that name, all with mode 700. What is there
 * already stays, and is synced all the same: who made it may not have done so.
 * Returns 1, or 0 if something could not be done, which was logged.
 */
extern int make_maildir(char const *path, char const *folder);

/* 1 if name can be a folder: a period, then no '/', no "..", not a period alone. */
extern int make_is_folder(char const *name);

#endif
