/* base64 in whole clean lines, with 256-bit vectors: two times what b64ssse3.c does. */

#include "mime/b64.h"
#include "mime/b64kernel.h"

#ifdef __x86_64__
#include <immintrin.h>

/* 32 characters to 24 bytes (32 are stored); what is not in the alphabet shows in bad. */
__attribute__((target("avx2"))) static void
decode32(char const *in, char *out, __m256i *bad)
{
	__m256i const low = _mm256_broadcastsi128_si256(_mm_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11,
	    0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a));
	__m256i const high = _mm256_broadcastsi128_si256(_mm_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04,
	    0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10));
	__m256i const roll = _mm256_broadcastsi128_si256(
	    _mm_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0));
	__m256i const pack = _mm256_broadcastsi128_si256(
	    _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
	__m256i const slash = _mm256_set1_epi8(0x2f);
	__m256i v = _mm256_loadu_si256((__m256i const *)(void const *)in);
	__m256i hi = _mm256_and_si256(_mm256_srli_epi32(v, 4), slash);
	__m256i lo = _mm256_and_si256(v, slash);
	__m256i at = _mm256_add_epi8(_mm256_cmpeq_epi8(v, slash), hi);

	lo = _mm256_shuffle_epi8(low, lo);
	hi = _mm256_shuffle_epi8(high, hi);
	*bad = _mm256_or_si256(*bad, _mm256_and_si256(lo, hi));
	v = _mm256_add_epi8(v, _mm256_shuffle_epi8(roll, at));
	v = _mm256_maddubs_epi16(v, _mm256_set1_epi32(0x01400140));
	v = _mm256_madd_epi16(v, _mm256_set1_epi32(0x00011000));
	v = _mm256_shuffle_epi8(v, pack);
	v = _mm256_permutevar8x32_epi32(v, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7));
	_mm256_storeu_si256((__m256i *)(void *)out, v);
}

__attribute__((target("avx2"))) static size_t
lines(char const *in, size_t pitch, size_t step, size_t count, char *out)
{
	size_t i;

	if (pitch < 32) return mime_b64_ssse3.lines(in, pitch, step, count, out);
	for (i = 0; i < count; i++, in += step, out += pitch / 4 * 3) {
		__m256i bad = _mm256_setzero_si256();
		size_t k;

		for (k = 0; k + 32 <= pitch; k += 32) decode32(in + k, out + k / 4 * 3, &bad);
		if (k < pitch) decode32(in + pitch - 32, out + (pitch - 32) / 4 * 3, &bad);
		if (!_mm256_testz_si256(bad, bad)) break;
	}
	return i;
}

/* Of the 16 bytes at low and those at high, the 12 each that order picks to 32 characters. */
__attribute__((target("avx2"))) static void
encode24(char const *low, char const *high, __m256i order, char *out)
{
	__m256i const shift = _mm256_broadcastsi128_si256(
	    _mm_setr_epi8('a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
	        '0' - 52, '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0));
	__m256i v = _mm256_inserti128_si256(
	    _mm256_castsi128_si256(_mm_loadu_si128((__m128i const *)(void const *)low)),
	    _mm_loadu_si128((__m128i const *)(void const *)high), 1);
	__m256i odd;
	__m256i at;

	v = _mm256_shuffle_epi8(v, order);
	odd = _mm256_mulhi_epu16(
	    _mm256_and_si256(v, _mm256_set1_epi32(0x0fc0fc00)), _mm256_set1_epi32(0x04000040));
	v = _mm256_mullo_epi16(
	    _mm256_and_si256(v, _mm256_set1_epi32(0x003f03f0)), _mm256_set1_epi32(0x01000010));
	v = _mm256_or_si256(v, odd);
	at = _mm256_subs_epu8(v, _mm256_set1_epi8(51));
	at = _mm256_or_si256(
	    at, _mm256_and_si256(_mm256_cmpgt_epi8(_mm256_set1_epi8(26), v), _mm256_set1_epi8(13)));
	v = _mm256_add_epi8(v, _mm256_shuffle_epi8(shift, at));
	_mm256_storeu_si256((__m256i *)(void *)out, v);
}

/*
 * The third vector of a line overlaps the second, and its upper half is read
 * from 4 bytes before, so as not to read beyond the line.
 */
__attribute__((target("avx2"))) static void
wrap(char const *in, size_t count, int crlf, char *out)
{
	__m128i const first = _mm_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10);
	__m256i const both = _mm256_broadcastsi128_si256(first);
	__m256i const last =
	    _mm256_inserti128_si256(both, _mm_add_epi8(first, _mm_set1_epi8(4)), 1);

	for (; count > 0; count--, in += MIME_B64_RAW) {
		encode24(in, in + 12, both, out);
		encode24(in + 24, in + 36, both, out + 32);
		encode24(in + 33, in + 41, last, out + 44);
		out = mime_b64_close(out, crlf);
	}
}

struct mime_b64_kernel const mime_b64_avx2 = { lines, wrap };
#endif
