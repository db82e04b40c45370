/* changes.h - what becomes different in the environment of a session. */

#ifndef TLS_CHANGES_H
#define TLS_CHANGES_H

#include <stddef.h>

enum { CHANGES_BYTES = 8192 };

/* As environment_with wants it. */
struct changes {
	size_t n;
	char s[CHANGES_BYTES];
};

/* NAME=value, or with NULL: no such variable. 1, or 0 when it does not fit. */
extern int changes_add(struct changes *c, char const *name, char const *value);
extern int changes_number(struct changes *c, char const *name, int value);

/* Take away what only a TLS provider may say: whoever set it was not this one. */
extern void changes_clean(struct changes *c);

/* The addresses of the connection on 0, which the session will not be able to ask for. */
extern void changes_peer(struct changes *c);

#endif
