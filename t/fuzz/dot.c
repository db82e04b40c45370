/*
 * The end of mail data: the same however it is cut, as the automaton by bytes has
 * it, and as the RFC says it.
 */

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
plain(int crlf, char const *in, size_t n, char *out, size_t *w)
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
		if (crlf) out[(*w)++] = '\r';
		out[(*w)++] = '\n';
		i += len + 2;
	}
}

/* The length of the first piece, and of each one after it. */
struct cuts {
	size_t first;
	size_t more;
};

static size_t
in_pieces(struct dot *d, char const *in, size_t n, struct cuts const *c, char *out, size_t *w)
{
	size_t i = 0;

	*w = 0;
	while (i < n && d->state != DOT_END) {
		size_t piece = i == 0 ? c->first : c->more;
		size_t got, used;

		if (piece > n - i) piece = n - i;
		used = dot_decode(d, in + i, piece, out + *w, &got);
		if (got > piece + 1 || (used != piece && d->state != DOT_END)) abort();
		*w += got;
		i += used;
	}
	return i;
}

static void
check(int crlf, char const *in, size_t n)
{
	static char want[MOST];
	static char got[MOST + 1];
	struct dot by_bytes = { .state = DOT_BOL, .crlf = crlf };
	size_t w, v, end, cut;

	end = plain(crlf, in, n, want, &w);
	if (dot_bytes(&by_bytes, in, n, got, &v) != (end <= n ? end : n)) abort();
	if (v < w || memcmp(want, got, w) != 0 || (end <= n && v != w)) abort();
	memcpy(want, got, v);
	w = v;
	for (cut = 1; cut <= n; cut += 1 + n / 1000) {
		struct dot d = { .state = DOT_BOL, .crlf = crlf };
		struct cuts c = { cut, cut % 3 ? n : cut };
		size_t i = in_pieces(&d, in, n, &c, got, &v);

		if (d.state != by_bytes.state || i != (end <= n ? end : n)) abort();
		if (d.octets != by_bytes.octets || d.bare != by_bytes.bare) abort();
		if (v != w || memcmp(want, got, w) != 0) abort();
	}
}

/* Octets of BDAT: line ends alone. */
static void
check_counted(char const *in, size_t n)
{
	static char want[MOST];
	static char got[MOST + 1];
	size_t w = 0;
	size_t v, at, i;

	for (i = 0; i < n; i++)
		if (in[i] != '\r' || i + 1 == n || in[i + 1] != '\n') want[w++] = in[i];
	for (at = 1; at <= n; at += 1 + n / 100) {
		struct dot d = { .state = DOT_BOL, .counted = 1 };
		struct cuts c = { at, at };

		if (in_pieces(&d, in, n, &c, got, &v) != n || d.octets != n) abort();
		v += dot_finish(&d, got + v);
		if (v != w || memcmp(want, got, w) != 0) abort();
	}
}

int
LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n)
{
	if (n > MOST / 2) return 0;
	check(0, (char const *)bytes, n);
	check(1, (char const *)bytes, n);
	check_counted((char const *)bytes, n);
	return 0;
}
