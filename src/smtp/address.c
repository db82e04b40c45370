/* What may stand between "<" and ">": RFC 5321 4.1.2, RFC 6531 3.3. */

#include <string.h>

#include "lib/safe.h"
#include "mime/utf8.h"
#include "smtp/address.h"
#include "smtp/addrspec.h"

/* Quotes end, and what only they allow stands between them. */
static int
quotes_ok(char const *s)
{
	int in = 0;

	for (; *s; s++) {
		if (*s == '"') in = !in;
		if (in && *s == '\\' && *++s == 0) return 0;
		/* RFC 821 had a backslash here too: what is quoted must be one and the same to all. */
		if (!in && strchr(" <>\\", *s)) return 0;
	}
	return !in;
}

int
address_eight(char const *a)
{
	return !safe_is(a, strlen(a), 0) && safe_is(a, strlen(a), 1);
}

char const *
address_fault(char const *a, int utf8)
{
	size_t n = strlen(a);

	if (n == 0) return "an empty address";
	if (n >= ADDRESS_MAX) return "an address of over 511 bytes";
	if (a[0] == '-') return "an address that begins with -";
	if (!safe_is(a, n, 1)) return "a control character in an address";
	if (address_eight(a) && !utf8) return "an address beyond US-ASCII, without -u";
	if (!mime_utf8_valid(a, n)) return "an address that is not UTF-8";
	if (!quotes_ok(a)) return "a blank, a bracket, a backslash or an open quote in an address";
	return NULL;
}

int
address_quote(char *out, char const *a)
{
	char const *at = strrchr(a, '@');
	size_t n = at ? (size_t)(at - a) : strlen(a);

	if (2 * n + strlen(a + n) + 3 > ADDRESS_MAX) return 0;
	addrspec_format(out, a, n);
	return 1;
}
