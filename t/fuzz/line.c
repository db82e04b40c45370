/* Command lines: the same lines, and the same ends of them, however the input is cut. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/line.h"

enum { MAX = 16, LINES = 4096 };

/* What was read: ends and contents, one after the other. */
struct read {
	size_t n;
	char s[LINES * 8];
};

extern int LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n);

static void
keep(struct read *r, struct line const *l, enum line_end end)
{
	r->s[r->n++] = (char)end;
	if (end != LINE_OK && end != LINE_LF) return;
	if (l->n >= MAX || l->s[l->n] || strlen(l->s) != l->n) abort();
	memcpy(r->s + r->n, l->s, l->n + 1);
	r->n += l->n + 1;
}

static void
in_pieces(struct read *r, char const *in, size_t n, size_t cut)
{
	char *space = malloc(MAX); /* so that the sanitizer sees its end */
	struct line l = { .s = space, .max = MAX, .alien = 0x16 };
	size_t i = 0;

	r->n = 0;
	if (!space) abort();
	while (i < n) {
		size_t used;
		size_t len = n - i < cut ? n - i : cut;
		enum line_end end = line_feed(&l, in + i, len, &used);

		if ((used == 0) != (end == LINE_ALIEN) || used > len
		    || (end == LINE_MORE && used != len))
			abort();
		i += used;
		if (end == LINE_MORE) continue;
		keep(r, &l, end);
		if (end == LINE_FLOOD || end == LINE_ALIEN) break;
	}
	free(space);
}

int
LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n)
{
	static struct read want;
	static struct read got;
	char const *in = (char const *)bytes;
	size_t cut;

	if (n > LINES) return 0;
	in_pieces(&want, in, n, n + 1);
	for (cut = 1; cut < 20; cut++) {
		in_pieces(&got, in, n, cut);
		if (got.n != want.n || memcmp(got.s, want.s, got.n) != 0) abort();
	}
	return 0;
}
