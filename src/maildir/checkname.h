/* checkname.h - is this the name of a message? */

#ifndef MAILDIR_CHECKNAME_H
#define MAILDIR_CHECKNAME_H

/*
 * What is wrong with name, that of a file in cur (in_cur) or new, or NULL. Right is
 * time.unique.host, fields of a letter, '=' and a number each behind a comma, and
 * ":2," with flags, which only cur must have.
 */
extern char const *checkname_wrong(char const *name, int in_cur);

/* 1 if name begins as that of a message does: digits, a period, something, a period, more. */
extern int checkname_like(char const *name);

#endif
