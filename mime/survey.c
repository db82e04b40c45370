/* What a text needs to be carried by mail: RFC 2045 sections 2.7 to 2.9 and 6. */

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "mime/survey.h"
#include "mime/utf8.h"

static void
utf8(struct mime_survey *v, char const *s, size_t n)
{
	size_t i = 0;
	size_t k;

	/* First the character that the last piece left unfinished. */
	while (v->held && i < n) {
		uint32_t c;

		v->hold[v->held++] = s[i++];
		if (mime_utf8_get(&c, v->hold, v->held)) {
			v->held = 0;
		} else if (v->held == 4 || ((unsigned char)v->hold[v->held - 1] & 0xc0) != 0x80) {
			v->broken = 1;
			return;
		}
	}
	k = mime_utf8_prefix(s + i, n - i, &v->broken);
	if (v->broken) return;
	if (n - i - k > 0) {
		v->held = n - i - k;
		memcpy(v->hold, s + i + k, v->held);
	}
}

static void
byte(struct mime_survey *v, char c)
{
	unsigned char b = (unsigned char)c;

	if (v->last == '\r' && c == '\n') {
		v->crlf = 1;
		v->line--; /* the CR is no part of the line */
	} else if (v->last == '\r') {
		v->cr = 1;
		v->escapes++;
	}
	v->last = c;
	if (c == '\n') {
		if (v->line > v->longest) v->longest = v->line;
		v->line = 0;
		return;
	}
	v->line++;
	if (b > 127) v->high++;
	if (b == 0) v->nul = 1;
	if (b > 126 || (b < 32 && c != '\t' && c != '\r') || c == '=') v->escapes++;
}

#ifdef __SSE2__
static unsigned int
equal(__m128i v, char c)
{
	return (unsigned int)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(c)));
}

/* 16 bytes at once; 0 if they hold what only byte() can judge. */
static int
block(struct mime_survey *v, char const *s)
{
	__m128i x = _mm_loadu_si128((__m128i const *)(void const *)s);
	unsigned int high = (unsigned int)_mm_movemask_epi8(x);
	unsigned int low = (unsigned int)_mm_movemask_epi8(_mm_cmplt_epi8(x, _mm_set1_epi8(' ')));
	unsigned int lf = equal(x, '\n');
	unsigned int from = 0;

	if (v->last == '\r' || ((low & ~high & ~lf) && (equal(x, '\r') || equal(x, 0)))) return 0;
	v->high += (unsigned int)__builtin_popcount(high);
	low &= ~lf & ~equal(x, '\t');
	v->escapes += (unsigned int)__builtin_popcount(low | equal(x, '=') | equal(x, 127));
	for (; lf; lf &= lf - 1) {
		unsigned int at = (unsigned int)__builtin_ctz(lf);

		v->line += at - from;
		if (v->line > v->longest) v->longest = v->line;
		v->line = 0;
		from = at + 1;
	}
	v->line += 16 - from;
	v->last = s[15];
	return 1;
}
#endif

void
mime_survey(struct mime_survey *v, char const *s, size_t n)
{
	size_t i = 0;

	v->bytes += n;
	while (i < n) {
#ifdef __SSE2__
		if (n - i >= 16 && block(v, s + i)) {
			i += 16;
			continue;
		}
#endif
		byte(v, s[i++]);
	}
	if (!v->broken) utf8(v, s, n);
}

void
mime_survey_end(struct mime_survey *v)
{
	if (v->line > v->longest) v->longest = v->line;
	if (v->last == '\r') v->cr = 1;
	if (v->held) v->broken = 1;
}

int
mime_survey_7bit(struct mime_survey const *v)
{
	return !v->high && !v->nul && !v->cr && v->longest <= MIME_LINE_MAX;
}

int
mime_survey_qp(struct mime_survey const *v)
{
	uint64_t written = v->bytes + 2 * v->escapes;

	/* Soft breaks against line ends: two in 75 characters, one in 57 bytes. */
	return written + written / 37 <= (v->bytes + 2) / 3 * 4 + v->bytes / 57;
}
