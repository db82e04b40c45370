/* param.h - parameters of MAIL and RCPT: RFC 5321 4.1.2, and the RFC of each. */

#ifndef SMTP_PARAM_H
#define SMTP_PARAM_H

#include <stdint.h>

enum param_result {
	PARAM_OK,
	PARAM_BAD,     /* syntax, or twice the same */
	PARAM_UNKNOWN, /* not ours */
	PARAM_BIG      /* SIZE over the limit */
};

/*
 * What the parameters said; zero or NULL where they said nothing. Strings point
 * into the line, and are what the program gets: decoded, keywords in upper case.
 */
struct param {
	/* MAIL */
	uint64_t size;        /* SIZE: what the client announces, 0 unknown */
	char const *body;     /* BODY: "7BIT", "8BITMIME" or "BINARYMIME" */
	int utf8;             /* SMTPUTF8 */
	char const *ret;      /* RET */
	char const *envid;    /* ENVID */
	char const *by;       /* BY */
	char const *hold;     /* HOLDFOR or HOLDUNTIL */
	char const *priority; /* MT-PRIORITY */
	int tls;              /* REQUIRETLS */
	/* RCPT */
	char const *notify; /* NOTIFY */
	char const *orcpt;  /* ORCPT */
	char const *rrvs;   /* RRVS */
};

/* What decides which of them are taken. */
struct param_terms {
	uint64_t limit;          /* largest SIZE, 0 for none */
	unsigned int extensions; /* bit 1 << EXT_X for each that is on */
	int utf8;                /* RCPT: MAIL had SMTPUTF8 */
};

/*
 * Parse s, which is cut into words and changed in place. Parameters of RFC 1870,
 * 6152, 3461 and 4954 are taken whether offered or not, others only if they are.
 */
extern enum param_result param_mail(struct param *p, char *s, struct param_terms const *t);
extern enum param_result param_rcpt(struct param *p, char *s, struct param_terms const *t);

#endif
