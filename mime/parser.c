/* The push parser: where bytes come in and events go out. */

#include <stddef.h>
#include <string.h>

#include "mime/body.h"
#include "mime/header.h"
#include "mime/layer.h"
#include "mime/param.h"
#include "mime/parser.h"

/* Bytes in which the first line end must be: R11. */
#define SNIFF 8192

static size_t
round_up(size_t n)
{
	return (n + 63) & ~(size_t)63;
}

size_t
mime_parser_arena(struct mime_limits const *limits)
{
	return round_up(limits->depth * sizeof(struct mime_frame))
	    + round_up(limits->params * sizeof(struct mime_param))
	    + round_up(MIME_FEW_FRAMES * sizeof(struct mime_frame))
	    + round_up(MIME_FEW_PARAMS * sizeof(struct mime_param)) + MIME_FEW_BYTES
	    + MIME_FEW_VALUES + (size_t)(MIME_LAYERS + 1) * MIME_LINE
	    + round_up(sizeof(struct mime_part))
	    + round_up((MIME_LAYERS + 1) * sizeof(struct mime_layer))
	    + (size_t)MIME_LAYERS * MIME_CHUNK + MIME_POOL + MIME_FIELD + MIME_QUEUE
	    + MIME_DECODE_OUT;
}

/* The next n bytes of the arena; it was aligned, and stays so. */
static void *
take(char **arena, size_t n)
{
	void *at = *arena;

	*arena += round_up(n);
	return at;
}

int
mime_parser_init(struct mime_parser *p, struct mime_limits const *limits, void *arena, size_t len,
    mime_event_func *func, void *ctx)
{
	char *a = arena;

	if (limits->depth < 1 || limits->depth > 1000 || limits->params < 1
	    || limits->params > 10000 || limits->field > MIME_FIELD
	    || len < mime_parser_arena(limits))
		return 0;
	memset(p, 0, sizeof *p);
	p->func = func;
	p->ctx = ctx;
	p->limits = *limits;
	p->eol = MIME_EOL_LF;
	p->uuencoded = 1;
	/* The start of each is used first: in this order fewest pages are touched. */
	p->frames = take(&a, MIME_FEW_FRAMES * sizeof(struct mime_frame));
	p->few = take(&a, MIME_FEW_PARAMS * sizeof(struct mime_param));
	p->pool = take(&a, MIME_FEW_BYTES);
	p->values = take(&a, MIME_FEW_VALUES);
	p->layers = take(&a, (MIME_LAYERS + 1) * sizeof(struct mime_layer));
	p->part = take(&a, sizeof(struct mime_part));
	p->field = take(&a, MIME_FIELD);
	p->lines = take(&a, (size_t)(MIME_LAYERS + 1) * MIME_LINE);
	p->deep = take(&a, limits->depth * sizeof(struct mime_frame));
	p->params = take(&a, limits->params * sizeof(struct mime_param));
	p->chunks = take(&a, (size_t)MIME_LAYERS * MIME_CHUNK);
	p->large = take(&a, MIME_POOL);
	p->queue = take(&a, MIME_QUEUE);
	p->room = MIME_DECODE_OUT + len - mime_parser_arena(limits);
	if (p->room > MIME_DECODE_MOST) p->room = MIME_DECODE_MOST;
	p->scratch = take(&a, p->room);
	memset(p->part, 0, offsetof(struct mime_part, section));
	p->part->section[0] = 0;
	mime_layer_start(p, 0);
	return 1;
}

void
mime_sniff_end(struct mime_parser *p)
{
	int cr = memchr(p->field, '\r', p->fielded) != NULL;

	mime_parser_unread(p, p->field, p->fielded);
	mime_header_begin(p);
	if (!cr) return;
	p->layer->end = '\r';
	mime_parser_note(p, MIME_BARE_CR);
}

static size_t
sniff(struct mime_parser *p, char const *s, size_t n)
{
	size_t room = SNIFF - p->fielded;
	size_t k = n < room ? n : room;

	if (memchr(s, '\n', k)) {
		mime_parser_unread(p, p->field, p->fielded);
		mime_header_begin(p);
		return 0;
	}
	memcpy(p->field + p->fielded, s, k);
	p->fielded += k;
	p->layer->offset += k;
	if (p->fielded == SNIFF) mime_sniff_end(p);
	return k;
}

static size_t
step(struct mime_parser *p, char const *s, size_t n)
{
	switch (p->state) {
	case MIME_STATE_SNIFF: return sniff(p, s, n);
	case MIME_STATE_LAZY: return mime_lazy(p, s, n);
	case MIME_STATE_FIELD: return mime_header_field(p, s, n);
	case MIME_STATE_JUNK: return mime_header_junk(p, s, n);
	case MIME_STATE_CODED: return mime_coded(p, s, n);
	case MIME_STATE_GUESS: return mime_guess(p, s, n);
	case MIME_STATE_BODY: break;
	}
	return mime_body(p, s, n);
}

/* Put what a step gave back where it is read next. */
static void
take_back(struct mime_parser *p)
{
	size_t n = p->backlen;

	p->backlen = 0;
	if (n <= p->next && p->next < p->queued) {
		p->next -= n;
		return;
	}
	/* Everything in the queue has been read, and what comes back includes it. */
	memmove(p->queue, p->back, n);
	p->next = 0;
	p->queued = n;
}

/* Give stream i some of the n bytes at s; only the highest is more than a body. */
static size_t
read_layer(struct mime_parser *p, unsigned int i, char const *s, size_t n)
{
	size_t used;

	p->layer = p->layers + i;
	if (i == p->top)
		used = step(p, s, n);
	else
		used = mime_body(p, s, n < MIME_CHUNK_IN ? n : MIME_CHUNK_IN);
	p->layer = p->layers + p->top;
	return used;
}

/* One step of whatever has bytes to be read, the streams furthest from the input first. */
static int
step_inside(struct mime_parser *p)
{
	unsigned int i;

	p->layer = p->layers + p->top;
	if (p->next < p->queued) {
		p->next += step(p, p->queue + p->next, p->queued - p->next);
		return 1;
	}
	for (i = p->top; i > 0; i--) {
		struct mime_layer *l = p->layers + i;
		size_t n = l->chunked - l->next;

		if (l->ending) break;
		if (n == 0) continue;
		l->next += read_layer(p, i, l->chunk + l->next, n);
		return 1;
	}
	return mime_finish(p);
}

/* Whether nothing but the input is there to be read: nothing comes before its next byte. */
static int
is_plain(struct mime_parser const *p)
{
	return p->top == 0 && p->next == p->queued && !p->layers[0].ending && !p->eof;
}

int
mime_parser_feed(struct mime_parser *p, char const *s, size_t n)
{
	while (!p->stopped) {
		int plain = is_plain(p);

		if (plain || !step_inside(p)) {
			size_t used;

			if (n == 0) break;
			used = plain ? step(p, s, n) : read_layer(p, 0, s, n);
			s += used;
			n -= used;
		}
		if (p->backlen) take_back(p);
	}
	return !p->stopped;
}

int
mime_parser_end(struct mime_parser *p)
{
	p->eof = 1;
	p->layers[0].fed = 1;
	mime_parser_feed(p, NULL, 0);
	mime_frame_pop(p, 0);
	return !p->stopped;
}
