/* account.h - the quota a maildir's mail falls under, and what is used of it. */

#ifndef MAILDIR_ACCOUNT_H
#define MAILDIR_ACCOUNT_H

#include <stdint.h>

#include "maildir/quota.h"

struct trouble;

struct account {
	int top;            /* the maildir that has maildirsize; -1: there is no quota */
	int named;          /* quota is set, whatever maildirsize says */
	struct quota quota; /* if named */
	int verbose;        /* warn of what does not matter */
	char const *path;   /* the maildir as given; not owned */
};

/*
 * Find the account of the maildir dir, or Maildir++ folder in one, whose path is
 * path: it is the maildir itself, or the one above a folder, which has a file
 * maildirfolder. named is its quota, or NULL for what its maildirsize says; then,
 * without such a file, there is none; nor is there for a dir of -1. dir must stay open.
 */
extern void account_open(
    struct account *a, int dir, char const *path, struct quota const *named, int verbose);

/*
 * 1 if the account can take a message of size bytes; 0 with why if that were more
 * than its quota. When maildirsize is in doubt all mail is counted, at most once, and
 * the file written anew. What goes wrong with that is no reason to refuse.
 */
extern int account_admit(struct account const *a, uint64_t size, struct trouble *why);

/* Enter a message of size bytes that is published. */
extern void account_enter(struct account const *a, uint64_t size);

/*
 * Count all mail and write maildirsize with the quota of a, which is named, durably. It is
 * counted again, a few times, while others change the maildir. Returns 1, or 0 with errno.
 */
extern int account_settle(struct account const *a);

#endif
