/* quoted-printable with 512-bit vectors, the decoder: 64 bytes are judged by masks. */

#include "mime/qpkernel.h"

#ifdef __x86_64__
#include <immintrin.h>
#include <stdint.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt")))

/* Bit i of each says something of byte i. */
struct block {
	uint64_t equal;
	uint64_t blank; /* a blank, or a CR that belongs to no line end */
	uint64_t hex;
	uint64_t pair;  /* the CR of a CRLF */
	uint64_t first; /* the first byte of a line end */
};

/* What becomes of it. */
struct fate {
	uint64_t drop;
	uint64_t escape; /* an "=" that two digits follow */
	size_t used;     /* bytes, from the first */
};

TARGET static struct block
look(__m512i v)
{
	__m512i lower = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
	uint64_t lf = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\n'));
	uint64_t cr = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\r'));
	uint64_t digit =
	    _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8('0')), _mm512_set1_epi8(10));
	uint64_t letter = _mm512_cmplt_epu8_mask(
	    _mm512_sub_epi8(lower, _mm512_set1_epi8('a')), _mm512_set1_epi8(6));
	struct block b;

	b.equal = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('='));
	b.hex = digit | letter;
	b.pair = cr & lf >> 1;
	b.first = b.pair | (lf & ~(b.pair << 1));
	b.blank = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(' '))
	    | _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\t')) | (cr & ~b.pair);
	return b;
}

/* Where the run of blanks begins that ends before byte at; at if there is none. */
static size_t
run_start(uint64_t blank, size_t at)
{
	uint64_t other = ~blank & (at < 64 ? (UINT64_C(1) << at) - 1 : UINT64_MAX);

	return other ? 64 - (size_t)__builtin_clzll(other) : 0;
}

static struct fate
judge(struct block const *b, enum mime_eol eol, int loose)
{
	struct fate f;
	uint64_t soft = b->equal & b->first >> 1;
	uint64_t hard = b->first & ~(soft << 1);
	uint64_t stop = hard & (b->blank << 1 | (uint64_t)(loose != 0));

	f.escape = b->equal & b->hex >> 1 & b->hex >> 2;
	if (eol == MIME_EOL_CRLF) stop |= hard & ~b->pair;
	stop |= b->equal & ~f.escape & ~soft;
	f.used = run_start(b->blank, stop ? (size_t)__builtin_ctzll(stop) : 64);
	f.drop = soft | soft << 1 | (soft << 1 & b->pair) << 1;
	if (eol == MIME_EOL_LF) f.drop |= b->pair;
	f.drop |= f.escape << 1 | f.escape << 2;
	return f;
}

/* The value of each hex digit; of other bytes too something below 16, as it gets shifted. */
TARGET static __m512i
nibbles(__m512i v)
{
	__mmask64 letter = _mm512_cmpgt_epi8_mask(v, _mm512_set1_epi8('9'));

	v = _mm512_mask_add_epi8(v, letter, v, _mm512_set1_epi8(9));
	return _mm512_and_si512(v, _mm512_set1_epi8(15));
}

TARGET size_t
mime_qp_decode_avx512(char const *in, size_t n, enum mime_eol eol, int loose, char *out, size_t *w)
{
	size_t i = 0;

	while (n - i >= MIME_QP_BLOCK) {
		__m512i v = _mm512_loadu_si512(in + i);
		struct block b = look(v);
		struct fate f = judge(&b, eol, loose);
		uint64_t keep = ~f.drop;

		if (f.used == 0) break;
		if (f.used < 64) keep &= (UINT64_C(1) << f.used) - 1;
		if (f.escape) {
			__m512i high = nibbles(_mm512_loadu_si512(in + i + 1));
			__m512i low = nibbles(_mm512_loadu_si512(in + i + 2));

			v = _mm512_mask_blend_epi8(
			    f.escape, v, _mm512_or_si512(_mm512_slli_epi16(high, 4), low));
		}
		_mm512_storeu_si512(out + *w, _mm512_maskz_compress_epi8(keep, v));
		*w += (size_t)__builtin_popcountll(keep);
		i += f.used;
		loose = 0;
	}
	return i;
}
#else
size_t
mime_qp_decode_avx512(char const *in, size_t n, enum mime_eol eol, int loose, char *out, size_t *w)
{
	(void)in;
	(void)n;
	(void)eol;
	(void)loose;
	(void)out;
	(void)w;
	return 0;
}
#endif
