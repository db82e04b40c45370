/* The text of a message that a person would read: -b. */

#include <string.h>

#include "mime/unpack.h"

static int
is(struct mime_part const *part, char const *type)
{
	return strcmp(part->type, type) == 0;
}

/*
 * The first body part counts. If that is HTML and in an alternative, it waits:
 * plain text that comes later in the same alternative is preferred.
 */
static int
begin(struct mime_unpack *u, struct mime_part *part)
{
	struct mime_readable *r = &u->readable;
	int plain = is(part, "text/plain") && part->namelen == 0
	    && part->disposition != MIME_DISPOSITION_ATTACHMENT;

	if (part->container) {
		if (!r->alternative && is(part, "multipart/alternative")) {
			r->alternative = 1;
			r->depth = part->depth;
		}
		return 1;
	}
	if (r->stage == MIME_READABLE_NONE && part->class == MIME_CLASS_BODY) {
		r->stage = r->alternative && !plain ? MIME_READABLE_HOLDING : MIME_READABLE_TAKING;
		r->n = 0;
	} else if (r->stage == MIME_READABLE_HELD && r->alternative && plain
	    && (part->class == MIME_CLASS_BODY || part->class == MIME_CLASS_ALT)) {
		r->stage = MIME_READABLE_TAKING;
	} else {
		u->now->wanted = 0;
	}
	return 1;
}

/* What does not fit has waited long enough. */
static int
data(struct mime_unpack *u, char const *s, size_t n)
{
	struct mime_readable *r = &u->readable;

	if (r->stage == MIME_READABLE_HOLDING && n <= sizeof r->hold - r->n) {
		memcpy(r->hold + r->n, s, n);
		r->n += n;
		return 1;
	}
	if (r->stage == MIME_READABLE_HOLDING) {
		r->stage = MIME_READABLE_TAKING;
		if (!mime_unpack_put(u, r->hold, r->n)) return 0;
	}
	return mime_unpack_put(u, s, n);
}

static int
end(struct mime_unpack *u, struct mime_part *part)
{
	(void)part;
	u->readable.stage =
	    u->readable.stage == MIME_READABLE_HOLDING ? MIME_READABLE_HELD : MIME_READABLE_DONE;
	return 1;
}

static int
watch(struct mime_unpack *u, struct mime_event const *e)
{
	struct mime_readable *r = &u->readable;

	if (e->kind != MIME_EVENT_END || !r->alternative || !e->part->container
	    || e->part->depth != r->depth)
		return 1;
	r->alternative = 0;
	if (r->stage != MIME_READABLE_HELD) return 1;
	r->stage = MIME_READABLE_DONE;
	return mime_unpack_put(u, r->hold, r->n);
}

struct mime_action const mime_action_readable = {
	.containers = 1,
	.begin = &begin,
	.data = &data,
	.end = &end,
	.watch = &watch,
};
