/* The end of mail data: the same however it is cut, and as an automaton by bytes has it. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "smtp/dot.h"

enum { MOST = 65536 };

extern int LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n);

/*
 * By the text of RFC 5321 alone: a line ends with CRLF; the line "." ends all;
 * one dot before a line goes. What has no end yet is left out of the result.
 */
static size_t
plain(char const *in, size_t n, char *out, size_t *w)
{
	size_t i = 0;

	*w = 0;
	for (;;) {
		char const *end = memmem(in + i, n - i, "\r\n", 2);
		size_t len;

		if (!end) return n + 1;
		len = (size_t)(end - (in + i));
		if (len == 1 && in[i] == '.') return i + 3;
		if (len && in[i] == '.') {
			i++;
			len--;
		}
		memcpy(out + *w, in + i, len);
		*w += len;
		out[(*w)++] = '\n';
		i += len + 2;
	}
}

static size_t
in_pieces(struct dot *d, char const *in, size_t n, unsigned int cut, char *out, size_t *w)
{
	size_t i = 0;

	*w = 0;
	while (i < n && d->state != DOT_END) {
		size_t len = 1 + (i * 7 + cut) % cut;
		size_t got, used;

		if (len > n - i) len = n - i;
		used = dot_decode(d, in + i, len, out + *w, &got);
		if (got > len + 1 || (used != len && d->state != DOT_END)) abort();
		*w += got;
		i += used;
	}
	return i;
}

int
LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n)
{
	static char want[MOST];
	static char got[MOST + 1];
	char const *in = (char const *)bytes;
	unsigned int cut;
	size_t w, end;

	if (n > MOST / 2) return 0;
	end = plain(in, n, want, &w);
	for (cut = 1; cut < 40; cut += 3) {
		struct dot d = { .state = DOT_BOL };
		size_t v;
		size_t i = in_pieces(&d, in, n, cut, got, &v);

		if ((d.state == DOT_END) != (end <= n) || i != (end <= n ? end : n)) abort();
		if (v < w || memcmp(want, got, w) != 0 || (end <= n && v != w)) abort();
	}
	return 0;
}
