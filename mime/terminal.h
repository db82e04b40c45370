/* terminal.h - text of strangers on a terminal. */

#ifndef MIME_TERMINAL_H
#define MIME_TERMINAL_H

#include <stddef.h>

/* All zero is the start. */
struct mime_terminal {
	char last; /* byte before */
};

/*
 * Copy the n bytes at s to out without what a terminal obeys: control
 * characters but line feed and TAB, also those of C1 in UTF-8, become question
 * marks, CR goes. out has room for n bytes. Returns the bytes written.
 */
extern size_t mime_terminal(struct mime_terminal *t, char const *s, size_t n, char *out);

#endif
