/* find.h - a byte that is mostly near, without the call that costs more than the search. */

#ifndef MIME_FIND_H
#define MIME_FIND_H

#include <stddef.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* memchr(3), which it leaves what is further away than a line. */
static inline char const *
mime_find(char const *s, char c, size_t n)
{
#ifdef __SSE2__
	__m128i const all = _mm_set1_epi8(c);
	size_t const vector = sizeof all;
	size_t i;

	for (i = 0; i + vector <= n && i < 8 * vector; i += vector) {
		__m128i here = _mm_loadu_si128((__m128i const *)(void const *)(s + i));
		int found = _mm_movemask_epi8(_mm_cmpeq_epi8(here, all));

		if (found) return s + i + __builtin_ctz((unsigned int)found);
	}
	s += i;
	n -= i;
	if (n >= vector / 2 && n < vector) {
		/* The first eight and the last eight, some of them twice. */
		__m128i first = _mm_loadl_epi64((__m128i const *)(void const *)s);
		__m128i last = _mm_loadl_epi64((__m128i const *)(void const *)(s + n - 8));
		int found = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_unpacklo_epi64(first, last), all));
		size_t at = found ? (size_t)__builtin_ctz((unsigned int)found) : vector;

		if (at == vector) return NULL;
		return s + (at < 8 ? at : at + n - vector);
	}
	if (n < vector) {
		for (; n > 0; s++, n--)
			if (*s == c) return s;
		return NULL;
	}
#endif
	return memchr(s, c, n);
}

#endif
