/* The search for lines by their first two bytes: what may be a delimiter, or begin a file. */

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "mime/body.h"

size_t
mime_scan(char const *s, size_t n, char end, char const *two)
{
	size_t i = 0;

#ifdef __SSE2__
	__m128i const eol = _mm_set1_epi8(end);
	__m128i const one = _mm_set1_epi8(two[0]);
	__m128i const other = _mm_set1_epi8(two[1]);

	/* Three loads, each one byte further: 16 places at once. */
	for (; i + 34 <= n; i += 32) {
		char const *q = s + i;
		__m128i a = _mm_and_si128(
		    _mm_cmpeq_epi8(_mm_loadu_si128((__m128i const *)(void const *)q), eol),
		    _mm_and_si128(_mm_cmpeq_epi8(
		                      _mm_loadu_si128((__m128i const *)(void const *)(q + 1)), one),
		        _mm_cmpeq_epi8(
		            _mm_loadu_si128((__m128i const *)(void const *)(q + 2)), other)));
		__m128i b = _mm_and_si128(
		    _mm_cmpeq_epi8(_mm_loadu_si128((__m128i const *)(void const *)(q + 16)), eol),
		    _mm_and_si128(
		        _mm_cmpeq_epi8(
		            _mm_loadu_si128((__m128i const *)(void const *)(q + 17)), one),
		        _mm_cmpeq_epi8(
		            _mm_loadu_si128((__m128i const *)(void const *)(q + 18)), other)));

		if (_mm_movemask_epi8(_mm_or_si128(a, b))) break;
	}
#endif
	while (i + 2 < n) {
		char const *x = memchr(s + i, end, n - i - 2);

		if (!x) break;
		if (x[1] == two[0] && x[2] == two[1]) return (size_t)(x - s);
		i = (size_t)(x - s) + 1;
	}
	return n;
}
