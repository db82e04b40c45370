/* key.h - names of deliveries that may be tried again. */

#ifndef MAILDIR_KEY_H
#define MAILDIR_KEY_H

#include "maildir/name.h"

/* Room for "T.K<32 hex digits>.", its 0 included. */
enum { KEY_STEM = 56 };

struct key {
	char stem[KEY_STEM];  /* what the name begins with, on whatever host */
	char base[NAME_SIZE]; /* stem and host: up to the ",S=" */
	int again;            /* not the first try: the name may be anywhere */
};

/*
 * Make the name of a delivery out of the text of its key: T is the number
 * the text begins with, if a period follows it and it has at most 12 digits, else
 * 0; the digits are the first half of the text's SHA-256.
 */
extern void key_make(struct key *k, char const *text, char const *host);

#endif
