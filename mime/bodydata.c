/* What becomes of the bytes of bodies, and of the delimiters between them. RFC 2046 section 5.1. */

#include <string.h>

#include "mime/body.h"
#include "mime/layer.h"

/* Room for bytes that are only counted, used again and again: few pages are touched. */
#define COUNTED 10752

/* Of the first bytes of a body there is one page of them, for most bodies are small. */
#define FEW 16384
#define COUNTED_FEW 5888

int
mime_body_below(struct mime_parser const *p)
{
	return p->layer < p->layers + p->top;
}

static enum mime_piece
piece(struct mime_parser const *p)
{
	if (p->leaf) return MIME_PIECE_BODY;
	return p->frames[p->depth - 1].closed ? MIME_PIECE_EPILOGUE : MIME_PIECE_PREAMBLE;
}

static void
send_data(struct mime_parser *p, char const *s, size_t n)
{
	struct mime_event e = { .kind = MIME_EVENT_DATA, .part = p->part, .s = s };

	e.n = n;
	mime_parser_event(p, &e);
}

void
mime_body_decode(struct mime_parser *p, char const *s, size_t n)
{
	int wanted = mime_parser_wants(p, MIME_EVENT_DATA);
	/* A line of uuencode needs room for what it may have lost. */
	int counted = !wanted && p->part->cte != MIME_CTE_UU;
	size_t room = p->room;

	if (counted) room = p->part->size < FEW ? COUNTED_FEW : COUNTED;
	while (n > 0 && !p->stopped) {
		size_t k = mime_decode_most(&p->layer->decoder, n, room);
		char const *decoded;
		size_t w = mime_decode(&p->layer->decoder, s, k, p->scratch, &decoded);

		p->part->size += w;
		if (w > 0 && wanted) send_data(p, decoded, w);
		s += k;
		n -= k;
	}
}

static void
leaf_data(struct mime_parser *p, char const *s, size_t n)
{
	/* Binary bodies have no lines. */
	if (p->part->cte != MIME_CTE_BINARY) mime_longline(&p->longline, s, n, p->layer->end);
	if (p->uutext.state != MIME_UUTEXT_OFF)
		mime_uutext(p, s, n);
	else
		mime_body_decode(p, s, n);
}

void
mime_body_data(struct mime_parser *p, char const *s, size_t n)
{
	if (n == 0) return;
	mime_parser_raw(p, mime_body_below(p) ? MIME_PIECE_BODY : piece(p), s, n);
	if (mime_body_below(p))
		mime_layer_decode(p, s, n);
	else if (p->leaf)
		leaf_data(p, s, n);
}

void
mime_body_start(struct mime_parser *p)
{
	p->state = MIME_STATE_BODY;
	p->layer->bol = 1;
	p->layer->heldlen = 0;
	p->layer->pendlen = 0;
}

static void
give(struct mime_parser *p, enum mime_piece what, char const *line, size_t len)
{
	mime_parser_raw(p, what, p->layer->pending, p->layer->pendlen);
	mime_parser_raw(p, what, line, len);
}

/* A line that is a delimiter if a field comes after it, which is still to be seen. */
static void
wait(struct mime_parser *p, char const *line, size_t len)
{
	memmove(p->layer->held, line, len);
	p->layer->heldlen = len;
	p->line = len;
	p->naming = MIME_NAMING_START;
	p->state = MIME_STATE_GUESS;
}

void
mime_body_delimiter(
    struct mime_parser *p, struct mime_delimiter const *d, char const *line, size_t len)
{
	struct mime_frame *f = p->frames + d->frame;

	if (d->guess) {
		wait(p, line, len);
		return;
	}
	if (mime_body_below(p)) {
		memmove(p->layer->held, line, len);
		p->layer->heldlen = len;
		p->layer->final = *d;
		p->layer->ending = 1;
		return;
	}
	p->part->end = mime_parser_place(p, p->layer->offset - len - p->layer->pendlen);
	if (f->closed) mime_parser_note(p, MIME_EPILOGUE_PARTS);
	if (f->closed && !p->epilogues) {
		give(p, MIME_PIECE_EPILOGUE, line, len);
		mime_body_start(p);
		return;
	}
	mime_frame_pop(p, d->frame + 1);
	give(p, MIME_PIECE_DELIMITER, line, len);
	p->layer->pendlen = 0;
	p->layer->heldlen = 0;
	if (d->close) {
		f->closed = 1;
		if (f->children == 0) f->children = 1;
		mime_body_start(p);
		return;
	}
	f->closed = 0;
	f->children++;
	p->state = MIME_STATE_LAZY;
	p->bol = 1;
}
