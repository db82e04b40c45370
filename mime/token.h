/* token.h - words whose letters may be of either case, in ASCII whatever the locale. */

#ifndef MIME_TOKEN_H
#define MIME_TOKEN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline char
mime_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Letters and digits, of which most words are made, and which end none. */
static inline int
mime_is_alnum(char c)
{
	return (unsigned int)(c | 32) - 'a' < 26 || (unsigned int)c - '0' < 10;
}

/*
 * Whether the n bytes at s are those of word, which is in lower case: eight or
 * four at once, for strncasecmp(3) takes each by itself. Bit 6 tells letters from
 * dashes and digits: of them alone bit 5, the case, does not count.
 */
static inline int
mime_is_word(char const *s, char const *word, size_t n)
{
	uint64_t const letters = UINT64_MAX / 255 << 6;
	uint64_t a;
	uint64_t b;
	size_t i = 0;

	for (; i + 8 <= n; i += 8) {
		memcpy(&a, s + i, 8);
		memcpy(&b, word + i, 8);
		if ((a | (b & letters) >> 1) != b) return 0;
	}
	if (n - i >= 4) {
		uint32_t c;
		uint32_t d;

		memcpy(&c, s + i, 4);
		memcpy(&d, word + i, 4);
		if ((c | (d & (uint32_t)letters) >> 1) != d) return 0;
		i += 4;
	}
	while (i < n && (s[i] | (word[i] & 64) >> 1) == word[i]) i++;
	return i == n;
}

/*
 * Whether s begins with word, and whether they are the same. word is a literal
 * and s an array that is longer, whatever stands behind its 0: two or three
 * comparisons, and no call.
 */
static inline int
mime_begins(char const *s, char const *word)
{
	return memcmp(s, word, strlen(word)) == 0;
}

static inline int
mime_equal(char const *s, char const *word)
{
	return memcmp(s, word, strlen(word) + 1) == 0;
}

#endif
