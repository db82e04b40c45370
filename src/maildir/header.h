/* header.h - what is looked for in the header of the message as it passes. */

#ifndef MAILDIR_HEADER_H
#define MAILDIR_HEADER_H

#include <stddef.h>

#include "maildir/fields.h"
#include "maildir/litter.h"

enum header_state { HEADER_START, HEADER_FROM, HEADER_LINE, HEADER_BODY };

/* All zero: look for nothing. */
struct header {
	int unfrom;                        /* leave out a "From " line at the beginning */
	struct recipient mine[LITTER_MAX]; /* whose Delivered-To is a loop */
	unsigned int mines;

	enum header_state st;
	char line[FIELD_LINE]; /* the beginning of the current line */
	size_t n;              /* of line; FIELD_LINE when it is longer */
	int looped;            /* the message has a Delivered-To of mine */
};

/* 1 if the message has to be looked at. */
extern int header_asked(struct header const *h);

/* Bytes that the first header_take needs, unless the message is shorter. */
enum { HEADER_FIRST = 5 };

/*
 * Look at n more bytes, 0 at the end of the message. Returns how many at the
 * beginning of them are to be left out.
 */
extern size_t header_take(struct header *h, char const *s, size_t n);

#endif
