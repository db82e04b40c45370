/* The exact bytes of what was signed: RFC 1847 section 2.1, RFC 3156 section 5, RFC 8551 section 3.5.3. */

#include <string.h>

#include "mime/unpack.h"

/* Of several the first one that is wanted counts. */
static int
begin(struct mime_unpack *u, struct mime_part *part)
{
	struct mime_signed *g = &u->signature;

	if (part->coded || g->stage != MIME_SIGNED_NONE
	    || strcmp(part->type, "multipart/signed") != 0)
		return 1;
	g->stage = MIME_SIGNED_AHEAD;
	g->depth = part->depth + 1;
	mime_decoder_init(&g->lines, MIME_CTE_8BIT, MIME_EOL_CRLF, '\n', NULL);
	return 1;
}

/* Lines end with CRLF, however they came. */
static int
put(struct mime_unpack *u, char const *s, size_t n)
{
	while (n > 0) {
		char out[MIME_DECODE_OUT];
		char const *result;
		size_t k = n < MIME_DECODE_IN ? n : MIME_DECODE_IN;
		size_t w = mime_decode(&u->signature.lines, s, k, out, &result);

		if (!mime_unpack_put(u, result, w)) return 0;
		s += k;
		n -= k;
	}
	return 1;
}

static int
watch(struct mime_unpack *u, struct mime_event const *e)
{
	struct mime_signed *g = &u->signature;
	char cr;

	if (e->kind == MIME_EVENT_BEGIN && g->stage == MIME_SIGNED_AHEAD) {
		g->stage = MIME_SIGNED_INSIDE;
	} else if (g->stage != MIME_SIGNED_INSIDE) {
		return 1;
	} else if (e->kind == MIME_EVENT_RAW) {
		return put(u, e->s, e->n);
	} else if (e->kind == MIME_EVENT_END && e->part->depth == g->depth) {
		g->stage = MIME_SIGNED_DONE;
		return mime_unpack_put(u, &cr, mime_decode_end(&g->lines, &cr));
	}
	return 1;
}

struct mime_action const mime_action_signed = {
	.containers = 1,
	.begin = &begin,
	.watch = &watch,
};
