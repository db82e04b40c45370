/*
 * Text put together without stdio. The pieces are short and there are many in a
 * listing: a loop beats the start-up of a library's copy, and a division by a
 * constant one by a variable.
 */

#include <string.h>

#include "ftp/append.h"

enum { DIGITS = 24 /* of 64 bits, octal too */ };

char *
append_bytes(char *p, char const *s, size_t n)
{
	for (; n >= 8; p += 8, s += 8, n -= 8) memcpy(p, s, 8);
	while (n--) *p++ = *s++;
	return p;
}

char *
append_text(char *p, char const *s)
{
	while (*s) *p++ = *s++;
	return p;
}

/* The digits from s on to its end, DIGITS bytes away, filled up from the left. */
static char *
put(char *p, char const *s, char const *end, size_t width, char fill)
{
	for (; (size_t)(end - s) < width; width--) *p++ = fill;
	while (s < end) *p++ = *s++;
	return p;
}

char *
append_number(char *p, uint64_t n, size_t width, char fill)
{
	char digits[DIGITS];
	char *end = digits + sizeof digits;
	char *s = end;

	do *--s = (char)('0' + n % 10);
	while (n /= 10);
	return put(p, s, end, width, fill);
}

char *
append_octal(char *p, unsigned int n, size_t width)
{
	char digits[DIGITS];
	char *end = digits + sizeof digits;
	char *s = end;

	do *--s = (char)('0' + (n & 7));
	while (n >>= 3);
	return put(p, s, end, width, '0');
}

char *
append_hex(char *p, uint64_t n)
{
	static char const hex[] = "0123456789abcdef";
	char digits[DIGITS];
	char *end = digits + sizeof digits;
	char *s = end;

	do *--s = hex[n & 15];
	while (n >>= 4);
	return put(p, s, end, 0, '0');
}
