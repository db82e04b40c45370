/*
 * dot-scan width: GB/s of the decoder of mail data over lines of so many bytes
 * (negative: random up to that), in pieces of 64 KiB, beside its automaton by
 * bytes and beside memchr(3) and memcpy(3) per line, which decode nothing.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "smtp/dot.h"

enum { PIECE = 65536, PIECES = 1024, ROUNDS = 5 };

static char mail[(size_t)PIECE * PIECES];
static char out[PIECE + 1];

static void
by_blocks(struct dot *d, char const *in)
{
	size_t w;

	dot_decode(d, in, PIECE, out, &w);
}

static void
by_bytes(struct dot *d, char const *in)
{
	size_t w;

	dot_bytes(d, in, PIECE, out, &w);
}

static void
by_lines(struct dot *d, char const *in)
{
	char const *end = in + PIECE;
	char *to = out;

	while (in < end) {
		char const *lf = memchr(in, '\n', (size_t)(end - in));
		size_t n = lf ? (size_t)(lf + 1 - in) : (size_t)(end - in);

		memcpy(to, in, n);
		to += n;
		in += n;
	}
	d->octets += (uint64_t)(to - out);
}

static double
measure(void (*take)(struct dot *, char const *), int crlf)
{
	double best = 0;
	int r;

	for (r = 0; r < ROUNDS; r++) {
		struct dot d = { .state = DOT_BOL, .crlf = crlf };
		struct timespec from, to;
		double rate;
		size_t i;

		clock_gettime(CLOCK_MONOTONIC, &from);
		for (i = 0; i < sizeof mail; i += PIECE) take(&d, mail + i);
		clock_gettime(CLOCK_MONOTONIC, &to);
		rate = (double)d.octets
		    / ((double)(to.tv_sec - from.tv_sec) * 1e9
		        + (double)(to.tv_nsec - from.tv_nsec));
		if (rate > best) best = rate;
	}
	return best;
}

int
main(int argc, char **argv)
{
	int width = argc > 1 ? atoi(argv[1]) : 76;
	double ours, crlf, bytes, lines;
	size_t i = 0;

	while (i < sizeof mail) {
		long left = width > 0 ? width : 1 + random() % -width;

		while (left-- > 0 && i < sizeof mail) mail[i++] = (char)('a' + random() % 26);
		if (i < sizeof mail) mail[i++] = '\r';
		if (i < sizeof mail) mail[i++] = '\n';
	}
	ours = measure(by_blocks, 0);
	crlf = measure(by_blocks, 1);
	bytes = measure(by_bytes, 0);
	lines = measure(by_lines, 0);
	printf("lines of %4d: %5.2f GB/s, keeping CRLF %5.2f; automaton %5.2f (ours/it %.2f), "
	       "memchr and memcpy %5.2f (%.2f)\n",
	    width, ours, crlf, bytes, ours / bytes, lines, ours / lines);
	return 0;
}
