/* What a survey sees of 64 bytes, with one 512-bit vector. */

#include "mime/surveykernel.h"

#ifdef __x86_64__
#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,popcnt")))

TARGET void
mime_survey_look_avx512(char const *s, struct mime_survey_block *b)
{
	__m512i v = _mm512_loadu_si512(s);
	uint64_t low = _mm512_cmplt_epi8_mask(v, _mm512_set1_epi8(' '));
	uint64_t high = _mm512_movepi8_mask(v);
	uint64_t tab = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\t'));

	b->lf = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\n'));
	b->cr = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\r'));
	b->nul = _mm512_testn_epi8_mask(v, v) != 0;
	/* Signed: bytes above 127 are low too. */
	low |= _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('='));
	low |= _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(127));
	b->escapes = (unsigned int)_mm_popcnt_u64(low & ~(tab | b->lf | b->cr));
	b->high = (unsigned int)_mm_popcnt_u64(high);
}
#else
void
mime_survey_look_avx512(char const *s, struct mime_survey_block *b)
{
	(void)s;
	(void)b;
}
#endif
