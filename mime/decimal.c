/* Numbers as digits: a base that is known is divided by without a division. */

#include "mime/decimal.h"

size_t
mime_decimal(char *out, uint64_t v)
{
	char digits[MIME_DECIMAL];
	size_t i = sizeof digits;
	size_t n = 0;

	do digits[--i] = (char)('0' + v % 10);
	while ((v /= 10) > 0);
	while (i < sizeof digits) out[n++] = digits[i++];
	return n;
}
