/* TYPE A: however it is cut, as a loop over bytes has it, and there and back. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ftp/ascii.h"

enum { MOST = 4096 };

extern int LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n);

/* RFC 959 3.1.1.1, as ascii.h has it. */
static size_t
plain_encode(char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (in[i] == '\n' && (i == 0 || in[i - 1] != '\r')) out[w++] = '\r';
		out[w++] = in[i];
	}
	return w;
}

static size_t
plain_decode(char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t i;

	for (i = 0; i < n; i++)
		if (in[i] != '\r' || i + 1 == n || in[i + 1] != '\n') out[w++] = in[i];
	return w;
}

struct conversion {
	size_t (*run)(int *cr, char const *in, size_t n, char *out);
	size_t grows; /* out has room for this many times n, and one byte */
};

/* In pieces, each in memory of its own size, so that a sanitizer sees every excess. */
static size_t
in_pieces(struct conversion c, int *cr, char const *in, size_t n, size_t cut, char *out)
{
	size_t w = 0;
	size_t i = 0;

	while (i < n) {
		size_t len = n - i < cut ? n - i : cut;
		char *piece = malloc(len);
		char *got = malloc(c.grows * len + 1);
		size_t m;

		if (!piece || !got) abort();
		memcpy(piece, in + i, len);
		m = c.run(cr, piece, len, got);
		memcpy(out + w, got, m);
		w += m;
		i += len;
		free(piece);
		free(got);
	}
	return w;
}

int
LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n)
{
	static struct conversion const encode = { ascii_encode, 2 };
	static struct conversion const decode = { ascii_decode, 1 };
	char const *in = (char const *)bytes + 1;
	char want[2 * MOST];
	char got[2 * MOST + 1];
	int cr = 0;
	size_t w;

	if (n < 1 || n > MOST) return 0;
	n--;
	w = plain_encode(in, n, want);
	if (in_pieces(encode, &cr, in, n, 1U + bytes[0], got) != w || memcmp(got, want, w) != 0)
		abort();
	cr = 0;
	w = in_pieces(decode, &cr, in, n, 1U + bytes[0], got);
	if (cr) got[w++] = '\r';
	if (plain_decode(in, n, want) != w || memcmp(got, want, w) != 0) abort();
	return 0;
}
