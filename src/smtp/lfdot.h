/* lfdot.h - the mail data of a session whose lines end with LF: SMTP_LATCH. */

#ifndef SMTP_LFDOT_H
#define SMTP_LFDOT_H

#include <stddef.h>
#include <stdint.h>

enum lfdot_state {
	LFDOT_BOL, /* at the beginning of a line: first of all, or after LF */
	LFDOT_DOT, /* after a dot there */
	LFDOT_MID, /* inside a line */
	LFDOT_END, /* after LF . LF: the data is complete */
	LFDOT_CR   /* a CR came, and has no place here */
};

struct lfdot {
	enum lfdot_state state; /* begins as LFDOT_BOL */
	int crlf;               /* set before: LF becomes CRLF */
	uint64_t octets;        /* taken, but for dots that went */
};

/*
 * Decode n bytes of in to out, which has room for 2 n: one leading dot of a line
 * goes. *w is the length of out. Returns the bytes consumed: less than n only at
 * LFDOT_END and LFDOT_CR. Resumable at every byte.
 */
extern size_t lfdot_decode(struct lfdot *d, char const *in, size_t n, char *out, size_t *w);

#endif
