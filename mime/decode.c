/* One transfer encoding or another, and the line ends of text. */

#include <string.h>

#include "mime/decode.h"
#include "mime/find.h"

/* What decoders held back before, and what vectors write beyond the end. */
#define SLACK (MIME_DECODE_OUT - 2 * MIME_DECODE_IN)

void
mime_decoder_init(
    struct mime_decoder *d, enum mime_cte cte, enum mime_eol eol, char end, enum mime_cpu *cpu)
{
	d->cte = cte;
	d->eol = eol;
	d->end = end;
	d->cr = 0;
	if (cte == MIME_CTE_B64) {
		memset(&d->u.b64, 0, sizeof d->u.b64);
		d->u.b64.cpu = cpu;
	} else if (cte == MIME_CTE_QP) {
		memset(&d->u.qp, 0, sizeof d->u.qp);
		d->u.qp.cpu = cpu;
		d->u.qp.eol = eol;
		d->u.qp.end = end;
	} else if (cte == MIME_CTE_UU) {
		memset(&d->u.uu, 0, sizeof d->u.uu);
		d->u.uu.end = end;
	}
}

size_t
mime_decode_most(struct mime_decoder const *d, size_t n, size_t room)
{
	/* As many may come out, of text with other line ends or escaped ones twice as many. */
	size_t most = room - SLACK;

	/* A short line of zeros may have been a long one. */
	if (d->cte == MIME_CTE_UU)
		most = room / MIME_UU_LINE;
	else if (d->cte != MIME_CTE_B64 && d->cte != MIME_CTE_QP && d->eol == MIME_EOL_KEEP)
		most = n;
	else if (d->cte != MIME_CTE_B64)
		most /= 2;
	return n < most ? n : most;
}

static size_t
put_eol(struct mime_decoder const *d, char *out)
{
	size_t w = 0;

	if (d->eol == MIME_EOL_CRLF) out[w++] = '\r';
	out[w++] = '\n';
	return w;
}

/* LF or CRLF to what was asked for; a CR alone stays. */
static size_t
lines(struct mime_decoder *d, char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t i = 0;

	if (d->cr && n > 0) {
		d->cr = 0;
		if (in[0] != '\n') out[w++] = '\r';
	}
	while (i < n) {
		char const *cr = memchr(in + i, '\r', n - i);
		char const *lf = d->eol == MIME_EOL_LF ? cr : memchr(in + i, '\n', n - i);
		size_t k;

		if (!lf || (cr && cr < lf)) lf = cr;
		k = lf ? (size_t)(lf - in) - i : n - i;
		memcpy(out + w, in + i, k);
		w += k;
		i += k;
		if (i == n) break;
		if (in[i] == '\r' && i + 1 == n)
			d->cr = 1;
		else if (in[i] == '\n' || in[i + 1] == '\n')
			w += put_eol(d, out + w);
		else
			out[w++] = '\r';
		i += in[i] == '\r' && i + 1 < n && in[i + 1] == '\n' ? 2 : 1;
	}
	return w;
}

/* Text whose lines end with CR. */
static size_t
cr_lines(struct mime_decoder const *d, char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (in[i] == '\r')
			w += put_eol(d, out + w);
		else
			out[w++] = in[i];
	}
	return w;
}

static size_t
uudecode(struct mime_uu *d, char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t i = mime_uu_decode(d, in, n, out, &w);

	/* What follows the file is lost: that is to be said. */
	for (; i < n; i++)
		if (!strchr(" \t\r\n", in[i])) d->junk++;
	return w;
}

size_t
mime_decode(struct mime_decoder *d, char const *in, size_t n, char *out, char const **result)
{
	*result = out;
	if (d->cte == MIME_CTE_B64) return mime_b64_decode(&d->u.b64, in, n, out);
	if (d->cte == MIME_CTE_UU) return uudecode(&d->u.uu, in, n, out);
	if (d->cte == MIME_CTE_QP) return mime_qp_decode(&d->u.qp, in, n, out);
	if (d->eol != MIME_EOL_KEEP && d->end == '\r') return cr_lines(d, in, n, out);
	if (d->eol == MIME_EOL_KEEP
	    || (d->eol == MIME_EOL_LF && !d->cr && !mime_find(in, '\r', n))) {
		*result = in;
		return n;
	}
	return lines(d, in, n, out);
}

size_t
mime_decode_end(struct mime_decoder *d, char *out)
{
	if (d->cte == MIME_CTE_B64) return mime_b64_finish(&d->u.b64, out);
	if (d->cte == MIME_CTE_UU) return mime_uu_finish(&d->u.uu, out);
	if (d->cte == MIME_CTE_QP) return mime_qp_finish(&d->u.qp, out);
	if (!d->cr) return 0;
	d->cr = 0;
	out[0] = '\r';
	return 1;
}

mime_codes
mime_decoder_codes(struct mime_decoder const *d, mime_codes *damage)
{
	mime_codes const junk = (mime_codes)1 << MIME_B64_JUNK;

	*damage = 0;
	if (d->cte == MIME_CTE_QP) {
		*damage = d->u.qp.codes & ~((mime_codes)1 << MIME_QP_SPACE);
		return d->u.qp.codes;
	}
	if (d->cte == MIME_CTE_UU && (d->u.uu.junk || d->u.uu.state != MIME_UU_OVER))
		*damage = (mime_codes)1 << MIME_BAD_UU;
	if (d->cte != MIME_CTE_B64) return *damage;
	*damage = d->u.b64.codes & ~junk;
	if (d->u.b64.junk > d->u.b64.chars / 100) *damage |= junk;
	return d->u.b64.codes;
}

int
mime_decoder_inside(struct mime_decoder const *d)
{
	return d->cte == MIME_CTE_B64 && mime_b64_inside(&d->u.b64);
}
