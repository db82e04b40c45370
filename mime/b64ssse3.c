/*
 * base64 in whole clean lines, with 128-bit vectors. The arithmetic is that of
 * Mula and Lemire, "Faster Base64 Encoding and Decoding using AVX2 Instructions"
 * (2018).
 */

#include "mime/b64.h"
#include "mime/b64kernel.h"

#ifdef __x86_64__
#include <immintrin.h>

/* 16 characters to 12 bytes (16 are stored); what is not in the alphabet shows in bad. */
__attribute__((target("ssse3"))) static void
decode16(char const *in, char *out, __m128i *bad)
{
	/* A character is bad if the bits of its two halves have one in common. */
	__m128i const low = _mm_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
	    0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a);
	__m128i const high = _mm_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10,
	    0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10);
	__m128i const roll =
	    _mm_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0);
	__m128i const pack = _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
	__m128i const slash = _mm_set1_epi8(0x2f);
	__m128i v = _mm_loadu_si128((__m128i const *)(void const *)in);
	__m128i hi = _mm_and_si128(_mm_srli_epi32(v, 4), slash);
	__m128i lo = _mm_and_si128(v, slash);
	__m128i at = _mm_add_epi8(_mm_cmpeq_epi8(v, slash), hi);

	lo = _mm_shuffle_epi8(low, lo);
	hi = _mm_shuffle_epi8(high, hi);
	*bad = _mm_or_si128(*bad, _mm_and_si128(lo, hi));
	v = _mm_add_epi8(v, _mm_shuffle_epi8(roll, at));
	v = _mm_maddubs_epi16(v, _mm_set1_epi32(0x01400140));
	v = _mm_madd_epi16(v, _mm_set1_epi32(0x00011000));
	_mm_storeu_si128((__m128i *)(void *)out, _mm_shuffle_epi8(v, pack));
}

/* The end of a line is one more vector over the one before: groups stay aligned. */
__attribute__((target("ssse3"))) static size_t
lines(char const *in, size_t pitch, size_t step, size_t count, char *out)
{
	__m128i const zero = _mm_setzero_si128();
	size_t i;

	for (i = 0; i < count; i++, in += step, out += pitch / 4 * 3) {
		__m128i bad = zero;
		size_t k;

		for (k = 0; k + 16 <= pitch; k += 16) decode16(in + k, out + k / 4 * 3, &bad);
		if (k < pitch) decode16(in + pitch - 16, out + (pitch - 16) / 4 * 3, &bad);
		if (_mm_movemask_epi8(_mm_cmpeq_epi8(bad, zero)) != 0xffff) break;
	}
	return i;
}

/* The 12 bytes of v that order picks to 16 characters. */
__attribute__((target("ssse3"))) static void
encode12(__m128i v, __m128i order, char *out)
{
	__m128i const shift =
	    _mm_setr_epi8('a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
	        '0' - 52, '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0);
	__m128i odd;
	__m128i at;

	v = _mm_shuffle_epi8(v, order);
	odd = _mm_mulhi_epu16(
	    _mm_and_si128(v, _mm_set1_epi32(0x0fc0fc00)), _mm_set1_epi32(0x04000040));
	v = _mm_mullo_epi16(
	    _mm_and_si128(v, _mm_set1_epi32(0x003f03f0)), _mm_set1_epi32(0x01000010));
	v = _mm_or_si128(v, odd);
	at = _mm_subs_epu8(v, _mm_set1_epi8(51));
	at = _mm_or_si128(
	    at, _mm_and_si128(_mm_cmpgt_epi8(_mm_set1_epi8(26), v), _mm_set1_epi8(13)));
	v = _mm_add_epi8(v, _mm_shuffle_epi8(shift, at));
	_mm_storeu_si128((__m128i *)(void *)out, v);
}

/* The last vector of a line is read from 4 bytes before, so as not to read beyond it. */
__attribute__((target("ssse3"))) static void
wrap(char const *in, size_t count, int crlf, char *out)
{
	__m128i const first = _mm_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10);
	__m128i const last = _mm_add_epi8(first, _mm_set1_epi8(4));

	for (; count > 0; count--, in += MIME_B64_RAW) {
		size_t k;

		for (k = 0; k < 4; k++)
			encode12(_mm_loadu_si128((__m128i const *)(void const *)(in + 12 * k)),
			    first, out + 16 * k);
		encode12(_mm_loadu_si128((__m128i const *)(void const *)(in + 41)), last, out + 60);
		out = mime_b64_close(out, crlf);
	}
}

struct mime_b64_kernel const mime_b64_ssse3 = { lines, wrap };
#endif
