/* Bytes of the input as they came: bodies and header blocks. */

#include <string.h>

#include "mime/unpack.h"

/* What is decoded from a container has no bytes of its own in the input. */
static int
absent(struct mime_unpack *u, struct mime_part const *part)
{
	if (!part->coded) return 0;
	u->matched--;
	return 1;
}

static int
begin_body(struct mime_unpack *u, struct mime_part *part)
{
	if (absent(u, part)) return 1;
	/* What is inside a part that is being written already is written with it. */
	if (u->raw.on) return 1;
	u->raw.on = 1;
	u->raw.depth = part->depth;
	return 1;
}

static int
watch_body(struct mime_unpack *u, struct mime_event const *e)
{
	if (!u->raw.on) return 1;
	if (e->kind == MIME_EVENT_RAW) return mime_unpack_put(u, e->s, e->n);
	if (e->kind == MIME_EVENT_END && e->part->depth == u->raw.depth) u->raw.on = 0;
	return 1;
}

static int
watch_header(struct mime_unpack *u, struct mime_event const *e)
{
	struct mime_raw *r = &u->raw;
	size_t n = e->n;

	if (e->kind == MIME_EVENT_BEGIN) {
		r->n = 0;
		r->lost = 0;
	}
	if (e->kind != MIME_EVENT_RAW || e->piece != MIME_PIECE_HEADER) return 1;
	if (n > sizeof r->header - r->n) {
		n = sizeof r->header - r->n;
		r->lost = 1;
	}
	memcpy(r->header + r->n, e->s, n);
	r->n += n;
	return 1;
}

/* Without the empty line that ends the block, and those that were skipped before it. */
static int
begin_header(struct mime_unpack *u, struct mime_part *part)
{
	struct mime_raw const *r = &u->raw;
	char const *s = r->header;
	size_t n = r->n;

	if (absent(u, part)) return 1;
	if (r->lost && !mime_unpack_note(u, part, MIME_LIMIT_HEADER)) return 0;
	if (!r->lost && n > 0 && (s[n - 1] == '\n' || s[n - 1] == '\r')) {
		size_t m = n - 1;

		if (m > 0 && s[m] == '\n' && s[m - 1] == '\r') m--;
		if (m == 0 || s[m - 1] == '\n' || s[m - 1] == '\r') n = m;
	}
	for (; n > 0 && (*s == '\n' || *s == '\r'); n--) s++;
	return mime_unpack_put(u, s, n);
}

struct mime_action const mime_action_raw = {
	.containers = 1,
	.begin = &begin_body,
	.watch = &watch_body,
};

struct mime_action const mime_action_headers = {
	.containers = 1,
	.begin = &begin_header,
	.watch = &watch_header,
};
