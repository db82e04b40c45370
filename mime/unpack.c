/* What mime-unpack does with the events of the parser. */

#include <errno.h>

#include "mime/unpack.h"
#include "mime/unpacktext.h"
#include "mime/warning.h"

#define BYTES ((uint64_t)64 << 20)

int
mime_unpack_fail(struct mime_unpack *u, char const *what)
{
	u->error = errno;
	u->failed = what;
	return 0;
}

int
mime_unpack_put(struct mime_unpack *u, char const *s, size_t n)
{
	size_t k;
	char out[4096];
	int done = 1;

	if (!u->tty) done = mime_sink_put(&u->out, s, n);
	for (; u->tty && done && n > 0; n -= k, s += k) {
		k = n < sizeof out ? n : sizeof out;
		done = mime_sink_put(&u->out, out, mime_terminal(&u->terminal, s, k, out));
	}
	return done || mime_unpack_fail(u, "write to standard output");
}

/* Without -x bytes four times the input, which only copies of copies exceed, or 64 MiB. */
int
mime_unpack_room(struct mime_unpack *u, struct mime_part *part, size_t n)
{
	uint64_t max = u->limits[MIME_X_BYTES];

	if (max == 0) max = u->fed < BYTES / 4 ? BYTES : 4 * u->fed;
	u->given += n;
	if (!u->full && u->given > max) {
		u->full = 1;
		mime_unpack_note(u, part, MIME_LIMIT_BYTES);
	}
	return !u->full;
}

int
mime_unpack_note(struct mime_unpack *u, struct mime_part *part, enum mime_code code)
{
	struct mime_event e = { .kind = MIME_EVENT_WARN, .part = part, .code = code };

	part->codes |= (mime_codes)1 << code;
	e.offset = part->body;
	e.level = mime_code_level(code);
	return mime_warning(u, &e);
}

/* Whether a message is written as it came while it is looked into. */
static int
is_both(struct mime_unpack const *u, struct mime_part const *part)
{
	return u->both && part->container && part->class == MIME_CLASS_MSG && !part->coded
	    && part->cte <= MIME_CTE_BINARY;
}

static int
head(struct mime_unpack *u, struct mime_part *part)
{
	int both = is_both(u, part);
	int message = part->class == MIME_CLASS_MSG && (u->whole || u->both);
	int container = part->container && (both || !message);
	int matched;

	u->now = u->leaves + part->within;
	u->now->wanted = 0;
	part->container = container && !both;
	if (part->container && !u->action->containers) return 1;
	matched = mime_pick_match(&u->pick, part);
	part->container = container;
	if (!matched) return 1;
	u->matched++;
	u->now->wanted = !container;
	if (u->now->wanted) mime_unpack_text_begin(u, part);
	return !u->action->begin || u->action->begin(u, part);
}

static int
data(struct mime_unpack *u, struct mime_event const *e)
{
	if (!u->now->wanted || !u->action->data) return 1;
	return mime_unpack_text(u, e->part, e->s, e->n);
}

static int
end(struct mime_unpack *u, struct mime_part *part)
{
	int wanted = u->now->wanted && !part->container;
	int done = !wanted
	    || (mime_unpack_text_end(u, part) && (!u->action->end || u->action->end(u, part)));

	u->now->wanted = 0;
	/* After a file in a text the text goes on. */
	u->now = u->leaves;
	return done;
}

enum mime_answer
mime_unpack_event(void *ctx, struct mime_event const *e)
{
	struct mime_unpack *u = ctx;
	int done = 1;

	if (u->action->envelope) mime_envelope_event(&u->envelope, e);
	switch (e->kind) {
	case MIME_EVENT_HEAD: done = head(u, e->part); break;
	case MIME_EVENT_DATA: done = data(u, e); break;
	case MIME_EVENT_WARN: done = mime_warning(u, e); break;
	case MIME_EVENT_BEGIN:
	case MIME_EVENT_FIELD:
	case MIME_EVENT_RAW:
	case MIME_EVENT_END:
		if (u->action->watch) done = u->action->watch(u, e);
		if (done && e->kind == MIME_EVENT_END) done = end(u, e->part);
		break;
	}
	if (!done) return MIME_STOP;
	return e->kind == MIME_EVENT_HEAD && !e->part->container ? MIME_WHOLE : MIME_GO;
}

unsigned int
mime_unpack_unwanted(struct mime_unpack const *u)
{
	unsigned int bits = 0;

	if (!u->action->data) bits |= 1u << MIME_EVENT_DATA;
	if (u->action->watch) return bits;
	bits |= 1u << MIME_EVENT_RAW;
	if (!u->action->envelope) bits |= 1u << MIME_EVENT_BEGIN | 1u << MIME_EVENT_FIELD;
	return bits;
}

int
mime_unpack_status(struct mime_unpack const *u)
{
	if (u->program_failed) return 4;
	if (u->level == MIME_LIMIT) return 3;
	if (u->level == MIME_DAMAGE) return 2;
	if (u->action == &mime_action_readable) return u->readable.stage == MIME_READABLE_NONE;
	if (u->action == &mime_action_signed) return u->signature.stage == MIME_SIGNED_NONE;
	return u->pick.given && u->matched == 0;
}
