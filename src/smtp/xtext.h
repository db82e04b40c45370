/* xtext.h - values in the encoding of RFC 3461 4. */

#ifndef SMTP_XTEXT_H
#define SMTP_XTEXT_H

#include <stddef.h>

/*
 * Decode s in place. 1 if it was xtext of 1 to most bytes with no control
 * character in what it stands for; else 0, and s is as it was or in pieces.
 */
extern int xtext_decode(char *s, size_t most);

#endif
