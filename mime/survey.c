/* What a text needs to be carried by mail: RFC 2045 sections 2.7 to 2.9 and 6. */

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "mime/survey.h"
#include "mime/surveykernel.h"
#include "mime/utf8.h"

/* Bytes looked at together. */
#define BLOCK 64u

static void
utf8(struct mime_survey *v, enum mime_cpu cpu, char const *s, size_t n)
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
	if (cpu == MIME_CPU_AVX2 || cpu == MIME_CPU_AVX512) i += mime_utf8_avx2(s + i, n - i);
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
		v->lines++;
		return;
	}
	v->line++;
	if (b > 127) v->high++;
	if (b == 0) v->nul = 1;
	if (b > 126 || (b < 32 && c != '\t' && c != '\r') || c == '=') v->escapes++;
}

#ifdef __SSE2__
static uint64_t
equal(__m128i v, char c)
{
	return (unsigned int)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(c)));
}

static void
look(char const *s, struct mime_survey_block *b)
{
	uint64_t high = 0;
	uint64_t escapes = 0;
	unsigned int i;

	memset(b, 0, sizeof *b);
	for (i = 0; i < BLOCK; i += 16) {
		__m128i x = _mm_loadu_si128((__m128i const *)(void const *)(s + i));
		/* Signed: bytes above 127 are low too. */
		__m128i low = _mm_cmplt_epi8(x, _mm_set1_epi8(' '));
		uint64_t lf = equal(x, '\n');
		uint64_t cr = equal(x, '\r');
		uint64_t coded = (unsigned int)_mm_movemask_epi8(low);

		coded = (coded & ~lf & ~cr & ~equal(x, '\t')) | equal(x, '=') | equal(x, 127);
		high |= (uint64_t)(unsigned int)_mm_movemask_epi8(x) << i;
		escapes |= coded << i;
		b->lf |= lf << i;
		b->cr |= cr << i;
		b->nul |= equal(x, 0) != 0;
	}
	b->high = (unsigned int)__builtin_popcountll(high);
	b->escapes = (unsigned int)__builtin_popcountll(escapes);
}
#else
static void
look(char const *s, struct mime_survey_block *b)
{
	unsigned int i;

	memset(b, 0, sizeof *b);
	for (i = 0; i < BLOCK; i++) {
		unsigned char c = (unsigned char)s[i];

		b->high += c > 127;
		b->escapes += c > 126 || c == '=' || (c < ' ' && !strchr("\t\r\n", c)) || c == 0;
		b->nul |= c == 0;
		b->lf |= (uint64_t)(c == '\n') << i;
		b->cr |= (uint64_t)(c == '\r') << i;
	}
}
#endif

/* Add what was seen of a block; the byte before it was no CR. */
static void
add(struct mime_survey *v, struct mime_survey_block const *b, char last)
{
	uint64_t pair = b->cr & b->lf >> 1;
	uint64_t bare = b->cr & ~pair & (UINT64_MAX >> 1); /* of the last byte nobody knows */
	uint64_t lf;
	unsigned int from = 0;

	v->high += b->high;
	v->nul |= b->nul;
	v->crlf |= pair != 0;
	v->cr |= bare != 0;
	v->escapes += b->escapes;
	/* Where no instruction counts bits it is a call, and in most blocks for nothing. */
	if (bare) v->escapes += (unsigned int)__builtin_popcountll(bare);
	for (lf = b->lf; lf; lf &= lf - 1) {
		unsigned int at = (unsigned int)__builtin_ctzll(lf);

		v->line += at - from - (at > 0 && pair >> (at - 1) & 1);
		if (v->line > v->longest) v->longest = v->line;
		v->line = 0;
		v->lines++;
		from = at + 1;
	}
	v->line += BLOCK - from;
	v->last = last;
}

/* Whole blocks from here on; returns the bytes used. */
static size_t
blocks(struct mime_survey *v, enum mime_cpu cpu, char const *s, size_t n)
{
	struct mime_survey_block b;
	size_t i = 0;

	while (n - i >= BLOCK && v->last != '\r') {
		if (cpu == MIME_CPU_AVX2) {
			i += mime_survey_avx2(v, s + i, n - i);
			if (n - i < BLOCK) break;
		}
		if (cpu == MIME_CPU_AVX512)
			mime_survey_look_avx512(s + i, &b);
		else
			look(s + i, &b);
		add(v, &b, s[i + BLOCK - 1]);
		i += BLOCK;
	}
	return i;
}

void
mime_survey(struct mime_survey *v, char const *s, size_t n)
{
	enum mime_cpu cpu = mime_cpu_for(v->cpu, v->bytes);
	size_t i = 0;

	v->bytes += n;
	while (i < n) {
		i += blocks(v, cpu, s + i, n - i);
		if (i < n) byte(v, s[i++]);
	}
	if (!v->broken) utf8(v, cpu, s, n);
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

enum mime_shorter
mime_survey_shorter(struct mime_survey const *v)
{
	uint64_t base64 = (v->bytes + 2) / 3 * 4 + (v->bytes + 56) / 57;
	uint64_t least = v->bytes + 2 * v->escapes;
	/* A soft break is two characters, after 73 at least. */
	uint64_t soft = least / 73 + 1;

	if (v->crlf) return MIME_SHORTER_UNKNOWN; /* as many bytes may go */
	if (least > base64) return MIME_SHORTER_B64;
	/* At the beginning of a line, and at the end, one more may be escaped. */
	if (least + 2 * soft + 2 * (soft + v->lines + 1) + 2 * (v->lines + 1) <= base64)
		return MIME_SHORTER_QP;
	return MIME_SHORTER_UNKNOWN;
}
