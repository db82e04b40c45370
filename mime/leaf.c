/* Writing the body of one leaf. */

#include <string.h>

#include <skalibs/strerr.h>

#include "mime/decode.h"
#include "mime/pack.h"
#include "mime/qp.h"

/*
 * Whole pages: what begins in the middle of one is copied more slowly, and by some
 * processors, when it begins up to 31 bytes into one, at a third of the speed.
 */
#define BLOCK 131072
#define LINES ((size_t)BLOCK / MIME_B64_RAW + 1)
#define TEXT 65536
#define TEXT_OUT (TEXT + 2)

/* The next bytes of the source, as many as fit unless it ends. */
static size_t
fill(struct mime_pack *k, struct mime_leaf *l, char *s, size_t n)
{
	size_t w = 0;

	while (w < n) {
		ssize_t r = mime_source_read(&l->source, s + w, n - w);

		if (r == -1) {
			mime_pack_give_up(k);
			strerr_diefusys(111, "read ", l->source.path);
		}
		if (r == 0) break;
		w += (size_t)r;
	}
	k->read += w;
	if (!k->out.counting || k->sized) mime_progress_show(&k->progress, k->read, k->total);
	return w;
}

/* Text as it is or, a body may have come with either line end, with LF; 0 at its end. */
static size_t
text(struct mime_pack *k, struct mime_leaf *l, struct mime_decoder *d, char const **result)
{
	static _Alignas(4096) char raw[TEXT];
	static char clean[TEXT_OUT];
	size_t n = fill(k, l, raw, sizeof raw);
	size_t w = mime_decode(d, raw, n, clean, result);

	/* Where nothing is changed, nothing is held back. */
	if (n < sizeof raw && *result == clean) w += mime_decode_end(d, clean + w);
	return w;
}

/* The lines of so many bytes. */
static uint64_t
base64_size(uint64_t bytes, int crlf)
{
	uint64_t lines = (bytes + MIME_B64_RAW - 1) / MIME_B64_RAW;

	return (bytes + 2) / 3 * 4 + lines * (crlf ? 2 : 1);
}

/*
 * Bytes as they are, of a text body too: RFC 2045 6.8 wants CRLF in it, but then
 * it would not come out as it went in, and no reader minds LF.
 */
static void
base64(struct mime_pack *k, struct mime_leaf *l)
{
	static _Alignas(4096) char raw[BLOCK];
	static char lines[(LINES + 1) * 78 + 64];
	struct mime_b64_enc e = { .cpu = &k->cpu, .crlf = k->out.crlf };
	size_t n;

	if (k->out.counting && l->source.bounded) {
		k->out.bytes += base64_size(l->source.size, k->out.crlf);
		return;
	}
	do {
		n = fill(k, l, raw, sizeof raw);
		mime_pack_raw(k, lines, mime_b64_encode(&e, raw, n, lines));
	} while (n == sizeof raw);
	mime_pack_raw(k, lines, mime_b64_encode_end(&e, lines));
}

/* RFC 2045 6.7 (4): in what is no text a LF is a byte like others, and encoded. */
static size_t
encode_lf(struct mime_qp_enc *e, char *out)
{
	size_t w = mime_qp_encode_end(e, out);

	if (e->column + 3 > MIME_QP_COLUMNS) {
		out[w++] = '=';
		out[w++] = '\n';
		e->column = 0;
	}
	memcpy(out + w, "=0A", 3);
	e->column += 3;
	return w + 3;
}

static size_t
encode(struct mime_qp_enc *e, int is_text, char const *in, size_t n, char *out)
{
	size_t w = 0;

	if (is_text) return mime_qp_encode(e, in, n, out);
	while (n > 0) {
		char const *lf = memchr(in, '\n', n);
		size_t k = lf ? (size_t)(lf - in) : n;

		w += mime_qp_encode(e, in, k, out + w);
		if (!lf) break;
		w += encode_lf(e, out + w);
		in += k + 1;
		n -= k + 1;
	}
	return w;
}

static void
quoted_printable(struct mime_pack *k, struct mime_leaf *l, struct mime_decoder *d, int last)
{
	struct mime_qp_enc e = { .cpu = &k->cpu };
	static char out[6 * TEXT_OUT + 64];
	char const *s;
	size_t n;

	while ((n = text(k, l, d, &s)) > 0)
		mime_pack_write(k, out, encode(&e, mime_leaf_is_text(l), s, n, out));
	mime_pack_write(k, out, mime_qp_encode_end(&e, out));
	/* A soft break ends the line of the message and adds nothing to the text. */
	if (last && e.column > 0) mime_pack_put(k, "=\n");
}

static void
as_it_is(struct mime_pack *k, struct mime_leaf *l, struct mime_decoder *d, int last)
{
	int raw = l->plan.cte == MIME_CTE_BINARY && l->role < MIME_ROLE_TEXT
	    && l->role != MIME_ROLE_READY;
	char const *s;
	char end = '\n';
	size_t n;

	while ((n = text(k, l, d, &s)) > 0) {
		(raw ? mime_pack_raw : mime_pack_write)(k, s, n);
		end = s[n - 1];
	}
	if (last && end != '\n') mime_pack_put(k, "\n");
}

void
mime_leaf_body(struct mime_pack *k, struct mime_leaf *l, int last)
{
	struct mime_decoder d;

	mime_decoder_init(
	    &d, MIME_CTE_7BIT, l->role >= MIME_ROLE_TEXT ? MIME_EOL_LF : MIME_EOL_KEEP, '\n', NULL);
	if (l->plan.cte == MIME_CTE_B64)
		base64(k, l);
	else if (l->plan.cte == MIME_CTE_QP)
		quoted_printable(k, l, &d, last);
	else
		as_it_is(k, l, &d, last);
}
