/* UTF-8, UTF-16, single bytes and the guess: RFC 3629, RFC 2781, tables. */

#include <string.h>

#include "mime/coding.h"
#include "mime/utf8.h"

void
mime_text_put(struct mime_text *out, uint32_t c)
{
	out->n += mime_utf8_put(out->s + out->n, c);
}

void
mime_text_bad(struct mime_converter *c, struct mime_text *out)
{
	c->bad = 1;
	mime_text_put(out, MIME_UTF8_BAD);
}

void
mime_text_unit(struct mime_converter *c, struct mime_text *out, uint32_t unit)
{
	uint32_t high = c->high;
	int second = unit >= 0xdc00 && unit <= 0xdfff;

	c->high = 0;
	if (high && second) {
		mime_text_put(out, 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
		return;
	}
	if (high || second) mime_text_bad(c, out);
	if (unit >= 0xd800 && unit <= 0xdbff)
		c->high = unit;
	else if (!second)
		mime_text_put(out, unit);
}

/* All that is UTF-8; 0 if nothing is, then *broken says whether more bytes could help. */
static size_t
take_valid(char const *s, size_t n, struct mime_text *out, int *broken)
{
	size_t k = mime_utf8_prefix(s, n, broken);

	memcpy(out->s + out->n, s, k);
	out->n += k;
	return k;
}

size_t
mime_take_utf8(struct mime_converter *c, char const *s, size_t n, struct mime_text *out)
{
	int broken;
	size_t k = take_valid(s, n, out, &broken);

	if (k > 0) return k;
	if (!broken && !c->last) return 0;
	mime_text_bad(c, out);
	return 1;
}

size_t
mime_take_table(struct mime_converter *c, char const *s, size_t n, struct mime_text *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		unsigned char b = (unsigned char)s[i];
		uint32_t point = b < 128 ? b : c->cs->upper[b - 128];

		if (point == 0 && b != 0)
			mime_text_bad(c, out);
		else
			mime_text_put(out, point);
	}
	return n;
}

size_t
mime_take_guess(struct mime_converter *c, char const *s, size_t n, struct mime_text *out)
{
	int broken;
	size_t k = c->settled ? 0 : take_valid(s, n, out, &broken);

	if (k > 0) return k;
	if (!c->settled && !broken && !c->last) return 0;
	c->settled = 1;
	return mime_take_table(c, s, n, out);
}

/* RFC 2781 3.2: a mark at the start says the byte order and is no text. */
static size_t
take_utf16(struct mime_converter *c, char const *s, size_t n, struct mime_text *out, int big)
{
	uint32_t one = (unsigned char)s[0];
	uint32_t two = n > 1 ? (unsigned char)s[1] : 0;
	uint32_t unit = big != c->swapped ? one << 8 | two : two << 8 | one;

	if (n < 2 && !c->last) return 0;
	if (n < 2) {
		mime_text_bad(c, out);
		return 1;
	}
	if (!c->settled) {
		c->settled = 1;
		c->swapped = unit == 0xfffe;
		if (unit == 0xfeff || unit == 0xfffe) return 2;
	}
	mime_text_unit(c, out, unit);
	return 2;
}

size_t
mime_take_utf16le(struct mime_converter *c, char const *s, size_t n, struct mime_text *out)
{
	return take_utf16(c, s, n, out, 0);
}

size_t
mime_take_utf16be(struct mime_converter *c, char const *s, size_t n, struct mime_text *out)
{
	return take_utf16(c, s, n, out, 1);
}
