/* Foreign bytes made safe: nothing a peer sends reaches a log or a reply raw. */

#include <string.h>

#include "lib/safe.h"

size_t
safe_text(char *out, size_t max, char const *in, size_t n)
{
	size_t i;

	if (n > max - 1) n = max - 1;
	for (i = 0; i < n; i++) {
		out[i] = in[i];
		if (in[i] < 0x20 || in[i] > 0x7e) out[i] = '?';
	}
	out[n] = 0;
	return n;
}

static char const hex[] = "0123456789ABCDEF";

size_t
safe_word(char *out, size_t max, char const *in, size_t n)
{
	size_t w = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)in[i];

		if (c > 0x20 && c < 0x7f && c != '%' && c != '"') {
			if (w + 1 >= max) break;
			out[w++] = in[i];
			continue;
		}
		if (w + 3 >= max) break;
		out[w++] = '%';
		out[w++] = hex[c >> 4];
		out[w++] = hex[c & 15];
	}
	out[w] = 0;
	return w;
}

static int
is_bare(char const *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] <= 0x20 || s[i] > 0x7e || strchr("\"\\=", s[i])) return 0;
	return 1;
}

size_t
safe_quoted(char *out, size_t max, char const *in, size_t n)
{
	size_t w = 0;
	size_t i;

	if (is_bare(in, n)) return safe_text(out, max, in, n);
	out[w++] = '"';
	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)in[i];
		int plain = c >= 0x20 && c < 0x7f && !strchr("\"\\=", in[i]);

		if (w + (plain ? 1 : 4) + 2 > max) break;
		if (plain) {
			out[w++] = in[i];
			continue;
		}
		out[w++] = '\\';
		out[w++] = 'x';
		out[w++] = hex[c >> 4];
		out[w++] = hex[c & 15];
	}
	out[w++] = '"';
	out[w] = 0;
	return w;
}

int
safe_is(char const *s, size_t n, int utf8)
{
	size_t i;

	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c < 0x20 || c == 0x7f || (c > 0x7f && !utf8)) return 0;
	}
	return 1;
}
