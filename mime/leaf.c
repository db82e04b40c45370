/* Writing the body of one leaf. */

#include <skalibs/strerr.h>

#include "mime/decode.h"
#include "mime/pack.h"
#include "mime/qp.h"

/* Whole lines of base64: 57 bytes each. */
#define LINES ((size_t)1024)
#define BLOCK (LINES * MIME_B64_RAW)
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
	if (!k->out.counting) mime_progress_show(&k->progress, k->read, k->total);
	return w;
}

/* Text as it is or, a body may have come with either line end, with LF; 0 at its end. */
static size_t
text(struct mime_pack *k, struct mime_leaf *l, struct mime_decoder *d, char const **result)
{
	static char raw[TEXT];
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
	static char raw[BLOCK];
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

static void
quoted_printable(struct mime_pack *k, struct mime_leaf *l, struct mime_decoder *d, int last)
{
	struct mime_qp_enc e = { .cpu = &k->cpu };
	static char out[4 * TEXT_OUT + 64];
	char const *s;
	size_t n;

	while ((n = text(k, l, d, &s)) > 0)
		mime_pack_write(k, out, mime_qp_encode(&e, s, n, out));
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
