/* longline.h - lines that are longer than a message may have: RFC 5322 section 2.1.1. */

#ifndef MIME_LONGLINE_H
#define MIME_LONGLINE_H

#include <stddef.h>
#include <stdint.h>

/* Characters of a line, its line end not counted. */
#define MIME_LONGLINE 998

/* All zero before the first byte. */
struct mime_longline {
	int found;     /* a line is too long: no more is looked at */
	uint64_t line; /* where the current line begins, or the one that is too long */
	size_t n;      /* bytes of it so far, one more than it may have at the most */
	size_t pitch;  /* bytes of an earlier line with its end: the next ones may be like it */
	char last;
};

/* Look at n more bytes of a body, whose lines end with end. */
extern void mime_longline(struct mime_longline *l, char const *s, size_t n, char end);

/* The body is over, with or without a line end. */
extern void mime_longline_end(struct mime_longline *l);

#endif
