/*
 * uuencode: the same bytes however the input is cut, and no more of them than
 * was said; what is encoded comes back.
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mime/uu.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *data, size_t n);

enum { MOST = 4096, ROOM = (MOST / 2 + 2) * MIME_UU_LINE };

struct result {
	size_t n;
	size_t used;
	uint64_t junk;
	enum mime_uu_state state;
	char s[ROOM];
};

static void
decode(char const *in, size_t n, size_t piece, enum mime_uu_state from, struct result *r)
{
	struct mime_uu d = { .end = '\n', .state = from };
	size_t i;

	r->n = 0;
	r->used = 0;
	for (i = 0; i < n && r->used == i; i += piece) {
		size_t k = n - i < piece ? n - i : piece;
		size_t before = r->n;

		r->used += mime_uu_decode(&d, in + i, k, r->s, &r->n);
		if (r->n - before > (k / 2 + 1) * MIME_UU_LINE) abort();
	}
	if (r->used < n && d.state != MIME_UU_OVER) abort();
	r->n += mime_uu_finish(&d, r->s + r->n);
	r->junk = d.junk;
	r->state = d.state;
}

/* The file, with its begin and its end line. */
static size_t
encode(unsigned char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t i;

	memcpy(out, "begin 644 x\n", 12);
	for (w = 12; n > 0; n -= i, in += i) {
		size_t line = n < 45 ? n : 45;

		out[w++] = (char)(' ' + line);
		for (i = 0; i < line; i += 3) {
			uint32_t v = (uint32_t)in[i] << 16;

			if (i + 1 < line) v |= (uint32_t)in[i + 1] << 8;
			if (i + 2 < line) v |= in[i + 2];
			out[w++] = (char)(' ' + (v >> 18));
			out[w++] = (char)(' ' + (v >> 12 & 63));
			out[w++] = (char)(' ' + (v >> 6 & 63));
			out[w++] = (char)(' ' + (v & 63));
		}
		out[w++] = '\n';
		i = line;
	}
	memcpy(out + w, "`\nend\n", 6);
	return w + 6;
}

int
LLVMFuzzerTestOneInput(uint8_t const *data, size_t n)
{
	static size_t const pieces[] = { 1, 2, 7, 61 };
	static struct result whole;
	static struct result cut;
	static char coded[2 * MOST];
	enum mime_uu_state from = n & 1 ? MIME_UU_START : MIME_UU_LOOK;
	char const *s = (char const *)data;
	size_t i;

	if (n > MOST) return 0;
	decode(s, n, n + 1, from, &whole);
	for (i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		decode(s, n, pieces[i], from, &cut);
		if (cut.n != whole.n || cut.used != whole.used || cut.junk != whole.junk
		    || cut.state != whole.state || memcmp(cut.s, whole.s, cut.n) != 0)
			abort();
	}
	i = encode(data, n, coded);
	decode(coded, i, i, MIME_UU_LOOK, &whole);
	if (whole.n != n || whole.junk || memcmp(whole.s, s, n) != 0) abort();
	return 0;
}
