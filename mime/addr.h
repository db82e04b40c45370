/* addr.h - lists of addresses, RFC 5322 section 3.4. */

#ifndef MIME_ADDR_H
#define MIME_ADDR_H

#include <stddef.h>

/* Entries of one list that are looked at: more are an attack (CVE-2021-3181). */
#define MIME_ADDRS 10000

enum mime_addr_kind {
	MIME_ADDR_END,
	MIME_ADDR_MAILBOX,  /* spec, and name if it has one */
	MIME_ADDR_GROUP,    /* a group begins; its mailboxes follow */
	MIME_ADDR_GROUP_END /* it ends; also where the list does */
};

/* Slices of the list as they came, without blanks around them. */
struct mime_addr {
	char const *name; /* a phrase, or a comment in its parentheses behind a bare address */
	size_t namelen;
	char const *spec; /* what is between the angle brackets, or all of it */
	size_t speclen;
	int broken; /* its bracket does not end, or more than a comment stands behind it */
};

/* A list being read: s and n are the caller's, the rest begins as 0. */
struct mime_addrs {
	char const *s;
	size_t n;
	size_t i;
	unsigned int count;
	int grouped; /* in a group */
	int cut;     /* there were more than MIME_ADDRS */
};

/*
 * The next entry. A semicolon outside of a group separates as a comma does;
 * empty entries are skipped; quotes, comments and brackets that do not end go
 * to the end of the list. Every byte is looked at a bounded number of times.
 */
extern enum mime_addr_kind mime_addr_next(struct mime_addrs *a, struct mime_addr *x);

/*
 * The address itself: blanks, comments and a source route (obs-route) removed.
 * Writes at most max bytes to out and returns their number; 0 if it is none, or
 * longer. Quoted local parts keep their quotes, controls are never in it.
 */
extern size_t mime_addr_spec(struct mime_addr const *x, char *out, size_t max);

/* The name for people: quotes and comments resolved, words decoded (RFC 2047), UTF-8. */
extern size_t mime_addr_name(struct mime_addr const *x, char *out, size_t max, int *bad);

#endif
