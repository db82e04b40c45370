/* stuff.h - lines made ready for the wire: CRLF, and dots doubled (RFC 5321 4.5.2). */

#ifndef SMTP_STUFF_H
#define SMTP_STUFF_H

#include <stddef.h>

enum stuff_state {
	STUFF_BOL, /* at the beginning of a line */
	STUFF_MID,
	STUFF_CR, /* behind a CR, which is not yet out */
	STUFF_BAD /* a CR without its LF; with strict, an LF without its CR too */
};

struct stuff {
	enum stuff_state state; /* begins as STUFF_BOL */
	int dots;               /* double a dot at the beginning of a line */
	int strict;             /* lines end with CRLF already */
};

/*
 * Encode n bytes of in to out, which has room for 2 * n + 8: LF becomes CRLF,
 * CRLF stays. Returns the length of out; after STUFF_BAD it is of no use.
 * Resumable at every byte; the result does not depend on how the input is cut.
 */
extern size_t stuff_encode(struct stuff *s, char const *in, size_t n, char *out);

/* The end of the message: CRLF if its last line has none. At most 2 bytes. */
extern size_t stuff_end(struct stuff *s, char *out);

#endif
