/* UTF-8 in addresses: RFC 3629, RFC 6531. */

#include "smtp/utf8text.h"
#include "mime/utf8.h"

/*
 * C1 controls, and the separators at which some languages split lines: a list
 * of recipients must not grow by them.
 */
static int
ends_line(uint32_t c)
{
	return (c >= 0x80 && c <= 0x9f) || c == 0x2028 || c == 0x2029;
}

enum utf8text
utf8text(char const *s, size_t n)
{
	enum utf8text found = UTF8TEXT_ASCII;
	size_t i = 0;

	while (i < n) {
		uint32_t c;
		size_t len = mime_utf8_get(&c, s + i, n - i);

		if (len == 0 || ends_line(c)) return UTF8TEXT_BAD;
		if (len > 1) found = UTF8TEXT_GOOD;
		i += len;
	}
	return found;
}
