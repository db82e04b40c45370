/*
 * base64 in whole lines of one length, with 256-bit vectors. The arithmetic is
 * that of Mula and Lemire, "Faster Base64 Encoding and Decoding using AVX2
 * Instructions" (2018). b64.c is the reference: on anything but a clean line
 * these functions stop before it.
 */

#include <string.h>

#include "mime/b64.h"

/* Where the line after this one of pitch characters begins; 0 if it does not end there. */
static size_t
eol(char const *in, size_t n, size_t pitch)
{
	if (n > pitch && in[pitch] == '\n') return pitch + 1;
	if (n > pitch + 1 && in[pitch] == '\r' && in[pitch + 1] == '\n') return pitch + 2;
	return 0;
}

static int
plain_line(char const *in, size_t pitch, char *out)
{
	unsigned int bad = 0;
	size_t i;

	for (i = 0; i < pitch; i += 4) {
		unsigned int a = mime_b64_value[(unsigned char)in[i]];
		unsigned int b = mime_b64_value[(unsigned char)in[i + 1]];
		unsigned int c = mime_b64_value[(unsigned char)in[i + 2]];
		unsigned int d = mime_b64_value[(unsigned char)in[i + 3]];
		unsigned int v = a << 18 | b << 12 | c << 6 | d;

		bad |= a | b | c | d;
		*out++ = (char)(v >> 16);
		*out++ = (char)(v >> 8);
		*out++ = (char)v;
	}
	return bad < MIME_B64_PAD;
}

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>

__attribute__((target("xsave"))) static int
ymm_enabled(void)
{
	return (_xgetbv(0) & 6) == 6;
}

enum mime_cpu
mime_cpu_find(void)
{
	unsigned int a;
	unsigned int b;
	unsigned int c;
	unsigned int d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !ymm_enabled())
		return MIME_CPU_PLAIN;
	if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & bit_AVX2)) return MIME_CPU_PLAIN;
	return MIME_CPU_AVX2;
}

/* 32 characters to 24 bytes (32 are stored); bad collects what is not in the alphabet. */
__attribute__((target("avx2"))) static void
decode32(char const *in, char *out, __m256i *bad)
{
	__m256i const low = _mm256_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
	    0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a, 0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
	    0x11, 0x11, 0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a);
	__m256i const high = _mm256_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10,
	    0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04,
	    0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10);
	__m256i const roll = _mm256_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0,
	    0, 0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0);
	__m256i const pack = _mm256_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1,
	    -1, 2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
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

/*
 * A line of pitch >= 32 characters. Its end is done as one more vector that
 * overlaps the one before: pitch is a multiple of 4, so groups stay aligned.
 */
__attribute__((target("avx2"))) static int
avx2_line(char const *in, size_t pitch, char *out)
{
	__m256i bad = _mm256_setzero_si256();
	size_t i;

	for (i = 0; i + 32 <= pitch; i += 32) decode32(in + i, out + i / 4 * 3, &bad);
	if (i < pitch) decode32(in + pitch - 32, out + (pitch - 32) / 4 * 3, &bad);
	return _mm256_testz_si256(bad, bad);
}

/* 24 bytes (28 are read, from in) to 32 characters. */
__attribute__((target("avx2"))) static void
encode24(char const *in, char *out)
{
	__m256i const spread = _mm256_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10,
	    1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10);
	__m256i const shift = _mm256_setr_epi8('a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
	    '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0,
	    0, 'a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
	    '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0);
	__m256i v = _mm256_inserti128_si256(
	    _mm256_castsi128_si256(_mm_loadu_si128((__m128i const *)(void const *)in)),
	    _mm_loadu_si128((__m128i const *)(void const *)(in + 12)), 1);
	__m256i odd;
	__m256i at;

	v = _mm256_shuffle_epi8(v, spread);
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

/* Lines of 57 bytes; the last vector of a line overlaps the second. */
__attribute__((target("avx2"))) static size_t
avx2_wrap(char const *in, size_t n, char *out, size_t *used)
{
	size_t w = 0;
	size_t i = 0;

	while (n - i >= MIME_B64_RAW + 4) {
		encode24(in + i, out + w);
		encode24(in + i + 24, out + w + 32);
		encode24(in + i + 33, out + w + 44);
		out[w + 76] = '\n';
		i += MIME_B64_RAW;
		w += 77;
	}
	*used = i;
	return w;
}
#else
enum mime_cpu
mime_cpu_find(void)
{
	return MIME_CPU_PLAIN;
}

static int
avx2_line(char const *in, size_t pitch, char *out)
{
	return plain_line(in, pitch, out);
}

static size_t
avx2_wrap(char const *in, size_t n, char *out, size_t *used)
{
	(void)in;
	(void)n;
	(void)out;
	*used = 0;
	return 0;
}
#endif

size_t
mime_b64_lines(enum mime_cpu cpu, char const *in, size_t n, size_t pitch, char *out, size_t *used)
{
	size_t raw = pitch / 4 * 3;
	size_t w = 0;
	size_t i = 0;

	for (;;) {
		size_t next = n - i > pitch ? eol(in + i, n - i, pitch) : 0;

		if (next == 0) break;
		if (cpu == MIME_CPU_AVX2 && pitch >= 32) {
			if (!avx2_line(in + i, pitch, out + w)) break;
		} else if (!plain_line(in + i, pitch, out + w)) {
			break;
		}
		i += next;
		w += raw;
	}
	*used = i;
	return w;
}

size_t
mime_b64_wrap(enum mime_cpu cpu, char const *in, size_t n, char *out, size_t *used)
{
	*used = 0;
	return cpu == MIME_CPU_AVX2 ? avx2_wrap(in, n, out, used) : 0;
}
