/* Text of strangers on a terminal. */

#include "mime/terminal.h"

static int
obeyed(unsigned char last, unsigned char c)
{
	if (c < ' ') return c != '\n' && c != '\t';
	return c == 127 || (last == 0xc2 && c >= 0x80 && c < 0xa0);
}

size_t
mime_terminal(struct mime_terminal *t, char const *s, size_t n, char *out)
{
	size_t w = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		char c = s[i];

		if (c != '\r')
			out[w++] = obeyed((unsigned char)t->last, (unsigned char)c) ? '?' : c;
		t->last = c;
	}
	return w;
}
