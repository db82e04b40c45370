/* crlf.h - line ends of octets that are counted, not scanned for an end: RFC 3030. */

#ifndef SMTP_CRLF_H
#define SMTP_CRLF_H

#include <stddef.h>

struct crlf {
	int cr;   /* the last byte was a CR: what it is, the next one says */
	int bare; /* a CR or LF stood alone */
};

/*
 * CRLF becomes LF, everything else stays, a dot too. out has room for n + 1
 * bytes. Returns its length. Resumable at every byte; the result does not depend
 * on how the input is cut.
 */
extern size_t crlf_decode(struct crlf *c, char const *in, size_t n, char *out);

/* The end: a CR that was held back goes to out, and has stood alone. Returns 1 or 0 bytes. */
extern size_t crlf_finish(struct crlf *c, char *out);

#endif
