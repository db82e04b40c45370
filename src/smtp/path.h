/* path.h - reverse-paths and forward-paths: RFC 5321 4.1.2, and what people type. */

#ifndef SMTP_PATH_H
#define SMTP_PATH_H

#include <stddef.h>

enum path_result {
	PATH_OK,
	PATH_BAD, /* not a path */
	PATH_UTF8 /* holds bytes of 0x80 and above */
};

/* How a path departed from the RFC, for the log. */
enum { PATH_NAME = 1 /* display name */, PATH_NOBRACKET = 2, PATH_ROUTE = 4 };

enum { MAILBOX_MAX = 255 + 1 + 255 + 1 };

struct path {
	char mailbox[MAILBOX_MAX]; /* local@domain, unquoted, domain in lower case; or "" */
	size_t local;              /* length of the local part */
	int domain;                /* an @domain follows it */
	unsigned int odd;          /* the bits above */
};

/*
 * Parse what stands after "FROM:" or "TO:". Tolerant by default (display name,
 * no brackets, blanks); strict takes only <path>. On PATH_OK *params is where
 * the parameters begin, blanks skipped. s is not changed.
 */
extern enum path_result path_parse(struct path *p, char *s, int strict, char **params);

/* 1 if domain is a host name or an address literal as path_parse lets through. */
extern int path_domain_ok(char const *domain, size_t n);

#endif
