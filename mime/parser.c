/* The push parser: where bytes come in and events go out. */

#include <string.h>

#include "mime/body.h"
#include "mime/header.h"
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
	    + round_up(sizeof(struct mime_part)) + round_up(sizeof(struct mime_layer)) + MIME_POOL
	    + MIME_FIELD + MIME_QUEUE + MIME_DECODE_OUT;
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
	    || limits->params > 10000 || len < mime_parser_arena(limits))
		return 0;
	memset(p, 0, sizeof *p);
	p->func = func;
	p->ctx = ctx;
	p->limits = *limits;
	p->eol = MIME_EOL_LF;
	p->end = '\n';
	p->frames = take(&a, limits->depth * sizeof(struct mime_frame));
	p->params = take(&a, limits->params * sizeof(struct mime_param));
	p->part = take(&a, sizeof(struct mime_part));
	p->layer = take(&a, sizeof(struct mime_layer));
	p->pool = take(&a, MIME_POOL);
	p->field = take(&a, MIME_FIELD);
	p->queue = take(&a, MIME_QUEUE);
	p->scratch = take(&a, MIME_DECODE_OUT);
	memset(p->part, 0, sizeof *p->part);
	memset(p->layer, 0, sizeof *p->layer);
	return 1;
}

enum mime_answer
mime_parser_event(struct mime_parser *p, struct mime_event const *e)
{
	enum mime_answer a = p->stopped ? MIME_STOP : p->func(p->ctx, e);

	if (a == MIME_STOP) p->stopped = 1;
	return a;
}

void
mime_parser_warn(struct mime_parser *p, enum mime_code code, enum mime_level level)
{
	struct mime_event e = { .kind = MIME_EVENT_WARN, .part = p->part };
	mime_codes bit = (mime_codes)1 << code;

	if (p->part->codes & bit) return;
	p->part->codes |= bit;
	p->codes |= bit;
	if (level != MIME_NOTICE) {
		p->part->damage |= bit;
		p->damage |= bit;
	}
	e.code = code;
	e.level = level;
	e.offset = p->layer->offset;
	mime_parser_event(p, &e);
}

void
mime_parser_note(struct mime_parser *p, enum mime_code code)
{
	mime_parser_warn(p, code, mime_code_level(code));
}

void
mime_parser_raw(struct mime_parser *p, enum mime_piece piece, char const *s, size_t n)
{
	struct mime_event e = { .kind = MIME_EVENT_RAW, .part = p->part, .piece = piece };

	if (n == 0) return;
	e.s = s;
	e.n = n;
	e.offset = p->given;
	p->given += n;
	mime_parser_event(p, &e);
}

void
mime_parser_unread(struct mime_parser *p, char const *s, size_t n)
{
	p->back = s;
	p->backlen = n;
	p->layer->offset -= n;
}

static void
sniffed(struct mime_parser *p)
{
	int cr = memchr(p->field, '\r', p->fielded) != NULL;

	mime_parser_unread(p, p->field, p->fielded);
	mime_header_begin(p);
	if (!cr) return;
	p->end = '\r';
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
	if (p->fielded == SNIFF) sniffed(p);
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

int
mime_parser_feed(struct mime_parser *p, char const *s, size_t n)
{
	while (!p->stopped) {
		if (p->next < p->queued) {
			p->next += step(p, p->queue + p->next, p->queued - p->next);
		} else if (n > 0) {
			size_t used = step(p, s, n);

			s += used;
			n -= used;
		} else {
			break;
		}
		if (p->backlen) take_back(p);
	}
	return !p->stopped;
}

int
mime_parser_end(struct mime_parser *p)
{
	enum mime_state before;
	int over;

	p->eof = 1;
	do {
		before = p->state;
		switch (before) {
		case MIME_STATE_SNIFF: sniffed(p); break;
		case MIME_STATE_LAZY: mime_lazy_end(p); break;
		case MIME_STATE_BODY: mime_body_end(p); break;
		case MIME_STATE_GUESS: mime_guess_end(p); break;
		case MIME_STATE_FIELD:
		case MIME_STATE_JUNK: mime_header_end(p); break;
		}
		if (p->backlen) take_back(p);
		mime_parser_feed(p, NULL, 0);
		over =
		    p->state == before && (before == MIME_STATE_BODY || before == MIME_STATE_LAZY);
	} while (!p->stopped && !over);
	mime_frame_pop(p, 0);
	return !p->stopped;
}
