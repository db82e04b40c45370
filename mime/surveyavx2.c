/* What a survey sees of whole blocks, with 256-bit vectors. */

#include "mime/surveykernel.h"
#include "mime/vector256.h"

#ifdef __x86_64__
#define BLOCK ((size_t)64)

/* The lines that a block ends. */
MIME_AVX2 static void
add_lines(struct mime_survey *v, uint64_t lf)
{
	uint64_t first = v->line + _tzcnt_u64(lf);

	v->lines += (uint64_t)_mm_popcnt_u64(lf);
	/* Of lines that begin and end here one is the longest only while all are as short. */
	if (v->longest < BLOCK) {
		uint64_t more;

		for (more = _blsr_u64(lf); more; more = _blsr_u64(more), lf = _blsr_u64(lf)) {
			uint64_t gap = _tzcnt_u64(more) - _tzcnt_u64(lf) - 1;

			if (gap > v->longest) v->longest = gap;
		}
	}
	if (lf && first > v->longest) v->longest = first;
	v->line = lf ? (uint64_t)__builtin_clzll(lf | 1) : first;
}

MIME_AVX2 size_t
mime_survey_avx2(struct mime_survey *survey, char const *s, size_t n)
{
	struct mime_survey v = *survey;
	__m256i nul = _mm256_setzero_si256();
	size_t i;

	for (i = 0; n - i >= BLOCK; i += BLOCK) {
		__m256i a = mime_load256(s + i);
		__m256i b = mime_load256(s + i + 32);
		__m256i lf_a = mime_equal256(a, '\n');
		__m256i lf_b = mime_equal256(b, '\n');
		__m256i cr = _mm256_or_si256(mime_equal256(a, '\r'), mime_equal256(b, '\r'));

		if (!_mm256_testz_si256(cr, cr)) break;
		nul =
		    _mm256_or_si256(nul, _mm256_or_si256(mime_equal256(a, 0), mime_equal256(b, 0)));
		v.high += (uint64_t)_mm_popcnt_u64(mime_bits512(a, b));
		v.escapes += (uint64_t)_mm_popcnt_u64(
		    mime_bits512(mime_escaped256(a, lf_a, mime_equal256(a, '\t')),
		        mime_escaped256(b, lf_b, mime_equal256(b, '\t'))));
		add_lines(&v, mime_bits512(lf_a, lf_b));
	}
	if (i == 0) return 0;
	v.nul |= !_mm256_testz_si256(nul, nul);
	v.last = s[i - 1];
	*survey = v;
	return i;
}
#else
size_t
mime_survey_avx2(struct mime_survey *survey, char const *s, size_t n)
{
	(void)survey;
	(void)s;
	(void)n;
	return 0;
}
#endif
