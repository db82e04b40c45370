/* Encoded words, the encoder: RFC 2047 sections 2, 4 and 5. */

#include <string.h>

#include "mime/b64.h"
#include "mime/utf8.h"
#include "mime/word.h"

#define HEAD "=?UTF-8?"
/* Characters of a word, and those that are not text: =?UTF-8?Q? and ?=. */
#define WORD 75
#define FRAME 12

/* What may stand for itself in Q everywhere, also in a phrase. */
static int
is_plain(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
	    || (c != 0 && strchr("!*+-/", c));
}

static size_t
q_width(char const *s, size_t n)
{
	size_t w = 0;
	size_t i;

	for (i = 0; i < n; i++) w += is_plain(s[i]) || s[i] == ' ' ? 1 : 3;
	return w;
}

static size_t
q_put(char const *s, size_t n, char *out)
{
	static char const hex[] = "0123456789ABCDEF";
	size_t w = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == ' ') {
			out[w++] = '_';
			continue;
		}
		if (is_plain(s[i])) {
			out[w++] = s[i];
			continue;
		}
		out[w++] = '=';
		out[w++] = hex[c >> 4];
		out[w++] = hex[c & 15];
	}
	return w;
}

static size_t
b_width(size_t n)
{
	return (n + 2) / 3 * 4;
}

/* As many whole characters as fit in room. */
static size_t
fit(char const *s, size_t n, size_t room, int q)
{
	size_t i = 0;

	while (i < n) {
		uint32_t c;
		size_t k = mime_utf8_get(&c, s + i, n - i);

		if (k == 0) k = 1;
		if ((q ? q_width(s, i + k) : b_width(i + k)) > room) break;
		i += k;
	}
	return i;
}

size_t
mime_word_encode(char const *in, size_t n, size_t column, char *out)
{
	int q = q_width(in, n) <= b_width(n);
	size_t w = 0;

	while (n > 0) {
		size_t room = column + WORD <= 76 ? WORD - FRAME
		    : column + 30 < 76            ? 76 - column - FRAME
		                                  : 0;
		size_t k = room ? fit(in, n, room, q) : 0;

		if (k > 0) {
			memcpy(out + w, HEAD, sizeof HEAD - 1);
			w += sizeof HEAD - 1;
			out[w++] = q ? 'Q' : 'B';
			out[w++] = '?';
			w += q ? q_put(in, k, out + w) : mime_b64_flat(in, k, out + w);
			out[w++] = '?';
			out[w++] = '=';
			in += k;
			n -= k;
		}
		if (n == 0) break;
		out[w++] = '\n';
		out[w++] = ' ';
		column = 1;
	}
	return w;
}
