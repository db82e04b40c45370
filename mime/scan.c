/* The search for lines by their first two bytes: what may be a delimiter, or begin a file. */

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "mime/body.h"
#include "mime/find.h"

#ifdef __SSE2__
/* Bytes that are looked at together, and how many of them fit a vector. */
static size_t const block = 64;
static size_t const vector = 16;

static __m128i
equal(char const *s, __m128i c)
{
	return _mm_cmpeq_epi8(_mm_loadu_si128((__m128i const *)(void const *)s), c);
}

/* Whether one of the block bytes at s is c. */
static int
any(char const *s, __m128i c)
{
	__m128i a = _mm_or_si128(equal(s, c), equal(s + vector, c));
	__m128i b = _mm_or_si128(equal(s + 2 * vector, c), equal(s + 3 * vector, c));

	return _mm_movemask_epi8(_mm_or_si128(a, b)) != 0;
}

/* Whether at one of the block bytes at s the three begin, each a byte after the other. */
static int
all(char const *s, __m128i eol, __m128i one, __m128i two)
{
	__m128i found = _mm_setzero_si128();
	size_t k;

	for (k = 0; k < block; k += vector) {
		__m128i here = _mm_and_si128(equal(s + k + 1, one), equal(s + k + 2, two));

		found = _mm_or_si128(found, _mm_and_si128(equal(s + k, eol), here));
	}
	return _mm_movemask_epi8(found) != 0;
}

/* How many of the n bytes can be passed over. In base64 there is no dash at all. */
static size_t
none(char const *s, size_t n, char end, char const *two)
{
	__m128i const eol = _mm_set1_epi8(end);
	__m128i const first = _mm_set1_epi8(two[0]);
	__m128i const second = _mm_set1_epi8(two[1]);
	size_t i = 0;

	while (i + block + 2 <= n && !(any(s + i + 1, first) && all(s + i, eol, first, second)))
		i += block;
	return i;
}
#else
static size_t const block = SIZE_MAX - 2;

static size_t
none(char const *s, size_t n, char end, char const *two)
{
	(void)s;
	(void)n;
	(void)end;
	(void)two;
	return 0;
}
#endif

size_t
mime_scan(char const *s, size_t n, char end, char const *two)
{
	size_t i = 0;

	if (n > block + 2) {
		char const *x = mime_find(s, end, block);

		/* In parts of a few lines it is the first line end. */
		if (x && x[1] == two[0] && x[2] == two[1]) return (size_t)(x - s);
		i = none(s, n, end, two);
	}
	while (i + 2 < n) {
		char const *x = mime_find(s + i, end, n - i - 2);

		if (!x) break;
		if (x[1] == two[0] && x[2] == two[1]) return (size_t)(x - s);
		i = (size_t)(x - s) + 1;
	}
	return n;
}
