/* path.h - reverse-paths and forward-paths: RFC 5321 4.1.2, and what people type. */

#ifndef SMTP_PATH_H
#define SMTP_PATH_H

#include <stddef.h>

#include "smtp/utf8text.h"

enum path_result {
	PATH_OK,
	PATH_BAD, /* not a path */
	PATH_UTF8 /* holds bytes above 0x7F that are not UTF-8 text */
};

/* How a path departed from the RFC, for the log. */
enum { PATH_NAME = 1 /* display name */, PATH_NOBRACKET = 2, PATH_ROUTE = 4 };

/* Rules for path_parse. */
enum {
	PATH_STRICT = 1,    /* only what the RFC writes */
	PATH_LONGLOCAL = 2, /* a local part may have 255 octets, not 64 */
	PATH_FORWARD = 4,   /* RCPT's: no <>, no <#@[]>; postmaster without domain */
	PATH_ALONE = 8      /* a local part without domain is taken */
};

enum { MAILBOX_MAX = 255 + 1 + 255 + 1, NAME_BYTES = 256 };

struct path {
	char mailbox[MAILBOX_MAX]; /* local@domain, unquoted, domain in lower case; or "" */
	size_t local;              /* length of the local part */
	int domain;                /* an @domain follows it */
	int utf8;                  /* it, or the rest of what was typed, is not US-ASCII */
	unsigned int odd;          /* the bits above */
};

/*
 * Parse what stands after "FROM:" or "TO:". Tolerant by default (display name,
 * no brackets, blanks). On PATH_OK *params is where the parameters begin,
 * blanks skipped. s is not changed; it holds no control character but TAB.
 */
extern enum path_result path_parse(struct path *p, char *s, unsigned int rules, char **params);

#endif
