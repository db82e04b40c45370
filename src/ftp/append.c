/* Text put together without stdio. */

#include <string.h>

#include <skalibs/types.h>

#include "ftp/append.h"

char *
append_bytes(char *p, char const *s, size_t n)
{
	memcpy(p, s, n);
	return p + n;
}

char *
append_text(char *p, char const *s)
{
	return append_bytes(p, s, strlen(s));
}

static char *
pad(char *p, size_t have, size_t width, char fill)
{
	for (; have < width; have++) *p++ = fill;
	return p;
}

char *
append_number(char *p, uint64_t n, size_t width, char fill)
{
	char s[UINT64_FMT];
	size_t len = uint64_fmt(s, n);

	return append_bytes(pad(p, len, width, fill), s, len);
}

char *
append_octal(char *p, unsigned int n, size_t width)
{
	char s[UINT64_FMT * 2];
	size_t len = uint64_ofmt(s, n);

	return append_bytes(pad(p, len, width, '0'), s, len);
}

char *
append_hex(char *p, uint64_t n)
{
	char s[UINT64_FMT];

	return append_bytes(p, s, uint64_xfmt(s, n));
}
