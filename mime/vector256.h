/* vector256.h - what kernels with 256-bit vectors have in common. Private to them. */

#ifndef MIME_VECTOR256_H
#define MIME_VECTOR256_H

#ifdef __x86_64__
#include <immintrin.h>
#include <stdint.h>

/* What MIME_CPU_AVX2 promises. */
#define MIME_AVX2 __attribute__((target("avx2,bmi,popcnt")))

MIME_AVX2 static inline __m256i
mime_load256(char const *s)
{
	return _mm256_loadu_si256((__m256i const *)(void const *)s);
}

MIME_AVX2 static inline void
mime_store256(char *s, __m256i v)
{
	_mm256_storeu_si256((__m256i *)(void *)s, v);
}

/* All ones where a byte is c. */
MIME_AVX2 static inline __m256i
mime_equal256(__m256i v, char c)
{
	return _mm256_cmpeq_epi8(v, _mm256_set1_epi8(c));
}

/* Bit i is the highest of byte i of 64. */
MIME_AVX2 static inline uint64_t
mime_bits512(__m256i low, __m256i high)
{
	return (uint64_t)(unsigned int)_mm256_movemask_epi8(low)
	    | (uint64_t)(unsigned int)_mm256_movemask_epi8(high) << 32;
}

/*
 * All ones where quoted-printable writes a byte as three wherever it stands; but for
 * LF and TAB, which are given.
 */
MIME_AVX2 static inline __m256i
mime_escaped256(__m256i v, __m256i lf, __m256i tab)
{
	/* Signed: below "!" plus one are 127 and more too. */
	__m256i low =
	    _mm256_cmpgt_epi8(_mm256_set1_epi8(' ' + 1), _mm256_add_epi8(v, _mm256_set1_epi8(1)));

	return _mm256_or_si256(
	    _mm256_andnot_si256(_mm256_or_si256(lf, tab), low), mime_equal256(v, '='));
}
#endif

#endif
