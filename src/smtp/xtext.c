/* xtext: RFC 3461 4. */

#include <string.h>

#include "smtp/xtext.h"

/* Upper case only, as the RFC has it; -1 for anything else. */
static int
hex(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

/* "+HH", two digits; -1 if it is none, or stands for a control character. */
static int
hexchar(char const *s)
{
	int c;

	if (hex(s[1]) == -1 || hex(s[2]) == -1) return -1;
	c = hex(s[1]) << 4 | hex(s[2]);
	return c < 0x20 || c == 0x7f ? -1 : c;
}

int
xtext_decode(char *s, size_t most)
{
	size_t n = strlen(s);
	char *w = s;

	if (n == 0 || n > most) return 0;
	while (*s) {
		int c = *s == '+' ? hexchar(s) : *s;

		if (c == -1 || (*s != '+' && (c <= 0x20 || c > 0x7e || c == '='))) return 0;
		s += *s == '+' ? 3 : 1;
		*w++ = (char)c;
	}
	*w = 0;
	return 1;
}
