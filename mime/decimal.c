/* Numbers as digits: a base that is known is divided by without a division. */

#include "mime/decimal.h"

size_t
mime_decimal(char *out, uint64_t v)
{
	uint64_t more = 10;
	size_t n = 1;
	size_t i;

	for (; n < MIME_DECIMAL && v >= more; more *= 10) n++;
	for (i = n; i > 0; v /= 10) out[--i] = (char)('0' + v % 10);
	return n;
}
