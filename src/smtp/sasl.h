/* sasl.h - what a client says that logs in: RFC 4616 (PLAIN), and LOGIN. Pure. */

#ifndef SMTP_SASL_H
#define SMTP_SASL_H

#include <stddef.h>

enum sasl { SASL_PLAIN, SASL_LOGIN, SASL_MECHANISMS };

extern char const *const sasl_names[SASL_MECHANISMS];

/* The mechanism of this name, without regard to case; SASL_MECHANISMS: none of ours. */
extern enum sasl sasl_find(char const *name);

/*
 * Decode s in place: base64 and nothing else, padded, without blanks (RFC 4648 4),
 * ended by a 0 and ended by one again. 1 with *n the bytes, which may be 0 also
 * among them; or 0, and s is spoilt.
 */
extern int sasl_decode(char *s, size_t *n);

/* Who logs in, as was said: three strings in what was decoded. */
struct sasl_login {
	char const *as; /* on whose behalf; "": the own */
	char const *name;
	char const *password;
};

/* Take PLAIN's n bytes apart: as 0 name 0 password, and s[n] is 0. 1, or 0 if they are not that. */
extern int sasl_plain(char const *s, size_t n, struct sasl_login *l);

/*
 * NULL if a checker may be asked, else why nobody logs in so, in a word: he names
 * another, no name, control bytes in it, no password (which some directories take
 * for anybody's), or more than the interface has room for.
 */
extern char const *sasl_refusal(struct sasl_login const *l);

#endif
