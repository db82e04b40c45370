/* word.h - encoded words, RFC 2047. */

#ifndef MIME_WORD_H
#define MIME_WORD_H

#include <stddef.h>

/*
 * Decode a field body or a parameter value for people: encoded words wherever
 * they stand, everything to UTF-8. Adjacent words of one charset are joined
 * before the conversion, so a character cut in two between them survives;
 * blanks between words go (RFC 2047 6.2). Raw 8-bit text is UTF-8 if valid,
 * else windows-1252. Writes at most max bytes to out, returns how many; what
 * cannot be decoded becomes U+FFFD and sets *bad.
 */
extern size_t mime_word_decode(char const *in, size_t n, char *out, size_t max, int *bad);

/*
 * Encode n bytes of UTF-8 as words of at most 75 characters, Q or B, whichever
 * is shorter, separated by line feed and blank; no character is cut. column is
 * where the first word stands. out has room for 6 * n + 100 bytes. Returns the
 * bytes written.
 */
extern size_t mime_word_encode(char const *in, size_t n, size_t column, char *out);

#endif
