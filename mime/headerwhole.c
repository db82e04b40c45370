/* Fields of one line that are there as a whole, read where they stand. RFC 5322 2.2. */

#include "mime/find.h"
#include "mime/header.h"

#ifdef __SSE2__
/* How many of the first 16 bytes at s are of a name: up to a blank, a colon or such. */
static size_t
name_start(char const *s)
{
	__m128i const c = _mm_loadu_si128((__m128i const *)(void const *)s);
	__m128i const low = _mm_cmpgt_epi8(c, _mm_set1_epi8(' '));
	__m128i const colon = _mm_cmpeq_epi8(c, _mm_set1_epi8(':'));
	__m128i const del = _mm_cmpeq_epi8(c, _mm_set1_epi8(127));
	unsigned int others = (unsigned int)_mm_movemask_epi8(
	    _mm_or_si128(_mm_or_si128(colon, del), _mm_xor_si128(low, _mm_set1_epi8(-1))));

	return others ? (size_t)__builtin_ctz(others) : sizeof c;
}
#else
static size_t
name_start(char const *s)
{
	(void)s;
	return 0;
}
#endif

/* Bytes of a name, with a colon right behind it; 0 if others have to decide. */
static size_t
name_len(char const *s, size_t n)
{
	size_t i = n >= 16 ? name_start(s) : 0;

	while (i < n && i < MIME_UNDECIDED && s[i] > ' ' && s[i] < 127 && s[i] != ':') i++;
	return i < n && s[i] == ':' ? i : 0;
}

/* The next line may belong to the field: it is folded, or a boundary (R6). */
static int
goes_on(char c)
{
	return c == ' ' || c == '\t' || c == 'b' || c == 'B';
}

/* Returns the bytes of the field and its line end, 0 if it is not one of these. */
static size_t
whole(struct mime_parser *p, char const *s, size_t n)
{
	char const end = p->layer->end;
	size_t k = name_len(s, n);
	char const *e;
	size_t len;

	if (k == 0) return 0;
	e = mime_find(s + k, end, n - k);
	if (!e) return 0;
	len = (size_t)(e - s) + 1;
	/* What is too long to be kept is cut, line end and all, as if it came in pieces. */
	if (len == n || len > MIME_FIELD || goes_on(s[len])) return 0;
	mime_parser_raw(p, MIME_PIECE_HEADER, s, len);
	p->from = p->layer->offset;
	p->layer->offset += len;
	p->fields = 1;
	mime_entity_field(p, s, len - 1 - (end == '\n' && e[-1] == '\r'));
	return len;
}

/* What mime_header_other comes to, but nearly every header ends so. */
size_t
mime_header_empty(struct mime_parser *p, char const *s, size_t n)
{
	size_t len = *s == '\r' && p->layer->end == '\n' ? 2 : 1;

	if (!p->fields || len > n || s[len - 1] != p->layer->end) return 0;
	mime_header_complete(p);
	mime_parser_raw(p, MIME_PIECE_HEADER, s, len);
	p->layer->offset += len;
	p->fielded = 0;
	mime_entity_open(p);
	return len;
}

size_t
mime_header_whole(struct mime_parser *p, char const *s, size_t n)
{
	size_t used = whole(p, s, n);
	size_t k = used;

	if (used == 0) return 0;
	p->bol = 1;
	for (; k > 0 && used < n && !p->stopped; used += k) k = whole(p, s + used, n - used);
	return p->stopped || used == n ? used : used + mime_header_empty(p, s + used, n - used);
}
