/* A message made ready for the wire: however it is cut, as the text of RFC 5321 has it, and back. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/measure.h"
#include "smtp/dot.h"
#include "smtp/stuff.h"

enum { MOST = 8192 };

extern int LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n);

/* Line by line; returns its length, or MOST * 4 if it cannot be sent. */
static size_t
plain(char const *in, size_t n, int dots, int strict, char *out)
{
	size_t w = 0;
	size_t i = 0;

	while (i < n) {
		char const *lf = memchr(in + i, '\n', n - i);
		size_t len = lf ? (size_t)(lf - in) - i : n - i;
		int cr = lf && len && in[i + len - 1] == '\r';

		if (strict && lf && !cr) return (size_t)MOST * 4;
		if (dots && in[i] == '.') out[w++] = '.';
		if (memchr(in + i, '\r', len - (size_t)cr)) return (size_t)MOST * 4;
		memcpy(out + w, in + i, len - (size_t)cr);
		w += len - (size_t)cr;
		out[w++] = '\r';
		out[w++] = '\n';
		i += len + (lf != NULL);
	}
	return w;
}

static size_t
in_pieces(struct stuff *s, char const *in, size_t n, size_t cut, char *out)
{
	static char piece[2 * MOST + 8];
	size_t w = 0;
	size_t i = 0;

	while (i < n) {
		size_t len = 1 + (i * 7 + cut) % cut;
		size_t got;

		if (len > n - i) len = n - i;
		got = stuff_encode(s, in + i, len, piece);
		if (got > 2 * len) abort();
		memcpy(out + w, piece, got);
		w += got;
		i += len;
	}
	return w + stuff_end(s, out + w);
}

/* Counted in pieces, it is as long as it comes out. */
static void
check_measure(char const *in, size_t n, size_t cut, int strict, size_t want)
{
	struct measure m = { 0 };
	int bad;
	size_t i;

	for (i = 0; i < n; i += cut) measure_add(&m, in + i, cut < n - i ? cut : n - i);
	bad = measure_bare_cr(&m) || (strict && measure_bare_lf(&m));
	if (bad != (want > (size_t)MOST * 3) || (!bad && measure_octets(&m) != want)) abort();
	for (i = 0; i < n && !(in[i] & 0x80);) i++;
	if ((i < n) != m.eight) abort();
}

/* What a server takes out of it is the lines, and that they end where they end. */
static void
check_decoded(char const *wire, size_t n, char const *in, size_t len)
{
	static char sent[4 * MOST];
	static char got[4 * MOST + 1];
	struct dot d = { .state = DOT_BOL };
	size_t w, i, at = 0;

	memcpy(sent, wire, n);
	memcpy(sent + n, ".\r\nQUIT\r\n", 9);
	if (dot_decode(&d, sent, n + 9, got, &w) != n + 3 || d.state != DOT_END) abort();
	for (i = 0; i < len; i++) {
		if (in[i] == '\r') continue;
		if (at >= w || got[at++] != in[i]) abort();
	}
	if (len && in[len - 1] != '\n' && (at >= w || got[at++] != '\n')) abort();
	if (at != w) abort();
}

int
LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n)
{
	static char want[3 * MOST];
	static char got[3 * MOST];
	char const *in = (char const *)bytes + 1;
	size_t cut, w, octets;
	int dots, strict;

	if (n == 0 || n-- > MOST) return 0;
	dots = bytes[0] & 1;
	strict = bytes[0] >> 1 & 1;
	octets = plain(in, n, 0, strict, want);
	w = plain(in, n, dots, strict, want);
	for (cut = 1; cut < 60; cut += 5) {
		struct stuff s = { .dots = dots, .strict = strict };
		size_t v = in_pieces(&s, in, n, cut, got);

		check_measure(in, n, cut, strict, octets);
		if ((s.state == STUFF_BAD) != (w > sizeof want)) abort();
		if (w <= sizeof want && (v != w || memcmp(want, got, w) != 0)) abort();
	}
	if (dots && w <= sizeof want) check_decoded(want, w, in, n);
	return 0;
}
