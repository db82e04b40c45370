/* offer.h - what a server's EHLO offers: RFC 5321 4.1.1.1. */

#ifndef SMTP_OFFER_H
#define SMTP_OFFER_H

#include <stdint.h>

enum { OFFER_RCPTMAX = 100 /* recipients of one transaction: RFC 5321 4.5.3.1.8 */ };

struct offer {
	int size;          /* SIZE, RFC 1870 */
	uint64_t limit;    /* its value, 0: none said */
	int eightbit;      /* 8BITMIME, RFC 6152 */
	int pipelining;    /* RFC 2920 */
	int chunking;      /* RFC 3030 */
	int smtputf8;      /* RFC 6531 */
	int dsn;           /* RFC 3461 */
	int starttls;      /* RFC 3207 */
	int requiretls;    /* RFC 8689; counts in TLS only */
	unsigned int auth; /* AUTH, RFC 4954: 1 << enum mechanism for each of ours */
	uint64_t rcptmax;  /* LIMITS RCPTMAX=, RFC 9422, 1 to OFFER_RCPTMAX */
	uint64_t mailmax;  /* MAILMAX=: transactions of this connection, 1 or more */
};

/* Nothing is offered. */
extern void offer_none(struct offer *o);

/* Add one line of the answer to EHLO, without its code; the first holds none. */
extern void offer_add(struct offer *o, char const *line);

#endif
