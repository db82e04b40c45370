/* quoted-printable with 512-bit vectors, the encoder: 21 bytes become up to 63. */

#include "mime/qpkernel.h"

#ifdef __x86_64__
#include <immintrin.h>
#include <stdint.h>

#define TARGET \
	__attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,avx512vl,bmi,bmi2,popcnt")))

#define STEP 21

/* The first of each three. */
#define THIRDS UINT64_C(0x1249249249249249)

/* Bit i of each says something of byte i. */
struct bytes {
	uint32_t lf;
	uint32_t coded; /* written as three characters */
};

TARGET static struct bytes
look(__m256i v)
{
	uint32_t tab = _mm256_cmpeq_epi8_mask(v, _mm256_set1_epi8('\t'));
	uint32_t space = _mm256_cmpeq_epi8_mask(v, _mm256_set1_epi8(' '));
	/* Signed: bytes of 128 and more are below a space too. */
	uint32_t plain = _mm256_cmpge_epi8_mask(v, _mm256_set1_epi8(' '))
	    & _mm256_cmpneq_epi8_mask(v, _mm256_set1_epi8('='))
	    & _mm256_cmpneq_epi8_mask(v, _mm256_set1_epi8(127));
	struct bytes b;

	b.lf = _mm256_cmpeq_epi8_mask(v, _mm256_set1_epi8('\n'));
	b.coded = ~(plain | tab | b.lf) | ((tab | space) & b.lf >> 1);
	return b;
}

/* For 21 bytes three characters each: "=" or the byte, and two digits. */
TARGET static __m512i
spell(__m256i v, uint64_t coded)
{
	static unsigned char const thrice[64] = { 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5,
		5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10, 10, 11, 11, 11, 12, 12, 12, 13, 13,
		13, 14, 14, 14, 15, 15, 15, 16, 16, 16, 17, 17, 17, 18, 18, 18, 19, 19, 19, 20, 20,
		20, 21 };
	__m512i const hex = _mm512_broadcast_i32x4(_mm_setr_epi8(
	    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'));
	__m512i const fifteen = _mm512_set1_epi8(15);
	__m512i x = _mm512_permutexvar_epi8(_mm512_loadu_si512(thrice), _mm512_castsi256_si512(v));
	__m512i high = _mm512_and_si512(_mm512_srli_epi16(x, 4), fifteen);
	__m512i digit = _mm512_mask_blend_epi8(THIRDS << 1, _mm512_and_si512(x, fifteen), high);

	x = _mm512_mask_blend_epi8(THIRDS, _mm512_shuffle_epi8(hex, digit), x);
	return _mm512_mask_blend_epi8(coded, x, _mm512_set1_epi8('='));
}

/* Where the next byte is written. A copy, for out may not be thought to change it. */
struct place {
	size_t w;
	size_t column;
};

/* STEP bytes, if they have no line end among them and all of them fit. Returns whether so. */
TARGET static int
whole(struct place *p, char const *in, char *out)
{
	__m256i v = _mm256_loadu_si256((__m256i const *)(void const *)in);
	struct bytes b = look(v);
	uint64_t coded = _pdep_u64(b.coded, THIRDS);
	uint64_t keep = THIRDS | coded * 6;
	size_t len = (size_t)__builtin_popcountll(keep);

	if (b.lf & ((1u << STEP) - 1) || p->column + len > MIME_QP_COLUMNS) return 0;
	_mm512_storeu_si512(out + p->w, _mm512_maskz_compress_epi8(keep, spell(v, coded)));
	p->w += len;
	p->column += len;
	return 1;
}

/* Up to a line end or the end of the line that is written. Returns the bytes used, perhaps 0. */
TARGET static size_t
step(struct place *p, char const *in, char *out)
{
	__m256i v = _mm256_loadu_si256((__m256i const *)(void const *)in);
	struct bytes b = look(v);
	size_t room = MIME_QP_COLUMNS - p->column;
	size_t count = (b.lf & ((1u << STEP) - 1)) ? (size_t)__builtin_ctz(b.lf) : STEP;
	uint64_t each = THIRDS & ((UINT64_C(1) << 3 * count) - 1);
	uint64_t coded = _pdep_u64(b.coded, each);
	uint64_t keep = each | coded * 6;
	size_t len = (size_t)__builtin_popcountll(keep);

	_mm512_storeu_si512(out + p->w, _mm512_maskz_compress_epi8(keep, spell(v, coded)));
	if (len > room) {
		/* Bits where a byte begins in what is written; the last place that fits. */
		uint64_t begin = _pext_u64(each, keep);

		len = 63 - (size_t)__builtin_clzll(begin & UINT64_MAX >> (63 - room % 64));
		count = (size_t)__builtin_popcountll(begin & ((UINT64_C(1) << len) - 1));
		p->w += len;
		out[p->w++] = '=';
	} else {
		p->w += len;
		p->column += len;
		if (count == STEP) return count;
		count++;
	}
	out[p->w++] = '\n';
	p->column = 0;
	return count;
}

TARGET size_t
mime_qp_encode_avx512(struct mime_qp_enc *e, char const *in, size_t n, char *out, size_t *w)
{
	struct place p = { *w, e->column };
	size_t i = 0;

	while (n - i >= MIME_QP_BLOCK) {
		if (p.column == 0 && (in[i] == 'F' || in[i] == '.')) break;
		if (whole(&p, in + i, out))
			i += STEP;
		else
			i += step(&p, in + i, out);
	}
	*w = p.w;
	e->column = p.column;
	return i;
}
#else
size_t
mime_qp_encode_avx512(struct mime_qp_enc *e, char const *in, size_t n, char *out, size_t *w)
{
	(void)e;
	(void)in;
	(void)n;
	(void)out;
	(void)w;
	return 0;
}
#endif
