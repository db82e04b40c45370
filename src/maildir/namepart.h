/* namepart.h - what the name of a stored message says of it. */

#ifndef MAILDIR_NAMEPART_H
#define MAILDIR_NAMEPART_H

#include <stddef.h>
#include <stdint.h>

/*
 * The decimal number behind the last ",S=" (or ",W=", as letter says) that stands
 * before the info, the first colon. Returns 1, or 0 if there is none, or it is
 * not followed by ',', the info or the end, or has more than 18 digits.
 */
extern int namepart_number(char const *name, char letter, uint64_t *u);

/* 1 if a ",S=" (or what letter says) stands before the info, whatever follows it. */
extern int namepart_has(char const *name, char letter);

/* The flags: what follows ":2,", or NULL. */
extern char const *namepart_flags(char const *name);

/* 1 if the message is marked as trash (flag T), and does not count for a quota. */
extern int namepart_trashed(char const *name);

#endif
