/* utf8text.h - what may stand in an envelope beyond US-ASCII: RFC 6531 3.3. */

#ifndef SMTP_UTF8TEXT_H
#define SMTP_UTF8TEXT_H

#include <stddef.h>

enum utf8text {
	UTF8TEXT_ASCII, /* no byte above 0x7F */
	UTF8TEXT_GOOD,  /* UTF-8 (RFC 3629) */
	UTF8TEXT_BAD    /* not UTF-8, or with what may be taken for the end of a line */
};

/* What the n bytes of s are. US-ASCII control characters are not looked for. */
extern enum utf8text utf8text(char const *s, size_t n);

#endif
