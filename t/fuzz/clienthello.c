/* ClientHello: nothing beyond n is read, and what a beginning says is never taken back. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tls/clienthello.h"

enum { MOST = 4096 };

extern int LLVMFuzzerTestOneInput(uint8_t const *in, size_t n);

/* A buffer of exactly n: the sanitizer watches its end. */
static enum clienthello
look(uint8_t const *in, size_t n)
{
	unsigned char *exact = malloc(n ? n : 1);
	enum clienthello r;

	if (!exact) abort();
	if (n) memcpy(exact, in, n);
	r = clienthello_read(exact, n, "ftp,smtp");
	free(exact);
	return r;
}

int
LLVMFuzzerTestOneInput(uint8_t const *in, size_t n)
{
	enum clienthello whole;
	size_t i;

	if (n > MOST) return 0;
	whole = look(in, n);
	for (i = 0; i < n; i++) {
		enum clienthello part = look(in, i);

		if (part != CLIENTHELLO_MORE && part != whole) abort();
	}
	return 0;
}
