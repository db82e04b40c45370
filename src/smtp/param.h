/* param.h - parameters of MAIL and RCPT: RFC 5321 4.1.2, RFC 1870, 6152, 3461, 4954. */

#ifndef SMTP_PARAM_H
#define SMTP_PARAM_H

#include <stdint.h>

struct session;

enum param_result {
	PARAM_OK,
	PARAM_BAD,     /* syntax, or twice the same */
	PARAM_UNKNOWN, /* not ours */
	PARAM_BIG      /* SIZE over the limit */
};

/*
 * What MAIL's parameters said; zero or "" where they said nothing. Strings point
 * into the line.
 */
struct param {
	uint64_t size;     /* SIZE: what the client announces, 0 unknown */
	char const *body;  /* BODY: "7BIT" or "8BITMIME" */
	char const *ret;   /* RET: "FULL" or "HDRS" */
	char const *envid; /* ENVID, as sent (xtext) */
};

/* Parse s, which is cut into words in place. limit: largest SIZE, 0 for none. */
extern enum param_result param_mail(struct param *p, char *s, uint64_t limit);

/* NOTIFY and ORCPT are checked and, so far, not passed on. */
extern enum param_result param_rcpt(char *s);

#endif
