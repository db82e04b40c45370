/* shown.h - text that shows as it is: ASCII without what must be escaped. */

#ifndef MIME_SHOWN_H
#define MIME_SHOWN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * The eight bytes of x: 0 if each of them is between blank and tilde, and none is
 * that of which `but` has eight. Where bytes are 128 or more the rest may be wrong:
 * it is not 0 then.
 */
static inline uint64_t
mime_hidden8(uint64_t x, uint64_t but)
{
	uint64_t const ones = UINT64_MAX / 255;

	return (x | (x - ' ' * ones) | (x + ones) | ((x ^ but) - ones)) & ones << 7;
}

/* Whether the n bytes at s are all such, and none is `but`, which is one too. */
static inline int
mime_is_shown(char const *s, size_t n, char but)
{
	uint64_t const eight = UINT64_MAX / 255 * (unsigned char)but;
	uint64_t hidden = 0;
	uint64_t x;
	uint32_t first;
	uint32_t last;
	size_t i;

	if (n >= 8) {
		for (i = 0; i + 8 < n; i += 8) {
			memcpy(&x, s + i, 8);
			hidden |= mime_hidden8(x, eight);
		}
		/* The last eight, some of them once more. */
		memcpy(&x, s + n - 8, 8);
		return !(hidden | mime_hidden8(x, eight));
	}
	if (n >= 4) {
		memcpy(&first, s, 4);
		memcpy(&last, s + n - 4, 4);
		return !mime_hidden8(first | (uint64_t)last << 32, eight);
	}
	for (i = 0; i < n && s[i] >= ' ' && s[i] <= '~' && s[i] != but;) i++;
	return i == n;
}

#endif
