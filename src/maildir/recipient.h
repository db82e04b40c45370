/* recipient.h - which maildirs a message to these recipients goes to. */

#ifndef MAILDIR_RECIPIENT_H
#define MAILDIR_RECIPIENT_H

#include "maildir/fields.h"
#include "maildir/litter.h"

struct trouble;

/* Longest path of a maildir made here, its 0 included. */
enum { RECIPIENT_PATH = 1024 };

struct recipients {
	char paths[LITTER_MAX][RECIPIENT_PATH];
	struct recipient to[LITTER_MAX]; /* the first address each path came of; in list */
	unsigned int count;
};

/*
 * Expand every template for every address in list (newlines between them), and
 * keep each result once. %a is the local part, %l the local part up to its
 * first '+' or '-', %e what follows that, %d the domain, all in lower case, and
 * %% is '%'. Refused for good (5.1.1): a value used that is empty, begins with
 * a dot, or has a '/' or a control byte; so no recipient reaches beyond what
 * the template names. Returns 1, or 0 with why. r starts all zero.
 */
extern int recipient_expand(struct recipients *r, char const *const *templates, unsigned int n,
    char const *list, struct trouble *why);

#endif
