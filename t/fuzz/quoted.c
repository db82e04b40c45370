/* Log values: within their space, one word or one pair of quotes, nothing that ends either. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/safe.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n);

/* "..." with \xHH in it, and no other quote, backslash, or byte that is not printable. */
static int
quotes_ok(char const *s, size_t n)
{
	size_t i;

	if (n < 2 || s[n - 1] != '"') return 0;
	for (i = 1; i < n - 1; i++) {
		if (s[i] < 0x20 || s[i] > 0x7e || strchr("\"=", s[i])) return 0;
		if (s[i] != '\\') continue;
		if (i + 4 > n - 1 || s[i + 1] != 'x') return 0;
		i += 3;
	}
	return 1;
}

int
LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n)
{
	size_t max = n ? 8 + bytes[0] : 8;
	char *out = malloc(max); /* so that the sanitizer sees its end */
	size_t w;
	size_t i;

	if (!out) abort();
	w = safe_quoted(out, max, (char const *)bytes, n);
	if (w >= max || strlen(out) != w) abort();
	if (out[0] == '"') {
		if (!quotes_ok(out, w)) abort();
	} else {
		for (i = 0; i < w; i++)
			if (out[i] <= 0x20 || out[i] > 0x7e || strchr("\"\\=", out[i])) abort();
	}
	free(out);
	return 0;
}
