/* utf8.h - UTF-8 one code point at a time, RFC 3629. */

#ifndef MIME_UTF8_H
#define MIME_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* What stands for bytes that are not UTF-8. */
#define MIME_UTF8_BAD 0xfffdu

/*
 * Read the code point at s, n > 0 bytes, into c. Returns the bytes it takes.
 * Overlong forms, surrogates and broken sequences give 0 and set c to
 * MIME_UTF8_BAD: the caller skips one byte.
 */
extern size_t mime_utf8_get(uint32_t *c, char const *s, size_t n);

/* Write c to s, which has room for 4 bytes; returns the bytes written. */
extern size_t mime_utf8_put(char *s, uint32_t c);

/* Whether all of s is UTF-8. */
extern int mime_utf8_valid(char const *s, size_t n);

/*
 * The length of the longest prefix of s without a broken sequence; a sequence
 * that is only unfinished at the end is left out and does not count as broken:
 * *broken is set when something is really wrong.
 */
extern size_t mime_utf8_prefix(char const *s, size_t n, int *broken);

/*
 * Whether c, at least 128, is better not shown: C1 controls, marks that have no
 * width or turn the direction of the text, noncharacters, tags, U+FFFD.
 */
extern int mime_utf8_hidden(uint32_t c);

#endif
