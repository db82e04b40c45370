/* What the values of such fields are made of: a token, parameters, in them a name. */

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "mime/entity.h"
#include "mime/frame.h"
#include "mime/token.h"

/* A 0 too: it is no part of a word. */
static int
ends_token(char c)
{
	switch (c) {
	case 0:
	case ' ':
	case '\t':
	case '\r':
	case '\n':
	case '"':
	case '(':
	case ';': return 1;
	default: return 0;
	}
}

/* Of what most tokens are made: small letters, digits, dash, dot and slash. */
static int
is_common(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '-' && c <= '9');
}

#ifdef __SSE2__
/* Those of the 16 bytes that are lo to hi, which are ASCII. */
static __m128i
between(__m128i c, char lo, char hi)
{
	__m128i above = _mm_cmpgt_epi8(c, _mm_set1_epi8((char)(lo - 1)));

	return _mm_andnot_si128(_mm_cmpgt_epi8(c, _mm_set1_epi8(hi)), above);
}

/* The first 16 bytes, as they are; returns how many of them are common. */
static size_t
common16(char *out, char const *s)
{
	__m128i c = _mm_loadu_si128((__m128i const *)(void const *)s);
	__m128i yes = _mm_or_si128(between(c, 'a', 'z'), between(c, '-', '9'));

	_mm_storeu_si128((__m128i *)(void *)out, c);
	return (size_t)__builtin_ctz(~(unsigned int)_mm_movemask_epi8(yes));
}
#endif

/* As many such bytes as there are at s, and room for; what lies behind them may change. */
static size_t
common(char *out, size_t room, char const *s, size_t n)
{
	size_t i = 0;

	if (n > room) n = room;
#ifdef __SSE2__
	if (n >= 16) {
		i = common16(out, s);
		if (i < 16) return i;
	}
#endif
	for (; i < n && is_common(s[i]); i++) out[i] = s[i];
	return i;
}

size_t
mime_entity_token(char *out, size_t size, char const *s, size_t n)
{
	size_t w = 0;
	size_t i = 0;

	while (i < n && ends_token(s[i])) i += s[i] == '(' ? mime_comment(s + i, n - i) : 1;
	for (;;) {
		size_t k = common(out + w, size - 1 - w, s + i, n - i);

		w += k;
		i += k;
		if (i == n || ends_token(s[i])) break;
		if (w + 1 < size && s[i] > ' ' && s[i] < 127) out[w++] = mime_lower(s[i]);
		i++;
	}
	out[w] = 0;
	if (i < n && s[i] == '"') i++;
	return i;
}

void
mime_entity_params(struct mime_parser *p, struct mime_params *ps, char const *s, size_t n)
{
	ps->list = p->few;
	ps->max = p->limits.params < MIME_FEW_PARAMS ? p->limits.params : MIME_FEW_PARAMS;
	ps->text = p->values;
	ps->room = MIME_FEW_VALUES;
	mime_params_parse(ps, s, n);
	if (ps->cut) {
		ps->list = p->params;
		ps->max = p->limits.params;
		ps->text = p->scratch;
		ps->room = MIME_DECODE_OUT;
		mime_params_parse(ps, s, n);
	}
	if (ps->cut) mime_parser_note(p, MIME_LIMIT_FIELD);
}

/* The name the parameter gives, if it is better than the one there is: its length, or 0. */
static size_t
better_name(struct mime_parser *p, struct mime_params const *ps, char const *param,
    enum mime_rank rank, char *name)
{
	enum mime_param_kind kind;
	size_t n = 0;
	int bad = 0;

	kind = mime_params_text(ps, param, name, MIME_NAME_ROOM, &n, &bad);
	if (n == 0) return 0;
	if (kind == MIME_PARAM_EXTENDED) rank++;
	if (p->ranked >= rank) return 0;
	p->ranked = rank;
	if (bad & MIME_PARAM_BAD) mime_parser_note(p, MIME_BAD_CHARSET);
	if (bad & MIME_PARAM_CUT || n > MIME_NAME_SIZE) mime_parser_note(p, MIME_LIMIT_FIELD);
	if (n <= MIME_NAME_SIZE) return n;
	for (n = MIME_NAME_SIZE; n > 0 && ((unsigned char)name[n] & 0xc0) == 0x80;) n--;
	return n;
}

/* Of a higher rank only if extended. Not in its caller: few need bring in a page of stack. */
__attribute__((noinline)) static void
second_name(
    struct mime_parser *p, struct mime_params const *ps, char const *param, enum mime_rank rank)
{
	char name[MIME_NAME_ROOM];
	size_t n = better_name(p, ps, param, rank, name);

	if (n == 0) return;
	memcpy(p->part->name, name, n);
	p->part->namelen = n;
}

void
mime_entity_name(
    struct mime_parser *p, struct mime_params const *ps, char const *param, enum mime_rank rank)
{
	size_t n;

	if (mime_params_twice(ps, param)) mime_parser_note(p, MIME_DUP_PARAM);
	if (p->ranked >= rank) {
		second_name(p, ps, param, rank);
		return;
	}
	/* It is the better one, if there is one: else nothing is written. */
	n = better_name(p, ps, param, rank, p->part->name);
	if (n > 0) p->part->namelen = n;
}
