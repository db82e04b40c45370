/* The conversion to UTF-8, in pieces and at once. */

#include <string.h>

#include "mime/coding.h"
#include "mime/utf8.h"

void
mime_convert_begin(struct mime_converter *c, struct mime_charset const *cs)
{
	memset(c, 0, sizeof *c);
	c->cs = cs;
}

/* Take from what is held, which grows by bytes of in; returns how many of those were used. */
static size_t
from_hold(struct mime_converter *c, char const *in, size_t n, struct mime_text *out)
{
	size_t i = 0;

	while (c->held > 0) {
		size_t k = c->cs->take(c, c->hold, c->held, out);

		if (k == 0 && c->held == sizeof c->hold) {
			mime_text_bad(c, out);
			k = 1;
		}
		if (k == 0 && i == n) break;
		if (k == 0) c->hold[c->held++] = in[i++];
		c->held -= k;
		memmove(c->hold, c->hold + k, c->held);
	}
	return i;
}

size_t
mime_convert(struct mime_converter *c, char const *in, size_t n, char *out)
{
	struct mime_text text = { out, 0 };
	size_t i = from_hold(c, in, n, &text);

	while (i < n) {
		size_t k = c->cs->take(c, in + i, n - i, &text);

		if (k == 0) {
			c->hold[c->held++] = in[i++];
			i += from_hold(c, in + i, n - i, &text);
		}
		i += k;
	}
	return text.n;
}

size_t
mime_convert_end(struct mime_converter *c, char *out)
{
	struct mime_text text = { out, 0 };

	c->last = 1;
	from_hold(c, NULL, 0, &text);
	if (c->high || (c->shifted && c->bits)) mime_text_bad(c, &text);
	c->high = 0;
	if (c->opened) mime_iconv_close(c);
	return text.n;
}

/* At a time; as small as a name or a word is. */
#define PIECE 256

int
mime_charset_is_utf8(struct mime_charset const *cs)
{
	return cs->take == mime_take_utf8;
}

int
mime_charset_shifts(struct mime_charset const *cs)
{
	return cs->take == mime_take_utf7;
}

/* Add as much of s as fits, whole characters; returns 0 once something did not. */
static int
add(struct mime_text *out, size_t max, char const *s, size_t n)
{
	size_t k = n;

	if (k > max - out->n) {
		k = max - out->n;
		while (k > 0 && ((unsigned char)s[k] & 0xc0) == 0x80) k--;
	}
	memcpy(out->s + out->n, s, k);
	out->n += k;
	return k == n;
}

size_t
mime_charset_utf8(
    struct mime_charset const *cs, char const *in, size_t n, char *out, size_t max, int *bad)
{
	char text[MIME_CONVERTED(PIECE)];
	struct mime_text all = { out, 0 };
	struct mime_converter c;
	int fits = 1;
	size_t i;
	size_t k;

	mime_convert_begin(&c, cs);
	if (cs->take == mime_take_guess) c.settled = !mime_utf8_valid(in, n);
	for (i = 0; i < n && fits; i += k) {
		k = n - i < PIECE ? n - i : PIECE;
		fits = add(&all, max, text, mime_convert(&c, in + i, k, text));
	}
	k = mime_convert_end(&c, text);
	if (fits) add(&all, max, text, k);
	if (c.bad) *bad = 1;
	return all.n;
}
