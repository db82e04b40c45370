/* UTF-7, RFC 2152: only ever read, and only where it is declared. */

#include "mime/b64.h"
#include "mime/coding.h"

/* The base64 is over; c is what ended it. */
static void
unshift(struct mime_converter *c, char end, struct mime_text *out)
{
	c->shifted = 0;
	/* RFC 2152 rule 2: what fills the last sextet is zero, and less than a sextet. */
	if (c->high || c->bits || c->nbits >= 6) mime_text_bad(c, out);
	c->high = 0;
	if (c->empty && end == '-') mime_text_put(out, '+');
}

static void
direct(struct mime_converter *c, char b, struct mime_text *out)
{
	if (b == '+') {
		c->shifted = c->empty = 1;
		c->bits = c->nbits = 0;
	} else if (b < 0) {
		mime_text_bad(c, out);
	} else {
		mime_text_put(out, (unsigned char)b);
	}
}

static void
sextet(struct mime_converter *c, uint32_t v, struct mime_text *out)
{
	c->empty = 0;
	c->bits = c->bits << 6 | v;
	c->nbits += 6;
	if (c->nbits < 16) return;
	c->nbits -= 16;
	mime_text_unit(c, out, c->bits >> c->nbits & 0xffff);
	c->bits &= (1u << c->nbits) - 1;
}

size_t
mime_take_utf7(struct mime_converter *c, char const *s, size_t n, struct mime_text *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		uint32_t v = mime_b64_value[(unsigned char)s[i]];

		if (c->shifted && v < 64) {
			sextet(c, v, out);
			continue;
		}
		if (c->shifted) {
			unshift(c, s[i], out);
			if (s[i] == '-') continue;
		}
		direct(c, s[i], out);
	}
	return n;
}
