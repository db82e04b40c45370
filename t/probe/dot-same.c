/*
 * dot-same: is dot_decode, which works by blocks, what dot_bytes is, for every
 * cut in two? Hostile sequences at the edges of blocks, dense ones, random ones.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "smtp/dot.h"

enum { LEN = 330, AT = 124 /* just before the second block's end */, SHORT = 6 };

static unsigned long cuts;

/* mode 0: DATA, lines to LF; 1: CRLF kept; 2: BDAT, lines to LF. */

static void
compare(char const *in, size_t n, unsigned int mode, enum dot_state from)
{
	static char want[LEN + 1];
	static char got[LEN + 2];
	struct dot d = { .state = from, .crlf = mode & 1, .counted = mode == 2 };
	struct dot const begin = d;
	size_t cut, end, w;

	end = dot_bytes(&d, in, n, want, &w);
	for (cut = 0; cut < n; cut++, cuts++) {
		struct dot e = begin;
		size_t v = 0;
		size_t more = 0;
		size_t used = dot_decode(&e, in, cut, got, &v);

		if (used == cut) used += dot_decode(&e, in + cut, n - cut, got + v, &more);
		if (used == end && v + more == w && memcmp(got, want, w) == 0 && d.state == e.state
		    && d.bare == e.bare && d.octets == e.octets)
			continue;
		printf("differs: cut %zu, mode %u, from state %d, of %zu bytes:\n", cut, mode,
		    (int)from, n);
		fwrite(in, 1, n, stdout);
		exit(1);
	}
}

/* Every sequence of SHORT bytes out of four, at the edge of a block. */
static void
sequences(void)
{
	static char const alphabet[4] = "\r\n.x";
	char in[LEN];
	unsigned int s, i;

	for (s = 0; s < 1U << 2 * SHORT; s++) {
		memset(in, 'a', sizeof in);
		for (i = 0; i < SHORT; i++) in[AT + i] = alphabet[s >> 2 * i & 3];
		compare(in, sizeof in, s % 3, DOT_MID);
	}
}

/* What ends the data and what nearly does, at every place and from every state. */
static void
ends(void)
{
	static char const *const what[] = { "\r\n.\r\n", "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r\n",
		"\r\n..\r\n", "\r\n.\r\r\n", "\r\r\n.\r\n", "\r\n.\r\r\n.\r\n", "\r\n..",
		"\r\n.x.\r\n" };
	char in[LEN];
	size_t at, k;

	for (k = 0; k < sizeof what / sizeof *what; k++)
		for (at = 0; at < LEN / 2; at++) {
			memset(in, 'a', sizeof in);
			memcpy(in + at, what[k], strlen(what[k]));
			compare(in, sizeof in, (unsigned int)(at % 3),
			    (enum dot_state)(at / 3 % DOT_END));
		}
}

/* thin: how rare what matters is. */
static void
random_ones(unsigned int rounds, unsigned int thin)
{
	static char const alphabet[8] = "\r\n\r\n.\n.\r";
	char in[LEN];
	unsigned int r;
	size_t i;

	for (r = 0; r < rounds; r++) {
		for (i = 0; i < sizeof in; i++) {
			long x = random();

			in[i] = x % thin ? (char)(x >> 8) : alphabet[x >> 16 & 7];
			if (in[i] == '\n' && i > 0 && x & 1 << 20) in[i - 1] = '\r';
		}
		compare(in, sizeof in, r % 3, (enum dot_state)(r / 3 % DOT_END));
	}
}

int
main(void)
{
	srandom(7);
	sequences();
	ends();
	random_ones(300, 1);
	random_ones(300, 3);
	random_ones(1000, 20);
	random_ones(1000, 70);
	printf("%lu cuts agree\n", cuts);
	return 0;
}
