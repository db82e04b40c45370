/* dot.h - the mail data: where it ends, and its dots taken out. */

#ifndef SMTP_DOT_H
#define SMTP_DOT_H

#include <stddef.h>
#include <stdint.h>

enum dot_state {
	DOT_BOL,   /* at the beginning of a line: first of all, or after CRLF */
	DOT_DOT,   /* after a dot there */
	DOT_DOTCR, /* after CR behind that dot */
	DOT_MID,   /* inside a line */
	DOT_CR,    /* after a CR inside a line */
	DOT_END    /* after CRLF . CRLF: the data is complete */
};

struct dot {
	enum dot_state state; /* begins as DOT_BOL */
	int crlf;             /* set before: lines keep their CRLF; else it becomes LF */
	int counted;          /* set before: octets of BDAT, where a dot is data and ends nothing */
	int bare;             /* a CR or LF stood alone */
	uint64_t octets;      /* as RFC 1870 5 counts: CRLF is 2, the last dot is not there */
};

/*
 * Decode n bytes of in to out, which has room for n + 1: one leading dot of a
 * line goes, CRLF becomes LF unless crlf, everything else stays. *w is the
 * length of out; what lies behind it may be overwritten too. Returns the bytes
 * consumed: less than n only at DOT_END, and what follows is the next command.
 * The one end is CRLF . CRLF (RFC 5321 4.1.1.4); a CR or LF alone is data and
 * begins no line. Resumable at every byte; the result does not depend on how
 * the input is cut.
 */
extern size_t dot_decode(struct dot *d, char const *in, size_t n, char *out, size_t *w);

/* The same byte by byte: what dot_decode is measured by, and its ends. */
extern size_t dot_bytes(struct dot *d, char const *in, size_t n, char *out, size_t *w);

/*
 * The end of counted data: a CR that was held back goes to out, and has stood
 * alone. Returns 1 or 0 bytes.
 */
extern size_t dot_finish(struct dot *d, char *out);

#endif
