/* credentials.h - who smtp-send is to the server. */

#ifndef SMTP_CREDENTIALS_H
#define SMTP_CREDENTIALS_H

#include <stddef.h>

enum { CREDENTIALS_BYTES = 4096 };

struct credentials {
	char const *name;
	char const *secret; /* a password, or an access token */
	char space[CREDENTIALS_BYTES + 1];
};

/*
 * Read fd to its end: the name on a line, the secret on the next. NULL; or what
 * is wrong, in words, errno being set if it could not be read, else 0.
 */
extern char const *credentials_read(struct credentials *c, int fd);

/* Forget them. */
extern void credentials_wipe(struct credentials *c);

#endif
