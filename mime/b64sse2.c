/*
 * base64 in whole clean lines, with the 128-bit vectors that every x86-64 has: nobody
 * need be asked for them.
 */

#include <string.h>

#include "mime/b64.h"
#include "mime/b64kernel.h"

#ifdef __x86_64__
#include <emmintrin.h>

/* Where v is lo to hi, which are ASCII: to what is there already, by; and in *known, all bits. */
static __m128i
range(__m128i v, char lo, char hi, char by, __m128i *known)
{
	__m128i above = _mm_cmpgt_epi8(v, _mm_set1_epi8((char)(lo - 1)));
	__m128i here = _mm_andnot_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8(hi)), above);

	*known = _mm_or_si128(*known, here);
	return _mm_and_si128(here, _mm_set1_epi8(by));
}

/* The same for one character. */
static __m128i
single(__m128i v, char c, char by, __m128i *known)
{
	__m128i here = _mm_cmpeq_epi8(v, _mm_set1_epi8(c));

	*known = _mm_or_si128(*known, here);
	return _mm_and_si128(here, _mm_set1_epi8(by));
}

/* The 24 bits in each half of v, the first ones first, to 6 bytes (8 are stored). */
static void
store6(uint64_t v, char *out)
{
	v = __builtin_bswap64(v << 40 | v >> 16);
	memcpy(out, &v, sizeof v);
}

/* 16 characters to 12 bytes (14 are stored); what is not in the alphabet is 0 in good. */
static void
decode16(char const *in, char *out, __m128i *good)
{
	__m128i v = _mm_loadu_si128((__m128i const *)(void const *)in);
	__m128i known = _mm_setzero_si128();
	__m128i by = range(v, 'A', 'Z', -65, &known);

	by = _mm_or_si128(by, range(v, 'a', 'z', -71, &known));
	by = _mm_or_si128(by, range(v, '0', '9', 4, &known));
	by = _mm_or_si128(by, single(v, '+', 19, &known));
	by = _mm_or_si128(by, single(v, '/', 16, &known));
	*good = _mm_and_si128(*good, known);
	v = _mm_add_epi8(v, by);
	/* Two sextets to 12 bits in each 16, then two of these to 24 in each 32. */
	v = _mm_or_si128(
	    _mm_slli_epi16(_mm_and_si128(v, _mm_set1_epi16(0x3f)), 6), _mm_srli_epi16(v, 8));
	v = _mm_madd_epi16(v, _mm_set1_epi32(0x00011000));
	store6((uint64_t)_mm_cvtsi128_si64(v), out);
	store6((uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(v, v)), out + 6);
}

/* The end of a line is one more vector over the one before: groups stay aligned. */
static size_t
lines(char const *in, size_t pitch, size_t step, size_t count, char *out)
{
	size_t i;

	for (i = 0; i < count; i++, in += step, out += pitch / 4 * 3) {
		__m128i good = _mm_set1_epi8(-1);
		size_t k;

		for (k = 0; k < pitch; k += 16) {
			size_t at = k + 16 <= pitch ? k : pitch - 16;

			decode16(in + at, out + at / 4 * 3, &good);
		}
		if (_mm_movemask_epi8(good) != 0xffff) break;
	}
	return i;
}

struct mime_b64_kernel const mime_b64_sse2 = { lines, mime_b64_wrap };
#endif
