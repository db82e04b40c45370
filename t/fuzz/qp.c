/*
 * quoted-printable: each kernel, fed in pieces, decodes and encodes what plain
 * code does; what is encoded has no line over 76 and comes back.
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mime/qp.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *data, size_t n);

enum { MOST = 8192, ROOM = 9 * MOST + 4096 };

struct result {
	size_t n;
	mime_codes codes;
	char s[ROOM];
};

/* line: the eol of the decoder, and its end. */
static void
decode(char const *in, size_t n, size_t piece, enum mime_cpu *cpu, int line, struct result *r)
{
	static struct mime_qp d;
	size_t i;

	memset(&d, 0, sizeof d);
	d.cpu = cpu;
	d.eol = (enum mime_eol)(line % 3);
	d.end = line == 3 ? '\r' : '\n';
	r->n = 0;
	for (i = 0; i < n; i += piece)
		r->n += mime_qp_decode(&d, in + i, n - i < piece ? n - i : piece, r->s + r->n);
	r->n += mime_qp_finish(&d, r->s + r->n);
	r->codes = d.codes;
}

static void
encode(char const *in, size_t n, size_t piece, enum mime_cpu *cpu, struct result *r)
{
	struct mime_qp_enc e = { .cpu = cpu };
	size_t i;

	r->codes = 0;
	r->n = 0;
	for (i = 0; i < n; i += piece)
		r->n += mime_qp_encode(&e, in + i, n - i < piece ? n - i : piece, r->s + r->n);
	r->n += mime_qp_encode_end(&e, r->s + r->n);
}

static void
same(struct result const *a, struct result const *b)
{
	if (a->n != b->n || a->codes != b->codes || memcmp(a->s, b->s, a->n) != 0) abort();
}

static void
short_lines(struct result const *r)
{
	size_t column = 0;
	size_t i;

	for (i = 0; i < r->n; i++) {
		column = r->s[i] == '\n' ? 0 : column + 1;
		if (column > 76) abort();
	}
}

static void
compare(char const *s, size_t n, size_t piece, enum mime_cpu *cpu)
{
	static struct result plain;
	static struct result fast;
	int line;

	for (line = 0; line < 4; line++) {
		decode(s, n, n + 1, NULL, line, &plain);
		decode(s, n, piece, cpu, line, &fast);
		same(&plain, &fast);
	}
	encode(s, n, n + 1, NULL, &plain);
	encode(s, n, piece, cpu, &fast);
	same(&plain, &fast);
	short_lines(&fast);
	decode(fast.s, fast.n, n + 7, cpu, MIME_EOL_KEEP, &plain);
	if (plain.n != n || plain.codes || memcmp(plain.s, s, n) != 0) abort();
}

int
LLVMFuzzerTestOneInput(uint8_t const *data, size_t n)
{
	static size_t const pieces[] = { 1, 3, 17, 66, 130, 1000, MOST };
	static enum mime_cpu best; /* asking takes longer than all the rest */
	size_t i;

	if (n > MOST) return 0;
	if (best == MIME_CPU_UNKNOWN) best = mime_cpu_find();
	for (i = 0; i < sizeof pieces / sizeof *pieces; i++)
		compare((char const *)data, n, pieces[i], &best);
	return 0;
}
