/*
 * UTF-8 with 256-bit vectors: Keiser and Lemire, "Validating UTF-8 In Less Than
 * One Instruction Per Byte" (2021). Of each two bytes three half bytes are looked
 * up; what all three answers have in common is wrong with them.
 */

#include <string.h>

#include "mime/surveykernel.h"
#include "mime/vector256.h"

#ifdef __x86_64__
#define VECTOR ((size_t)32)

/* Bytes before a vector that matter to it. */
#define BEFORE ((size_t)3)

/* What may be wrong with a byte and the one before. */
enum {
	SHORT = 0x01, /* a lead without what must follow */
	LONG = 0x02,  /* a continuation after ASCII */
	OVER3 = 0x04, /* overlong, in three bytes */
	LARGE = 0x08, /* above U+10FFFF, beginning F4 90 and more */
	SURROGATE = 0x10,
	OVER2 = 0x20, /* overlong, in two bytes */
	OVER4 = 0x40, /* overlong in four; or too large, beginning F5 80 and more */
	TWO = 0x80,   /* two continuations: right only as the third or fourth byte */
	CARRY = SHORT | LONG | TWO
};

MIME_AVX2 static __m256i
at_high(__m256i table, __m256i v)
{
	return _mm256_shuffle_epi8(
	    table, _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15)));
}

/* Not zero where something is wrong with the 32 bytes at s after the 3 before. */
MIME_AVX2 static inline __m256i
wrong_with(char const *s)
{
	__m256i const first = _mm256_broadcastsi128_si256(_mm_setr_epi8(LONG, LONG, LONG, LONG,
	    LONG, LONG, LONG, LONG, (char)TWO, (char)TWO, (char)TWO, (char)TWO, SHORT | OVER2,
	    SHORT, SHORT | OVER3 | SURROGATE, SHORT | LARGE | OVER4));
	__m256i const second = _mm256_broadcastsi128_si256(
	    _mm_setr_epi8((char)(CARRY | OVER3 | OVER2 | OVER4), (char)(CARRY | OVER2), (char)CARRY,
	        (char)CARRY, (char)(CARRY | LARGE), (char)(CARRY | LARGE | OVER4),
	        (char)(CARRY | LARGE | OVER4), (char)(CARRY | LARGE | OVER4),
	        (char)(CARRY | LARGE | OVER4), (char)(CARRY | LARGE | OVER4),
	        (char)(CARRY | LARGE | OVER4), (char)(CARRY | LARGE | OVER4),
	        (char)(CARRY | LARGE | OVER4), (char)(CARRY | LARGE | OVER4 | SURROGATE),
	        (char)(CARRY | LARGE | OVER4), (char)(CARRY | LARGE | OVER4)));
	__m256i const third = _mm256_broadcastsi128_si256(_mm_setr_epi8(SHORT, SHORT, SHORT, SHORT,
	    SHORT, SHORT, SHORT, SHORT, (char)(LONG | OVER2 | TWO | OVER3 | OVER4),
	    (char)(LONG | OVER2 | TWO | OVER3 | LARGE),
	    (char)(LONG | OVER2 | TWO | SURROGATE | LARGE),
	    (char)(LONG | OVER2 | TWO | SURROGATE | LARGE), SHORT, SHORT, SHORT, SHORT));
	__m256i v = mime_load256(s);
	__m256i before = mime_load256(s - 1);
	__m256i wrong = _mm256_and_si256(
	    _mm256_and_si256(at_high(first, before),
	        _mm256_shuffle_epi8(second, _mm256_and_si256(before, _mm256_set1_epi8(15)))),
	    at_high(third, v));
	/* Bit 7 where a lead of three bytes is two before, or one of four is three before. */
	__m256i later =
	    _mm256_or_si256(_mm256_subs_epu8(mime_load256(s - 2), _mm256_set1_epi8(0xe0 - 0x80)),
	        _mm256_subs_epu8(mime_load256(s - 3), _mm256_set1_epi8(0xf0 - 0x80)));

	later = _mm256_and_si256(later, _mm256_set1_epi8((char)0x80));
	return _mm256_xor_si256(wrong, later);
}

MIME_AVX2 static int
sound(char const *s)
{
	__m256i wrong = wrong_with(s);

	return _mm256_testz_si256(wrong, wrong);
}

/* The same of 64 bytes. */
MIME_AVX2 static int
both_sound(char const *s)
{
	__m256i wrong = _mm256_or_si256(wrong_with(s), wrong_with(s + VECTOR));

	return _mm256_testz_si256(wrong, wrong);
}

/* Where the character begins that is not complete before at; at if it is. */
static size_t
boundary(char const *s, size_t at)
{
	static unsigned char const lead[] = { 0xc0, 0xe0, 0xf0 };
	size_t i;

	for (i = 1; i <= sizeof lead && i <= at; i++)
		if ((unsigned char)s[at - i] >= lead[i - 1]) return at - i;
	return at;
}

MIME_AVX2 size_t
mime_utf8_avx2(char const *s, size_t n)
{
	char head[BEFORE + VECTOR] = { 0 };
	size_t i;

	if (n < VECTOR) return 0;
	memcpy(head + BEFORE, s, VECTOR);
	if (!sound(head + BEFORE)) return 0;
	for (i = VECTOR; n - i >= 2 * VECTOR && both_sound(s + i); i += 2 * VECTOR) {
	}
	for (; n - i >= VECTOR && sound(s + i); i += VECTOR) {
	}
	return boundary(s, i);
}
#else
size_t
mime_utf8_avx2(char const *s, size_t n)
{
	(void)s;
	(void)n;
	return 0;
}
#endif
