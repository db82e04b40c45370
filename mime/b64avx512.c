/*
 * base64 in whole clean lines, with 512-bit vectors. The arithmetic is that of
 * Mula and Lemire, "Base64 encoding and decoding at almost the speed of a memory
 * copy" (2020). The end of a line is read and judged under a mask.
 */

#include "mime/b64.h"
#include "mime/b64kernel.h"

#ifdef __x86_64__
#include <immintrin.h>
#include <stdint.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vbmi")))

/* What is not in the alphabet. */
#define NONE 0x80

TARGET static __m512i
load(void const *p)
{
	return _mm512_loadu_si512(p);
}

/* The values of the 128 characters of ASCII, made from the alphabet. */
TARGET static void
values(__m512i *low, __m512i *high)
{
	unsigned char v[128];
	size_t i;

	for (i = 0; i < sizeof v; i++)
		v[i] = mime_b64_value[i] < MIME_B64_PAD ? mime_b64_value[i] : NONE;
	*low = load(v);
	*high = load(v + 64);
}

/* The bytes of a vector of 16 groups of 32 bits, three of each, the highest first. */
TARGET static __m512i
packed(void)
{
	unsigned char v[64] = { 0 };
	unsigned int i;

	for (i = 0; i < 48; i++) v[i] = (unsigned char)(i / 3 * 4 + 2 - i % 3);
	return load(v);
}

TARGET static size_t
lines(char const *in, size_t pitch, size_t step, size_t count, char *out)
{
	__m512i const pack = packed();
	__m512i const fill = _mm512_set1_epi8('A');
	__m512i low;
	__m512i high;
	size_t i;

	values(&low, &high);
	for (i = 0; i < count; i++, in += step, out += pitch / 4 * 3) {
		__m512i bad = _mm512_setzero_si512();
		size_t k;

		for (k = 0; k < pitch; k += 64) {
			__mmask64 m =
			    pitch - k < 64 ? (UINT64_C(1) << (pitch - k)) - 1 : UINT64_MAX;
			__m512i v = _mm512_mask_loadu_epi8(fill, m, in + k);
			__m512i x = _mm512_permutex2var_epi8(low, v, high);

			bad = _mm512_or_si512(bad, _mm512_or_si512(v, x));
			x = _mm512_maddubs_epi16(x, _mm512_set1_epi32(0x01400140));
			x = _mm512_madd_epi16(x, _mm512_set1_epi32(0x00011000));
			_mm512_storeu_si512(out + k / 4 * 3, _mm512_permutexvar_epi8(pack, x));
		}
		if (_mm512_movepi8_mask(bad)) break;
	}
	return i;
}

/* 48 bytes to 64 characters. */
TARGET static __m512i
encode48(__m512i v, __m512i order, __m512i alphabet)
{
	/* In each 64 bits two groups of three bytes, as they are shifted to their places. */
	__m512i const shifts = _mm512_set1_epi64(0x3036242a1016040a);

	v = _mm512_multishift_epi64_epi8(shifts, _mm512_permutexvar_epi8(order, v));
	return _mm512_permutexvar_epi8(v, alphabet);
}

/* Bytes 1 0 2 1 of each group of three. */
TARGET static __m512i
spread(void)
{
	static unsigned char const turn[4] = { 1, 0, 2, 1 };
	unsigned char v[64];
	unsigned int i;

	for (i = 0; i < 64; i++) v[i] = (unsigned char)(i / 4 * 3 + turn[i % 4]);
	return load(v);
}

TARGET static void
wrap(char const *in, size_t count, int crlf, char *out)
{
	__m512i const order = spread();
	__m512i const alphabet = load(mime_b64_alphabet);
	__mmask64 const most = (UINT64_C(1) << 48) - 1;
	__mmask64 const rest = (1u << (MIME_B64_RAW - 48)) - 1;

	for (; count > 0; count--, in += MIME_B64_RAW) {
		__m512i a = _mm512_maskz_loadu_epi8(most, in);
		__m512i b = _mm512_maskz_loadu_epi8(rest, in + 48);

		_mm512_storeu_si512(out, encode48(a, order, alphabet));
		_mm512_storeu_si512(out + 64, encode48(b, order, alphabet));
		out = mime_b64_close(out, crlf);
	}
}

struct mime_b64_kernel const mime_b64_avx512 = { lines, wrap };
#endif
