/* Line ends: RFC 959 3.1.1.1. Runs between them are copied whole. */

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "ftp/ascii.h"

/*
 * Copy up to the first stop, or all n bytes; returns how many. Found and copied
 * in one pass, 16 bytes at a time; up to 15 bytes of rubbish may follow in out,
 * where there is room for n. musl's memchr is three times slower on lines of 50.
 */
static size_t
run(char const *in, size_t n, char stop, char *out)
{
	size_t i = 0;

#ifdef __SSE2__
	__m128i const stops = _mm_set1_epi8(stop);

	for (; n - i >= 16; i += 16) {
		__m128i v = _mm_loadu_si128((__m128i const *)(void const *)(in + i));
		int hit = _mm_movemask_epi8(_mm_cmpeq_epi8(v, stops));

		_mm_storeu_si128((__m128i *)(void *)(out + i), v);
		if (hit) return i + (size_t)__builtin_ctz((unsigned int)hit);
	}
#endif
	for (; i < n && in[i] != stop; i++) out[i] = in[i];
	return i;
}

size_t
ascii_encode(int *cr, char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t i = 0;

	while (i < n) {
		size_t len = run(in + i, n - i, '\n', out + w);

		i += len;
		w += len;
		if (len) *cr = in[i - 1] == '\r';
		if (i == n) break;
		if (!*cr) out[w++] = '\r';
		out[w++] = '\n';
		*cr = 0;
		i++;
	}
	return w;
}

size_t
ascii_decode(int *cr, char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t i = 0;

	while (i < n) {
		size_t len;

		if (*cr && in[i] != '\n') out[w++] = '\r';
		len = run(in + i, n - i, '\r', out + w);
		i += len;
		w += len;
		*cr = i < n;
		i++;
	}
	return w;
}
