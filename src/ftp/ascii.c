/* Line ends: RFC 959 3.1.1.1. Runs between them are copied whole. */

#include <stdint.h>
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

#ifdef __SSE2__
enum { WIDTH = 64 };

/* A bit for each of the 64 bytes that is c. */
static uint64_t
where(char const *in, char c)
{
	__m128i const wanted = _mm_set1_epi8(c);
	uint64_t bits = 0;
	unsigned int k;

	for (k = 0; k < WIDTH; k += 16) {
		__m128i v = _mm_loadu_si128((__m128i const *)(void const *)(in + k));
		unsigned int hits = (unsigned int)_mm_movemask_epi8(_mm_cmpeq_epi8(v, wanted));

		bits |= (uint64_t)hits << k;
	}
	return bits;
}

/*
 * 64 bytes: what follows a CR that is put in is copied again, whole and one byte
 * on, so that nothing waits for the length of a line.
 */
static size_t
encode_block(int *cr, char const *in, char *out)
{
	uint64_t bare = where(in, '\n');
	size_t start = 0;
	size_t w = 0;

	memcpy(out, in, WIDTH);
	if (bare) bare &= ~(where(in, '\r') << 1 | (uint64_t)*cr);
	*cr = in[WIDTH - 1] == '\r';
	for (; bare; bare &= bare - 1) {
		size_t at = (size_t)__builtin_ctzll(bare);

		w += at - start;
		out[w++] = '\r';
		memcpy(out + w, in + at, WIDTH);
		start = at;
	}
	return w + WIDTH - start;
}
#endif

size_t
ascii_encode(int *cr, char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t i = 0;

#ifdef __SSE2__
	/* Twice: a line's end copied is followed by as much as it may read. */
	for (; n - i >= (size_t)2 * WIDTH; i += WIDTH) w += encode_block(cr, in + i, out + w);
#endif
	for (; i < n; i++) {
		if (in[i] == '\n' && !*cr) out[w++] = '\r';
		out[w++] = in[i];
		*cr = in[i] == '\r';
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
