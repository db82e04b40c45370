/* password.h - a new password, from a person or from a pipe. */

#ifndef LOGIN_PASSWORD_H
#define LOGIN_PASSWORD_H

#include <stddef.h>

enum password {
	PASSWORD_OK,
	PASSWORD_DIFFERS, /* the second was not the first */
	PASSWORD_BAD,     /* empty, too long, or with a NUL */
	PASSWORD_ERROR    /* errno says why */
};

/*
 * Read a password of at most max - 1 bytes from descriptor 0: one line, or,
 * where that is a terminal, two lines without echo after prompts on 2. There
 * a signal from the keyboard, or to end, or that nobody reads the prompts,
 * restores the echo and exits 111.
 */
extern enum password password_read(char *password, size_t max);

#endif
