/* Telnet: in pieces or at once the same bytes come out, and never one too many. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ftp/telnet.h"

enum { MOST = 4096 };

extern int LLVMFuzzerTestOneInput(uint8_t const *in, size_t n);

/* Decode n bytes into a buffer of exactly n + 1: the sanitizer watches its end. */
static size_t
decode(struct telnet *t, char const *in, size_t n, char *out)
{
	char *exact = malloc(n + 1);
	size_t w;

	if (!exact) abort();
	w = telnet_decode(t, in, n, exact);
	if (w > n + 1 || t->answers > sizeof t->answer) abort();
	memcpy(out, exact, w);
	free(exact);
	return w;
}

/* The first byte is the size of the pieces. */
int
LLVMFuzzerTestOneInput(uint8_t const *in, size_t n)
{
	static char text[MOST];
	static char whole[MOST + 1];
	static char parts[2 * MOST + 1];
	struct telnet a;
	struct telnet b;
	size_t piece;
	size_t w;
	size_t v = 0;
	size_t i;

	if (n < 2 || n > MOST) return 0;
	piece = in[0] % 16 + 1U;
	n--;
	memcpy(text, in + 1, n);
	memset(&a, 0, sizeof a);
	memset(&b, 0, sizeof b);
	w = decode(&a, text, n, whole);
	for (i = 0; i < n; i += piece)
		v += decode(&b, text + i, n - i < piece ? n - i : piece, parts + v);
	if (w != v || memcmp(whole, parts, w) != 0) abort();
	if (a.state != b.state || a.answers != b.answers || a.refused != b.refused) abort();
	if (memcmp(a.answer, b.answer, a.answers) != 0) abort();
	if (a.answers != 3 * (size_t)a.refused || a.refused > TELNET_ANSWERS) abort();
	return 0;
}
