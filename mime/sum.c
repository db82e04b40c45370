/* SHA-256 in hex: FIPS 180-4. */

#include "mime/sum.h"

void
mime_sum_begin(struct mime_sum *m)
{
	SHA256Init(&m->state);
}

void
mime_sum_add(struct mime_sum *m, char const *s, size_t n)
{
	SHA256Update(&m->state, (uint8_t const *)s, n);
}

void
mime_sum_hex(struct mime_sum *m, char *out, size_t n)
{
	static char const digits[] = "0123456789abcdef";
	uint8_t sum[SHA256_DIGEST_LENGTH];
	size_t i;

	SHA256Final(sum, &m->state);
	for (i = 0; i < n; i++) out[i] = digits[sum[i / 2] >> (i % 2 ? 0 : 4) & 15];
	out[n] = 0;
}
