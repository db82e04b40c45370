/*
 * base64: each kernel, fed in pieces, decodes what plain code decodes byte by
 * byte; what is encoded comes back, in lines of 76 and without a notice.
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mime/b64.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *data, size_t n);

enum { MOST = 8192, ROOM = 2 * MOST + 4096 };

struct result {
	size_t n;
	mime_codes codes;
	uint64_t chars;
	uint64_t junk;
	char s[ROOM];
};

static void
decode(char const *in, size_t n, size_t piece, enum mime_cpu *cpu, struct result *r)
{
	static struct mime_b64 d;
	size_t i;

	memset(&d, 0, sizeof d);
	d.cpu = cpu;
	r->n = 0;
	for (i = 0; i < n; i += piece)
		r->n += mime_b64_decode(&d, in + i, n - i < piece ? n - i : piece, r->s + r->n);
	r->n += mime_b64_finish(&d, r->s + r->n);
	r->codes = d.codes;
	r->chars = d.chars;
	r->junk = d.junk;
}

static void
encode(char const *in, size_t n, size_t piece, enum mime_cpu *cpu, struct result *r)
{
	struct mime_b64_enc e = { .cpu = cpu, .crlf = n & 1 };
	size_t i;

	r->codes = 0;
	r->n = 0;
	for (i = 0; i < n; i += piece)
		r->n += mime_b64_encode(&e, in + i, n - i < piece ? n - i : piece, r->s + r->n);
	r->n += mime_b64_encode_end(&e, r->s + r->n);
}

static void
same(struct result const *a, struct result const *b)
{
	if (a->n != b->n || a->codes != b->codes || memcmp(a->s, b->s, a->n) != 0) abort();
}

static void
compare(char const *s, size_t n, size_t piece, enum mime_cpu *cpu)
{
	static struct result plain;
	static struct result fast;

	decode(s, n, n + 1, NULL, &plain);
	decode(s, n, piece, cpu, &fast);
	same(&plain, &fast);
	if (plain.chars != fast.chars || plain.junk != fast.junk) abort();
	encode(s, n, n + 1, NULL, &plain);
	encode(s, n, piece, cpu, &fast);
	same(&plain, &fast);
	decode(fast.s, fast.n, n + 7, cpu, &plain);
	if (plain.n != n || plain.codes || memcmp(plain.s, s, n) != 0) abort();
}

int
LLVMFuzzerTestOneInput(uint8_t const *data, size_t n)
{
	static size_t const pieces[] = { 1, 3, 17, 64, 77, MOST };
	static enum mime_cpu best; /* asking takes longer than all the rest */
	enum mime_cpu kind;
	size_t i;

	if (n > MOST) return 0;
	if (best == MIME_CPU_UNKNOWN) best = mime_cpu_find();
	kind = best == MIME_CPU_NEON ? best : MIME_CPU_SCALAR;
	for (; kind <= best; kind++)
		for (i = 0; i < sizeof pieces / sizeof *pieces; i++)
			compare((char const *)data, n, pieces[i], &kind);
	return 0;
}
