/* token.h - words whose letters may be of either case, in ASCII whatever the locale. */

#ifndef MIME_TOKEN_H
#define MIME_TOKEN_H

#include <stddef.h>

static inline char
mime_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/*
 * Whether the n bytes at s are those of word, which is in lower case: most names
 * of fields and parameters differ in the first, and strncasecmp(3) is a call.
 */
static inline int
mime_is_word(char const *s, char const *word, size_t n)
{
	size_t i = 0;

	while (i < n && mime_lower(s[i]) == word[i]) i++;
	return i == n;
}

#endif
