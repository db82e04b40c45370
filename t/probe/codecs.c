/* Every codec in one form: n bytes in two pieces, to a result. */

#include <stdlib.h>
#include <string.h>

#include "t/probe/codecs.h"

void
codec_b64_decode(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r)
{
	static struct mime_b64 d;

	memset(&d, 0, sizeof d);
	d.cpu = cpu;
	r->n = mime_b64_decode(&d, in, cut, r->s);
	r->n += mime_b64_decode(&d, in + cut, n - cut, r->s + r->n);
	r->said[0] = (uint64_t)mime_b64_inside(&d);
	r->n += mime_b64_finish(&d, r->s + r->n);
	r->said[1] = d.codes;
	r->said[2] = d.chars;
	r->said[3] = d.junk;
}

static void
b64_encode_to(struct mime_b64_enc *e, char const *in, size_t n, size_t cut, struct result *r)
{
	r->n = mime_b64_encode(e, in, cut, r->s);
	r->n += mime_b64_encode(e, in + cut, n - cut, r->s + r->n);
	r->n += mime_b64_encode_end(e, r->s + r->n);
}

void
codec_b64_encode(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r)
{
	struct mime_b64_enc e = { .cpu = cpu };

	b64_encode_to(&e, in, n, cut, r);
}

void
codec_b64_encode_crlf(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r)
{
	struct mime_b64_enc e = { .cpu = cpu, .crlf = 1 };

	b64_encode_to(&e, in, n, cut, r);
}

struct mime_qp codec_qp_like;

void
codec_qp_decode(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r)
{
	static struct mime_qp d;

	d = codec_qp_like;
	d.cpu = cpu;
	r->n = mime_qp_decode(&d, in, cut, r->s);
	r->n += mime_qp_decode(&d, in + cut, n - cut, r->s + r->n);
	r->n += mime_qp_finish(&d, r->s + r->n);
	r->said[0] = d.codes;
}

void
codec_qp_encode(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r)
{
	struct mime_qp_enc e = { .cpu = cpu };

	r->n = mime_qp_encode(&e, in, cut, r->s);
	r->n += mime_qp_encode(&e, in + cut, n - cut, r->s + r->n);
	r->n += mime_qp_encode_end(&e, r->s + r->n);
	r->said[0] = e.column;
}

void
codec_uu_decode(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r)
{
	struct mime_uu d = { .end = '\n' };
	size_t used;

	(void)cpu;
	r->n = 0;
	used = mime_uu_decode(&d, in, cut, r->s, &r->n);
	if (used == cut) used += mime_uu_decode(&d, in + cut, n - cut, r->s, &r->n);
	if (d.state != MIME_UU_OVER && used != n) exit(101);
	r->n += mime_uu_finish(&d, r->s + r->n);
	r->said[0] = used;
	r->said[1] = d.junk;
	r->said[2] = d.state;
}

/* The reference is what a survey sees of single bytes. */
void
codec_survey(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r)
{
	struct mime_survey v = { .cpu = cpu };
	uint64_t *sum = r->said;
	size_t i;

	if (cpu) {
		mime_survey(&v, in, cut);
		mime_survey(&v, in + cut, n - cut);
	} else {
		for (i = 0; i < n; i++) mime_survey(&v, in + i, 1);
	}
	mime_survey_end(&v);
	sum[0] = v.bytes << 32 | v.high;
	sum[1] = v.escapes << 32 | v.longest;
	sum[2] = v.line;
	sum[3] =
	    (uint64_t)v.nul << 3 | (uint64_t)v.cr << 2 | (uint64_t)v.crlf << 1 | (uint64_t)v.broken;
}
